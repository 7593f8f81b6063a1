/* SPDX-License-Identifier: Apache-2.0 */
/*
 * office, holiday and parameter. Reading a file of parameters is
 * balcao_parameter.c's.
 */
#include "bin/balcao_office.h"

#include <stdio.h>
#include <string.h>

#include "bin/balcao.h"
#include "bin/balcao_args.h"
#include "bin/balcao_change.h"
#include "bin/balcao_chart.h"
#include "bin/balcao_print.h"
#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/statements.h"
#include "services/room.h"

enum {
	CODE_MAX = 40,
	NAME_POINTS = 200,
	FILES = 500
};

static bool
check_code(const char *code, struct err *e)
{
	size_t n = strlen(code);

	if (n > 0 && n <= CODE_MAX && strspn(code, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == n)
		return true;
	return err_set(e, ERR_INPUT, "an office's code is 1 to %d letters, "
	    "digits and hyphens", CODE_MAX);
}

static bool
check_name(const char *name, struct err *e)
{
	const char *s = name;
	uint32_t c;

	while ((c = str_next(&s)) != 0)
		if (!str_printable(c))
			return err_set(e, ERR_INPUT, "the name holds a "
			    "character that cannot be shown");
	if (str_length(name) < 1 || str_length(name) > NAME_POINTS)
		return err_set(e, ERR_INPUT, "a name has 1 to %d characters",
		    NAME_POINTS);
	return true;
}

/* ---- offices ---- */

static bool
find_office(struct balcao *b, const char *code, struct uuid *id,
    const char **name, bool *found, struct err *e)
{
	struct room *room;
	struct db_rows *rows;
	struct db_row row;

	if (!balcao_room(b, &room, e) || !db_ask(room->db, b->arena,
	    QUERY_BALCAO_OFFICE, (struct db_value[]){ db_text(code) }, 1,
	    &rows, e))
		return false;
	*found = db_count(rows) == 1;
	if (!*found)
		return true;
	row = db_row(rows, 0);
	*id = db_take_uuid(&row);
	*name = db_take_text(&row);
	return true;
}

bool
office_get(struct balcao *b, const char *code, struct uuid *id, struct err *e)
{
	const char *name;
	bool found;

	if (!find_office(b, code, id, &name, &found, e))
		return false;
	return found || err_set(e, ERR_ABSENT, "there is no office %.40s; "
	    "balcao office add makes one", code);
}

bool
office_add(struct balcao *b, const char *code, const char *name,
    const char *parent, bool *added, struct err *e)
{
	struct uuid id, above = { { 0 } };
	const char *there;
	bool found;

	*added = false;
	if (!check_code(code, e) || !check_name(name, e) ||
	    !find_office(b, code, &id, &there, &found, e))
		return false;
	if (found && !str_equal(name, there))
		return err_set(e, ERR_CONFLICT, "office %.40s is there, with "
		    "the name \"%.100s\"", code, there);
	if (found)
		return chart_office(b, code, e);
	if (parent != NULL && !office_get(b, parent, &above, e))
		return false;
	*added = true;
	return change_run(b->room, b->arena, &(struct change){
	    .statement = QUERY_IDENTITY_OFFICE_INSERT,
	    .table = TABLE_IDENTITY_OFFICE,
	    .values = (struct db_value[]){ db_uuid(uuid_new()), db_int(1),
	        db_uuid(uuid_new()), db_text(code), db_uuid(above),
	        db_text(name) },
	    .n = 6 }, 1, e) && chart_office(b, code, e);
}

static bool
add_office(struct balcao *b, struct args *args, struct err *e)
{
	const char *parent = NULL;
	const struct args_option options[] = {
		{ .name = "--parent", .value = &parent },
		{ .name = NULL }
	};
	bool added;

	if (!args_read(args, options, 2, 2, e) || !office_add(b,
	    args->word[0], args->word[1], parent, &added, e))
		return false;
	printf("Office %s %s.\n", args->word[0], added ? "is added" :
	    "was there already");
	return true;
}

static bool
list_offices(struct balcao *b, struct args *args, struct err *e)
{
	static const struct print_column columns[] = {
		{ "CODE", "code", false },
		{ "BELOW", "parent", false },
		{ "NAME", "name", false },
	};
	bool json = false;
	const struct args_option options[] = {
		{ .name = "--json", .flag = &json },
		{ .name = NULL }
	};
	struct room *room;
	struct db_rows *rows;
	const char **cells;

	if (!args_read(args, options, 0, 0, e) || !balcao_room(b, &room, e) ||
	    !db_ask(room->db, b->arena, QUERY_BALCAO_OFFICES, NULL, 0, &rows,
	    e))
		return false;
	cells = arena_array(b->arena, 3 * db_count(rows), sizeof *cells);
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		const char *above;

		cells[3 * i] = db_take_text(&row);
		above = db_take_text(&row);
		cells[3 * i + 1] = above != NULL ? above : "";
		cells[3 * i + 2] = db_take_text(&row);
	}
	print_rows(json, columns, 3, cells, db_count(rows));
	return true;
}

