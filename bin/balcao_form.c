/* SPDX-License-Identifier: Apache-2.0 */
/*
 * form check, add and list. What a definition may say is forms/check.h's
 * affair; here it gets its place, its policy columns and its signature. A
 * version that is in stays as it is for ever: applications point to it.
 */
#include "bin/balcao_form.h"

#include <stdio.h>

#include "bin/balcao.h"
#include "bin/balcao_args.h"
#include "bin/balcao_change.h"
#include "bin/balcao_fault.h"
#include "bin/balcao_file.h"
#include "bin/balcao_office.h"
#include "bin/balcao_print.h"
#include "forms/check.h"
#include "forms/definition.h"
#include "lib/arena.h"
#include "lib/crypto.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/xml.h"
#include "schema/statements.h"
#include "services/form_store.h"
#include "services/room.h"

enum {
	COLUMNS = 18,		/* audited ones of form.definition */
	FILES = 500
};

static const char *const four_eyes[] = {
	[POLICY_NEVER] = "never",
	[POLICY_ALWAYS] = "always",
	[POLICY_ABOVE] = "above",
};

/* ---- checking ---- */

/* *good: it has no fault. */
static bool
check_file(struct balcao *b, const char *path, struct bytes *text,
    bool *good, struct err *e)
{
	struct xml_grammar *grammar;
	const struct xml_fault *faults;

	if (!file_read(b->arena, path, text, e) ||
	    !fault_grammar(b, "form.rng", &grammar, e))
		return false;
	faults = check_definition(b->arena, *text, grammar);
	xml_grammar_free(grammar);
	fault_print(b, path, faults);
	*good = faults == NULL;
	return true;
}

static bool
check(struct balcao *b, struct args *args, struct err *e)
{
	struct bytes text;
	bool good;

	if (!args_read(args, NULL, 1, FILES, e))
		return false;
	for (int i = 0; i < args->n; i++) {
		if (!check_file(b, args->word[i], &text, &good, e))
			return false;
		if (good)
			printf("%s: no faults\n", args->word[i]);
	}
	return true;
}

/* ---- adding ---- */

static bool
find_room(const char *name, unsigned *code, struct err *e)
{
	for (*code = 1; *code < ROOM__MAX; ++*code)
		if (str_equal(registry_room_name(*code), name))
			return true;
	return err_set(e, ERR_ABSENT, "there is no room %.40s", name);
}

/* Is there nothing under its number, and nothing above? */
static bool
is_new(struct balcao *b, const struct definition *d, struct hash hash,
    bool *new, struct err *e)
{
	struct db_value key[] = { db_text(d->name), db_int(d->version) };
	struct db_rows *rows;
	struct db_row row;
	int64_t newest;

	if (!db_ask(b->room->db, b->arena, QUERY_BALCAO_FORM, key, 2, &rows,
	    e))
		return false;
	*new = db_count(rows) == 0;
	if (!*new) {
		row = db_row(rows, 0);
		return bytes_equal(db_take_bytes(&row), bytes(hash.b,
		    sizeof hash.b)) || err_set(e, ERR_CONFLICT, "version %u of "
		    "%s is kept for ever and says something else: give the "
		    "file the next version number", d->version, d->name);
	}
	if (!db_ask(b->room->db, b->arena, QUERY_BALCAO_FORM_NEWEST, key, 1,
	    &rows, e))
		return false;
	row = db_row(rows, 0);
	newest = db_take_int(&row);
	return newest < (int64_t)d->version || err_set(e, ERR_CONFLICT,
	    "version %lld of %s is there, which is newer: give the file a "
	    "higher version number", (long long)newest, d->name);
}

static bool
insert(struct balcao *b, const struct definition *d, struct bytes text,
    struct hash hash, struct err *e)
{
	const struct policy *p = &d->policy;
	uint8_t signature[CRYPTO_SIGNATURE];
	struct uuid office;
	unsigned room;

