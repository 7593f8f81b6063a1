/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entries: is the row of the leaf as it was written, does the list of images
 * say what the leaf commits to, and does audit.q repeat the leaf's clear
 * fields and its first image? What q says of people, a room with the keys
 * must compare (services/qcheck.h). Whether the leaf itself is in the signed
 * tree is `balcao audit seq`'s question.
 */
#include "bin/balcao_broken.h"

#include <string.h>

#include "audit/entry.h"
#include "audit/image.h"
#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/room.h"

enum {
	SOME = 200,		/* the LIMIT of balcao_leaves */
	FAR_MS = 60 * 60 * 1000	/* from an entry's time to its arrival */
};

/* The lists of some entries, and how far they have been read. */
struct lists {
	struct room		*room;
	const struct db_rows	*rows;
	size_t			 at;
};

/* The images of one event. *erased: one of them has lost its row's id, so
 * the list can no longer be hashed. */
static struct image *
take_list(struct arena *arena, struct lists *l, struct uuid event, size_t *n,
    bool *erased)
{
	struct image *list = arena_array(arena, db_count(l->rows) - l->at,
	    sizeof *list);

	*n = 0;
	*erased = false;
	for (; l->at < db_count(l->rows); l->at++) {
		struct db_row row = db_row(l->rows, l->at);
		struct uuid of = db_take_uuid(&row);
		struct image *image = &list[*n];
		int order = memcmp(of.b, event.b, UUID_SIZE);
		struct bytes hash;

		if (order > 0)
			break;
		if (order < 0)
			continue;	/* another year's entry */
		image->table = (uint16_t)db_take_int(&row);
		image->row = db_take_uuid(&row);
		image->version = (uint32_t)db_take_int(&row);
		hash = db_take_bytes(&row);
		memcpy(image->hash.b, hash.p, sizeof image->hash.b);
		*erased = *erased || uuid_is_nil(image->row);
		++*n;
	}
	return list;
}

/* The entry that closes a year commits to its last checkpoint. */
static bool
is_closing(struct arena *arena, const struct lists *lists,
    const struct entry_read *leaf)
{
	struct db_rows *rows;
	struct db_row row;

	if (leaf->room != ROOM_SEALER || leaf->type != EVENT_CONFIGURATION ||
	    leaf->table != TABLE_AUDIT_CKPT ||
	    !db_ask(lists->room->db, arena, QUERY_BALCAO_CLOSING,
	    (struct db_value[]){ db_bytes(leaf->images) }, 1, &rows, NULL))
		return false;
	row = db_row(rows, 0);
	return db_take_bool(&row);
}

/* *first: the first image, or all zero. */
static const char *
judge_list(struct arena *arena, const struct entry_read *leaf,
    struct lists *lists, struct uuid event, struct image *first)
{
	bool erased;
	size_t n;
	struct image *list = take_list(arena, lists, event, &n, &erased);
	struct hash hash = image_list(arena, list, n);

	if (n > 0)
		*first = list[0];
	if (n == 0)
		return leaf->images.n == 0 || is_closing(arena, lists, leaf) ?
		    NULL : "the list of its images is gone";
	if (!erased && !bytes_equal(leaf->images, bytes(hash.b,
	    sizeof hash.b)))
		return "the list of its images is not the one that its leaf "
		    "commits to";
	return NULL;
}

/* row stands behind the leaf: its detail's hash, when and by whom written. */
static const char *
judge_arrival(struct db_row *row, const struct entry_read *leaf)
{
	struct bytes detail = db_take_bytes(row);
	instant ts = db_take_instant(row), at = (instant)leaf->at;
	bool as_written = db_take_bool(row);

	if (!bytes_equal(detail, leaf->detail))
		return "its sealed detail is not the one that its leaf "
		    "commits to";
	if (ts < at - FAR_MS || ts > at + FAR_MS)
		return "it arrived at another time than it says";
	return as_written ? NULL : "its row was written again, by another "
	    "transaction than it names";
}

