/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fees of applications, and paying them at the counter. Whoever takes the
 * money posts it, sets the fee paid and moves the application on, in one
 * act; a page that was sent twice pays once.
 */
#ifndef SERVICES_FEE_H
#define SERVICES_FEE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/uuid.h"

struct act;
struct application;
struct arena;
struct err;
struct room;
struct service;
struct session;

struct fee {
	struct uuid	 id;
	int32_t		 version;
	struct uuid	 nonce;
	const char	*line;		/* of the schedule */
	const char	*currency;
	int64_t		 amount;	/* minor units */
	const char	*state;		/* open, paid, waived, refunded */
	struct uuid	 cause;
};

bool	fee_list(struct room *, struct arena *, struct uuid application,
	    struct fee **, size_t *n, struct err *e);

/* What is still owed. */
int64_t	fee_due(const struct fee *, size_t n);

/* The fee's row in another state, in an act whose event is given. */
void	fee_put(struct act *, struct uuid application, const struct fee *,
	    const char *state, struct uuid event);

/*
 * The clerk took all open fees of the application in cash or by card at the
 * counter of the clerk's office. ERR_CONFLICT: paid or changed meanwhile.
 */
bool	fee_take(struct room *, struct arena *, const struct session *,
	    const struct service *, const struct application *,
	    struct application *after, struct uuid *event, struct err *e);

#endif