	if (!find_room(p->room, &room, e) ||
	    !office_get(b, p->office, &office, e))
		return false;
	form_store_sign(&b->room->ring.sign_seed, text, signature);
	return change_run(b->room, b->arena, &(struct change){
	    .statement = QUERY_FORM_DEFINITION_INSERT,
	    .table = TABLE_FORM_DEFINITION,
	    .values = (struct db_value[COLUMNS]){
	        db_uuid(uuid_new()), db_int(1), db_uuid(uuid_new()),
	        db_text(d->name), db_int(d->version), db_int(room),
	        db_text(p->prefix), db_uuid(office),
	        db_text(four_eyes[p->second]),
	        p->second == POLICY_ABOVE ? db_int(p->second_above)
	            : db_null(),
	        db_int(policy_deadline(p, NULL)),
	        db_int(policy_lapse(p, "awaiting_applicant")),
	        db_int(p->appeal_days),
	        db_text(p->n_fees > 0 ? p->fees[0].line : NULL),
	        db_bytes(bytes(hash.b, sizeof hash.b)), db_bytes(text),
	        db_bytes(bytes(signature, sizeof signature)),
	        db_instant(clock_now()) },
	    .n = COLUMNS }, 1, e);
}

bool
form_add(struct balcao *b, const char *path, enum form_end *end,
    struct err *e)
{
	const struct definition *d;
	struct room *room;
	struct bytes text;
	struct hash hash;
	bool good, new = false, ok;

	*end = FORM_FAULTY;
	if (!check_file(b, path, &text, &good, e))
		return false;
	if (!good)
		return true;
	if (!definition_parse(b->arena, text, &d, e))
		return err_at(e, path);
	hash = crypto_sha256(text);
	ok = balcao_room(b, &room, e) && is_new(b, d, hash, &new, e) &&
	    (!new || insert(b, d, text, hash, e));
	definition_free(d);
	*end = new ? FORM_ADDED : FORM_THERE;
	return ok || err_at(e, path);
}

bool
form_office(struct balcao *b, const char *path, const char **code,
    struct err *e)
{
	const struct definition *d;
	struct bytes text;

	if (!file_read(b->arena, path, &text, e))
		return false;
	if (!definition_parse(b->arena, text, &d, e))
		return err_at(e, path);
	*code = d->policy.office;
	definition_free(d);
	return true;
}

static bool
add(struct balcao *b, struct args *args, struct err *e)
{
	enum form_end end;

	if (!args_read(args, NULL, 1, FILES, e))
		return false;
	for (int i = 0; i < args->n; i++) {
		if (!form_add(b, args->word[i], &end, e))
			return false;
		if (end != FORM_FAULTY)
			printf("%s: %s\n", args->word[i], end == FORM_ADDED ?
			    "added; programs take it within seconds" :
			    "was there already");
	}
	return true;
}

/* ---- listing ---- */

static bool
list(struct balcao *b, struct args *args, struct err *e)
{
	static const struct print_column columns[] = {
		{ "FORM", "form", false },
		{ "VERSION", "version", true },
		{ "ROOM", "room", false },
		{ "PREFIX", "prefix", false },
		{ "OFFICE", "office", false },
		{ "ADDED", "added", false },
		{ "SHA-256", "sha256", false },
	};
	enum { WIDTH = sizeof columns / sizeof *columns };
	bool json = false;
	const struct args_option options[] = {
		{ .name = "--json", .flag = &json },
		{ .name = NULL }
	};
	struct room *room;
	struct db_rows *rows;
	const char **cells, **c;

	if (!args_read(args, options, 0, 0, e) || !balcao_room(b, &room, e) ||
	    !db_ask(room->db, b->arena, QUERY_BALCAO_FORMS, NULL, 0, &rows,
	    e))
		return false;
	c = cells = arena_array(b->arena, WIDTH * db_count(rows),
	    sizeof *cells);
	for (size_t i = 0; i < db_count(rows); i++, c += WIDTH) {
		struct db_row row = db_row(rows, i);
		char *at = arena_alloc(b->arena, INSTANT_TEXT);

		c[0] = db_take_text(&row);
		c[1] = arena_printf(b->arena, "%lld",
		    (long long)db_take_int(&row));
		c[2] = registry_room_name((unsigned)db_take_int(&row));
		c[3] = db_take_text(&row);
		c[4] = db_take_text(&row);
		c[6] = str_hex(b->arena, db_take_bytes(&row));
		c[5] = instant_text(db_take_instant(&row), at);
	}
	print_rows(json, columns, WIDTH, cells, db_count(rows));
	return true;
}

const struct verb form_verbs[] = {
	{ "form check", "FILE...", "say what is wrong with definitions",
	    check },
	{ "form add", "FILE...", "give definitions to the programs", add },
	{ "form list", "[--json]", "all definitions and their versions",
	    list },
	{ .name = NULL }
};
