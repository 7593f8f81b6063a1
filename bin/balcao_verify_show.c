/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An entry in plain words: what the leaf says in clear, and the values and
 * rows that a receipt opens. The names of codes, tables and columns are this
 * program's own (schema/registry); what it does not know it shows by number.
 */
#include "bin/balcao_verify_receipt.h"

#include <inttypes.h>
#include <string.h>

#include "audit/image.h"
#include "bin/balcao_verify_report.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"

static const char *const events[] = {
	[EVENT_READ]		= "a record was read",
	[EVENT_CREATE]		= "a record was made",
	[EVENT_UPDATE]		= "a record was changed",
	[EVENT_DECIDE]		= "a decision was made",
	[EVENT_EXPORT]		= "data were handed out",
	[EVENT_ERASE]		= "data were erased",
	[EVENT_KEY_NEW]		= "a key was made",
	[EVENT_KEY_DROP]	= "a key was destroyed",
	[EVENT_SIGN_IN]		= "somebody signed in",
	[EVENT_REFUSED]		= "something was refused",
	[EVENT_WRITER_OPEN]	= "a program began",
	[EVENT_HEARTBEAT]	= "a program was idle",
	[EVENT_WRITER_CLOSE]	= "a program ended",
	[EVENT_AUDITOR_QUERY]	= "an auditor searched",
	[EVENT_CONFIGURATION]	= "the configuration was changed",
	[EVENT_QUARANTINE]	= "a bad entry was found",
};

static const char *const outcomes[] = {
	[OUTCOME_OK]		= "done",
	[OUTCOME_DENIED]	= "denied",
	[OUTCOME_ERROR]		= "failed",
};

static const char *
word(const char *const *words, size_t n, uint64_t code)
{
	return code < n && words[code] != NULL ? words[code] : "(unknown)";
}

static const char *
uuid_of(struct arena *a, struct bytes b)
{
	char text[UUID_TEXT];
	struct uuid u;

	memcpy(u.b, b.p, sizeof u.b);
	return arena_strdup(a, uuid_text(u, text));
}

static void
show_event(struct report *r, struct arena *a, const struct entry_read *leaf)
{
	char when[INSTANT_TEXT];

	report_put(r, FINDING_FACT, "Event %s: %s.", uuid_of(a, leaf->id),
	    word(events, sizeof events / sizeof *events, leaf->type));
	report_put(r, FINDING_FACT, "Time: %s.", leaf->at <= INT64_MAX
	    ? instant_text((instant)leaf->at, when) : "out of reach");
	report_put(r, FINDING_FACT, "Outcome: %s. Purpose: %s. Program: %s.",
	    word(outcomes, sizeof outcomes / sizeof *outcomes, leaf->outcome),
	    registry_purpose_name((unsigned)leaf->purpose),
	    registry_room_name((unsigned)leaf->room));
}

static void
show_value(struct report *r, struct arena *a, const struct receipt_value *v)
{
	static const char *const names[] = { [9] = "Who acted",
	    [10] = "About whom", [12] = "Record", [15] = "Application" };

	if (v->value.n != UUID_SIZE)
		report_put(r, FINDING_FACT, "%s: the program %s itself.",
		    names[v->field], registry_room_name(
		    (unsigned)v->value.p[0] << 8 | v->value.p[1]));
	else
		report_put(r, FINDING_FACT, "%s: %s.", names[v->field],
		    uuid_of(a, v->value));
}

/* Which column a row's n-th value is: images leave out derived ones. */
static const struct registry_column *
column_of(const struct registry_table *t, size_t n)
{
	for (size_t i = 0; t != NULL && i < t->n; i++)
		if (t->columns[i].kind != KIND_DERIVED && n-- == 0)
			return &t->columns[i];
	return NULL;
}

