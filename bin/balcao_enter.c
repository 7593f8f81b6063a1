/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finding rows of seeded tables (schema/registry) that are newer than any
 * image, and entering them. Rows that people cause are never entered
 * afterwards.
 */
#include "bin/balcao_enter.h"

#include "bin/balcao_change.h"
#include "bin/balcao_rows.h"
#include "lib/arena.h"
#include "lib/err.h"

/* Is the row newer than anything the log has of it? */
static bool
is_untold(const struct rows_pair *pair)
{
	return pair->values != NULL && (!pair->has_image ||
	    pair->image.version < pair->row.version);
}

static bool
enter_pairs(struct room *room, struct arena *arena, const struct rows *rows,
    bool allowed, size_t *entered, struct err *e)
{
	struct change *list = arena_array(arena, rows->n, sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++) {
		const struct rows_pair *pair = &rows->pair[i];

		if (!is_untold(pair))
			continue;
		list[n++] = (struct change){
			.statement = CHANGE_NOTHING,
			.table = (enum table_code)pair->row.table,
			.values = pair->values,
			.n = pair->n,
		};
	}
	if (n > 0 && !allowed)
		return err_set(e, ERR_DENIED, "%s has rows that no entry "
		    "tells of, and no migration is new: balcao audit live "
		    "names them. Was a migrate cut short, run it with --enter",
		    registry_table(list[0].table)->name);
	*entered += n;
	return change_run(room, arena, list, n, e);
}

static bool
enter_table(struct room *room, struct arena *arena,
    const struct registry_table *table, bool allowed, size_t *entered,
    struct err *e)
{
	struct uuid after = { { 0 } };
	struct rows rows;

	do {
		if (!rows_some(room, arena, table, after, &rows, e) ||
		    !enter_pairs(room, arena, &rows, allowed, entered, e))
			return false;
		after = rows.last;
	} while (!rows.end);
	return true;
}

bool
enter_rows(struct room *room, struct arena *arena, bool allowed,
    size_t *entered, struct err *e)
{
	*entered = 0;
	for (size_t i = 0; i < registry_tables_n; i++)
		if (registry_tables[i].seeded && !enter_table(room, arena,
		    &registry_tables[i], allowed, entered, e))
			return false;
	return true;
}
