/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mails that tell people where to look. A room names a pseudonym and one of
 * the texts below; account adds the address and the language and hands the
 * finished mail to courier. A mail holds nothing personal but the address it
 * goes to: a reference, what to do, and a link to this portal.
 */
#ifndef SERVICES_MAIL_H
#define SERVICES_MAIL_H

#include <stdbool.h>

#include "lib/bytes.h"
#include "lib/uuid.h"

struct act;
struct arena;
struct conf;
struct err;
struct message;
struct room;

/* Numbers travel in messages: new ones go to the end. */
enum mail_template {
	/* about an application: its reference, and the path to its page */
	MAIL_RECEIVED,
	MAIL_QUESTION,		/* the office asks something */
	MAIL_DECIDED,
	MAIL_ISSUED,		/* the system of record took it */
	MAIL_LAPSING,		/* about to lapse without an answer */
	MAIL_LAPSED,
	MAIL_REMINDER,		/* something of theirs expires soon */
	/* to an address that somebody typed: mail_offer() */
	MAIL_OFFER,
	/* room account's own */
	MAIL_CONFIRM,
	MAIL_ALREADY,		/* sign-up for an address that has one */
	MAIL_RESET,
	MAIL_NO_ACCOUNT,	/* reset for an address that has none */
	MAIL_PASSWORD_CHANGED,
	MAIL_LINK,		/* resume an application without account */
	MAIL_ERASED,		/* the last one */
	MAIL__MAX
};

/* In the act, from any room: a mail to that person. reference: of the
 * application or "" ; path: of this site, starting with a slash. */
bool	mail_send(struct act *, struct uuid subject, enum mail_template,
	    const char *reference, const char *path, struct err *e);

/* In room vehicle's act: the one-time link of an offer, to an address typed
 * by the seller (canonical: services/email.h). ref: the offer's id. */
bool	mail_offer(struct act *, struct uuid ref, const char *address,
	    const char *language, const char *path, struct err *e);

/* In room account's act: to an address, whoever is behind it. */
bool	mail_to(struct act *, struct uuid ref, const char *address,
	    const char *language, enum mail_template, const char *reference,
	    const char *path, struct err *e);

/* Room account's worker, for MESSAGE_MAIL: resolves and sends on. */
bool	mail_handle(struct room *, struct arena *, const struct message *,
	    struct err *e);

/* A finished mail, as courier gets it. */
struct mail {
	const char	*to;
	const char	*language;	/* BCP 47 */
	const char	*subject;	/* one line */
	const char	*text;		/* lines end in \n */
};

/* The words, in that language. Leaves the process's language as it was. */
void	mail_compose(struct arena *, const struct conf *, enum mail_template,
	    const char *language, const char *reference, const char *path,
	    struct mail *);

struct bytes	mail_encode(struct arena *, const struct mail *);
bool	mail_decode(struct arena *, struct bytes, struct mail *,
	    struct err *e);

#endif
