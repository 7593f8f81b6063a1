/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One entry and one case of the log; searching is auditlog_search.c. The
 * order is always: look, write the entry, and only then hand out what was
 * seen. An entry about a person or a case names them,
 * so that the citizen sees who looked; it is written about somebody only if
 * the log knows them, or a mistyped pseudonym would get a key of its own.
 */
#include "services/auditlog.h"

#include <string.h>

#include "audit/image.h"
#include "audit/proof.h"
#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/auditlog_row.h"
#include "services/room.h"
#include "services/session.h"

/* One more than wanted was asked for, to know whether there is more. */
static struct auditlog_row *
take_rows(struct arena *arena, const struct db_rows *rows, size_t most,
    size_t *n, bool *more)
{
	struct auditlog_row *out;

	*n = db_count(rows);
	*more = *n > most;
	if (*more)
		*n = most;
	out = arena_array(arena, *n, sizeof *out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);

		auditlog_take(&row, &out[i]);
	}
	return out;
}

/* ---- one entry ---- */

static bool
take_images(struct room *room, struct arena *arena, struct uuid event,
    struct auditlog_entry *out, struct err *e)
{
	struct auditlog_image *images;
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_AUDITLOG_IMAGES,
	    (struct db_value[]){ db_uuid(event) }, 1, &rows, e))
		return false;
	out->n = db_count(rows);
	out->images = images = arena_array(arena, out->n, sizeof *images);
	for (size_t i = 0; i < out->n; i++) {
		struct db_row row = db_row(rows, i);
		struct bytes image;

		images[i].table = (unsigned)db_take_int(&row);
		images[i].row = db_take_uuid(&row);
		images[i].version = (int32_t)db_take_int(&row);
		image = db_take_bytes(&row);
		if (image.n == CRYPTO_HASH)
			memcpy(images[i].image.b, image.p, CRYPTO_HASH);
	}
	return true;
}

/* Field 13 is over the rows' ids too: without them there is nothing to
 * compare with. */
static enum auditlog_verdict
check_list(struct arena *arena, const struct auditlog_entry *out,
    struct bytes committed)
{
	struct image *list = arena_array(arena, out->n, sizeof *list);
	struct hash h;

	if (out->n == 0)
		return committed.n == 0 ? AUDITLOG_AGREES : AUDITLOG_DIFFERS;
	for (size_t i = 0; i < out->n; i++) {
		const struct auditlog_image *image = &out->images[i];

		if (uuid_is_nil(image->row))
			return AUDITLOG_UNCHECKED;
		list[i] = (struct image){ (uint16_t)image->table, image->row,
		    (uint32_t)image->version, image->image };
	}
	h = image_list(arena, list, out->n);
	return bytes_equal(bytes(h.b, sizeof h.b), committed)
	    ? AUDITLOG_AGREES : AUDITLOG_DIFFERS;
}

static bool
same_codes(const struct auditlog_row *r, const struct entry_read *leaf)
{
	return bytes_equal(uuid_bytes(&r->id), leaf->id)
	    && (uint64_t)r->at == leaf->at && r->room == leaf->room
	    && r->type == leaf->type && r->outcome == leaf->outcome
	    && r->purpose == leaf->purpose && r->table == leaf->table;
}

static void
check_leaf(struct arena *arena, struct auditlog_entry *out, struct bytes text)
{
	struct entry_read leaf;

	out->columns = out->list = AUDITLOG_DIFFERS;
	if (text.p == NULL || !entry_parse(text, &leaf, NULL))
		return;
	out->text = text;
	out->leaf = entry_leaf_hash(text);
	out->sequence = leaf.sequence;
	out->writer = str_hex(arena, leaf.writer);
	if (same_codes(&out->row, &leaf))
		out->columns = AUDITLOG_AGREES;
	out->list = check_list(arena, out, leaf.images);
}

static void
take_place(struct db_row *row, struct auditlog_entry *out)
{
	struct bytes hash;

	out->sequenced = !db_take_null(row);
	out->year = (unsigned)db_take_int(row);
	out->index = db_take_int(row);
	hash = db_take_bytes(row);
	out->log = AUDITLOG_UNCHECKED;
	if (out->sequenced)
		out->log = bytes_equal(hash, bytes(out->leaf.b,
		    sizeof out->leaf.b)) ? AUDITLOG_AGREES : AUDITLOG_DIFFERS;
}

static bool
read_entry(struct room *room, struct arena *arena, struct uuid event,
    struct auditlog_entry *out, bool *found, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	*out = (struct auditlog_entry){ .n = 0 };
	if (!db_ask(room->db, arena, QUERY_AUDITLOG_ENTRY,
	    (struct db_value[]){ db_uuid(event) }, 1, &rows, e))
		return false;
	*found = db_count(rows) == 1;
	if (!*found)
		return true;
	if (!take_images(room, arena, event, out, e))
		return false;
	row = db_row(rows, 0);
	auditlog_take(&row, &out->row);
	check_leaf(arena, out, db_take_bytes(&row));
	take_place(&row, out);
	return true;
}

