/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words behind a verb: options that begin with "--", anywhere, and what
 * is left. Each verb has a table of its options. Every fault is ERR_INPUT by
 * the rule "usage".
 */
#ifndef BIN_BALCAO_ARGS_H
#define BIN_BALCAO_ARGS_H

#include <stdbool.h>
#include <stddef.h>

struct err;

enum {
	ARGS_MANY = 16		/* times that an option may be repeated */
};

struct args {
	int		 n;
	char		**word;
};

struct args_many {
	const char	*word[ARGS_MANY];
	size_t		 n;
};

/* Exactly one of the three places is set. */
struct args_option {
	const char	*name;		/* "--office"; NULL ends the table */
	const char	**value;
	struct args_many *many;
	bool		*flag;
	bool		 needed;
};

/* Afterwards the args are the words that belong to no option; there must be
 * from min to max of them. options may be NULL. */
bool	args_read(struct args *, const struct args_option *options, int min,
	    int max, struct err *e);

/* ERR_INPUT by the rule "usage"; returns false. */
bool	args_fault(struct err *e, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));

#endif
