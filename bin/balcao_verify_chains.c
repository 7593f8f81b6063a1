/* SPDX-License-Identifier: Apache-2.0 */
/*
 * balcao-verify chains: over one or more whole logs, oldest first, is every
 * writer's chain dense and unbroken, and is each leaf there that a new chain
 * names as the last of the one before it? Memory grows with the number of
 * program starts, not of entries.
 */
#include "bin/balcao_verify.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "audit/chain.h"
#include "bin/balcao_verify_log.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"

enum {
	FIRST_SLOTS = 1024,	/* a power of two */
	SHOWN = 20
};

struct writer_seen {
	struct chain	chain;
	bool		used;
	bool		joined;		/* begins before these logs */
	bool		followed;	/* a later writer-open names its end */
};

/* A leaf that a writer-open names in its field 4. */
struct wanted {
	uint8_t		hash[CRYPTO_HASH];
	uint64_t	room;
	uint64_t	by;		/* index of the writer-open */
	size_t		log;
	bool		found;
};

struct chains {
	struct verify	*v;
	size_t		 log;		/* which of the folders */
	struct writer_seen *slot;
	size_t		 slots, writers;
	struct wanted	*want;
	size_t		 wants, want_room;
	uint64_t	 entries;
};

static size_t
place_of(const struct writer_seen *slot, size_t slots, const uint8_t *writer)
{
	size_t i = 0;

	for (int k = 0; k < ENTRY_WRITER; k++)
		i = i * 31 + writer[k];
	i &= slots - 1;
	while (slot[i].used && memcmp(slot[i].chain.writer, writer,
	    ENTRY_WRITER) != 0)
		i = (i + 1) & (slots - 1);
	return i;
}

static void
grow(struct chains *c)
{
	size_t slots = c->slots == 0 ? FIRST_SLOTS : 2 * c->slots;
	struct writer_seen *slot = arena_array(c->v->arena, slots,
	    sizeof *slot);

	for (size_t i = 0; i < c->slots; i++)
		if (c->slot[i].used)
			slot[place_of(slot, slots, c->slot[i].chain.writer)] =
			    c->slot[i];
	c->slot = slot;
	c->slots = slots;
}

static struct writer_seen *
writer_of(struct chains *c, const struct entry_read *r)
{
	struct writer_seen *w;

	if (c->writers * 2 >= c->slots)
		grow(c);
	w = &c->slot[place_of(c->slot, c->slots, r->writer.p)];
	if (w->used)
		return w;
	w->used = true;
	c->writers++;
	if (r->sequence > 0) {
		w->joined = true;
		chain_join(&w->chain, r);
	}
	return w;
}

static void
want(struct chains *c, uint64_t index, const struct entry_read *r)
{
	struct wanted *w;

	if (c->wants == c->want_room) {
		c->want_room = c->want_room == 0 ? 256 : 2 * c->want_room;
		w = arena_array(c->v->arena, c->want_room, sizeof *w);
		if (c->wants > 0)
			memcpy(w, c->want, c->wants * sizeof *w);
		c->want = w;
	}
	w = &c->want[c->wants++];
	*w = (struct wanted){ .room = r->room, .by = index, .log = c->log };
	memcpy(w->hash, r->previous.p, CRYPTO_HASH);
}

static const char *
entry_place(struct chains *c, size_t log, uint64_t index)
{
	return arena_printf(c->v->arena, "%s, entry %" PRIu64,
	    c->v->file[log], index);
}

static void
follow(void *arg, uint64_t index, struct bytes leaf,
    const struct entry_read *r)
{
	struct chains *c = arg;
	struct writer_seen *w = writer_of(c, r);
	struct err why = { 0 };

	c->entries++;
	if (!chain_follow(&w->chain, r, leaf, &why))
		report_broken(&c->v->report, entry_place(c, c->log, index),
		    "Entry %" PRIu64 " breaks the chain of writer %s of %s: "
		    "%s.", index, str_hex(c->v->arena, r->writer),
		    registry_room_name((unsigned)r->room), why.text);
	if (r->sequence == 0 && r->previous.n > 0)
		want(c, index, r);
}

static int
by_hash(const void *a, const void *b)
{
	const struct wanted *x = a, *y = b;

	return memcmp(x->hash, y->hash, CRYPTO_HASH);
}

