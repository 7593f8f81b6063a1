/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One run of the administration program, and its verbs. Each group of verbs
 * has a file of its own with a const table; balcao.c finds the one that was
 * typed, runs it and says how it ended:
 *
 *	0  done, and all is well
 *	1  done, and something was found wrong (form check, audit live)
 *	2  could not be done; the message says why and what to do
 *	64 was asked for in a wrong way
 */
#ifndef BIN_BALCAO_H
#define BIN_BALCAO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct args;
struct arena;
struct conf;
struct err;
struct room;
struct writer_slot;

struct balcao {
	struct arena		*arena;		/* the process's */
	const char		*conf_path;
	const struct conf	*conf;
	struct room		*room;		/* NULL until balcao_room() */
	struct room		*account;	/* NULL until balcao_account() */
	struct room		*sealer;	/* NULL until balcao_sealer() */
	struct writer_slot	*slot;
	int			 slot_lock;	/* file, or -1 */
	/* Set by a verb that works on a database too in which the log does
	 * not go on: it is what finds that out, or mends it. */
	bool			 anyway;
	bool			 found;		/* something is wrong */
};

struct verb {
	const char	*name;		/* one word or two */
	const char	*usage;		/* what follows it */
	const char	*what;		/* one line for the list */
	bool		(*run)(struct balcao *, struct args *, struct err *e);
};

/* Each ends with a NULL name. */
extern const struct verb key_verbs[];
extern const struct verb migrate_verbs[];
extern const struct verb office_verbs[];
extern const struct verb staff_verbs[];
extern const struct verb form_verbs[];
extern const struct verb demo_verbs[];
extern const struct verb audit_verbs[];

/*
 * Room balcao, account or sealer at work; opened at the first call and closed
 * at the end of the run. ERR_SYSTEM: the keys are not unlocked, or the
 * database is not migrated.
 */
bool	balcao_room(struct balcao *, struct room **, struct err *e);
bool	balcao_account(struct balcao *, struct room **, struct err *e);
bool	balcao_sealer(struct balcao *, struct room **, struct err *e);

/* A file below the configured [path] schema. */
const char	*balcao_schema(const struct balcao *, const char *name);

#endif
