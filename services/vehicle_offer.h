/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An offer to transfer a vehicle: made by the owner to a mail address, taken
 * up by whoever opens the one-time link and signs in. Nobody learns whether
 * the address has an account.
 */
#ifndef SERVICES_VEHICLE_OFFER_H
#define SERVICES_VEHICLE_OFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/uuid.h"

struct act;
struct application;
struct arena;
struct err;
struct form;
struct room;
struct session;

struct offer {
	struct uuid	 id;
	int32_t		 version;
	struct uuid	 application;
	struct uuid	 vehicle;
	struct uuid	 buyer;		/* subject; nil until accepted */
	const char	*state;		/* open, accepted, cancelled, expired */
	struct bytes	 token_hash;
	struct uuid	 cause;
	const char	*address;	/* sealed: where the link was sent */
};

/* In the act that files the transfer. The link leaves by mail alone. */
bool	vehicle_offer_make(struct act *, const struct application *,
	    const struct form *, struct uuid event, struct err *e);

/* *found false: there is no such offer (any more). token: base64url. */
bool	vehicle_offer_find(struct room *, struct arena *, const char *token,
	    struct offer *, bool *found, struct err *e);
/* Of an application; *found false: it is no transfer. */
bool	vehicle_offer_of(struct room *, struct arena *, struct uuid
	    application, struct offer *, bool *found, struct err *e);

/* What somebody has accepted, newest first, whatever became of it. */
struct offer_bought {
	struct uuid	 vehicle;
	const char	*reference;	/* of the application */
	const char	*state;		/* of the application */
};
bool	vehicle_offer_bought(struct room *, struct arena *,
	    struct uuid subject, struct offer_bought **, size_t *n,
	    struct err *e);

/* The buyer accepts: offer and application move on together. Denials:
 * not_other (the seller cannot), application_edge (too late). */
bool	vehicle_offer_accept(struct room *, struct arena *,
	    const struct session *, const struct offer *,
	    struct application *after, struct uuid *event, struct err *e);

/* In the act that ends the application: "cancelled" or "expired". */
bool	vehicle_offer_end(struct act *, const struct application *,
	    const char *state, struct uuid event, struct err *e);

#endif
