/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of the log share: a signer in a process of its own, writers
 * of leaves that do all that programs and people do to transactions, and a
 * look at what was published. On top of tests/database/house.h.
 */
#ifndef TESTS_DATABASE_LOG_FIXTURE_H
#define TESTS_DATABASE_LOG_FIXTURE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "audit/entry.h"
#include "audit/writer.h"
#include "schema/registry.h"
#include "services/keyring.h"
#include "services/sealer.h"

struct arena;
struct db;
struct db_act;

/* A signer that answers at <run>/signer/socket; its clock is shifted. */
pid_t	log_signer_start(int64_t shift_ms);
/* SIGKILL, and gone. */
void	log_process_end(pid_t);

struct log_writer {
	enum room_code	 room;
	struct arena	*arena;
	struct keyring	 ring;
	struct db	*db;		/* as superuser */
	struct writer	 writer;
};

struct log_writer	*log_writer_new(enum room_code);
void			 log_writer_free(struct log_writer *);

enum log_fate {
	LOG_COMMIT,
	LOG_ROLLBACK,
	LOG_SAVEPOINT	/* commits, what came after a savepoint undone */
};

/* One transaction of so many entries, that sleeps after each of them. */
bool	log_write(struct log_writer *, int entries, int sleep_ms,
	    enum log_fate);

/* The same, left open: nothing is committed until it is released. */
struct db_act	*log_hold(struct log_writer *, int entries);
void		 log_release(struct db_act *);

/* The next leaf of the writer, and what moves with it. Nothing is written. */
struct bytes	log_leaf(struct log_writer *, struct entry *);
/* Put a row into audit.leaf as superuser; mac NULL: the right one. */
void		log_put(struct log_writer *, const struct entry *,
		    struct bytes leaf, const struct bytes *mac);

/* A sequencer in this process. */
struct sealer	*log_sealer(void);
/* Rounds until nothing waits; fails the test if that does not come. */
void		 log_settle(struct sealer *);

/* Read the published log of a year and build its tree again; the test fails
 * at the first file that is not what the checkpoint says. *size: of it. */
void	log_check_files(int year, uint64_t *size);

int	log_year(void);		/* now */

#endif
