/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the signer signs and what it refuses. One question after another, in
 * one process: nothing here needs a lock. Only bin/signer.c calls it.
 */
#include "services/signer.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "audit/checkpoint.h"
#include "audit/note.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "services/origin.h"
#include "services/shelf.h"
#include "services/signing.h"

enum {
	/* Entries are taken up to so long before their time. */
	EARLY_MS = 15 * 60 * 1000
};

struct signer {
	const char	*folder;
	const char	*authority;
	struct secret	 seed;
	uint8_t		 public[CRYPTO_PUBLIC];
	int		 newest;	/* year with a record; 0: none */
};

struct record {
	bool		 there;
	instant		 at;
	struct bytes	 note;
	struct checkpoint checkpoint;
};

/* ---- records ---- */

static const char *
record_path(const struct signer *s, struct arena *arena, int year)
{
	return arena_printf(arena, "%s/%d", s->folder, year);
}

static bool
is_ours(const struct signer *s, const struct note *note, const char *origin)
{
	struct note_key key;

	return origin_key(origin, s->public, &key, NULL) &&
	    note_check(note, &key, NULL) == NOTE_GOOD;
}

static bool
read_record(const struct signer *s, struct arena *arena, const char *origin,
    struct bytes file, struct record *r, struct err *e)
{
	static const char word[] = "signed ";
	const uint8_t *end = memchr(file.p, '\n', file.n);
	const char *line;
	struct note note;
	int64_t at;

	if (end == NULL)
		return err_set(e, ERR_SYSTEM, "is cut off");
	line = arena_strndup(arena, (const char *)file.p,
	    (size_t)(end - file.p));
	if (!str_starts(line, word) || !str_int(line + strlen(word), 0,
	    INT64_MAX, &at, e))
		return err_set(e, ERR_SYSTEM, "does not say when");
	r->at = at;
	r->note = bytes(end + 1, (size_t)(file.p + file.n - end - 1));
	if (!checkpoint_read(arena, r->note, &r->checkpoint, &note, e))
		return false;
	if (!str_equal(r->checkpoint.origin, origin) ||
	    !is_ours(s, &note, origin))
		return err_set(e, ERR_SYSTEM, "is not signed by this key");
	r->there = true;
	return true;
}

static bool
find_record(const struct signer *s, struct arena *arena, int year,
    struct record *r, struct err *e)
{
	const char *path = record_path(s, arena, year);
	struct bytes file;

	*r = (struct record){ .there = false };
	if (!shelf_read(arena, path, &file, e))
		return false;
	return file.p == NULL || read_record(s, arena, origin_of(arena,
	    s->authority, year), file, r, e) || err_at(e, path);
}

static bool
put_record(const struct signer *s, struct arena *arena, int year, instant at,
    struct bytes note, struct err *e)
{
	struct buf b = buf_new(arena, note.n + 64);

	buf_printf(&b, "signed %lld\n", (long long)at);
	buf_put_bytes(&b, note);
	return shelf_replace(arena, record_path(s, arena, year),
	    buf_bytes(&b), 0400, e);
}

static bool
check_all(struct signer *s, struct arena *arena, struct err *e)
{
	DIR *d = opendir(s->folder);
	const struct dirent *entry;
	struct record r;
	bool ok = true;
	int64_t year;

	if (d == NULL)
		return err_set(e, ERR_SYSTEM, "%.150s: %s", s->folder,
		    strerror(errno));
	while (ok && (entry = readdir(d)) != NULL) {
		if (!str_int(entry->d_name, ORIGIN_YEAR_FIRST,
		    ORIGIN_YEAR_LAST, &year, NULL))
			continue;
		ok = find_record(s, arena, (int)year, &r, e);
		if ((int)year > s->newest)
			s->newest = (int)year;
	}
	closedir(d);
	return ok;
}

bool
signer_open(struct arena *arena, const char *folder, const char *authority,
    const struct secret *seed, struct signer **out, struct err *e)
{
	struct signer *s = arena_alloc(arena, sizeof *s);

	s->folder = folder;
	s->authority = authority;
	s->seed = *seed;
	crypto_sign_public(seed, s->public);
	*out = s;
	return check_all(s, arena, e);
}

/* ---- questions ---- */

/* A year has its first signature while it is the newest. */
static enum signing_verdict
judge_first(const struct signer *s, const struct signing_question *q,
    int year, instant now)
{
	if (year <= s->newest || year > origin_year_at(now + EARLY_MS))
		return SIGNING_YEAR;
	return q->old == 0 ? SIGNING_DONE : SIGNING_OLD;
}

static enum signing_verdict
judge_next(const struct record *r, const struct signing_question *q,
    instant now)
{
	const struct checkpoint *last = &r->checkpoint;

	if (now < r->at)
		return SIGNING_TIME;
	if (q->size < last->size)
		return SIGNING_SHRINK;
	if (q->size == last->size)
		return tree_same(&q->root, &last->root) ? SIGNING_DONE :
		    SIGNING_FORK;
	if (q->old != last->size)
		return SIGNING_OLD;
	return tree_check_consistency(last->size, q->size, &q->path,
	    &last->root, &q->root, NULL) ? SIGNING_DONE : SIGNING_PROOF;
}

static struct bytes
sign(const struct signer *s, struct arena *arena,
    const struct signing_question *q)
{
	struct bytes text = checkpoint_text(arena, &(struct checkpoint){
	    .origin = q->origin, .size = q->size, .root = q->root });
	struct note_key key;
	const char *line;

	if (!origin_key(q->origin, s->public, &key, NULL))
		return bytes(NULL, 0);
	line = note_sign(arena, &key, &s->seed, text);
	return note_join(arena, text, &line, 1);
}

static void
answer(struct signer *s, struct arena *arena,
    const struct signing_question *q, struct signing_answer *a)
{
	int year = origin_year(q->origin, s->authority);
	instant now = clock_now();
	struct record r;
	struct err e;

	a->verdict = SIGNING_ORIGIN;
	if (year == 0)
		return;
	a->verdict = SIGNING_BROKEN;
	if (!find_record(s, arena, year, &r, &e)) {
		log_error("record-broken", &e);
		return;
	}
	a->size = r.there ? r.checkpoint.size : 0;
	a->note = r.note;
	a->verdict = SIGNING_OLD;
	if (q->size == 0)
		return;		/* what was signed last, and no more */
	a->verdict = SIGNING_MALFORMED;
	if (q->size > TREE_SIZE_MAX)
		return;
	a->verdict = r.there ? judge_next(&r, q, now) :
	    judge_first(s, q, year, now);
	if (a->verdict != SIGNING_DONE || q->size == a->size)
		return;
	a->note = sign(s, arena, q);
	a->size = q->size;
	if (put_record(s, arena, year, now, a->note, &e)) {
		if (year > s->newest)
			s->newest = year;
		return;
	}
	log_error("record-not-written", &e);
	*a = (struct signing_answer){ .verdict = SIGNING_BROKEN };
}

struct bytes
signer_answer(struct signer *s, struct arena *arena, struct bytes question)
{
	struct signing_answer a = { .verdict = SIGNING_MALFORMED };
	struct signing_question q;

	if (signing_take_question(arena, question, &q, NULL))
		answer(s, arena, &q, &a);
	if (a.verdict > SIGNING_OLD)
		log_event(LOG_ALARM, "signature-refused", "why",
		    signing_words(a.verdict), NULL);
	return signing_put_answer(arena, &a);
}
