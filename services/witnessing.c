/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The client of C2SP tlog-witness. Each witness is asked by itself; one that
 * is slow or down keeps only its own signature from the others' note.
 */
#include "services/witnessing.h"

#include <stdio.h>
#include <string.h>

#include "audit/checkpoint.h"
#include "audit/cosign.h"
#include "audit/tile.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/fetch.h"
#include "lib/log.h"
#include "lib/str.h"
#include "services/origin.h"
#include "services/quorum.h"
#include "services/shelf.h"

enum {
	TIMEOUT_S = 5,
	ANSWER_MOST = 16 * 1024,
	LINE_MOST = 1024,
	PAUSE_FIRST = 2000,	/* ms, until one that failed is asked again */
	PAUSE_LAST = 60 * 1000,
	YEARS = 2		/* this one, and the one that is being closed */
};

/* What is known of a witness and a year's log. */
struct seen {
	uint64_t	 size;		/* that it signed last */
	uint64_t	 line_size;	/* of the checkpoint that line signs */
	char		 line[LINE_MOST];
};

struct peer {
	const struct quorum_node *node;
	struct seen	 seen[YEARS];
	int64_t		 due;		/* monotonic ms */
	unsigned	 failures;
};

struct witnessing {
	const char	*tiles;
	const char	*authority;
	const char	*certificates;	/* or NULL */
	struct quorum	 quorum;
	struct peer	 peer[QUORUM_NODES];
	size_t		 peers;
	int		 year[YEARS];
};

bool
witnessing_open(struct arena *arena, const struct conf *conf,
    struct witnessing **out, struct err *e)
{
	struct witnessing *w = arena_alloc(arena, sizeof *w);
	const char *certificates = conf_text(conf, "log", "certificates");

	w->tiles = conf_text(conf, "path", "tiles");
	w->authority = conf_text(conf, "authority", "origin");
	w->certificates = str_empty(certificates) ? NULL : certificates;
	*out = w;
	if (!quorum_load(arena, conf_text(conf, "log", "witnesses"),
	    &w->quorum, e))
		return false;
	for (size_t i = 0; i < w->quorum.n; i++)
		if (w->quorum.node[i].witness &&
		    w->quorum.node[i].url != NULL)
			w->peer[w->peers++].node = &w->quorum.node[i];
	return true;
}

/* ---- one checkpoint ---- */

struct asking {
	struct witnessing *w;
	struct arena	*arena;
	const char	*folder;	/* of the year */
	size_t		 slot;		/* of the year in peer.seen */
	struct bytes	 whole;
	struct checkpoint checkpoint;
	struct note	 note;
};

/* A tile that was partial may be full by now, and begins in the same way. */
static bool
read_tile(void *arg, const struct tile *t, struct bytes *out, struct err *e)
{
	const struct asking *a = arg;
	struct tile full = *t;
	char name[TILE_PATH];

	if (!shelf_read(a->arena, arena_printf(a->arena, "%s/%s", a->folder,
	    tile_path(t, name)), out, e))
		return false;
	full.width = TILE_WIDTH;
	if (out->p == NULL && !shelf_read(a->arena, arena_printf(a->arena,
	    "%s/%s", a->folder, tile_path(&full, name)), out, e))
		return false;
	if (out->n < t->width * (size_t)CRYPTO_HASH)
		return err_set(e, ERR_SYSTEM, "%s is not there", name);
	out->n = t->width * (size_t)CRYPTO_HASH;
	return true;
}

static bool
compose(struct asking *a, uint64_t old, struct buf *body, struct err *e)
{
	struct tile_source source = { .read = read_tile, .arg = a,
	    .size = a->checkpoint.size };
	struct tree_path path = { .n = 0 };

	if (old > 0 && old < a->checkpoint.size && !tree_prove_consistency(
	    old, a->checkpoint.size, tile_get, &source, &path, e))
		return false;
	buf_printf(body, "old %llu\n", (unsigned long long)old);
	for (size_t i = 0; i < path.n; i++)
		buf_printf(body, "%s\n", str_base64(a->arena,
		    bytes(path.hash[i].b, CRYPTO_HASH)));
	buf_puts(body, "\n");
	buf_put_bytes(body, a->whole);
	return true;
}

static bool
post(struct asking *a, const struct peer *p, uint64_t old,
    struct fetch_answer *answer, struct err *e)
{
	struct buf body = buf_new(a->arena, 4096);

	return compose(a, old, &body, e) && fetch_post(a->arena,
	    &(struct fetch_post){
		.url = arena_printf(a->arena, "%s/add-checkpoint",
		    p->node->url),
		.type = "text/plain; charset=utf-8",
		.body = buf_bytes(&body),
		.certificates = a->w->certificates,
		.timeout_s = TIMEOUT_S,
		.most = ANSWER_MOST,
	}, answer, e);
}

/* The lines of its answer behind our text: is one of them its signature? */
static bool
take_line(struct asking *a, struct peer *p, struct bytes lines,
    struct err *e)
{
	struct seen *seen = &p->seen[a->slot];
	const struct note_signature *signature = NULL;
	struct buf b = buf_new(a->arena, a->whole.n + lines.n);
	struct note note;

