/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who looked at my file: every entry about somebody, to read, to filter, to
 * keep, and to object to.
 */
#include "cgi-bin/account_history_pages.h"

#include "cgi-bin/account_access_words.h"
#include "cgi-bin/account_way.h"
#include "cgi-bin/apply_words.h"
#include "cgi-bin/csv.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_choice.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_pagination.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/history.h"
#include "services/session.h"

enum {
	FIELDS = 4,
	COLUMNS = 6,
	YEARS = 100
};

static const char *const kind_words[] = {
	[HISTORY_ALL]		= "all",
	[HISTORY_OTHERS]	= "others",
	[HISTORY_READ]		= "read",
	[HISTORY_CHANGE]	= "change",
	[HISTORY_DECISION]	= "decision",
	[HISTORY_EXPORT]	= "export",
	[HISTORY_REFUSED]	= "refused",
	[HISTORY_SIGN_IN]	= "sign-in",
	[HISTORY__MAX]		= NULL,
};

static const char *const kind_names[HISTORY__MAX] = {
	[HISTORY_ALL]		= N_("Everything"),
	[HISTORY_OTHERS]	= N_("What others did"),
	[HISTORY_READ]		= N_("Who looked"),
	[HISTORY_CHANGE]	= N_("What was entered or changed"),
	[HISTORY_DECISION]	= N_("Decisions"),
	[HISTORY_EXPORT]	= N_("What was passed on or taken away"),
	[HISTORY_REFUSED]	= N_("Attempts that were refused"),
	[HISTORY_SIGN_IN]	= N_("Sign-ins"),
};

static const struct field fields[FIELDS] = {
	{ .name = "year", .type = FIELD_INT, .min = 2000, .max = 2999 },
	{ .name = "kind", .type = FIELD_CHOICE, .choices = kind_words },
	{ .name = "at", .type = FIELD_INT, .min = 1, .max = INT64_MAX },
	{ .name = "id", .type = FIELD_UUID },
};

/* False: the visit is answered. */
static bool
read_filter(struct visit *v, struct history_filter *f)
{
	struct answers a;
	const char *kind;

	if (!field_read(v, fields, FIELDS, &a)
	    || field_given(&a, "at") != field_given(&a, "id")) {
		visit_refuse(v, 400, NULL);
		return false;
	}
	*f = (struct history_filter){
		.year = (int)field_int(&a, "year", 0),
		.at = field_int(&a, "at", INSTANT_NONE),
		.id = field_uuid(&a, "id"),
	};
	kind = field_text(&a, "kind");
	while (kind != NULL && !str_equal(kind_words[f->kind], kind))
		f->kind++;
	return true;
}

/* "/account/access-log<more>?year=2026&kind=read" */
static const char *
path_of(struct visit *v, const char *more, const struct history_filter *f)
{
	return f->year == 0
	    ? visit_path(v, "/account/access-log%s?kind=%s", more,
	    kind_words[f->kind])
	    : visit_path(v, "/account/access-log%s?year=%d&kind=%s", more,
	    f->year, kind_words[f->kind]);
}

/* ---- the table ---- */

/* One's own doings are nothing to object to, nor are the system's, but for
 * what it passed on. */
static bool
may_object(const struct visit *v, const struct history_entry *h)
{
	return uuid_is_nil(h->actor) ? h->type == EVENT_EXPORT
	    : !uuid_equal(h->actor, v->session->account);
}

static void
put_objection(struct visit *v, struct ui_table *t,
    const struct history_entry *h)
{
	char id[UUID_TEXT];

	ui_cell_begin(v->html, t);
	if (h->objection != NULL) {
		ui_link(v->html, visit_path(v, "%s/applications/%s",
		    account_room_path(ROOM_GENERAL), h->objection),
		    h->objection);
		ui_break(v->html);
		ui_words(v->html, apply_words_state(h->objection_state).name);
	} else if (may_object(v, h)) {
		ui_link_about(v->html, visit_path(v,
		    "/apply/objection?general=%s", uuid_text(h->id, id)),
		    _("Object"), arena_printf(v->arena, "%s, %s",
		    account_access_what(v, h), written_time(v->arena,
		    h->at)));
	}
	ui_cell_end(v->html, t);
}

static void
put_entry(struct visit *v, struct ui_table *t, const struct history_entry *h)
{
	ui_table_row(v->html, t);
	ui_cell_begin(v->html, t);
	ui_time(v->html, written_iso(v->arena, h->at),
	    written_time(v->arena, h->at));
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, account_access_who(v, h));
	ui_cell(v->html, t, account_access_what(v, h));
	ui_cell(v->html, t, account_access_why(h));
	ui_cell(v->html, t, h->reference != NULL ? h->reference
	    : account_room_name(h->room));
	put_objection(v, t, h);
}

static void
put_entries(struct visit *v, const struct history_filter *f,
    const struct history_entry *h, size_t n)
{
	const struct ui_column_head columns[COLUMNS] = {
		{ .text = _("When") }, { .text = _("Who") },
		{ .text = _("What") }, { .text = _("Why") },
		{ .text = _("Where") }, { .text = _("Objection") },
	};
	struct ui_table t = { .caption = _("Who looked at your file"),
	    .caption_hidden = true, .columns = columns, .n = COLUMNS,
	    .cards = true, .small = true };

	if (n == 0) {
		ui_paragraph(v->html, f->at != INSTANT_NONE
		    ? _("There is nothing before this.")
		    : f->year != 0 || f->kind != HISTORY_ALL
		    ? _("There is no such entry. Choose another year, or "
		    "everything.")
		    : _("There is no entry about you yet."));
		return;
	}
	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < n; i++)
		put_entry(v, &t, &h[i]);
	ui_table_end(v->html, &t);
}