/* row stands at the columns of audit.q. */
static const char *
judge_q(struct db_row *row, const struct entry_read *leaf,
    const struct image *first)
{
	bool gone = uuid_is_nil(db_take_uuid(row));
	uint64_t at = (uint64_t)db_take_instant(row);
	uint64_t room = (uint64_t)db_take_int(row);
	uint64_t type = (uint64_t)db_take_int(row);
	uint64_t outcome = (uint64_t)db_take_int(row);
	uint64_t purpose = (uint64_t)db_take_int(row);
	uint64_t table = (uint64_t)db_take_int(row);
	struct uuid id = db_take_uuid(row);
	int64_t version = db_take_int(row);

	if (gone)
		return "its row of audit.q is gone";
	if (at != leaf->at || room != leaf->room || type != leaf->type ||
	    outcome != leaf->outcome || purpose != leaf->purpose ||
	    table != leaf->table)
		return "audit.q says something else than its leaf";
	if (version != first->version || (first->table != 0 &&
	    !uuid_equal(id, first->row)))
		return "audit.q names another row than its first image";
	return NULL;
}

static const char *
find_fault(struct arena *arena, struct db_row *row, struct lists *lists,
    struct uuid event)
{
	struct image first = { .table = 0 };
	struct bytes whole = db_take_bytes(row);
	struct entry_read leaf;
	const char *what;

	if (!entry_parse(whole, &leaf, NULL))
		return "its leaf is no entry";
	if (!bytes_equal(leaf.id, uuid_bytes(&event)))
		return "its leaf is another entry's";
	what = judge_arrival(row, &leaf);
	if (what == NULL)
		what = judge_list(arena, &leaf, lists, event, &first);
	return what != NULL ? what : judge_q(row, &leaf, &first);
}

static void
judge(struct arena *arena, struct db_row row, struct lists *lists,
    struct broken_list *list, struct uuid *event)
{
	char text[UUID_TEXT];
	const char *what;

	*event = db_take_uuid(&row);
	what = find_fault(arena, &row, lists, *event);
	if (what != NULL)
		broken_add(list, arena_printf(arena, "entry %s",
		    uuid_text(*event, text)), what, *event);
}

static bool
check_some(struct room *room, struct arena *arena, int64_t year,
    struct uuid *after, size_t *n, struct broken_list *list, struct err *e)
{
	struct lists lists = { .room = room };
	struct db_rows *rows, *images;
	struct db_row last;
	struct uuid event;

	if (!db_ask(room->db, arena, QUERY_BALCAO_LEAVES, (struct db_value[]){
	    db_int(year), db_uuid(*after) }, 2, &rows, e))
		return false;
	*n = db_count(rows);
	if (*n == 0)
		return true;
	last = db_row(rows, *n - 1);
	event = db_take_uuid(&last);
	if (!db_ask(room->db, arena, QUERY_BALCAO_LISTS, (struct db_value[]){
	    db_uuid(*after), db_uuid(event) }, 2, &images, e))
		return false;
	lists.rows = images;
	for (size_t i = 0; i < *n; i++)
		judge(arena, db_row(rows, i), &lists, list, &event);
	*after = event;
	return true;
}

static bool
check_year(struct room *room, int64_t year, struct broken_list *list,
    size_t *entries, struct err *e)
{
	struct uuid after = { { 0 } };
	size_t n = 0;
	bool ok;

	do {
		struct arena *arena = arena_new(0);

		ok = check_some(room, arena, year, &after, &n, list, e);
		*entries += ok ? n : 0;
		arena_free(arena);
	} while (ok && n == SOME);
	return ok;
}

/* What no leaf stands for. */
static bool
check_strays(struct room *room, struct arena *arena, unsigned statement,
    const char *what, struct broken_list *list, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;
	struct uuid event;
	char text[UUID_TEXT];

	if (!db_ask(room->db, arena, statement, NULL, 0, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	event = db_take_uuid(&row);
	broken_add(list, arena_printf(arena, "entry %s", uuid_text(event,
	    text)), what, event);
	return true;
}

bool
broken_leaves(struct room *room, struct broken_list *list, size_t *entries,
    struct err *e)
{
	struct arena *arena = arena_new(0);
	struct db_rows *years;
	bool ok = db_ask(room->db, arena, QUERY_BALCAO_YEARS, NULL, 0, &years,
	    e);

	*entries = 0;
	for (size_t i = 0; ok && i < db_count(years); i++) {
		struct db_row row = db_row(years, i);

		ok = check_year(room, db_take_int(&row), list, entries, e);
	}
	ok = ok && check_strays(room, arena, QUERY_BALCAO_STRAY_IMAGE,
	    "an image stands in its name, but it has no leaf", list, e) &&
	    check_strays(room, arena, QUERY_BALCAO_STRAY_Q,
	    "audit.q has it, but it has no leaf", list, e);
	arena_free(arena);
	return ok;
}
