/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Erasing somebody, as every room does it with what it holds: account asks,
 * the room says what holds it or that it is ready, account gives the word,
 * and one act takes the person out of the room's rows and gives up their
 * keys. The worker destroys the keys behind that act. What account does is
 * services/erasure_run.h.
 */
#ifndef SERVICES_ERASURE_H
#define SERVICES_ERASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/bytes.h"
#include "lib/uuid.h"

struct act;
struct arena;
struct err;
struct legal_hold;
struct message;
struct room;
struct service;

/* Handlers of MESSAGE_ERASE_ASK and MESSAGE_ERASE but for the service, which
 * a room's own handler adds; NULL: the room has no cases. */
bool	erasure_answer(struct room *, struct arena *, const struct service *,
	    const struct message *, struct err *e);
bool	erasure_erase(struct room *, struct arena *, const struct service *,
	    const struct message *, struct err *e);
/* The same for rooms without a service: message_handlers themselves. */
bool	erasure_handle_ask(struct room *, struct arena *,
	    const struct message *, struct err *e);
bool	erasure_handle(struct room *, struct arena *, const struct message *,
	    struct err *e);

/* What holds somebody's erasure in this room today. */
bool	erasure_hold(struct room *, struct arena *, const struct service *,
	    struct uuid subject, struct legal_hold *, struct err *e);

/* In the act of an erasure, behind message_done(): the log's index, the
 * messages and the keys of this person in this room. */
bool	erasure_let_go(struct act *, const struct message *, struct err *e);

/* The worker's part: destroy what acts gave up, with an entry for each key;
 * then a step of the reaper's way. Errors are logged. */
void	erasure_sweep(struct room *, struct arena *);

/* The bodies of these messages. */
struct bytes	erasure_encode(struct arena *, const struct legal_hold *);
bool	erasure_decode(struct bytes, struct legal_hold *, struct err *e);
const char	*erasure_reason_name(const struct legal_hold *);

#endif