/* A log that is not whole must not keep an auditor from seeing that. */
static bool
find_proof(struct room *room, struct arena *arena, struct uuid event,
    struct auditlog_entry *out, struct err *e)
{
	struct err why = { 0 };

	if (proof_find(room->db, arena, event, &out->proof, &why))
		return true;
	if (why.code != ERR_SYSTEM) {
		if (e != NULL)
			*e = why;
		return false;
	}
	log_error("audit-proof", &why);
	out->proof = (struct proof_found){ .state = PROOF_LATER };
	out->unprovable = true;
	return true;
}

static bool
get(struct room *room, struct arena *arena, const struct session *session,
    struct uuid event, enum event_type type, struct auditlog_entry *out,
    struct err *e)
{
	struct auditlog_values v = { .n = 0 };
	bool found;

	auditlog_put(&v, COLUMN_AUDIT_Q_EVENT_ID, db_uuid(event));
	if (!read_entry(room, arena, event, out, &found, e)
	    || !find_proof(room, arena, event, out, e)
	    || !act_note(room, arena, session, &(struct act_entry){
	    .type = type, .purpose = PURPOSE_AUDIT,
	    .subject = out->row.subject,
	    .application = out->row.application, .table = TABLE_AUDIT_Q,
	    .row = event, .values = v.entry, .n = v.n }, NULL, e))
		return false;
	return found || err_set(e, ERR_ABSENT, "no such entry");
}

bool
auditlog_get(struct room *room, struct arena *arena,
    const struct session *session, struct uuid event,
    struct auditlog_entry *out, struct err *e)
{
	return get(room, arena, session, event, EVENT_AUDITOR_QUERY, out, e);
}

bool
auditlog_take_away(struct room *room, struct arena *arena,
    const struct session *session, struct uuid event,
    struct auditlog_entry *out, struct err *e)
{
	return get(room, arena, session, event, EVENT_EXPORT, out, e);
}

struct bytes
auditlog_proof(struct arena *arena, const struct auditlog_entry *entry)
{
	return proof_text(arena, &(struct proof){
	    .index = entry->proof.index, .path = entry->proof.path,
	    .signed_note = entry->proof.note });
}

/* ---- one case ---- */

static bool
take_steps(struct room *room, struct arena *arena, struct auditlog_case *out,
    struct err *e)
{
	struct auditlog_step *steps;
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_AUDITLOG_STEPS,
	    (struct db_value[]){ db_uuid(out->application.id),
	    db_int(TABLE_CASEWORK_EVENT) }, 2, &rows, e))
		return false;
	out->n_steps = db_count(rows);
	out->steps = steps = arena_array(arena, out->n_steps, sizeof *steps);
	for (size_t i = 0; i < out->n_steps; i++) {
		struct db_row row = db_row(rows, i);

		steps[i].event = db_take_uuid(&row);
		steps[i].action = db_take_text(&row);
		steps[i].from = db_take_text(&row);
		steps[i].to = db_take_text(&row);
		steps[i].role = db_take_text(&row);
		steps[i].handle = db_take_text(&row);
		steps[i].office = db_take_text(&row);
		steps[i].at = db_take_instant(&row);
		steps[i].entry = db_take_uuid(&row);
	}
	return true;
}

static bool
read_case(struct room *room, struct arena *arena, const char *reference,
    struct auditlog_case *out, bool *found, struct err *e)
{
	struct db_rows *rows;

	*out = (struct auditlog_case){ .n = 0 };
	if (!casework_find(room, arena, reference, &out->application, found,
	    e))
		return false;
	if (!*found)
		return true;
	if (!db_ask(room->db, arena, QUERY_AUDITLOG_CASE,
	    (struct db_value[]){ db_uuid(out->application.id),
	    db_int(AUDITLOG_CASE + 1) }, 2, &rows, e))
		return false;
	out->rows = take_rows(arena, rows, AUDITLOG_CASE, &out->n,
	    &out->more);
	return take_steps(room, arena, out, e);
}

bool
auditlog_case(struct room *room, struct arena *arena,
    const struct session *session, const char *reference, bool export,
    struct auditlog_case *out, struct err *e)
{
	struct auditlog_values v = { .n = 0 };
	bool found = false;

	if (!read_case(room, arena, reference, out, &found, e))
		return false;
	auditlog_put(&v, COLUMN_AUDIT_Q_CASE_ID, db_uuid(out->application.id));
	if (!act_note(room, arena, session, &(struct act_entry){
	    .type = export ? EVENT_EXPORT : EVENT_AUDITOR_QUERY,
	    .purpose = PURPOSE_AUDIT,
	    .subject = out->application.applicant,
	    .application = out->application.id, .table = TABLE_AUDIT_Q,
	    .values = v.entry, .n = v.n }, NULL, e))
		return false;
	return found || err_set(e, ERR_ABSENT, "no such case");
}
