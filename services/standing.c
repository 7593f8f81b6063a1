/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Comparing database and published log at start. What is published is read
 * first: the database is always as far as it, or further.
 */
#include "services/standing.h"

#include <stdio.h>

#include "audit/checkpoint.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/statements.h"
#include "services/origin.h"
#include "services/room.h"
#include "services/shelf.h"

/* The newest year whose checkpoint can be read here; size 0: none. */
static uint64_t
find_published(const struct room *room, struct arena *arena, int *year)
{
	const char *tiles = conf_text(room->conf, "path", "tiles");
	int now = origin_year_at(clock_now());

	for (*year = now; *year > now - 2; --*year) {
		const char *path = arena_printf(arena, "%s/%d/checkpoint",
		    tiles, *year);
		struct checkpoint c;
		struct bytes file;

		if (shelf_read(arena, path, &file, NULL) && file.p != NULL &&
		    checkpoint_read(arena, file, &c, NULL, NULL))
			return c.size;
	}
	*year = now;
	return 0;
}

static bool
refuse(struct err *e, const char *rule, const char *what)
{
	err_set(e, ERR_CONFLICT, "%s Restore the newest state of the "
	    "database, or, if this is the newest there is, run balcao audit "
	    "adopt", what);
	if (e != NULL)
		snprintf(e->constraint, sizeof e->constraint, "%s", rule);
	return false;
}

bool
standing_check(struct room *room, struct arena *arena, struct err *e)
{
	bool same, reached, known;
	uint64_t published;
	struct db_rows *rows;
	struct db_row row;
	int64_t size;
	int year;

	published = find_published(room, arena, &year);
	if (!db_ask(room->db, arena, QUERY_AUDIT_STANDING,
	    (struct db_value[]){ db_int(year) }, 1, &rows, e))
		return false;
	row = db_row(rows, 0);
	same = db_take_bool(&row);
	reached = db_take_bool(&row);
	known = !db_take_null(&row);
	size = db_take_int(&row);
	if (!same)
		return refuse(e, STANDING_CLUSTER, "This database lies in "
		    "another PostgreSQL cluster than the audit log knows.");
	if (!reached)
		return refuse(e, STANDING_CLUSTER, "This cluster's "
		    "transaction ids are before those in the audit log: it "
		    "was made anew.");
	if (known && (uint64_t)size < published)
		return refuse(e, STANDING_ROLLED_BACK, arena_printf(arena,
		    "The log of %d is published with %llu entries and this "
		    "database has %lld: an older backup was restored.", year,
		    (unsigned long long)published, (long long)size));
	return true;
}

bool
standing_refused(const struct err *e)
{
	return err_is(e, STANDING_CLUSTER) || err_is(e, STANDING_ROLLED_BACK);
}
