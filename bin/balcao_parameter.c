/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a file of dated parameters and adding what is new in it. A value
 * that is in force stays: a change is a value of a later day.
 */
#include "bin/balcao_office.h"

#include "bin/balcao.h"
#include "bin/balcao_change.h"
#include "bin/balcao_fault.h"
#include "bin/balcao_file.h"
#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/xml.h"
#include "schema/statements.h"
#include "services/room.h"

/* Whole numbers that expressions hold exactly (lib/xml.h). */
static const int64_t value_limit = INT64_C(1) << 53;

struct value {
	const char	*name;
	date		 from;
	int64_t		 value;
	const char	*reference;
	int		 line;
};

struct values {
	struct value	*list;
	size_t		 n;
	struct xml_fault *faults;	/* the last found first */
};

static void
add_fault(struct balcao *b, struct values *v, int line, const char *text)
{
	struct xml_fault *f = arena_alloc(b->arena, sizeof *f);

	*f = (struct xml_fault){ line, text, v->faults };
	v->faults = f;
}

static bool
is_double(const struct values *v, const struct value *new)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->list[i].from == new->from &&
		    str_equal(v->list[i].name, new->name))
			return true;
	return false;
}

/* The grammar has held, so everything is there and has its form. */
static void
read_value(struct balcao *b, const struct xml_node *n, const char *name,
    struct values *v)
{
	struct value new = { .name = name, .line = xml_line(n) };

	new.reference = xml_attribute(b->arena, n, "reference");
	if (!date_parse(xml_attribute(b->arena, n, "from"), &new.from, NULL))
		add_fault(b, v, new.line, "there is no such day");
	if (!str_int(xml_text(b->arena, n), -value_limit, value_limit,
	    &new.value, NULL))
		add_fault(b, v, new.line, "the value is no whole number below "
		    "2^53");
	if (is_double(v, &new))
		add_fault(b, v, new.line, "this day has a value already");
	v->list[v->n++] = new;
}

static size_t
count_values(const struct xml_node *root)
{
	size_t n = 0;

	for (const struct xml_node *p = xml_first(root); p; p = xml_next(p))
		for (const struct xml_node *c = xml_first(p); c;
		    c = xml_next(c))
			n++;
	return n;
}

static void
read_values(struct balcao *b, const struct xml *x, struct values *v)
{
	const struct xml_node *root = xml_root(x);
	const char *name;

	v->list = arena_array(b->arena, count_values(root), sizeof *v->list);
	for (const struct xml_node *p = xml_first(root); p; p = xml_next(p)) {
		name = xml_attribute(b->arena, p, "name");
		for (const struct xml_node *c = xml_first(p); c;
		    c = xml_next(c))
			read_value(b, c, name, v);
	}
}

static bool
read_file(struct balcao *b, const char *path, struct values *v, struct err *e)
{
	struct xml_grammar *grammar;
	struct bytes text;
	struct xml *x;

	if (!file_read(b->arena, path, &text, e) ||
	    !fault_grammar(b, "parameters.rng", &grammar, e))
		return false;
	if (!xml_parse(text, &x, e)) {
		xml_grammar_free(grammar);
		return false;
	}
	v->faults = xml_validate(b->arena, grammar, x);
	if (v->faults == NULL)
		read_values(b, x, v);
	xml_free(x);
	xml_grammar_free(grammar);
	return true;
}

static bool
is_new(struct balcao *b, const struct value *v, bool *new, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;
	char day[DATE_TEXT];
	int64_t value;

	if (!db_ask(b->room->db, b->arena, QUERY_BALCAO_PARAMETER,
	    (struct db_value[]){ db_text(v->name), db_date(v->from) }, 2,
	    &rows, e))
		return false;
	*new = db_count(rows) == 0;
	if (*new)
		return true;
	row = db_row(rows, 0);
	value = db_take_int(&row);
	if (value == v->value && str_equal(db_take_text(&row), v->reference))
		return true;
	return err_set(e, ERR_CONFLICT, "line %d: %.80s has another value or "
	    "reference from %s on already; what is there stays, a change "
	    "needs a later day", v->line, v->name, date_text(v->from, day));
}

static struct change
change_of(struct balcao *b, const struct value *v)
{
	struct db_value *values = arena_array(b->arena, 7, sizeof *values);

	values[0] = db_uuid(uuid_new());
	values[1] = db_int(1);
	values[2] = db_uuid(uuid_new());
	values[3] = db_text(v->name);
	values[4] = db_date(v->from);
	values[5] = db_int(v->value);
	values[6] = db_text(v->reference);
	return (struct change){
		.statement = QUERY_FORM_PARAMETER_INSERT,
		.table = TABLE_FORM_PARAMETER,
		.values = values,
		.n = 7,
	};
}

bool
parameter_add(struct balcao *b, const char *path, size_t *added,
    bool *faulty, struct err *e)
{
	struct values v = { .n = 0 };
	struct room *room;
	struct change *list;
	bool new;

	*added = 0;
	if (!read_file(b, path, &v, e) || !balcao_room(b, &room, e))
		return false;
	*faulty = v.faults != NULL;
	if (*faulty) {
		fault_print(b, path, v.faults);
		return true;
	}
	list = arena_array(b->arena, v.n, sizeof *list);
	for (size_t i = 0; i < v.n; i++) {
		if (!is_new(b, &v.list[i], &new, e))
			return false;
		if (new)
			list[(*added)++] = change_of(b, &v.list[i]);
	}
	return change_run(room, b->arena, list, *added, e);
}
