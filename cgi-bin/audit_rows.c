/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One table of members for both formats. The worker writes chunks with it,
 * the pages short files.
 */
#include "cgi-bin/audit_rows.h"

#include "cgi-bin/audit_words.h"
#include "cgi-bin/csv.h"
#include "cgi-bin/json.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "services/auditlog.h"

enum {
	MEMBERS = 13
};

static const char *const heads[] = { "entry", "at", "room", "event",
    "outcome", "purpose", "handle", "office", "account", "person", "case",
    "record", "row", NULL };
_Static_assert(sizeof heads / sizeof *heads == MEMBERS + 1, "a bare head");

static const char *
id_text(struct arena *arena, struct uuid id)
{
	return uuid_is_nil(id) ? NULL
	    : uuid_text(id, arena_alloc(arena, UUID_TEXT));
}

static void
members(struct arena *arena, const struct auditlog_row *r,
    const char *out[MEMBERS])
{
	static const char *const outcomes[] = { "ok", "denied", "error" };

	out[0] = id_text(arena, r->id);
	out[1] = written_iso(arena, r->at);
	out[2] = registry_room_name(r->room);
	out[3] = registry_event_name(r->type);
	out[4] = r->outcome <= OUTCOME_ERROR ? outcomes[r->outcome] : NULL;
	out[5] = registry_purpose_name(r->purpose);
	out[6] = r->handle;
	out[7] = r->office;
	out[8] = id_text(arena, r->actor);
	out[9] = id_text(arena, r->subject);
	out[10] = r->reference;
	out[11] = r->table != 0 ? audit_words_table(r->table) : NULL;
	out[12] = id_text(arena, r->row);
}

static struct bytes
as_csv(struct arena *arena, bool first, const struct auditlog_row *rows,
    size_t n)
{
	struct csv csv = first ? csv_new(arena, heads) : csv_more(arena);
	const char *m[MEMBERS];

	for (size_t i = 0; i < n; i++) {
		members(arena, &rows[i], m);
		for (size_t k = 0; k < MEMBERS; k++)
			csv_cell(&csv, m[k]);
		csv_end_row(&csv);
	}
	return csv_bytes(&csv);
}

static struct bytes
as_jsonl(struct arena *arena, const struct auditlog_row *rows, size_t n)
{
	struct json j = json_new(arena);
	const char *m[MEMBERS];

	for (size_t i = 0; i < n; i++) {
		members(arena, &rows[i], m);
		j.more = false;
		json_begin(&j, NULL);
		for (size_t k = 0; k < MEMBERS; k++)
			json_text(&j, heads[k], m[k]);
		json_end(&j);
		buf_puts(&j.buf, "\n");
	}
	return buf_bytes(&j.buf);
}

void
audit_rows_write(struct arena *arena, enum auditlog_format format,
    bool first, const struct auditlog_row *rows, size_t n,
    struct bytes *out)
{
	*out = format == EXPORT_CSV ? as_csv(arena, first, rows, n)
	    : as_jsonl(arena, rows, n);
}

struct bytes
audit_rows_file(struct arena *arena, enum auditlog_format format,
    const struct auditlog_row *rows, size_t n)
{
	struct bytes out;

	audit_rows_write(arena, format, true, rows, n, &out);
	return out;
}

const char *
audit_rows_name(enum auditlog_format format)
{
	return format == EXPORT_CSV ? "audit-log.csv" : "audit-log.jsonl";
}

const char *
audit_rows_type(enum auditlog_format format)
{
	return format == EXPORT_CSV ? "text/csv; charset=utf-8"
	    : "application/jsonl; charset=utf-8";
}
