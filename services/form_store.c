/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loading and keeping definitions and parameters. They live as long as the
 * worker; there are few, and a new version is rare.
 */
#include "services/form_store.h"

#include <stdio.h>
#include <string.h>

#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/crypto.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/room.h"

enum {
	STORED = 256,
	PARAMETERS = 1024
};

struct stored {
	const char	*name;
	int32_t		 version;
	const struct definition *definition;	/* NULL: it is unfit */
};

struct parameter {
	const char	*name;
	date		 from;
	int64_t		 value;
};

struct form_store {
	struct stored	 stored[STORED];
	size_t		 n;
	struct parameter parameter[PARAMETERS];
	size_t		 parameters;
	int64_t		 looked;	/* clock_monotonic() */
};

struct form_store *
form_store_new(struct room *room)
{
	struct form_store *s = arena_alloc(room->arena, sizeof *s);

	s->looked = -FORM_STORE_AGE_MS;
	return s;
}

void
form_store_free(struct form_store *s)
{
	for (size_t i = 0; i < s->n; i++)
		definition_free(s->stored[i].definition);
	s->n = 0;
}

static struct bytes
signed_text(struct bytes source, uint8_t out[10 + CRYPTO_HASH])
{
	struct hash h = crypto_sha256(source);

	memcpy(out, "cs-form/1\n", 10);
	memcpy(out + 10, h.b, sizeof h.b);
	return bytes(out, 10 + CRYPTO_HASH);
}

void
form_store_sign(const struct secret *seed, struct bytes source,
    uint8_t signature[64])
{
	uint8_t text[10 + CRYPTO_HASH];

	crypto_sign(seed, signed_text(source, text), signature);
}

static struct stored *
lookup(struct form_store *s, const char *name, int32_t version)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->stored[i].version == version
		    && str_equal(s->stored[i].name, name))
			return &s->stored[i];
	return NULL;
}

static bool
fit(struct room *room, struct bytes source, struct bytes signature,
    const struct definition **out, struct err *e)
{
	const struct keyring_public *balcao =
	    keyring_find(&room->publics, ROOM_BALCAO);
	uint8_t text[10 + CRYPTO_HASH];

	if (balcao == NULL || !crypto_verify(balcao->sign,
	    signed_text(source, text), signature))
		return err_set(e, ERR_DENIED, "its signature fails");
	return definition_parse(room->arena, source, out, e);
}

static void
store(struct room *room, const char *name, int32_t version,
    struct bytes source, struct bytes signature)
{
	struct form_store *s = room->forms;
	struct stored *new;
	struct err e = { 0 };
	char text[16];

	if (s->n == STORED) {
		log_event(LOG_ALARM, "form-store-full", NULL);
		return;
	}
	new = &s->stored[s->n++];
	new->name = arena_strdup(room->arena, name);
	new->version = version;
	if (fit(room, source, signature, &new->definition, &e))
		return;
	new->definition = NULL;
	snprintf(text, sizeof text, "%d", version);
	log_event(LOG_ALARM, "form-unfit", "form", new->name, "version",
	    text, "why", e.text, NULL);
}

