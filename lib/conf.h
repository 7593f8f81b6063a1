/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The configuration file: INI as read by libinih, one file for all programs
 * of an installation, checked whole at start. Every key that a program reads
 * must be there or have a default written beside it; an unknown section or
 * key is an error with its line, so that a misspelt setting is found at once.
 */
#ifndef LIB_CONF_H
#define LIB_CONF_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct conf;
struct err;

enum conf_type {
	CONF_TEXT,
	CONF_INT,	/* min and max bind */
	CONF_BOOL,	/* yes or no */
	CONF_PATH	/* absolute */
};

struct conf_key {
	const char	*section;
	const char	*name;
	enum conf_type	 type;
	const char	*standard;	/* default; NULL: must be given */
	int64_t		 min, max;	/* CONF_INT */
	const char	*meaning;	/* one line for balcao.conf(5) */
};

/*
 * Read and check the file against the keys (ended by a NULL section). The
 * text and everything handed out live in the arena. ERR_INPUT names file,
 * line and what to do.
 */
bool	conf_load(struct arena *, const char *path, const struct conf_key *,
	    struct conf **, struct err *e);

/* A key of the table; asking for another is a fault in the code (abort). */
const char	*conf_text(const struct conf *, const char *section,
		    const char *name);
int64_t		 conf_int(const struct conf *, const char *section,
		    const char *name);
bool		 conf_bool(const struct conf *, const char *section,
		    const char *name);

#endif
