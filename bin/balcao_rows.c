/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading rows by the generated statements, and putting the two lists
 * together. It judges nothing: balcao_audit.c and balcao_enter.c do.
 */
#include "bin/balcao_rows.h"

#include <stdio.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/room.h"

enum {
	SOME = 200		/* the generated statements' LIMIT */
};

/* "casework.fee" has casework_fee_rows. */
static bool
find_statement(const struct registry_table *table, unsigned *out,
    struct err *e)
{
	char name[80];
	char *dot;

	snprintf(name, sizeof name, "%s_rows", table->name);
	dot = strchr(name, '.');
	if (dot != NULL)
		*dot = '_';
	for (unsigned i = 0; i < QUERY__MAX; i++)
		if (str_equal(statements[i].name, name)) {
			*out = i;
			return true;
		}
	return err_set(e, ERR_SYSTEM, "no statement reads %s", table->name);
}

static size_t
count_audited(const struct registry_table *table)
{
	size_t n = 0;

	for (size_t i = 0; i < table->n; i++)
		n += table->columns[i].kind != KIND_DERIVED;
	return n;
}

static void
take_row(struct arena *arena, const struct registry_table *table,
    struct db_row row, struct rows_pair *pair)
{
	size_t n = count_audited(table);
	struct db_value *values = arena_array(arena, n, sizeof *values);

	for (size_t i = 0; i < n; i++)
		values[i] = db_take(&row);
	pair->values = values;
	pair->n = n;
	pair->row = image_of(arena, table->code, values, n);
}

static bool
take_image(struct db_row row, const struct registry_table *table,
    struct rows_pair *pair, struct err *e)
{
	struct bytes hash;

	pair->image.table = table->code;
	pair->image.row = db_take_uuid(&row);
	pair->image.version = (uint32_t)db_take_int(&row);
	hash = db_take_bytes(&row);
	pair->event = db_take_uuid(&row);
	pair->has_image = true;
	if (hash.n != CRYPTO_HASH)
		return err_set(e, ERR_SYSTEM, "an image has %zu bytes",
		    hash.n);
	memcpy(pair->image.hash.b, hash.p, hash.n);
	return true;
}

static int
compare(const struct rows_pair *row, const struct rows_pair *image)
{
	return memcmp(row->row.row.b, image->image.row.b, UUID_SIZE);
}

/* Both are in the order of ids, as PostgreSQL compares UUIDs: by bytes. */
static void
merge(const struct rows_pair *row, size_t rows, const struct rows_pair *image,
    size_t images, struct rows *out)
{
	size_t i = 0, j = 0;

	while (i < rows || j < images) {
		struct rows_pair *pair = &out->pair[out->n++];
		int order = i == rows ? 1 : j == images ? -1 :
		    compare(&row[i], &image[j]);

		if (order <= 0)
			*pair = row[i++];
		if (order < 0)
			continue;
		pair->image = image[j].image;
		pair->event = image[j].event;
		pair->has_image = true;
		j++;
	}
}

static bool
ask_images(struct room *room, struct arena *arena,
    const struct registry_table *table, struct uuid after, struct uuid last,
    struct db_rows **rows, struct err *e)
{
	return db_ask(room->db, arena, QUERY_BALCAO_IMAGES,
	    (struct db_value[]){ db_int(table->code), db_uuid(after),
	    db_uuid(last) }, 3, rows, e);
}

bool
rows_some(struct room *room, struct arena *arena,
    const struct registry_table *table, struct uuid after, struct rows *out,
    struct err *e)
{
	struct rows_pair *row, *image;
	struct db_rows *rows, *images;
	unsigned statement = 0;

	*out = (struct rows){ .n = 0 };
	if (!find_statement(table, &statement, e) ||
	    !db_ask(room->db, arena, statement, (struct db_value[]){
	    db_uuid(after) }, 1, &rows, e))
		return false;
	row = arena_array(arena, db_count(rows), sizeof *row);
	for (size_t i = 0; i < db_count(rows); i++)
		take_row(arena, table, db_row(rows, i), &row[i]);
	out->end = db_count(rows) < SOME;
	memset(&out->last, 0xff, sizeof out->last);
	if (!out->end)
		out->last = row[db_count(rows) - 1].row.row;
	if (!ask_images(room, arena, table, after, out->last, &images, e))
		return false;
	image = arena_array(arena, db_count(images), sizeof *image);
	for (size_t i = 0; i < db_count(images); i++)
		if (!take_image(db_row(images, i), table, &image[i], e))
			return false;
	out->pair = arena_array(arena, db_count(rows) + db_count(images),
	    sizeof *out->pair);
	merge(row, db_count(rows), image, db_count(images), out);
	return true;
}
