/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parts of the auditors' pages: each draws one thing of an entry.
 */
#include "cgi-bin/audit_parts.h"

#include "cgi-bin/audit_words.h"
#include "cgi-bin/ui_desk.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_pagination.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/auditlog.h"
#include "services/auditlog_search.h"

static const struct ui_summary plain = { .title = NULL };

const char *
audit_who(struct visit *v, const struct auditlog_row *r)
{
	if (r->handle != NULL && r->office != NULL)
		return arena_printf(v->arena, "%s, %s", r->handle, r->office);
	if (r->handle != NULL)
		return r->handle;
	return uuid_is_nil(r->actor) ? _("no account") : _("a citizen");
}

const char *
audit_record(const struct auditlog_row *r)
{
	return r->table != 0 ? audit_words_table(r->table) : "–";
}

const char *
audit_id(struct visit *v, struct uuid id)
{
	return uuid_text(id, arena_alloc(v->arena, UUID_TEXT));
}

const char *
audit_entry_path(struct visit *v, struct uuid event)
{
	return visit_path(v, "/audit/entries/%s", audit_id(v, event));
}

/* ---- a list of entries ---- */

static void
put_row(struct visit *v, struct ui_table *t, const struct auditlog_row *r)
{
	ui_table_row(v->html, t);
	ui_cell_begin(v->html, t);
	ui_link(v->html, audit_entry_path(v, r->id),
	    written_time(v->arena, r->at));
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, audit_words_event(r->type));
	ui_cell(v->html, t, audit_words_room(r->room));
	ui_cell(v->html, t, audit_words_purpose(r->purpose));
	ui_cell_begin(v->html, t);
	ui_tag(v->html, audit_words_colour(r->outcome),
	    audit_words_outcome(r->outcome));
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, audit_who(v, r));
	ui_cell_begin(v->html, t);
	if (r->reference != NULL)
		ui_link(v->html, visit_path(v, "/audit/cases/%s",
		    r->reference), r->reference);
	else
		ui_words(v->html, "–");
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, audit_record(r));
}

void
audit_put_rows(struct visit *v, const struct auditlog_page *page)
{
	const struct ui_column_head columns[] = {
		{ .text = _("When") }, { .text = _("What") },
		{ .text = _("Where") }, { .text = _("Purpose") },
		{ .text = _("Outcome") }, { .text = _("Who") },
		{ .text = _("Case") }, { .text = _("Record") },
	};
	struct ui_table t = { .caption = _("Entries, newest first"),
	    .caption_hidden = true, .columns = columns, .n = 8,
	    .small = true, .cards = true };

	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < page->n; i++)
		put_row(v, &t, &page->rows[i]);
	ui_table_end(v->html, &t);
}

/* base: with a question mark in it. */
void
audit_put_pages(struct visit *v, const struct auditlog_page *page,
    const char *base, bool later)
{
	const char *next = NULL;

	if (!uuid_is_nil(page->next))
		next = visit_path(v, "%s&before=%s", base, audit_id(v,
		    page->next));
	if (page->slice)
		ui_paragraph(v->html, arena_printf(v->arena, _("This looked "
		    "through the entries back to %s. Older ones are looked "
		    "through on the next page."), written_time(v->arena,
		    auditlog_time_of(page->next))));
	ui_pagination(v->html, &(struct ui_pagination){
	    .previous = later ? base : NULL,
	    .previous_text = _("Newest entries"),
	    .next = next, .next_text = _("Older entries") });
}

/* ---- what, who, about whom ---- */

static void
put_code(struct visit *v, const char *key, const char *code,
    const char *href, const char *link)
{
	const struct ui_summary_row row = { .key = key };

	ui_summary_row_begin(v->html, &plain, &row);
	ui_code(v->html, code);
	if (href != NULL) {
		ui_break(v->html);
		ui_link(v->html, href, link);
	}
	ui_summary_row_end(v->html, &plain, &row);
}

