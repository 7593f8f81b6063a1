/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One line an event on standard error, as key=value pairs that journald and
 * grep both like: time, level, program, event, then what the caller adds.
 * A value is never something a person typed and never a name; references,
 * codes and counts are fine. Values with blanks or quotes are quoted.
 */
#ifndef LIB_LOG_H
#define LIB_LOG_H

struct err;

enum log_level {
	LOG_DEBUG,
	LOG_INFO,
	LOG_WARNING,
	LOG_ERROR,	/* something failed and was reported to its asker */
	LOG_ALARM	/* somebody must look: tampering, a lost promise */
};

/* program: the name in every line; must outlive the process. */
void	log_init(const char *program, enum log_level lowest);

/*
 * log_event(LOG_INFO, "started", "workers", "2", NULL): names and values in
 * pairs, ended by NULL.
 */
void	log_event(enum log_level, const char *event, ...)
	    __attribute__((sentinel));

/* An error with its code, constraint and text. */
void	log_error(const char *event, const struct err *);

#endif
