/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What passes between rooms: sealed to the receiver, signed by the sender,
 * written in the sender's act, handled once. The database's owner can read,
 * forge or repeat none.
 *
 * signature = Ed25519 of the sender over "cs-msg/1\n" | CBOR
 *             [id, from, to, kind, ref, first due in ms, SHA-256(envelope)]
 */
#ifndef SERVICES_MESSAGE_H
#define SERVICES_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/uuid.h"
#include "schema/registry.h"

struct act;
struct arena;
struct err;
struct room;

enum message_kind {
	MESSAGE_PROFILE,	/* account -> a service: who this is */
	MESSAGE_MAIL,		/* any -> account: a mail to a subject */
	MESSAGE_DELIVER,	/* account -> courier: with the address */
	MESSAGE_OFFER_MAIL,	/* vehicle -> courier: to an address typed */
	MESSAGE_DELIVERED,	/* courier -> any: the final failure of one */
	MESSAGE_ERASE_START,	/* general -> account: a request is approved */
	MESSAGE_ERASE_ASK,	/* account -> any: may it be erased? */
	MESSAGE_ERASE_ANSWER,	/* any -> account: yes, or what holds it */
	MESSAGE_ERASE,		/* account -> any: erase it */
	MESSAGE_ERASED,		/* any -> account: done */
	MESSAGE_COPY_ASK,	/* account -> any: what there is about them */
	MESSAGE_COPY,		/* any -> account: that */
	MESSAGE__MAX
};

struct message {
	struct uuid		id;
	enum room_code		from;
	enum message_kind	kind;
	struct uuid		ref;
	int			attempts;	/* this one included */
	struct bytes		body;
};

/* In the act. due INSTANT_NONE: at once. *id may be NULL. */
bool	message_send(struct act *, enum room_code to, enum message_kind,
	    struct uuid ref, instant due, struct bytes body, struct uuid *id,
	    struct err *e);

/* In the act that handles it: the message is done and its text is gone. */
void	message_done(struct act *, const struct message *);

struct message_handler {
	enum message_kind	kind;
	/* Handles the message in an act of its own, message_done included. */
	bool	(*handle)(struct room *, struct arena *,
		    const struct message *, struct err *e);
};

/*
 * Take what is due for this room, at most this many, each leased for two
 * minutes. A failure is tried again after 30 s, doubling to an hour, twelve
 * times; then the message is failed, with an alarm. What does not verify is
 * failed at once. Returns how many were handled.
 */
int	message_work(struct room *, struct arena *,
	    const struct message_handler *, size_t n, int most);

/*
 * The same for one kind of message about one person or thing, within a
 * request: oldest first, all of them, whoever else has a lease. ERR_CONFLICT
 * is not among the errors: then somebody else handled it.
 */
bool	message_work_ref(struct room *, struct arena *,
	    const struct message_handler *, struct uuid ref, struct err *e);

const char	*message_kind_name(enum message_kind);

#endif