static void
put_outcome(struct visit *v, const struct auditlog_row *r)
{
	const struct ui_summary_row row = { .key = _("Outcome") };

	ui_summary_row_begin(v->html, &plain, &row);
	ui_tag(v->html, audit_words_colour(r->outcome),
	    audit_words_outcome(r->outcome));
	ui_summary_row_end(v->html, &plain, &row);
}

static void
put_who(struct visit *v, const struct auditlog_row *r)
{
	const struct ui_summary_row row = { .key = _("Who") };

	ui_summary_row_begin(v->html, &plain, &row);
	ui_words(v->html, audit_who(v, r));
	if (r->handle != NULL) {
		ui_break(v->html);
		ui_link(v->html, visit_path(v, "/audit?actor=%s", r->handle),
		    _("All entries of this member of staff"));
	}
	ui_summary_row_end(v->html, &plain, &row);
	if (!uuid_is_nil(r->actor))
		put_code(v, _("Account"), audit_id(v, r->actor), NULL, NULL);
}

static void
put_about(struct visit *v, const struct auditlog_row *r)
{
	if (!uuid_is_nil(r->subject))
		put_code(v, _("Person (pseudonym)"), audit_id(v, r->subject),
		    visit_path(v, "/audit/people/%s", audit_id(v,
		    r->subject)), _("Who saw this person"));
	if (r->reference != NULL)
		put_code(v, _("Case"), r->reference, visit_path(v,
		    "/audit/cases/%s", r->reference),
		    _("Everything about this case"));
	if (r->table == 0)
		return;
	ui_summary_fact(v->html, &plain, _("First record"),
	    audit_words_table(r->table));
	if (!uuid_is_nil(r->row))
		put_code(v, _("Its row"), audit_id(v, r->row), NULL, NULL);
}

void
audit_put_facts(struct visit *v, const struct auditlog_row *r)
{
	const struct ui_summary_row when = { .key = _("When") };

	ui_summary_begin(v->html, &plain);
	ui_summary_row_begin(v->html, &plain, &when);
	ui_words(v->html, written_time(v->arena, r->at));
	ui_break(v->html);
	ui_time(v->html, written_iso(v->arena, r->at),
	    written_iso(v->arena, r->at));
	ui_summary_row_end(v->html, &plain, &when);
	ui_summary_fact(v->html, &plain, _("What"),
	    audit_words_event(r->type));
	put_outcome(v, r);
	ui_summary_fact(v->html, &plain, _("Purpose"),
	    audit_words_purpose(r->purpose));
	ui_summary_fact(v->html, &plain, _("Where"),
	    audit_words_room(r->room));
	put_who(v, r);
	put_about(v, r);
	ui_summary_end(v->html, &plain);
}

/* ---- the rows it commits to ---- */

void
audit_put_images(struct visit *v, const struct auditlog_entry *e)
{
	const struct ui_column_head columns[] = {
		{ .text = _("Record") }, { .text = _("Row") },
		{ .text = _("Version"), .numeric = true },
		{ .text = _("Image (SHA-256)") },
	};
	struct ui_table t = { .caption = _("Rows that it commits to"),
	    .caption_hidden = true, .columns = columns, .n = 4,
	    .small = true, .cards = true };

	ui_heading(v->html, 2, UI_M, _("Rows that it commits to"));
	if (e->n == 0) {
		ui_paragraph(v->html, _("It wrote no row: something was read, "
		    "refused or reported."));
		return;
	}
	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < e->n; i++) {
		const struct auditlog_image *image = &e->images[i];

		ui_table_row(v->html, &t);
		ui_cell(v->html, &t, audit_words_table(image->table));
		ui_cell_begin(v->html, &t);
		ui_code(v->html, uuid_is_nil(image->row) ? _("erased")
		    : audit_id(v, image->row));
		ui_cell_end(v->html, &t);
		ui_cell(v->html, &t, arena_printf(v->arena, "%d",
		    image->version));
		ui_cell_begin(v->html, &t);
		ui_code(v->html, str_hex(v->arena, bytes(image->image.b,
		    sizeof image->image.b)));
		ui_cell_end(v->html, &t);
	}
	ui_table_end(v->html, &t);
}

