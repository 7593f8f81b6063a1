/* SPDX-License-Identifier: Apache-2.0 */
/*
 * staff add, end and list. What may be known of staff here is their handle,
 * their office and their roles; the name goes to room account and is sealed.
 */
#include "bin/balcao_staff.h"

#include <stdio.h>
#include <string.h>

#include "bin/balcao.h"
#include "bin/balcao_args.h"
#include "bin/balcao_change.h"
#include "bin/balcao_office.h"
#include "bin/balcao_password.h"
#include "bin/balcao_print.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "schema/statements.h"
#include "services/account.h"
#include "services/room.h"

enum {
	HANDLE_MAX = 20
};

static const char *const role_names[] = { "clerk", "supervisor", "auditor",
	"administrator", NULL };

/* ---- what is asked for ---- */

static bool
is_role(const char *name)
{
	for (size_t i = 0; role_names[i] != NULL; i++)
		if (str_equal(role_names[i], name))
			return true;
	return false;
}

static bool
check(const struct staff *s, struct err *e)
{
	size_t n = strlen(s->handle);
	struct uuid subject;

	if (n == 0 || n > HANDLE_MAX || strspn(s->handle,
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != n)
		return args_fault(e, "a handle is 1 to %d capitals, digits "
		    "and hyphens: DET-014", HANDLE_MAX);
	for (size_t i = 0; i < s->n_roles; i++)
		if (!is_role(s->roles[i]))
			return args_fault(e, "the roles are clerk, supervisor,"
			    " auditor and administrator");
	for (size_t i = 0; i < s->n_related; i++)
		if (!uuid_parse(s->related[i], &subject, NULL))
			return args_fault(e, "--related wants a subject: the "
			    "UUID that the desk shows");
	return true;
}

/* ---- rows ---- */

struct found {
	bool		 there;
	bool		 had_roles;	/* now or once */
	struct uuid	 account;
	const char	*state;
};

static bool
find(struct balcao *b, const char *handle, struct found *f, struct err *e)
{
	struct room *room;
	struct db_rows *rows;
	struct db_row row;

	*f = (struct found){ .there = false };
	if (!balcao_room(b, &room, e) || !db_ask(room->db, b->arena,
	    QUERY_BALCAO_STAFF_FIND, (struct db_value[]){ db_text(handle) },
	    1, &rows, e))
		return false;
	f->there = db_count(rows) == 1;
	if (!f->there)
		return true;
	row = db_row(rows, 0);
	f->account = db_take_uuid(&row);
	f->state = db_take_text(&row);
	f->had_roles = db_take_bool(&row);
	return true;
}

static bool
in_words(struct err *e)
{
	static const struct {
		const char	*rule;
		const char	*words;
	} sentences[] = {
		{ "account_email_once",
		    "this mail address has an account already" },
		{ "account_handle_once", "this handle has an account already" },
		{ "email_form", "this is no mail address" },
		{ "email_domain", "the mail address's domain must be written "
		    "in ASCII letters" },
		{ "password_short", "the password is too short" },
		{ "password_long", "the password is too long" },
		{ "password_common", "the password is one of the most common" },
		{ "name", "this is no full name" },
	};

	for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
		if (err_is(e, sentences[i].rule))
			return err_set(e, e->code, "%s", sentences[i].words);
	return false;
}

static bool
add_account(struct balcao *b, const struct staff *s, struct uuid *account,
    struct err *e)
{
	struct account_new new = {
		.name = s->name,
		.email = s->email,
		.password = s->password,
		.language = s->language,
		.born = DATE_NONE,
		.handle = s->handle,
	};
	struct room *room;
	struct uuid person;

	if (!office_get(b, s->office, &new.office, e) ||
	    !balcao_account(b, &room, e))
		return false;
	return account_add(room, b->arena, &new, account, &person, e) ||
	    in_words(e);
}

static const struct db_value *
role_row(struct balcao *b, struct uuid id, int64_t version,
    struct uuid account, const char *role, instant from, instant until)
{
	struct db_value *v = arena_array(b->arena, 7, sizeof *v);

	v[0] = db_uuid(id);
	v[1] = db_int(version);
	v[2] = db_uuid(uuid_new());
	v[3] = db_uuid(account);
	v[4] = db_text(role);
	v[5] = db_instant(from);
	v[6] = db_instant(until);
	return v;
}

static const struct db_value *
relation_row(struct balcao *b, struct uuid account, const char *subject)
{
	struct db_value *v = arena_array(b->arena, 6, sizeof *v);
	struct uuid id = { { 0 } };

	uuid_parse(subject, &id, NULL);
	v[0] = db_uuid(uuid_new());
	v[1] = db_int(1);
	v[2] = db_uuid(uuid_new());
	v[3] = db_uuid(account);
	v[4] = db_uuid(id);
	v[5] = db_null();
	return v;
}

static bool
add_roles(struct balcao *b, const struct staff *s, struct uuid account,
    struct err *e)
{
	struct change list[2 * ARGS_MANY];
	size_t n = 0;

	for (size_t i = 0; i < s->n_roles; i++)
		list[n++] = (struct change){
			.statement = QUERY_IDENTITY_STAFF_ROLE_INSERT,
			.table = TABLE_IDENTITY_STAFF_ROLE,
			.values = role_row(b, uuid_new(), 1, account,
			    s->roles[i], clock_now(), INSTANT_NONE),
			.n = 7,
		};
	for (size_t i = 0; i < s->n_related; i++)
		list[n++] = (struct change){
			.statement = QUERY_IDENTITY_RELATION_INSERT,
			.table = TABLE_IDENTITY_RELATION,
			.values = relation_row(b, account, s->related[i]),
			.n = 6,
		};
	return change_run(b->room, b->arena, list, n, e);
}

bool
staff_add(struct balcao *b, const struct staff *s, bool *added, struct err *e)
{
	struct found f;

	*added = false;
	if (!check(s, e) || !find(b, s->handle, &f, e))
		return false;
	if (f.had_roles)
		return true;
	if (!f.there && !add_account(b, s, &f.account, e))
		return false;
	*added = true;
	return add_roles(b, s, f.account, e);
}

/* ---- verbs ---- */

static bool
add(struct balcao *b, struct args *args, struct err *e)
{
	struct args_many roles = { .n = 0 }, related = { .n = 0 };
	struct staff s = { .language = text_languages[0].tag };
	bool given = false, added;
	const struct args_option options[] = {
		{ .name = "--handle", .value = &s.handle, .needed = true },
		{ .name = "--name", .value = &s.name, .needed = true },
		{ .name = "--email", .value = &s.email, .needed = true },
		{ .name = "--office", .value = &s.office, .needed = true },
		{ .name = "--role", .many = &roles, .needed = true },
		{ .name = "--related", .many = &related },
		{ .name = "--language", .value = &s.language },
		{ .name = "--password-stdin", .flag = &given },
		{ .name = NULL }
	};

	if (!args_read(args, options, 0, 0, e))
		return false;
	s.roles = roles.word;
	s.n_roles = roles.n;
	s.related = related.word;
	s.n_related = related.n;
	if (given && !password_from_stdin(b->arena, &s.password, e))
		return false;
	if (!given)
		s.password = password_random(b->arena);
	if (!staff_add(b, &s, &added, e))
		return false;
	if (!added)
		return err_set(e, ERR_CONFLICT, "handle %s has an account "
		    "already; balcao staff list shows its roles", s.handle);
	printf("%s is added.\n", s.handle);
	if (!given)
		printf("Password, shown this once: %s\n", s.password);
	return true;
}

static bool
end_roles(struct balcao *b, const struct found *f, const char *role,
    size_t *ended, struct err *e)
{
	struct db_rows *rows;
	struct change *list;

	*ended = 0;
	if (!db_ask(b->room->db, b->arena, QUERY_BALCAO_STAFF_ROLES,
	    (struct db_value[]){ db_uuid(f->account) }, 1, &rows, e))
		return false;
	list = arena_array(b->arena, db_count(rows), sizeof *list);
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		struct uuid id = db_take_uuid(&row);
		int64_t version = db_take_int(&row) + 1;
		const char *name = db_take_text(&row);

		if (role != NULL && !str_equal(role, name))
			continue;
		list[(*ended)++] = (struct change){
			.statement = QUERY_IDENTITY_STAFF_ROLE_UPDATE,
			.table = TABLE_IDENTITY_STAFF_ROLE,
			.values = role_row(b, id, version, f->account, name,
			    db_take_instant(&row), clock_now()),
			.n = 7,
		};
	}
	return change_run(b->room, b->arena, list, *ended, e);
}

