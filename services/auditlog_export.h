/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Searches as files. A short one is made while the reader waits; a long one
 * is a job, which the room's worker does a chunk at a time: each chunk is
 * sealed and committed with the place that the job has come to, so that a
 * restart goes on where the last chunk ended. A finished file can be fetched
 * for a day, by whoever asked for it. Asking and fetching are entries.
 */
#ifndef SERVICES_AUDITLOG_EXPORT_H
#define SERVICES_AUDITLOG_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/uuid.h"

struct arena;
struct auditlog_filter;
struct auditlog_page;
struct auditlog_row;
struct err;
struct room;
struct session;

enum {
	EXPORT_AT_ONCE = 2000,	/* entries of a short one … */
	EXPORT_CHUNK = 2000,	/* … and of a chunk */
	EXPORT_JOBS = 20	/* of one auditor, within a day */
};

enum auditlog_format {
	EXPORT_CSV,
	EXPORT_JSONL
};

/* Entries as text; first: the file begins here. */
typedef void auditlog_writer(struct arena *, enum auditlog_format,
    bool first, const struct auditlog_row *, size_t n, struct bytes *out);

/* A short file is in page, and *job is nil; else *job will make it. ERR_LIMIT
 * export_jobs. */
bool	auditlog_export(struct room *, struct arena *,
	    const struct session *, const struct auditlog_filter *,
	    enum auditlog_format, struct auditlog_page *, struct uuid *job,
	    struct err *e);

struct auditlog_job {
	struct uuid	 id;
	enum auditlog_format format;
	const char	*state;		/* waiting, running, ready, failed */
	struct uuid	 position;
	int64_t		 entries;	/* so far */
	int64_t		 most;		/* configured */
	int32_t		 chunks;
	int64_t		 size;		/* bytes so far */
	int		 attempts;
	instant		 asked_at, expires_at;
	struct bytes	 filter;	/* as read: sealed */
	instant		 reached;	/* INSTANT_NONE: not begun */
	unsigned	 percent;	/* of the time it has to go through */
};

/* ERR_ABSENT: none, over, or somebody else's. */
bool	auditlog_job_get(struct room *, struct arena *,
	    const struct session *, struct uuid, struct auditlog_job *,
	    struct err *e);
/* Newest first. */
bool	auditlog_job_list(struct room *, struct arena *,
	    const struct session *, struct auditlog_job **, size_t *n,
	    struct err *e);

/* The entry of fetching it, before the first chunk is given. */
bool	auditlog_job_fetch(struct room *, struct arena *,
	    const struct session *, const struct auditlog_job *,
	    struct err *e);
/* Chunk n of 0 to chunks - 1. */
bool	auditlog_job_chunk(struct room *, struct arena *, struct uuid job,
	    int32_t n, struct bytes *, struct err *e);

/* The worker: a few chunks; what is a day old goes. */
void	auditlog_export_work(struct room *, struct arena *,
	    auditlog_writer *);

#endif
