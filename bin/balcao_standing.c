/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit status: size and age of the log, what waits, who signed. For people,
 * for scripts, and for whatever watches the machine: it ends with 1, and
 * leaves an alarm in the log, when entries wait and no checkpoint comes.
 */
#include "bin/balcao_standing.h"

#include <stdio.h>

#include "audit/checkpoint.h"
#include "audit/cosign.h"
#include "bin/balcao.h"
#include "bin/balcao_args.h"
#include "bin/balcao_print.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/adopt.h"
#include "services/keyring.h"
#include "services/origin.h"
#include "services/quorum.h"
#include "services/room.h"

enum {
	STALE_MS = 60 * 1000,
	YEARS = 200
};

struct standing {
	int		 year;
	int64_t		 size;
	bool		 closed;
	int64_t		 under;		/* size of its newest checkpoint */
	int64_t		 cosigned;	/* of the newest that enough signed */
	struct bytes	 note;		/* the newest with any cosignature */
	instant		 at;		/* of that */
};

struct log {
	struct standing	 year[YEARS];
	size_t		 n;
	int64_t		 waiting;	/* entries without a place */
	instant		 since;		/* the oldest of them */
	int64_t		 quarantined;
	bool		 stale;
};

static bool
read_year(struct room *room, struct arena *arena, struct standing *s,
    struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_BALCAO_CHECKPOINT,
	    (struct db_value[]){ db_int(s->year) }, 1, &rows, e))
		return false;
	s->under = 0;
	s->at = INSTANT_NONE;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	s->under = db_take_int(&row);
	db_take_bytes(&row);
	s->at = db_take_instant(&row);
	if (!db_ask(room->db, arena, QUERY_BALCAO_COSIGNED,
	    (struct db_value[]){ db_int(s->year) }, 1, &rows, e))
		return false;
	row = db_row(rows, 0);
	s->cosigned = db_take_int(&row);
	s->note = db_take_bytes(&row);
	return true;
}

static bool
read_years(struct room *room, struct arena *arena, struct log *l,
    struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_SEALER_STATES, NULL, 0, &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows) && l->n < YEARS; i++) {
		struct db_row row = db_row(rows, i);
		struct standing *s = &l->year[l->n++];

		s->year = (int)db_take_int(&row);
		s->size = db_take_int(&row);
		db_take_int(&row);
		db_take_bytes(&row);
		s->closed = db_take_bool(&row);
		if (!read_year(room, arena, s, e))
			return false;
	}
	return true;
}

static bool
read_waiting(struct room *room, struct arena *arena, struct log *l,
    struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_BALCAO_WAITING, NULL, 0, &rows, e))
		return false;
	row = db_row(rows, 0);
	l->waiting = db_take_int(&row);
	l->since = db_take_instant(&row);
	if (!db_ask(room->db, arena, QUERY_BALCAO_QUARANTINED,
	    (struct db_value[]){ db_int(EVENT_QUARANTINE) }, 1, &rows, e))
		return false;
	row = db_row(rows, 0);
	l->quarantined = db_take_int(&row);
	return true;
}

/* A checkpoint may be old on a quiet night: what counts is how long the
 * oldest entry has waited for one. */
static void
judge(struct log *l, instant now)
{
	const struct standing *s;

	l->stale = l->waiting > 0 && now - l->since > STALE_MS;
	for (size_t i = 0; i < l->n; i++) {
		s = &l->year[i];
		if (s->under < s->size && (s->at == INSTANT_NONE ||
		    now - s->at > STALE_MS))
			l->stale = true;
	}
}

static int64_t
age(instant at, instant now)
{
	return at == INSTANT_NONE || at > now ? 0 : (now - at) / 1000;
}

static void
print(struct arena *arena, const struct log *l, bool json, instant now)
{
	static const struct print_column columns[] = {
		{ "YEAR", "year", true },
		{ "ENTRIES", "entries", true },
		{ "CHECKPOINT", "checkpoint", true },
		{ "AGE (S)", "age", true },
		{ "COSIGNED", "cosigned", true },
		{ "WAITING", "waiting", true },
		{ "QUARANTINED", "quarantined", true },
		{ "STATE", "state", false },
	};
	enum { COLUMNS = sizeof columns / sizeof *columns };
	const char *cells[YEARS * COLUMNS];
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct standing *s = &l->year[i];
		bool last = i + 1 == l->n;
		const char *state = s->closed ? "closed" : "open";

		if (last && l->stale)
			state = "stale";
		cells[n++] = arena_printf(arena, "%d", s->year);
		cells[n++] = arena_printf(arena, "%lld", (long long)s->size);
		cells[n++] = arena_printf(arena, "%lld",
		    (long long)s->under);
		cells[n++] = arena_printf(arena, "%lld",
		    (long long)age(s->at, now));
		cells[n++] = arena_printf(arena, "%lld",
		    (long long)s->cosigned);
		cells[n++] = arena_printf(arena, "%lld",
		    last ? (long long)l->waiting : 0);
		cells[n++] = arena_printf(arena, "%lld",
		    last ? (long long)l->quarantined : 0);
		cells[n++] = state;
	}
	print_rows(json, columns, COLUMNS, cells, n / COLUMNS);
	if (!json && l->n == 0)
		printf("The log has not begun.\n");
	if (!json && l->stale)
		printf("Entries have waited for more than %d seconds: do "
		    "sealer and signer run? Their logs say more.\n",
		    STALE_MS / 1000);
}