/* ---- holidays ---- */

static bool
is_new(struct balcao *b, const struct holiday *h, bool *new, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;
	const char *name;
	char day[DATE_TEXT];

	if (!db_ask(b->room->db, b->arena, QUERY_BALCAO_HOLIDAY,
	    (struct db_value[]){ db_date(h->day) }, 1, &rows, e))
		return false;
	*new = db_count(rows) == 0;
	if (*new)
		return true;
	row = db_row(rows, 0);
	name = db_take_text(&row);
	return str_equal(name, h->name) || err_set(e, ERR_CONFLICT,
	    "%s is a holiday already, \"%.100s\"", date_text(h->day, day),
	    name);
}

bool
holiday_add(struct balcao *b, const struct holiday *h, size_t n,
    size_t *added, struct err *e)
{
	struct change *list = arena_array(b->arena, n, sizeof *list);
	struct room *room;
	struct db_value *v;
	bool new;

	*added = 0;
	if (!balcao_room(b, &room, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!check_name(h[i].name, e) || !is_new(b, &h[i], &new, e))
			return false;
		if (!new)
			continue;
		v = arena_array(b->arena, 5, sizeof *v);
		v[0] = db_uuid(uuid_new());
		v[1] = db_int(1);
		v[2] = db_uuid(uuid_new());
		v[3] = db_date(h[i].day);
		v[4] = db_text(h[i].name);
		list[(*added)++] = (struct change){
			.statement = QUERY_CASEWORK_HOLIDAY_INSERT,
			.table = TABLE_CASEWORK_HOLIDAY,
			.values = v,
			.n = 5,
		};
	}
	return change_run(room, b->arena, list, *added, e);
}

static bool
add_holiday(struct balcao *b, struct args *args, struct err *e)
{
	struct holiday h;
	size_t added;

	if (!args_read(args, NULL, 2, 2, e))
		return false;
	h.name = args->word[1];
	if (!date_parse(args->word[0], &h.day, e))
		return args_fault(e, "%.20s is no day; write it as YYYY-MM-DD",
		    args->word[0]);
	if (!holiday_add(b, &h, 1, &added, e))
		return false;
	printf("%s %s.\n", args->word[0], added > 0 ? "is a holiday now" :
	    "was a holiday already");
	return true;
}

/* ---- parameters ---- */

static bool
add_parameters(struct balcao *b, struct args *args, struct err *e)
{
	size_t added;
	bool faulty;

	if (!args_read(args, NULL, 1, FILES, e))
		return false;
	for (int i = 0; i < args->n; i++) {
		if (!parameter_add(b, args->word[i], &added, &faulty, e))
			return err_at(e, args->word[i]);
		if (!faulty)
			printf("%s: %zu values are new.\n", args->word[i],
			    added);
	}
	return true;
}

const struct verb office_verbs[] = {
	{ "office add", "CODE NAME [--parent CODE]", "add an office",
	    add_office },
	{ "office list", "[--json]", "the offices", list_offices },
	{ "holiday add", "DATE NAME",
	    "add a day on which no deadline ends", add_holiday },
	{ "parameter add", "FILE...",
	    "add dated values: fees, rates and limits", add_parameters },
	{ .name = NULL }
};
