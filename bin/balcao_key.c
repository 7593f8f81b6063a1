/* SPDX-License-Identifier: Apache-2.0 */
/*
 * init, key unlock and key status; rotation is balcao_rotate.c's. No program
 * but this one reads the root key, and it forgets it before it ends.
 */
#include "bin/balcao_key.h"

#include <stdio.h>
#include <string.h>

#include "bin/balcao.h"
#include "bin/balcao_args.h"
#include "bin/balcao_migrate.h"
#include "bin/balcao_print.h"
#include "bin/balcao_unlock.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/key_statements.h"

void
key_end(struct key_work *w)
{
	db_close(w->db);
	secret_wipe(&w->root, sizeof w->root);
	secret_wipe(w->rooms, sizeof w->rooms);
}

static const char *
root_path(const struct balcao *b)
{
	return conf_text(b->conf, "path", "root");
}

bool
key_begin(struct key_work *w, struct balcao *b, struct err *e)
{
	*w = (struct key_work){ .balcao = b };
	if (root_load(root_path(b), &w->root, e) &&
	    root_connect(b, &w->db, e) &&
	    root_open(w->db, b->arena, &w->root, w->rooms, e))
		return true;
	key_end(w);
	return false;
}

/* ---- init ---- */

static unsigned
count_rooms(const struct root_room *rooms)
{
	unsigned n = 0;

	for (unsigned code = 1; code < ROOM__MAX; code++)
		n += rooms[code].there;
	return n;
}

/* A new root key where bundles lie would open none of them. */
static bool
find_root(struct key_work *w, bool *made, struct err *e)
{
	const char *path = root_path(w->balcao);
	unsigned there = count_rooms(w->rooms);
	struct err why = { 0 };

	*made = false;
	if (root_load(path, &w->root, &why))
		return true;
	if (why.code == ERR_ABSENT && there > 0)
		return err_set(e, ERR_SYSTEM, "the key database holds keys of "
		    "%u rooms, but their root key %.100s is gone: restore it; "
		    "a new one would open nothing", there, path);
	if (why.code != ERR_ABSENT) {
		*e = why;
		return false;
	}
	*made = true;
	return root_make(path, &w->root, e);
}

static bool
make_bundles(struct key_work *w, unsigned *made, struct err *e)
{
	struct keyring ring;
	bool ok = true;

	*made = 0;
	for (unsigned code = 1; code < ROOM__MAX && ok; code++) {
		if (w->rooms[code].there)
			continue;
		keyring_new(&ring, (uint16_t)code);
		ok = root_put(w->db, w->balcao->arena, &w->root, &ring, e);
		secret_wipe(&ring, sizeof ring);
		*made += ok;
	}
	return ok;
}

static bool
init_with(struct key_work *w, struct err *e)
{
	struct balcao *b = w->balcao;
	bool made_root;
	unsigned made;

	if (!root_connect(b, &w->db, e) ||
	    !root_list(w->db, b->arena, NULL, w->rooms, e) ||
	    !find_root(w, &made_root, e) ||
	    !root_list(w->db, b->arena, &w->root, w->rooms, e) ||
	    !make_bundles(w, &made, e) ||
	    !root_open(w->db, b->arena, &w->root, w->rooms, e))
		return false;
	if (made_root)
		printf("Made the root key, %s. Keep a copy where this machine "
		    "is not.\n", root_path(b));
	if (made > 0)
		printf("Made the keys of %u rooms.\n", made);
	if (!made_root && made == 0)
		printf("This was done already: the root key opens the keys of "
		    "all %u rooms.\n", count_rooms(w->rooms));
	else
		printf("Next: balcao key unlock, balcao migrate.\n");
	return true;
}

static bool
init(struct balcao *b, struct args *args, struct err *e)
{
	struct key_work w = { .balcao = b };
	bool ok;

	if (!args_read(args, NULL, 0, 0, e) || !migrate_keys(b, e))
		return false;
	ok = init_with(&w, e);
	key_end(&w);
	return ok;
}

/* ---- unlock ---- */

bool
key_unlock(struct key_work *w, const char *prefix, struct err *e)
{
	const char *folder = conf_text(w->balcao->conf, "path", "keys");
	unsigned foreign;

	if (!unlock_write(w->balcao->arena, folder, prefix, w->rooms,
	    &foreign, e))
		return false;
	printf("Unlocked the keys of %u rooms in %s; %u of them belong to "
	    "users of their own.\n", count_rooms(w->rooms), folder, foreign);
	return true;
}