static bool
load_one(struct room *room, struct arena *arena, const char *name,
    int32_t version, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;
	struct bytes source, signature;

	if (!db_ask(room->db, arena, QUERY_FORM_SOURCE, (struct db_value[]){
	    db_text(name), db_int(version) }, 2, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return err_set(e, ERR_ABSENT, "no such form version");
	row = db_row(rows, 0);
	source = db_take_bytes(&row);
	signature = db_take_bytes(&row);
	store(room, name, version, source, signature);
	return true;
}

static bool
load_new(struct room *room, struct arena *arena, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_FORM_NEWEST, (struct db_value[]){
	    room->code == ROOM_PORTAL ? db_null() : db_int(room->code) }, 1,
	    &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		const char *name = db_take_text(&row);
		int32_t version = (int32_t)db_take_int(&row);

		if (lookup(room->forms, name, version) == NULL
		    && !load_one(room, arena, name, version, e))
			return false;
	}
	return true;
}

/* Parameters are never changed, only added. */
static void
keep_parameter(struct room *room, const char *name, date from, int64_t value)
{
	struct form_store *s = room->forms;

	for (size_t i = 0; i < s->parameters; i++)
		if (s->parameter[i].from == from
		    && str_equal(s->parameter[i].name, name))
			return;
	if (s->parameters == PARAMETERS) {
		log_event(LOG_ALARM, "form-store-full", NULL);
		return;
	}
	s->parameter[s->parameters++] = (struct parameter){
	    arena_strdup(room->arena, name), from, value };
}

static bool
load_parameters(struct room *room, struct arena *arena, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_FORM_PARAMETERS, NULL, 0, &rows,
	    e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		const char *name = db_take_text(&row);
		date from = db_take_date(&row);

		keep_parameter(room, name, from, db_take_int(&row));
	}
	return true;
}

void
form_store_refresh(struct room *room)
{
	struct form_store *s = room->forms;
	struct arena *arena;
	struct err e = { 0 };

	if (clock_monotonic() - s->looked < FORM_STORE_AGE_MS)
		return;
	s->looked = clock_monotonic();
	arena = arena_new(0);
	if (!load_new(room, arena, &e) || !load_parameters(room, arena, &e))
		log_error("form-store", &e);
	arena_free(arena);
}

const struct definition *
form_store_find(struct room *room, const char *name)
{
	const struct form_store *s = room->forms;
	const struct stored *best = NULL;

	form_store_refresh(room);
	for (size_t i = 0; i < s->n; i++)
		if (s->stored[i].definition != NULL
		    && str_equal(s->stored[i].name, name)
		    && (best == NULL || best->version < s->stored[i].version))
			best = &s->stored[i];
	return best != NULL ? best->definition : NULL;
}

bool
form_store_get(struct room *room, const char *name, int32_t version,
    const struct definition **out, struct err *e)
{
	struct stored *known = lookup(room->forms, name, version);
	struct arena *arena;
	bool ok;

	if (known == NULL) {
		arena = arena_new(0);
		ok = load_one(room, arena, name, version, e);
		arena_free(arena);
		if (!ok)
			return false;
		known = lookup(room->forms, name, version);
	}
	if (known == NULL || known->definition == NULL)
		return err_set(e, ERR_SYSTEM, "a form version is unfit");
	*out = known->definition;
	return true;
}

size_t
form_store_all(struct room *room, struct arena *arena,
    const struct definition ***out)
{
	const struct form_store *s = room->forms;
	const struct definition **all =
	    arena_array(arena, STORED, sizeof *all);
	size_t n = 0;

	form_store_refresh(room);
	for (size_t i = 0; i < s->n; i++) {
		const struct definition *newest =
		    form_store_find(room, s->stored[i].name);
		size_t at = 0;

		if (newest == NULL || newest != s->stored[i].definition)
			continue;
		while (at < n && strcmp(all[at]->name, newest->name) < 0)
			at++;
		memmove(&all[at + 1], &all[at], (n - at) * sizeof *all);
		all[at] = newest;
		n++;
	}
	*out = all;
	return n;
}

bool
form_store_parameter(struct room *room, const char *name, date on,
    int64_t *value)
{
	const struct form_store *s = room->forms;
	const struct parameter *best = NULL;

	form_store_refresh(room);
	for (size_t i = 0; i < s->parameters; i++) {
		const struct parameter *p = &s->parameter[i];

		if (p->from <= on && str_equal(p->name, name)
		    && (best == NULL || best->from < p->from))
			best = p;
	}
	if (best != NULL)
		*value = best->value;
	return best != NULL;
}

static bool
world_parameter(void *arg, const char *name, date on, int64_t *value)
{
	return form_store_parameter(arg, name, on, value);
}

struct form_world
form_store_world(struct room *room)
{
	return (struct form_world){
		.today = clock_today(),
		.param = world_parameter,
		.arg = room,
	};
}
