/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a witness answers, in the order of the specification. HTTP is
 * cgi-bin/witness_main.c's.
 */
#include "services/witness.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "audit/checkpoint.h"
#include "audit/cosign.h"
#include "audit/tree.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "services/shelf.h"

enum {
	PROOF_MOST = 63,
	LINE_MOST = 64		/* of "old …" and of proof lines */
};

struct witness {
	const char	*folder;
	struct secret	 seed;
	struct note_key	 key;
};

/* ---- its key ---- */

static bool
read_name(struct arena *arena, const char *folder, const char **name,
    struct err *e)
{
	struct bytes file;

	if (!shelf_read(arena, arena_printf(arena, "%s/name", folder), &file,
	    e))
		return false;
	*name = file.p == NULL ? NULL : str_trim(arena, arena_strndup(arena,
	    (const char *)file.p, file.n));
	return true;
}

static bool
read_key(struct arena *arena, const char *folder, struct secret *seed,
    bool *there, struct err *e)
{
	struct bytes file;

	if (!shelf_read(arena, arena_printf(arena, "%s/key", folder), &file,
	    e))
		return false;
	*there = file.p != NULL;
	if (file.p == NULL)
		return true;
	if (file.n != SECRET_SIZE)
		return err_set(e, ERR_SYSTEM, "%.150s/key is no key", folder);
	memcpy(seed->b, file.p, file.n);
	return true;
}

static bool
make_key(const struct secret *seed, const char *name, struct note_key *key,
    struct err *e)
{
	uint8_t public[CRYPTO_PUBLIC];

	crypto_sign_public(seed, public);
	return note_key_init(key, NOTE_COSIGNATURE, name, public, e);
}

bool
witness_init(struct arena *arena, const char *folder, const char *name,
    const char **vkey, struct err *e)
{
	const char *kept;
	struct secret seed;
	struct note_key key;
	bool there;

	if (!note_check_name(name, e) ||
	    !read_name(arena, folder, &kept, e) ||
	    !read_key(arena, folder, &seed, &there, e))
		return false;
	if (kept != NULL && !str_equal(kept, name))
		return err_set(e, ERR_INPUT, "this witness has another name "
		    "already: %.100s", kept);
	if (!there) {
		seed = crypto_new_key();
		if (!shelf_replace(arena, arena_printf(arena, "%s/key",
		    folder), secret_bytes(&seed), 0400, e))
			return false;
	}
	if (kept == NULL && !shelf_replace(arena, arena_printf(arena,
	    "%s/name", folder), bytes_of(arena_printf(arena, "%s\n", name)),
	    0444, e))
		return false;
	if (!make_key(&seed, name, &key, e))
		return false;
	*vkey = note_key_text(arena, &key);
	return true;
}

bool
witness_open(struct arena *arena, const char *folder, struct witness **out,
    struct err *e)
{
	struct witness *w = arena_alloc(arena, sizeof *w);
	const char *name;
	bool there;

	w->folder = folder;
	if (!read_name(arena, folder, &name, e) ||
	    !read_key(arena, folder, &w->seed, &there, e))
		return false;
	if (!there || name == NULL)
		return err_set(e, ERR_SYSTEM, "%.150s holds no witness; make "
		    "one with -i", folder);
	*out = w;
	return make_key(&w->seed, name, &w->key, e);
}

/* ---- a request ---- */

struct adding {
	struct witness	*w;
	struct arena	*arena;
	uint64_t	 old;
	struct tree_path path;
	struct bytes	 whole;
	struct checkpoint checkpoint;
	struct note	 note;
	const char	*record;	/* path of the last checkpoint */
};

static struct witness_answer
say(unsigned status, const char *text)
{
	return (struct witness_answer){ status, "text/plain; charset=utf-8",
	    bytes_of(text) };
}

/* A line without its newline; false at the end, or if it is too long. */
static bool
take_line(struct arena *arena, struct bytes *b, const char **line)
{
	const uint8_t *end = memchr(b->p, '\n', b->n);
	size_t n;

	if (end == NULL || (size_t)(end - b->p) > LINE_MOST)
		return false;
	n = (size_t)(end - b->p);
	*line = arena_strndup(arena, (const char *)b->p, n);
	*b = bytes(end + 1, b->n - n - 1);
	return strlen(*line) == n;
}

static bool
parse(struct adding *a, struct bytes body)
{
	static const char old[] = "old ";
	struct bytes hash;
	const char *line;

	if (!take_line(a->arena, &body, &line) || !str_starts(line, old) ||
	    !str_uint(line + strlen(old), TREE_SIZE_MAX, &a->old, NULL))
		return false;
	for (;;) {
		if (!take_line(a->arena, &body, &line))
			return false;
		if (*line == '\0')
			break;
		if (a->path.n == PROOF_MOST || !str_unbase64(a->arena, line,
		    &hash, NULL) || hash.n != CRYPTO_HASH)
			return false;
		memcpy(a->path.hash[a->path.n++].b, hash.p, hash.n);
	}
	a->whole = body;
	return checkpoint_read(a->arena, body, &a->checkpoint, &a->note,
	    NULL);
}