static bool
unlock(struct balcao *b, struct args *args, struct err *e)
{
	const char *prefix = NULL;
	const struct args_option options[] = {
		{ .name = "--owner-prefix", .value = &prefix },
		{ .name = NULL }
	};
	struct key_work w;
	bool ok;

	if (!args_read(args, options, 0, 0, e) || !key_begin(&w, b, e))
		return false;
	ok = key_unlock(&w, prefix, e);
	key_end(&w);
	return ok;
}

/* ---- status ---- */

/* "12 of epoch 1, 3 of epoch 2" */
static const char *
describe_keys(struct arena *arena, const struct db_rows *counts,
    unsigned code, int64_t *total)
{
	struct buf b = buf_new(arena, 64);

	*total = 0;
	for (size_t i = 0; i < db_count(counts); i++) {
		struct db_row row = db_row(counts, i);
		int64_t room = db_take_int(&row), epoch = db_take_int(&row);
		int64_t n = db_take_int(&row);

		if (room != (int64_t)code)
			continue;
		buf_printf(&b, "%s%lld of epoch %lld", b.n > 0 ? ", " : "",
		    (long long)n, (long long)epoch);
		*total += n;
	}
	return b.n > 0 ? buf_text(&b) : "none";
}

static const char *
describe_file(const struct balcao *b, unsigned code, uint32_t epoch)
{
	struct keyring ring;
	const char *what = "no";

	if (keyring_load(conf_text(b->conf, "path", "keys"),
	    registry_room_name(code), &ring, NULL))
		what = ring.epoch == epoch ? "yes" : "an older epoch";
	secret_wipe(&ring, sizeof ring);
	return what;
}

static bool
show(struct balcao *b, struct db *db, bool json, struct err *e)
{
	static const struct print_column columns[] = {
		{ "ROOM", "room", false },
		{ "EPOCH", "epoch", true },
		{ "ROTATION", "rotation", false },
		{ "UNLOCKED", "unlocked", false },
		{ "DATA KEYS", "keys", true },
		{ "WRAPPED BY", "wrapped_by", false },
	};
	enum { COLUMNS = sizeof columns / sizeof *columns };
	const char *cells[ROOM__MAX * COLUMNS];
	struct root_room rooms[ROOM__MAX];
	struct db_rows *counts;
	size_t n = 0;
	int64_t keys;

	if (!root_list(db, b->arena, NULL, rooms, e) ||
	    !db_ask(db, b->arena, KEY_QUERY_COUNT, NULL, 0, &counts, e))
		return false;
	for (unsigned code = 1; code < ROOM__MAX; code++) {
		const struct root_room *r = &rooms[code];

		cells[n++] = registry_room_name(code);
		cells[n++] = arena_printf(b->arena, "%u", r->epoch);
		cells[n++] = !r->there ? "no keys" :
		    r->turning ? "not at its end" : "none";
		cells[n++] = describe_file(b, code, r->epoch);
		n++;
		cells[n] = describe_keys(b->arena, counts, code, &keys);
		cells[n - 1] = arena_printf(b->arena, "%lld", (long long)keys);
		n++;
	}
	print_rows(json, columns, COLUMNS, cells, n / COLUMNS);
	return true;
}

static bool
status(struct balcao *b, struct args *args, struct err *e)
{
	bool json = false, ok;
	const struct args_option options[] = {
		{ .name = "--json", .flag = &json },
		{ .name = NULL }
	};
	struct db *db;

	if (!args_read(args, options, 0, 0, e) || !root_connect(b, &db, e))
		return false;
	ok = show(b, db, json, e);
	db_close(db);
	return ok;
}

const struct verb key_verbs[] = {
	{ "init", "", "make the root key and every room's keys", init },
	{ "key unlock", "[--owner-prefix PREFIX]",
	    "write the rooms' keys where programs read them", unlock },
	{ "key rotate", "[ROOM] [--now] [--owner-prefix PREFIX]",
	    "change the keys that wrap a room's data keys", rotate_run },
	{ "key status", "[--json]", "rooms, their keys, what is unlocked",
	    status },
	{ .name = NULL }
};