/* Several chains may name one leaf: all are answered. */
static void
seek(void *arg, uint64_t index, struct bytes leaf, const struct entry_read *r)
{
	struct chains *c = arg;
	struct hash h = crypto_sha256(leaf);
	size_t low = 0, high = c->wants;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (memcmp(c->want[middle].hash, h.b, CRYPTO_HASH) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < c->wants && memcmp(c->want[low].hash, h.b,
	    CRYPTO_HASH) == 0; low++) {
		struct wanted *w = &c->want[low];

		w->found = true;
		writer_of(c, r)->followed = true;
		if (w->room != r->room)
			report_broken(&c->v->report, entry_place(c, w->log,
			    w->by), "Entry %" PRIu64 " goes on from entry %"
			    PRIu64 ", which is another room's.", w->by,
			    index);
	}
}

/* A leaf that was there and is gone, or that is in a log not given. */
static void
say_missing(struct chains *c)
{
	size_t missing = 0;

	for (size_t i = 0; i < c->wants; i++) {
		if (c->want[i].found)
			continue;
		missing++;
		if (c->v->from_start)
			report_broken(&c->v->report, entry_place(c,
			    c->want[i].log, c->want[i].by), "Entry %" PRIu64
			    " names a leaf before it that is in no log: "
			    "entries were dropped.", c->want[i].by);
	}
	if (missing > 0 && !c->v->from_start)
		report_put(&c->v->report, FINDING_MISSING, "What came before "
		    "%zu chains: they go on from leaves that are not in these "
		    "logs. If these are all logs there are, say so with "
		    "--from-start.", missing);
}

static void
say_joined(struct chains *c)
{
	size_t joined = 0;

	for (size_t i = 0; i < c->slots; i++)
		joined += c->slot[i].used && c->slot[i].joined;
	if (joined == 0)
		return;
	if (c->v->from_start)
		report_broken(&c->v->report, c->v->file[0], "%zu chains do "
		    "not begin with a writer-open.", joined);
	else
		report_put(&c->v->report, FINDING_MISSING, "The beginning of "
		    "%zu chains, which is in an earlier log.", joined);
}

static void
say_open(struct chains *c)
{
	size_t open = 0, closed = 0;

	for (size_t i = 0; i < c->slots; i++) {
		const struct chain *chain = &c->slot[i].chain;

		if (!c->slot[i].used)
			continue;
		closed += chain->closed;
		if (chain->closed || c->slot[i].followed || open++ >= SHOWN)
			continue;
		report_put(&c->v->report, FINDING_FACT, "Open-ended: writer "
		    "%s of %s, after its entry %" PRIu64 ".",
		    str_hex(c->v->arena, bytes(chain->writer, ENTRY_WRITER)),
		    registry_room_name((unsigned)chain->room),
		    chain->next - 1);
	}
	report_put(&c->v->report, FINDING_FACT, "%" PRIu64 " entries of %zu "
	    "writers: %zu closed, %zu followed by another chain, %zu "
	    "open-ended.", c->entries, c->writers, closed, c->writers - closed
	    - open, open);
}

static bool
walk_logs(struct chains *c, log_entry *each, bool *ours, struct err *e)
{
	for (c->log = 0; c->log < c->v->files; c->log++) {
		if (!log_walk(c->v, c->v->file[c->log], each, c, ours, e))
			return false;
		if (!*ours)
			return true;
	}
	return true;
}

bool
verify_chains(struct verify *v, struct err *e)
{
	struct chains c = { .v = v };
	struct verify silent = *v;
	bool ours;

	if (v->checkpoint != NULL || v->opaque)
		return err_set(e, ERR_INPUT, "chains takes folders of our "
		    "logs, each with its checkpoint");
	if (!walk_logs(&c, follow, &ours, e))
		return false;
	if (!ours) {
		report_put(&v->report, FINDING_MISSING, "Any chain: the "
		    "entries are not of our kind.");
		return true;
	}
	if (c.wants > 0)
		qsort(c.want, c.wants, sizeof *c.want, by_hash);
	/* The second walk finds leaves; what it says was said before. */
	report_init(&silent.report, v->arena, "chains", NULL, false);
	c.v = &silent;
	if (c.wants > 0 && !walk_logs(&c, seek, &ours, e))
		return false;
	c.v = v;
	say_missing(&c);
	say_joined(&c);
	say_open(&c);
	if (v->report.count[FINDING_BROKEN] == 0)
		report_put(&v->report, FINDING_PROVED, "Every chain is dense, "
		    "and each entry names the one before it.");
	return true;
}