/* ---- its place in the log ---- */

static enum ui_verdict
verdict(enum auditlog_verdict given)
{
	static const enum ui_verdict verdicts[] = {
		[AUDITLOG_AGREES] = UI_GOOD,
		[AUDITLOG_DIFFERS] = UI_BAD,
		[AUDITLOG_UNCHECKED] = UI_UNCHECKED,
	};

	return verdicts[given];
}

static void
put_checks(struct visit *v, const struct auditlog_entry *e)
{
	ui_checks_begin(v->html);
	ui_check(v->html, verdict(e->columns),
	    _("What can be searched is what the entry says"),
	    e->columns == AUDITLOG_DIFFERS ? _("Somebody changed one of the "
	    "two, or the entry is gone. Report this.")
	    : _("Time, room, event, outcome, purpose and record. Persons and "
	    "cases are commitments, which only the room that wrote them can "
	    "open."));
	ui_check(v->html, verdict(e->list),
	    _("The list of rows is the one that the entry commits to"),
	    e->list == AUDITLOG_UNCHECKED ? _("A row's name was erased on "
	    "request, so the list cannot be computed again.")
	    : e->list == AUDITLOG_DIFFERS ? _("Somebody changed one of the "
	    "two. Report this.") : NULL);
	ui_check(v->html, verdict(e->log),
	    _("The log holds the same entry at its place"),
	    e->log == AUDITLOG_UNCHECKED ? _("It has no place in the log "
	    "yet.") : e->log == AUDITLOG_DIFFERS ? _("The log holds another "
	    "entry there. Report this.") : NULL);
	ui_checks_end(v->html);
}

static void
put_place(struct visit *v, const struct auditlog_entry *e)
{
	if (e->sequenced)
		ui_summary_fact(v->html, &plain, _("Place"),
		    arena_printf(v->arena, _("log of %u, index %lld"),
		    e->year, (long long)e->index));
	else
		ui_summary_fact(v->html, &plain, _("Place"),
		    _("none yet: it waits to be put in order"));
}

static void
put_checkpoint(struct visit *v, const struct auditlog_entry *e)
{
	const struct proof_found *p = &e->proof;
	const char *what = e->unprovable
	    ? _("no proof can be made: the log is not whole. Report this.")
	    : _("none yet: one comes within seconds");

	if (p->note.p != NULL)
		what = arena_printf(v->arena, text_n(
		    "over %llu entries, signed by the log and %u witness",
		    "over %llu entries, signed by the log and %u witnesses",
		    p->cosignatures), (unsigned long long)p->size,
		    p->cosignatures);
	ui_summary_fact(v->html, &plain, _("Checkpoint"), what);
}

static void
put_downloads(struct visit *v, const struct auditlog_entry *e)
{
	const char *path = audit_entry_path(v, e->row.id);

	if (e->text.p == NULL)
		return;
	ui_paragraph_begin(v->html);
	if (e->proof.note.p != NULL) {
		ui_link(v->html, visit_path(v, "%s/proof", path),
		    _("Download the proof (tlog-proof)"));
		ui_break(v->html);
	}
	ui_link(v->html, visit_path(v, "%s/leaf", path),
	    _("Download the entry as it stands in the log"));
	ui_paragraph_end(v->html);
}

void
audit_put_log(struct visit *v, const struct auditlog_entry *e)
{
	ui_heading(v->html, 2, UI_M, _("In the log"));
	ui_summary_begin(v->html, &plain);
	put_place(v, e);
	put_checkpoint(v, e);
	if (e->writer != NULL) {
		put_code(v, _("Leaf hash"), str_hex(v->arena,
		    bytes(e->leaf.b, sizeof e->leaf.b)), NULL, NULL);
		put_code(v, _("Written by"), arena_printf(v->arena,
		    "%s:%llu", e->writer, (unsigned long long)e->sequence),
		    NULL, NULL);
	}
	ui_summary_end(v->html, &plain);
	put_checks(v, e);
	put_downloads(v, e);
}