/* ---- the filter ---- */

static void
put_years(struct visit *v, const struct history_filter *f, int first)
{
	struct ui_item items[YEARS + 1] = {
		{ .value = "", .text = _("All years") },
	};
	int now = date_civil(clock_today()).year;
	size_t n = 1;

	for (int year = now; year >= first && n <= YEARS; year--) {
		const char *text = arena_printf(v->arena, "%d", year);

		items[n++] = (struct ui_item){ .value = text, .text = text };
	}
	ui_select(v->html, &(struct ui_choice){ .name = "year",
	    .label = { _("Year"), UI_S, false, NULL }, .items = items, .n = n,
	    .value = f->year == 0 ? ""
	    : arena_printf(v->arena, "%d", f->year) });
}

static void
put_filter(struct visit *v, const struct history_filter *f, int first)
{
	struct ui_item kinds[HISTORY__MAX];

	for (size_t i = 0; i < HISTORY__MAX; i++)
		kinds[i] = (struct ui_item){ .value = kind_words[i],
		    .text = _(kind_names[i]) };
	ui_form_begin(v->html, &(struct ui_form){
	    .action = "/account/access-log", .get = true,
	    .label = _("Choose what is listed") });
	ui_row_begin(v->html);
	ui_column_begin(v->html, UI_ONE_THIRD);
	put_years(v, f, first);
	ui_column_end(v->html);
	ui_column_begin(v->html, UI_TWO_THIRDS);
	ui_select(v->html, &(struct ui_choice){ .name = "kind",
	    .label = { _("What"), UI_S, false, NULL }, .items = kinds,
	    .n = HISTORY__MAX, .value = kind_words[f->kind] });
	ui_column_end(v->html);
	ui_row_end(v->html);
	ui_buttons_begin(v->html);
	ui_button(v->html, &(struct ui_button){ .text = _("Show"),
	    .kind = UI_SECONDARY });
	ui_link(v->html, path_of(v, "/file", f),
	    _("Download this list (CSV)"));
	ui_buttons_end(v->html);
	ui_form_end(v->html);
}

/* ---- the page ---- */

static void
put_pages(struct visit *v, const struct history_filter *f,
    const struct history_entry *h, size_t n, bool more)
{
	struct ui_pagination pages = { .next_text = _("Older entries"),
	    .previous_text = _("Newest entries") };
	char id[UUID_TEXT];

	if (more)
		pages.next = visit_path(v, "%s&at=%lld&id=%s",
		    path_of(v, "", f), (long long)h[n - 1].at,
		    uuid_text(h[n - 1].id, id));
	if (f->at != INSTANT_NONE)
		pages.previous = path_of(v, "", f);
	ui_pagination(v->html, &pages);
}

void
account_history_page_access(struct visit *v)
{
	struct uuid subject = v->session->subject;
	struct history_filter f;
	struct history_entry *h;
	struct err e;
	bool more;
	int first;
	size_t n;

	if (!read_filter(v, &f))
		return;
	if (!history_first_year(v->room, v->arena, subject, &first, &e)
	    || !history_entries(v->room, v->arena, subject, &f,
	    HISTORY_ENTRIES, &h, &n, &more, &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("Who looked at your file"),
	    .back = "/account", .whole = true });
	ui_heading(v->html, 1, UI_XL, _("Who looked at your file"));
	ui_paragraph(v->html, _("Whoever reads, changes or passes on what we "
	    "hold about you leaves an entry here before it happens. Nobody "
	    "can take one away."));
	ui_paragraph(v->html, _("If an entry seems wrong to you, object to "
	    "it: a supervisor who had no part in it looks into it and "
	    "answers you."));
	put_filter(v, &f, first);
	put_entries(v, &f, h, n);
	put_pages(v, &f, h, n, more);
	page_end(v);
}

/* ---- the file ---- */

static struct bytes
csv_of(struct visit *v, const struct history_entry *h, size_t n)
{
	const char *const heads[] = { _("When"), _("Who"), _("What"),
	    _("Why"), _("Service"), _("Reference"), _("Objection"),
	    _("Entry"), NULL };
	struct csv csv = csv_new(v->arena, heads);
	char id[UUID_TEXT];

	for (size_t i = 0; i < n; i++) {
		csv_cell(&csv, written_iso(v->arena, h[i].at));
		csv_cell(&csv, account_access_who(v, &h[i]));
		csv_cell(&csv, account_access_what(v, &h[i]));
		csv_cell(&csv, account_access_why(&h[i]));
		csv_cell(&csv, account_room_name(h[i].room));
		csv_cell(&csv, h[i].reference);
		csv_cell(&csv, h[i].objection);
		csv_cell(&csv, uuid_text(h[i].id, id));
		csv_end_row(&csv);
	}
	return csv_bytes(&csv);
}

/* The entry first: what leaves the house is on record before it does. */
void
account_history_page_file(struct visit *v)
{
	struct history_filter f;
	struct history_entry *h;
	struct err e;
	bool more;
	size_t n;

	if (!read_filter(v, &f))
		return;
	if (!history_note_download(v->room, v->arena, v->session, &e)
	    || !history_entries(v->room, v->arena, v->session->subject, &f,
	    HISTORY_DOWNLOAD, &h, &n, &more, &e)) {
		visit_fail(v, &e);
		return;
	}
	response_download(v->response, "who-looked-at-my-file.csv",
	    "text/csv; charset=utf-8", csv_of(v, h, n));
}