/* The log's keys, read at each request: a new year is a new line. */
static bool
find_log(const struct adding *a, bool *known, bool *is_signed, struct err *e)
{
	struct bytes file;
	const char *line;

	*known = *is_signed = false;
	if (!shelf_read(a->arena, arena_printf(a->arena, "%s/logs",
	    a->w->folder), &file, e))
		return false;
	while (file.n > 0) {
		const uint8_t *end = memchr(file.p, '\n', file.n);
		size_t n = end != NULL ? (size_t)(end - file.p) : file.n;
		struct note_key key;

		line = arena_strndup(a->arena, (const char *)file.p, n);
		file = bytes(file.p + n + (end != NULL ? 1 : 0),
		    file.n - n - (end != NULL ? 1 : 0));
		if (!note_key_parse(a->arena, line, &key, NULL) ||
		    key.type != NOTE_ED25519 ||
		    !str_equal(key.name, a->checkpoint.origin))
			continue;
		*known = true;
		*is_signed = *is_signed || note_check(&a->note, &key, NULL)
		    == NOTE_GOOD;
	}
	return true;
}

static struct witness_answer
conflict(struct arena *arena, uint64_t size)
{
	return (struct witness_answer){ 409, "text/x.tlog.size",
	    bytes_of(arena_printf(arena, "%llu\n",
	    (unsigned long long)size)) };
}

static struct witness_answer
broken(const struct err *e)
{
	log_error("record-broken", e);
	return say(500, "the witness cannot read or write its record\n");
}

/* Persisted first, then signed. */
static struct witness_answer
cosign(struct adding *a)
{
	const char *line;
	struct err e;

	if (!shelf_replace(a->arena, a->record, a->whole, 0600, &e))
		return broken(&e);
	line = cosign_sign(a->arena, &a->w->key, &a->w->seed,
	    (uint64_t)(clock_now() / 1000), a->note.text);
	return (struct witness_answer){ 200, "text/plain; charset=utf-8",
	    bytes_of(line) };
}

static struct witness_answer
judge(struct adding *a)
{
	const struct checkpoint *c = &a->checkpoint;
	struct checkpoint last = { .size = 0 };
	struct bytes file;
	struct err e;

	if (!shelf_read(a->arena, a->record, &file, &e) ||
	    (file.p != NULL && !checkpoint_read(a->arena, file, &last, NULL,
	    &e)))
		return broken(&e);
	if (a->old != last.size)
		return conflict(a->arena, last.size);
	if (a->old == c->size && file.p != NULL &&
	    !tree_same(&c->root, &last.root))
		return conflict(a->arena, last.size);
	if (a->old == 0 || a->old == c->size) {
		if (a->path.n > 0)
			return say(422, "no proof belongs here\n");
		return cosign(a);
	}
	if (!tree_check_consistency(a->old, c->size, &a->path, &last.root,
	    &c->root, &e)) {
		log_event(LOG_ALARM, "inconsistent-log", NULL);
		return say(422, "the proof does not hold\n");
	}
	return cosign(a);
}

/* What is compared and what is written belong together. */
static struct witness_answer
judge_locked(struct adding *a)
{
	struct hash name = crypto_sha256(bytes_of(a->checkpoint.origin));
	struct witness_answer answer;
	struct err e;
	int lock;

	a->record = arena_printf(a->arena, "%s/%s", a->w->folder,
	    str_hex(a->arena, bytes(name.b, sizeof name.b)));
	lock = open(arena_printf(a->arena, "%s.lock", a->record),
	    O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (lock < 0 || flock(lock, LOCK_EX) != 0) {
		err_set(&e, ERR_SYSTEM, "lock: %s", strerror(errno));
		return broken(&e);
	}
	answer = judge(a);
	close(lock);
	return answer;
}

struct witness_answer
witness_add(struct witness *w, struct arena *arena, struct bytes body)
{
	struct adding a = { .w = w, .arena = arena };
	bool known, is_signed;
	struct err e;

	if (!parse(&a, body))
		return say(400, "not a request to add a checkpoint\n");
	if (!find_log(&a, &known, &is_signed, &e))
		return broken(&e);
	if (!known)
		return say(404, "this witness does not know the log\n");
	if (!is_signed)
		return say(403, "not signed by the log's key\n");
	if (a.old > a.checkpoint.size)
		return say(400, "the old size is larger than the "
		    "checkpoint's\n");
	return judge_locked(&a);
}
