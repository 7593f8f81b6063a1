/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows and images. Programs go on working meanwhile, and a row and its image
 * are read by two statements, so what looks broken is looked at again before
 * it is believed.
 */
#include "bin/balcao_broken.h"

#include <string.h>
#include <time.h>

#include "bin/balcao_rows.h"
#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/room.h"

enum {
	LOOKS = 3,
	PAUSE_MS = 200
};

/* Erasure takes the row's id from its images; the hash still finds one. */
static bool
is_erased(struct room *room, struct arena *arena, const struct image *image,
    bool *erased, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_BALCAO_IMAGE_ERASED,
	    (struct db_value[]){ db_int(image->table),
	    db_int(image->version),
	    db_bytes(bytes(image->hash.b, sizeof image->hash.b)) }, 3, &rows,
	    e))
		return false;
	row = db_row(rows, 0);
	*erased = db_take_bool(&row);
	return true;
}

/* *what NULL: nothing is wrong. */
static bool
judge(struct room *room, struct arena *arena, const struct rows_pair *pair,
    const char **what, struct err *e)
{
	const struct image *row = &pair->row, *image = &pair->image;
	bool erased;

	*what = NULL;
	if (pair->values == NULL) {
		*what = arena_printf(arena, "the row is gone; the log has its "
		    "version %u", image->version);
		return true;
	}
	if (!pair->has_image) {
		if (!is_erased(room, arena, row, &erased, e))
			return false;
		if (!erased)
			*what = "no entry tells of this row";
		return true;
	}
	/* others' entries of older versions keep their images */
	if (row->version > image->version
	    && !is_erased(room, arena, row, &erased, e))
		return false;
	if (row->version > image->version && erased)
		return true;
	if (row->version != image->version)
		*what = arena_printf(arena, "the row has version %u; the "
		    "log's newest is %u", row->version, image->version);
	else if (memcmp(row->hash.b, image->hash.b, sizeof row->hash.b) != 0)
		*what = arena_printf(arena, "version %u says something else "
		    "than the log", row->version);
	return true;
}

static bool
judge_all(struct room *room, struct arena *arena,
    const struct registry_table *table, const struct rows *rows,
    struct broken_list *list, struct err *e)
{
	char text[UUID_TEXT];
	const char *what;

	for (size_t i = 0; i < rows->n; i++) {
		const struct rows_pair *pair = &rows->pair[i];
		struct uuid id = pair->values != NULL ? pair->row.row :
		    pair->image.row;

		if (!judge(room, arena, pair, &what, e))
			return false;
		if (what != NULL)
			broken_add(list, arena_printf(arena, "%s %s",
			    table->name, uuid_text(id, text)), what,
			    pair->event);
	}
	return true;
}

static void
join(struct broken_list *list, const struct broken_list *more)
{
	size_t kept = more->n < BROKEN_MOST ? more->n : BROKEN_MOST;

	for (size_t i = 0; i < kept; i++)
		broken_add(list, more->place[i].where, more->place[i].what,
		    more->place[i].event);
	list->n += more->n - kept;
}

static void
pause_briefly(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = PAUSE_MS * 1000000L }, NULL);
}

static bool
look(struct room *room, struct arena *arena,
    const struct registry_table *table, struct uuid after, struct rows *rows,
    struct broken_list *list, struct err *e)
{
	for (int i = 0; i < LOOKS; i++) {
		struct broken_list found = { .arena = list->arena };

		if (i > 0)
			pause_briefly();
		if (!rows_some(room, arena, table, after, rows, e) ||
		    !judge_all(room, arena, table, rows, &found, e))
			return false;
		if (found.n > 0 && i < LOOKS - 1)
			continue;
		join(list, &found);
		break;
	}
	return true;
}

static bool
check_table(struct room *room, const struct registry_table *table,
    struct broken_list *list, size_t *n, struct err *e)
{
	struct uuid after = { { 0 } };
	struct rows rows;
	bool ok;

	do {
		struct arena *arena = arena_new(0);

		ok = look(room, arena, table, after, &rows, list, e);
		after = rows.last;
		*n += ok ? rows.n : 0;
		arena_free(arena);
	} while (ok && !rows.end);
	return ok || err_at(e, table->name);
}

/* Columns that are in no image, for they follow from others. */
static bool
check_derived(struct room *room, unsigned statement, const char *table,
    const char *what, struct broken_list *list, struct err *e)
{
	const struct uuid nobody = { { 0 } };
	struct db_rows *rows;
	struct db_row row;
	char text[UUID_TEXT];

	if (!db_ask(room->db, list->arena, statement, NULL, 0, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	broken_add(list, arena_printf(list->arena, "%s %s", table,
	    uuid_text(db_take_uuid(&row), text)), what, nobody);
	return true;
}

bool
broken_rows(struct room *room, struct broken_list *list, size_t *n,
    struct err *e)
{
	*n = 0;
	for (size_t i = 0; i < registry_tables_n; i++) {
		const struct registry_table *table = &registry_tables[i];

		if (table->audited && !check_table(room, table, list, n, e))
			return false;
	}
	return check_derived(room, QUERY_BALCAO_POSTING_OFF, "ledger.posting",
	    "its account's lines do not add up to the balance behind it",
	    list, e) && check_derived(room, QUERY_BALCAO_ACCOUNT_OFF,
	    "ledger.account", "its balance is not that of its lines", list,
	    e);
}
