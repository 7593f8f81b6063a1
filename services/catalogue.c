/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The catalogue is the form store seen from the street. Searching is a walk
 * over all of it: a government has hundreds of forms, not millions.
 */
#include "services/catalogue.h"

#include <string.h>

#include "forms/definition.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/statements.h"
#include "services/form_store.h"
#include "services/room.h"

/* Letters of Latin-1 (U+00C0 to U+00FF) without their accents; "-" stands
 * for the two that are no letters. */
static const char plain[] =
    "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty";

enum {
	LATIN_FIRST = 0xc0,
	LATIN_LAST = 0xff
};
_Static_assert(sizeof plain - 1 == LATIN_LAST - LATIN_FIRST + 1,
    "a letter of Latin-1 is missing");

/* As it is compared: lower case, without accents, all else a blank. */
static const char *
fold(struct arena *arena, const char *s)
{
	struct buf b = buf_new(arena, strlen(s) + 1);
	uint32_t c;

	while ((c = str_next(&s)) != 0) {
		if (c >= LATIN_FIRST && c <= LATIN_LAST)
			c = (uint8_t)plain[c - LATIN_FIRST];
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			c = ' ';
		buf_u8(&b, (uint8_t)c);
	}
	return buf_text(&b);
}

static void
put_words(struct buf *b, const struct words *w)
{
	for (; w != NULL; w = w->next) {
		buf_puts(b, w->text);
		buf_puts(b, " ");
	}
}

/* Everything of a form that somebody may look for it by. */
static const char *
text_of(struct arena *arena, const struct definition *d, bool title_only)
{
	struct buf b = buf_new(arena, 1024);

	put_words(&b, d->title);
	if (!title_only) {
		put_words(&b, d->summary);
		for (size_t i = 0; i < d->n_pages; i++)
			put_words(&b, d->pages[i].title);
		buf_puts(&b, d->name);
	}
	return fold(arena, buf_text(&b));
}

/* Is every word of q somewhere in the text? Both are folded. */
static bool
has_words(struct arena *arena, const char *text, const char *q)
{
	while (*(q += strspn(q, " ")) != '\0') {
		size_t n = strcspn(q, " ");

		if (strstr(text, arena_strndup(arena, q, n)) == NULL)
			return false;
		q += n;
	}
	return true;
}

static bool
is_public(const struct definition *d)
{
	return (d->policy.apply & POLICY_DESK) == 0;
}

static bool
comes_before(const struct catalogue_entry *a, const struct catalogue_entry *b)
{
	if (a->aside != b->aside)
		return b->aside;
	return strcmp(a->title, b->title) < 0;
}

static void
insert(struct catalogue_entry *list, size_t n,
    const struct catalogue_entry *new)
{
	while (n > 0 && comes_before(new, &list[n - 1])) {
		list[n] = list[n - 1];
		n--;
	}
	list[n] = *new;
}

size_t
catalogue_list(struct room *room, struct arena *arena, const char *q,
    struct catalogue_entry **out)
{
	const char *wanted = fold(arena, q != NULL ? q : "");
	const struct definition **all;
	size_t total = form_store_all(room, arena, &all), n = 0;

	*out = arena_array(arena, total, sizeof **out);
	for (size_t i = 0; i < total; i++) {
		struct catalogue_entry new = {
			.definition = all[i],
			.aside = !has_words(arena, text_of(arena, all[i],
			    true), wanted),
			.title = fold(arena, words_read(all[i]->title)),
		};

		if (is_public(all[i]) && (!new.aside || has_words(arena,
		    text_of(arena, all[i], false), wanted)))
			insert(*out, n++, &new);
	}
	return n;
}

const struct definition *
catalogue_find(struct room *room, const char *name)
{
	const struct definition *d = form_store_find(room, name);

	return d != NULL && is_public(d) ? d : NULL;
}

bool
catalogue_needs_thing(const struct definition *d)
{
	for (size_t i = 0; i < d->n_items; i++)
		if (d->items[i].given)
			return true;
	return false;
}

bool
catalogue_price(struct room *room, struct arena *arena,
    const struct definition *d, size_t i, int64_t *amount)
{
	return form_store_parameter(room, arena_printf(arena, "fee.%s",
	    d->policy.fees[i].line), clock_today(), amount);
}

bool
catalogue_changes(struct room *room, struct arena *arena,
    struct catalogue_change **out, size_t *n, struct err *e)
{
	struct db_rows *rows;

	*n = 0;
	if (!db_ask(room->db, arena, QUERY_CATALOGUE_CHANGES,
	    (struct db_value[]){ db_int(CATALOGUE_CHANGES) }, 1, &rows, e))
		return false;
	*out = arena_array(arena, db_count(rows), sizeof **out);
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		const char *name = db_take_text(&row);
		int32_t version = (int32_t)db_take_int(&row);
		struct catalogue_change *c = &(*out)[*n];

		c->at = db_take_instant(&row);
		/* What is unfit has its alarm already. */
		if (form_store_get(room, name, version, &c->definition, NULL)
		    && is_public(c->definition))
			++*n;
	}
	return true;
}

bool
catalogue_offices(struct room *room, struct arena *arena,
    struct catalogue_office **out, size_t *n, struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_CATALOGUE_OFFICES, NULL, 0, &rows,
	    e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);

		(*out)[i].code = db_take_text(&row);
		(*out)[i].name = db_take_text(&row);
	}
	return true;
}

bool
catalogue_alive(struct room *room, struct arena *arena, struct err *e)
{
	return db_ask(room->db, arena, QUERY_PORTAL_ALIVE, NULL, 0, NULL, e);
}