	buf_put_bytes(&b, a->whole);
	buf_put_bytes(&b, lines);
	if (!note_parse(a->arena, buf_bytes(&b), &note, e) ||
	    cosign_check(a->arena, &note, &p->node->key, NULL, &signature)
	    != NOTE_GOOD || signature->line.n >= sizeof seen->line)
		return err_set(e, ERR_DENIED, "no cosignature of its own");
	memcpy(seen->line, signature->line.p, signature->line.n);
	seen->line[signature->line.n] = '\0';
	seen->size = seen->line_size = a->checkpoint.size;
	return true;
}

static bool
take_size(struct asking *a, const struct fetch_answer *answer,
    uint64_t *size)
{
	const char *text = str_trim(a->arena, arena_strndup(a->arena,
	    (const char *)answer->body.p, answer->body.n));

	return str_starts(answer->type, "text/x.tlog.size") &&
	    str_uint(text, TREE_SIZE_MAX, size, NULL);
}

static bool
ask(struct asking *a, struct peer *p, struct err *e)
{
	struct seen *seen = &p->seen[a->slot];
	struct fetch_answer answer;
	uint64_t size;

	if (!post(a, p, seen->size, &answer, e))
		return false;
	if (answer.status == 409 && take_size(a, &answer, &size)) {
		if (size > a->checkpoint.size || size == seen->size)
			return err_set(e, ERR_CONFLICT, "has signed %llu "
			    "entries of this log, and another tree",
			    (unsigned long long)size);
		seen->size = size;
		if (!post(a, p, size, &answer, e))
			return false;
	}
	if (answer.status != 200)
		return err_set(e, ERR_DENIED, "answers %d", answer.status);
	return take_line(a, p, answer.body, e);
}

/* ---- all of them ---- */

static void
failed(struct peer *p, const struct err *e)
{
	int64_t pause = PAUSE_FIRST;

	for (unsigned i = 0; i < p->failures && pause < PAUSE_LAST; i++)
		pause *= 2;
	p->due = clock_monotonic() +
	    (pause < PAUSE_LAST ? pause : PAUSE_LAST);
	if (p->failures++ == 0 || e->code == ERR_CONFLICT)
		log_event(e->code == ERR_CONFLICT ? LOG_ALARM : LOG_WARNING,
		    "witness-down", "witness", p->node->name, "text",
		    e->text, NULL);
}

static void
answered(struct peer *p)
{
	if (p->failures > 0)
		log_event(LOG_INFO, "witness-back", "witness",
		    p->node->name, NULL);
	p->failures = 0;
	p->due = 0;
}

static bool
ask_all(struct asking *a)
{
	bool any = false;
	struct err e;

	for (size_t i = 0; i < a->w->peers; i++) {
		struct peer *p = &a->w->peer[i];

		if (p->seen[a->slot].line_size == a->checkpoint.size ||
		    clock_monotonic() < p->due)
			continue;
		if (!ask(a, p, &e)) {
			failed(p, &e);
			continue;
		}
		answered(p);
		any = true;
	}
	return any;
}

static void
put_note(struct asking *a)
{
	struct buf b = buf_new(a->arena, a->whole.n + LINE_MOST);
	struct err e;

	buf_put_bytes(&b, a->whole);
	for (size_t i = 0; i < a->w->peers; i++) {
		const struct seen *seen = &a->w->peer[i].seen[a->slot];

		if (seen->line_size == a->checkpoint.size)
			buf_puts(&b, seen->line);
	}
	if (!shelf_replace(a->arena, arena_printf(a->arena, "%s/"
	    WITNESSING_FILE, a->folder), buf_bytes(&b), 0644, &e))
		log_error("cosigned-not-written", &e);
}

/* The log's own lines alone: the published note may have cosignatures. */
static bool
strip(struct asking *a)
{
	struct note_signature *own = NULL;

	for (size_t i = 0; i < a->note.n; i++)
		if (str_equal(a->note.signature[i].name,
		    a->checkpoint.origin))
			own = &a->note.signature[i];
	if (own != NULL)
		a->whole = note_join(a->arena, a->note.text,
		    (const char *[]){ arena_strndup(a->arena,
		    (const char *)own->line.p, own->line.n) }, 1);
	return own != NULL;
}

/* A slot serves another year when a new one begins. */
static size_t
slot_of(struct witnessing *w, int year)
{
	size_t slot = (size_t)year % YEARS;

	if (w->year[slot] != year)
		for (size_t i = 0; i < w->peers; i++)
			w->peer[i].seen[slot] = (struct seen){ .size = 0 };
	w->year[slot] = year;
	return slot;
}

static void
ask_year(struct witnessing *w, struct arena *arena, int year)
{
	struct asking a = { .w = w, .arena = arena };

	a.folder = arena_printf(arena, "%s/%d", w->tiles, year);
	a.slot = slot_of(w, year);
	if (!shelf_read(arena, arena_printf(arena, "%s/checkpoint",
	    a.folder), &a.whole, NULL) || a.whole.p == NULL ||
	    !checkpoint_read(arena, a.whole, &a.checkpoint, &a.note, NULL) ||
	    origin_year(a.checkpoint.origin, w->authority) != year ||
	    !strip(&a))
		return;
	if (ask_all(&a))
		put_note(&a);
}

void
witnessing_round(struct witnessing *w, struct arena *arena)
{
	int year = origin_year_at(clock_now());

	if (w->peers == 0)
		return;
	ask_year(w, arena, year - 1);
	ask_year(w, arena, year);
}
