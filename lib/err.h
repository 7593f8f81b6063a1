/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why something failed. A fallible function returns false and fills the
 * struct err it was given; on success it does not touch it.
 *
 * The text is for the log and for whoever runs the system. It never holds a
 * value that a person typed, so it may be logged as it is. What a citizen
 * reads is chosen from the code or the constraint, in their language.
 */
#ifndef LIB_ERR_H
#define LIB_ERR_H

#include <stdbool.h>

enum err_code {
	ERR_NONE,
	ERR_INPUT,	/* what was given is malformed: mend it, send again */
	ERR_ABSENT,	/* no such thing, or none that the asker may know of */
	ERR_DENIED,	/* a rule forbids it; the constraint names the rule */
	ERR_CONFLICT,	/* somebody else was faster: look again, then decide */
	ERR_LIMIT,	/* too many, too large, too often */
	ERR_BUSY,	/* could be tried again at once (40001, 40P01) */
	ERR_LOST,	/* connection gone before COMMIT: nothing happened */
	ERR_UNKNOWN,	/* connection gone at COMMIT: ask by id what happened */
	ERR_SYSTEM,	/* the machine, the configuration or the code */
	ERR__MAX
};

struct err {
	enum err_code	code;
	char		constraint[64];	/* name of the rule, or "" */
	char		text[256];
};

/* Fill e (which may be NULL) and return false, so callers can return it. */
bool	err_set(struct err *e, enum err_code, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

/* ERR_DENIED by a named rule. */
bool	err_rule(struct err *e, const char *constraint, const char *text);

/* Put "what: " before the text, for the reader of the log; returns false. */
bool	err_at(struct err *e, const char *what);

/* "input", "absent", …: the code's name in a log line. */
const char	*err_name(enum err_code);

/* Did e come from this rule? */
bool	err_is(const struct err *e, const char *constraint);

#endif