static bool
end(struct balcao *b, struct args *args, struct err *e)
{
	const char *role = NULL;
	const struct args_option options[] = {
		{ .name = "--role", .value = &role },
		{ .name = NULL }
	};
	struct found f;
	size_t ended;

	if (!args_read(args, options, 1, 1, e))
		return false;
	if (role != NULL && !is_role(role))
		return args_fault(e, "there is no role %.40s", role);
	if (!find(b, args->word[0], &f, e))
		return false;
	if (!f.there)
		return err_set(e, ERR_ABSENT, "nobody has the handle %.40s; "
		    "balcao staff list shows who there is", args->word[0]);
	if (!end_roles(b, &f, role, &ended, e))
		return false;
	if (ended == 0)
		printf("%s did not have it; nothing is changed.\n",
		    args->word[0]);
	else
		printf("%s: %zu roles ended. What was open at the desk under "
		    "them is over.\n", args->word[0], ended);
	return true;
}

/* One line a person, though a row is a role. */
static size_t
gather(struct balcao *b, const struct db_rows *rows, const char **cells)
{
	size_t n = 0;

	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		const char *handle = db_take_text(&row);
		const char *state = db_take_text(&row);
		const char *office = db_take_text(&row);
		const char *role = db_take_text(&row);
		const char **line = cells + 4 * n;

		if (n > 0 && str_equal(line[-4], handle)) {
			line[-1] = arena_printf(b->arena, "%s %s", line[-1],
			    role);
			continue;
		}
		line[0] = handle;
		line[1] = state;
		line[2] = office;
		line[3] = role != NULL ? role : "";
		n++;
	}
	return n;
}

static bool
list(struct balcao *b, struct args *args, struct err *e)
{
	static const struct print_column columns[] = {
		{ "HANDLE", "handle", false },
		{ "ACCOUNT", "account", false },
		{ "OFFICE", "office", false },
		{ "ROLES", "roles", false },
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
	    !db_ask(room->db, b->arena, QUERY_BALCAO_STAFF, NULL, 0, &rows,
	    e))
		return false;
	cells = arena_array(b->arena, 4 * db_count(rows), sizeof *cells);
	print_rows(json, columns, 4, cells, gather(b, rows, cells));
	return true;
}

const struct verb staff_verbs[] = {
	{ "staff add", "--handle HANDLE --name NAME --email MAIL "
	    "--office CODE --role ROLE... [--related SUBJECT]... "
	    "[--language TAG] [--password-stdin]",
	    "add somebody who works here", add },
	{ "staff end", "HANDLE [--role ROLE]",
	    "take a role, or all, from somebody", end },
	{ "staff list", "[--json]", "who works here, and as what", list },
	{ .name = NULL }
};
