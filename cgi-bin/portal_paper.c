/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judging a receipt and showing what is in it. Names of columns are the
 * register's; what is sealed and not opened is left out.
 */
#include "cgi-bin/portal_paper.h"

#include <string.h>

#include "audit/image.h"
#include "audit/tree.h"
#include "cgi-bin/audit_words.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/answer.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "schema/registry.h"
#include "services/form_store.h"
#include "services/letter.h"
#include "services/origin.h"
#include "services/quorum.h"
#include "services/room.h"

static bool
leads(const struct paper *p)
{
	struct hash leaf = entry_leaf_hash(p->receipt.leaf);

	return tree_check_inclusion(p->proof.index, p->proof.checkpoint.size,
	    &leaf, &p->proof.path, &p->proof.checkpoint.root, NULL);
}

/* By the key of this authority's signer, under the name of one of its
 * logs. */
static bool
is_signed(struct room *room, const struct paper *p)
{
	const struct keyring_public *signer = keyring_find(&room->publics,
	    ROOM_SIGNER);
	const char *origin = p->proof.checkpoint.origin;
	struct note_key key;

	return signer != NULL && origin_year(origin, conf_text(room->conf,
	    "authority", "origin")) != 0
	    && origin_key(origin, signer->sign, &key, NULL)
	    && note_check(&p->proof.note, &key, NULL) == NOTE_GOOD;
}

void
paper_judge(struct room *room, struct arena *arena, struct bytes text,
    struct paper *p)
{
	struct err e = { 0 };

	*p = (struct paper){ .done = 1 };
	p->good[PAPER_READABLE] = proof_parse(arena, text, &p->proof, &e)
	    && (p->proof.has_extra || err_set(&e, ERR_INPUT,
	    "it holds no entry"))
	    && receipt_decode(arena, p->proof.extra, &p->receipt, &e);
	if (p->good[PAPER_READABLE]) {
		p->done = PAPER__MAX;
		p->good[PAPER_FITS] = receipt_check(arena, &p->receipt,
		    &p->leaf, &e);
		p->good[PAPER_LEADS] = leads(p);
		p->good[PAPER_SIGNED] = is_signed(room, p);
		p->witnesses = quorum_count(arena, room->witnesses,
		    &p->proof.note, &p->enough);
	}
	p->fault = arena_strdup(arena, e.text);
}

bool
paper_holds(const struct paper *p)
{
	for (size_t i = 0; i < PAPER__MAX; i++)
		if (!p->good[i])
			return false;
	return true;
}

/* ---- showing ---- */

static const char *
uuid_in(struct visit *v, struct bytes b)
{
	char text[UUID_TEXT];
	struct uuid id;

	memcpy(id.b, b.p, UUID_SIZE);
	return arena_strdup(v->arena, uuid_text(id, text));
}

/* An answer's XML is one line; here each element has its own. */
static const char *
opened(struct visit *v, struct bytes plain)
{
	struct buf b = buf_new(v->arena, plain.n + 64);

	if (!str_utf8(plain))
		return NULL;
	for (size_t i = 0; i < plain.n; i++) {
		buf_u8(&b, plain.p[i]);
		if (plain.p[i] == '>' && i + 1 < plain.n
		    && plain.p[i + 1] == '<')
			buf_u8(&b, '\n');
	}
	return buf_text(&b);
}

static const char *
bytes_of_row(struct visit *v, const struct receipt_row *row, size_t n,
    struct bytes value)
{
	struct bytes plain;

	for (size_t i = 0; i < row->openings; i++)
		if (row->opening[i].column == n && receipt_open(v->arena,
		    row, &row->opening[i], &plain, NULL))
			return opened(v, plain);
	return value.n == UUID_SIZE ? uuid_in(v, value) : NULL;
}

/* NULL: nothing to show. */
static const char *
next_value(struct visit *v, const struct receipt_row *row, size_t n,
    const struct registry_column *c, struct cbor *at)
{
	int64_t number;
	struct bytes b;

	switch (cbor_peek(at)) {
	case CBOR_UINT:
	case CBOR_NEGATIVE:
		number = cbor_int(at);
		if (str_equal(c->type, "timestamptz"))
			return written_time(v->arena, number);
		if (str_equal(c->type, "date"))
			return written_date(v->arena, (date)number);
		return arena_printf(v->arena, "%lld", (long long)number);
	case CBOR_BYTES:
		b = cbor_bytes(at);
		return c->kind == KIND_NONCE ? NULL
		    : bytes_of_row(v, row, n, b);
	case CBOR_TEXT:
		b = cbor_text(at);
		return arena_strndup(v->arena, (const char *)b.p, b.n);
	case CBOR_BOOL:
		return cbor_bool(at) ? _("Yes") : _("No");
	case CBOR_ARRAY:
	case CBOR_NULL:
		break;
	}
	cbor_null(at);
	return NULL;
}

/* Columns of an image leave out the derived ones. */
static const struct registry_column *
column_of(const struct registry_table *t, size_t n)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->columns[i].kind != KIND_DERIVED && n-- == 0)
			return &t->columns[i];
	return NULL;
}

static void
put_row(struct visit *v, const struct receipt *r, const struct receipt_row *row)
{
	const struct registry_table *t =
	    registry_table(r->image[row->image].table);
	struct ui_summary card = { .level = 3 };
	struct cbor at = cbor_read(row->columns);

	if (t == NULL)
		return;
	card.title = t->name;
	ui_summary_begin(v->html, &card);
	for (size_t i = 0; i < row->n; i++) {
		const struct registry_column *c = column_of(t, i);
		const char *value;

		if (c == NULL)
			break;
		value = next_value(v, row, i, c, &at);
		if (value != NULL)
			ui_summary_fact(v->html, &card, c->name, value);
	}
	ui_summary_end(v->html, &card);
}