static const char *
number_text(struct arena *a, const struct registry_column *c, int64_t value)
{
	const char *type = c != NULL ? c->type : "";
	char text[INSTANT_TEXT];

	if (strcmp(type, "timestamptz") == 0)
		return arena_strdup(a, instant_text(value, text));
	if (strcmp(type, "date") == 0 && value > INT32_MIN
	    && value <= INT32_MAX)
		return arena_strdup(a, date_text((date)value, text));
	return arena_printf(a, "%" PRId64, value);
}

/* An answer's XML is one line; here each element has its own. */
static const char *
opened_text(struct arena *a, struct bytes plain)
{
	struct buf b = buf_new(a, plain.n);

	if (!str_utf8(plain))
		return arena_printf(a, "opened, in hexadecimal: %s",
		    str_hex(a, plain));
	buf_puts(&b, "opened:\n");
	for (size_t i = 0; i < plain.n; i++) {
		buf_u8(&b, plain.p[i]);
		if (plain.p[i] == '>' && i + 1 < plain.n
		    && plain.p[i + 1] == '<')
			buf_u8(&b, '\n');
	}
	return buf_text(&b);
}

static const char *
bytes_text(struct arena *a, const struct receipt_row *row, size_t n,
    const struct registry_column *c, struct bytes value)
{
	struct bytes plain;

	for (size_t i = 0; i < row->openings; i++)
		if (row->opening[i].column == n && receipt_open(a, row,
		    &row->opening[i], &plain, NULL))
			return opened_text(a, plain);
	if (c != NULL && c->kind == KIND_SEALED)
		return arena_printf(a, "sealed, %zu bytes, not opened here",
		    value.n);
	if (value.n == UUID_SIZE)
		return uuid_of(a, value);
	return str_hex(a, value);
}

static const char *
value_text(struct arena *a, const struct receipt_row *row, size_t n,
    const struct registry_column *c, struct cbor *at)
{
	struct bytes b;

	switch (cbor_peek(at)) {
	case CBOR_UINT:
	case CBOR_NEGATIVE:
		return number_text(a, c, cbor_int(at));
	case CBOR_BYTES:
		return bytes_text(a, row, n, c, cbor_bytes(at));
	case CBOR_TEXT:
		b = cbor_text(at);
		return arena_strndup(a, (const char *)b.p, b.n);
	case CBOR_BOOL:
		return cbor_bool(at) ? "yes" : "no";
	case CBOR_ARRAY:
	case CBOR_NULL:
		break;
	}
	cbor_null(at);
	return "-";
}

static void
show_row(struct report *r, struct arena *a, const struct receipt *receipt,
    size_t n)
{
	const struct receipt_row *row = &receipt->row[n];
	const struct image *image = &receipt->image[row->image];
	const struct registry_table *t = registry_table(image->table);
	struct cbor at = cbor_read(row->columns);
	struct buf b = buf_new(a, 256);

	buf_printf(&b, "Row %zu: %s, version %" PRIu32, n + 1,
	    t != NULL ? t->name : "(unknown table)", image->version);
	for (size_t i = 0; i < row->n; i++) {
		const struct registry_column *c = column_of(t, i);

		if (c != NULL && c->kind == KIND_NONCE) {
			value_text(a, row, i, c, &at);
			continue;
		}
		buf_printf(&b, "\n%s: ", c != NULL ? c->name
		    : arena_printf(a, "column %zu", i + 1));
		buf_puts(&b, value_text(a, row, i, c, &at));
	}
	report_put(r, FINDING_FACT, "%s", buf_text(&b));
}

void
paper_show(struct report *r, struct arena *a, const struct paper *p)
{
	const struct receipt *receipt = &p->receipt;

	show_event(r, a, &p->leaf);
	for (size_t i = 0; i < receipt->values; i++)
		show_value(r, a, &receipt->value[i]);
	for (size_t i = 0; i < receipt->rows; i++)
		show_row(r, a, receipt, i);
	if (receipt->images > receipt->rows)
		report_put(r, FINDING_ASIDE, "%zu more rows, to which the "
		    "entry commits and which the receipt does not show.",
		    receipt->images - receipt->rows);
}
