/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The way out to other people's servers, and libcurl's only door: mail
 * submission (RFC 6409), and HTTP POST. What is sent was written by us to the
 * last byte; libcurl adds the conversation around it and nothing inside.
 *
 * Calls wait, so only workers that may wait make them.
 */
#ifndef LIB_FETCH_H
#define LIB_FETCH_H

#include <stdbool.h>

#include "lib/bytes.h"

struct arena;
struct err;

/* Once a process, before the sandbox shuts and before any thread. SIGPIPE is
 * ignored by whoever calls this: a relay may hang up while we write. */
bool	fetch_init(struct err *e);

struct fetch_mail {
	const char	*relay;		/* "smtps://host:465", "smtp://host" */
	const char	*from;		/* addresses alone, without <> */
	const char	*to;
	struct bytes	 message;	/* RFC 5322, lines end in CRLF */
	int		 timeout_s;
};

/*
 * smtps: speaks TLS at once; smtp: must offer STARTTLS, unless the relay is
 * this machine. Certificates are checked. ERR_LOST: the relay did not take
 * it now; ERR_DENIED: it refuses this mail for good (RFC 5321 4.2.1).
 */
bool	fetch_mail(const struct fetch_mail *, struct err *e);

struct fetch_post {
	const char	*url;		/* https:, or http: of this machine */
	const char	*type;		/* of the body */
	struct bytes	 body;
	const char	*certificates;	/* file of CAs; NULL: the system's */
	int		 timeout_s;
	size_t		 most;		/* bytes of an answer */
};

struct fetch_answer {
	int		 status;
	const char	*type;		/* "" if none was named */
	struct bytes	 body;
};

/* No redirection is followed. Any status is an answer; ERR_LOST: none came,
 * or one too long. Connections are kept for the next call. */
bool	fetch_post(struct arena *, const struct fetch_post *,
	    struct fetch_answer *, struct err *e);

#endif