/* Whose line is under the newest cosigned checkpoint of the open year? */
static void
print_witnesses(struct arena *arena, const struct quorum *q,
    const struct standing *s)
{
	struct checkpoint c = { .size = 0 };
	struct note note = { .n = 0 };

	if (s->note.p != NULL)
		(void)checkpoint_read(arena, s->note, &c, &note, NULL);
	for (size_t i = 0; i < q->n; i++) {
		const struct quorum_node *w = &q->node[i];
		bool has = w->witness && note.n > 0 && cosign_check(arena,
		    &note, &w->key, NULL, NULL) == NOTE_GOOD;

		if (w->witness)
			printf("Witness %s has %s %llu entries.\n", w->name,
			    has ? "cosigned" : "not cosigned",
			    (unsigned long long)c.size);
	}
}

static void
raise_alarm(const struct log *l, instant now)
{
	char waiting[24], seconds[24];

	snprintf(waiting, sizeof waiting, "%lld", (long long)l->waiting);
	snprintf(seconds, sizeof seconds, "%lld",
	    (long long)age(l->since, now));
	log_event(LOG_ALARM, "audit-stale", "waiting", waiting, "seconds",
	    seconds, NULL);
}

/* ---- keys ---- */

/* From the public keys alone: a witness must know a log before it begins. */
bool
audit_keys(struct balcao *b, struct args *args, struct err *e)
{
	const char *authority = conf_text(b->conf, "authority", "origin");
	const char *text = NULL;
	const struct args_option options[] = {
		{ .name = "--years", .value = &text },
		{ .name = NULL }
	};
	const struct keyring_public *public;
	struct keyring_publics all;
	int first = origin_year_at(clock_now());
	int64_t years = 1;

	if (!args_read(args, options, 0, 0, e))
		return false;
	if (text != NULL && !str_int(text, 1, 100, &years, NULL))
		return args_fault(e, "--years takes a number from 1 to 100");
	if (!keyring_load_public(conf_text(b->conf, "path", "keys"), &all, e))
		return false;
	public = keyring_find(&all, ROOM_SIGNER);
	if (public == NULL)
		return err_set(e, ERR_SYSTEM, "the signer has no public key");
	for (int year = first; year < first + (int)years; year++) {
		struct note_key key;

		if (!origin_key(origin_of(b->arena, authority, year),
		    public->sign, &key, e))
			return false;
		printf("%s\n", note_key_text(b->arena, &key));
	}
	return true;
}

/* ---- adopt ---- */

bool
audit_adopt(struct balcao *b, struct args *args, struct err *e)
{
	char first[INSTANT_TEXT], last[INSTANT_TEXT];
	struct adoption a;
	struct room *room;

	b->anyway = true;
	if (!args_read(args, NULL, 0, 0, e) || !balcao_sealer(b, &room, e) ||
	    !adopt_run(room, b->arena, &a, e))
		return false;
	if (!a.cluster && a.rescued == 0)
		printf("This database is the one that the log goes on in: "
		    "nothing to adopt.\n");
	if (a.cluster)
		printf("The log goes on in this cluster.\n");
	if (a.rescued > 0)
		printf("%llu entries, written from %s to %s, are in the log "
		    "and not in this database. They have their places again; "
		    "what they did is lost here: repeat it, or restore "
		    "more.\n", (unsigned long long)a.rescued,
		    instant_text(a.first, first), instant_text(a.last, last));
	return true;
}

/* ---- status ---- */

bool
audit_status(struct balcao *b, struct args *args, struct err *e)
{
	struct log *l = arena_alloc(b->arena, sizeof *l);
	bool json = false;
	const struct args_option options[] = {
		{ .name = "--json", .flag = &json },
		{ .name = NULL }
	};
	struct quorum *q = arena_alloc(b->arena, sizeof *q);
	instant now = clock_now();
	struct room *room;

	b->anyway = true;
	if (!args_read(args, options, 0, 0, e) || !quorum_load(b->arena,
	    conf_text(b->conf, "log", "witnesses"), q, e) ||
	    !balcao_room(b, &room, e) ||
	    !read_years(room, b->arena, l, e) ||
	    !read_waiting(room, b->arena, l, e))
		return false;
	judge(l, now);
	print(b->arena, l, json, now);
	if (!json && l->n > 0)
		print_witnesses(b->arena, q, &l->year[l->n - 1]);
	if (l->stale)
		raise_alarm(l, now);
	b->found = l->stale;
	return true;
}