/* ---- in plain words ---- */

/* The row of a table, if the receipt shows one. */
static const struct receipt_row *
row_of(const struct receipt *r, enum table_code table)
{
	for (size_t i = 0; i < r->rows; i++)
		if (r->image[r->row[i].image].table == (unsigned)table)
			return &r->row[i];
	return NULL;
}

/* A column by its name, as put_row() would show it; NULL: it is not there. */
static const char *
value_of(struct visit *v, const struct receipt *r, enum table_code table,
    const char *name)
{
	const struct receipt_row *row = row_of(r, table);
	const struct registry_table *t = registry_table((unsigned)table);
	struct cbor at;

	if (row == NULL || t == NULL)
		return NULL;
	at = cbor_read(row->columns);
	for (size_t i = 0; i < row->n; i++) {
		const struct registry_column *c = column_of(t, i);
		const char *value = c != NULL ? next_value(v, row, i, c, &at)
		    : NULL;

		if (c == NULL || str_equal(c->name, name))
			return value;
	}
	return NULL;
}

/* The first opened envelope of the table. */
static bool
opening_of(struct visit *v, const struct receipt *r, enum table_code table,
    struct bytes *plain)
{
	const struct receipt_row *row = row_of(r, table);

	return row != NULL && row->openings > 0 && receipt_open(v->arena, row,
	    &row->opening[0], plain, NULL);
}

/* Which form it was, if this installation knows it. A canonical instance
 * begins with <its-name version="1">. */
static const struct definition *
definition_of(struct visit *v, struct bytes instance)
{
	static const char middle[] = " version=\"";
	const char *text = arena_strndup(v->arena,
	    (const char *)instance.p, instance.n);
	const char *start = strchr(text, '<'), *at;
	const struct definition *d;
	int64_t number;

	if (start == NULL || (at = strstr(start, middle)) == NULL)
		return NULL;
	text = arena_strndup(v->arena, start + 1, (size_t)(at - start - 1));
	at += strlen(middle);
	return str_int(arena_strndup(v->arena, at, strcspn(at, "\"")), 1,
	    INT32_MAX, &number, NULL) && form_store_get(v->room, text,
	    (int32_t)number, &d, NULL) ? d : NULL;
}

static void
put_answers(struct visit *v, const struct receipt *r,
    const struct ui_summary *list)
{
	struct form_world world = form_store_world(v->room);
	const struct definition *d;
	struct bytes plain;
	struct form *form;
	struct answer *all;
	size_t n;

	if (!opening_of(v, r, TABLE_CASEWORK_SUBMISSION, &plain)
	    || (d = definition_of(v, plain)) == NULL
	    || !form_load(v->arena, d, &world, plain, &form, NULL))
		return;
	ui_summary_fact(v->html, list, _("Form"), words_read(d->title));
	all = answer_list(v->arena, form, &n);
	for (size_t i = 0; i < n; i++)
		if (!str_empty(all[i].value))
			ui_summary_fact(v->html, list, all[i].label,
			    all[i].value);
	form_free(form);
}

static void
put_letter(struct visit *v, const struct receipt *r)
{
	struct letter letter;
	struct bytes plain;

	if (!opening_of(v, r, TABLE_CASEWORK_DECISION, &plain)
	    || !letter_read(v->arena, plain, &letter, NULL))
		return;
	ui_heading(v->html, 3, UI_S, letter.title);
	ui_paragraphs(v->html, letter.body);
}

static void
put_plain(struct visit *v, const struct paper *p)
{
	const struct ui_summary list = { .actions = false };
	const struct receipt *r = &p->receipt;
	const char *reference = value_of(v, r, TABLE_CASEWORK_APPLICATION,
	    "reference");

	ui_summary_begin(v->html, &list);
	ui_summary_fact(v->html, &list, _("What"), audit_words_event(
	    (enum event_type)p->leaf.type));
	ui_summary_fact(v->html, &list, _("When"), written_time(v->arena,
	    (instant)p->leaf.at));
	ui_summary_fact(v->html, &list, _("Where"), audit_words_room(
	    (enum room_code)p->leaf.room));
	ui_summary_fact(v->html, &list, _("Why"), audit_words_purpose(
	    (enum purpose)p->leaf.purpose));
	ui_summary_fact(v->html, &list, _("Receipt number"),
	    uuid_in(v, p->leaf.id));
	if (reference != NULL)
		ui_summary_fact(v->html, &list, _("Reference"), reference);
	put_answers(v, r, &list);
	ui_summary_end(v->html, &list);
	put_letter(v, r);
}

void
paper_put(struct visit *v, const struct paper *p)
{
	const struct receipt *r = &p->receipt;

	ui_heading(v->html, 2, UI_M, _("What the entry says"));
	put_plain(v, p);
	if (r->images > r->rows)
		ui_paragraph(v->html, arena_printf(v->arena, text_n(
		    "%zu more record, which changed since, belongs to this "
		    "entry and is not shown.",
		    "%zu more records, which changed since, belong to this "
		    "entry and are not shown.", r->images - r->rows),
		    r->images - r->rows));
	if (r->rows == 0)
		return;
	ui_details_begin(v->html, _("The records as they stood, for "
	    "experts"), false, NULL);
	for (size_t i = 0; i < r->rows; i++)
		put_row(v, r, &r->row[i]);
	ui_details_end(v->html);
}
