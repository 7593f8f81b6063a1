/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The desk's own pages. A case itself is shown by its service's room
 * (cgi-bin/case_pages.c), under the path that room_path() gives.
 */
#include "cgi-bin/desk_pages.h"

#include <stddef.h>
#include <string.h>

#include "cgi-bin/csv.h"
#include "cgi-bin/desk_words.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/query.h"
#include "cgi-bin/ui_choice.h"
#include "cgi-bin/ui_desk.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_pagination.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "schema/registry.h"
#include "services/casework.h"
#include "services/reference.h"
#include "services/room.h"
#include "services/session.h"
#include "services/worklist.h"

enum {
	BULK = 100
};

/* The order of these words is that of enum worklist_whose and
 * enum worklist_urgency. */
static const char *const whose_words[] = { "mine", "group", "unassigned",
    "all", NULL };
static const char *const urgency_words[] = { "any", "overdue", "soon",
    "later", NULL };
static const char *const state_words[] = { "awaiting_payment", "queued",
    "in_review", "awaiting_applicant", "recommended", NULL };

static const struct field filter_fields[] = {
	{ .name = "whose", .type = FIELD_CHOICE, .choices = whose_words },
	{ .name = "urgency", .type = FIELD_CHOICE, .choices = urgency_words },
	{ .name = "state", .type = FIELD_CHOICE, .choices = state_words },
	{ .name = "page", .type = FIELD_INT, .min = 1, .max = 100000 },
};
enum {
	FILTERS = sizeof filter_fields / sizeof *filter_fields
};

static int
place_of(const char *const *words, const char *word, int standard)
{
	for (int i = 0; word != NULL && words[i] != NULL; i++)
		if (str_equal(words[i], word))
			return i;
	return standard;
}

/* A filter that is no filter of ours is left out, not refused: the address
 * may be an old bookmark. */
static void
read_filter(struct visit *v, struct answers *a, struct worklist_filter *f)
{
	bool supervisor = (v->session->roles & ROLE_SUPERVISOR) != 0;

	if (!field_read(v, filter_fields, FILTERS, a))
		field_blank(v->arena, filter_fields, FILTERS, a);
	*f = (struct worklist_filter){
		.whose = (enum worklist_whose)place_of(whose_words,
		    field_text(a, "whose"), WORKLIST_GROUP),
		.urgency = (enum worklist_urgency)place_of(urgency_words,
		    field_text(a, "urgency"), WORKLIST_ANY),
		.state = field_text(a, "state"),
		.page = field_int(a, "page", 1) - 1,
	};
	if (f->whose == WORKLIST_ALL && !supervisor)
		f->whose = WORKLIST_GROUP;
}

/* The address of this list with another page. */
static const char *
list_path(struct visit *v, const struct worklist_filter *f, int64_t page)
{
	return visit_path(v, "/desk?whose=%s&urgency=%s%s%s&page=%lld",
	    whose_words[f->whose], urgency_words[f->urgency],
	    f->state != NULL ? "&state=" : "",
	    f->state != NULL ? f->state : "", (long long)page + 1);
}

/* Where the room of a case shows it. */
static const char *
case_address(struct visit *v, const struct worklist_row *w)
{
	const char *room = w->room == ROOM_VEHICLE ? "vehicles"
	    : w->room == ROOM_ADDRESS ? "address"
	    : w->room == ROOM_BENEFIT ? "benefits"
	    : w->room == ROOM_CONTRIBUTION ? "contributions"
	    : w->room == ROOM_BILL ? "bills" : "apply";

	return visit_path(v, "/desk/%s/%s", room, w->reference);
}

static void
put_figures(struct visit *v)
{
	struct worklist_counts c;
	struct err e = { 0 };

	if (!worklist_count(v->room, v->arena, v->session, &c, &e))
		return;
	ui_figures_begin(v->html);
	ui_figure(v->html, arena_printf(v->arena, "%lld",
	    (long long)c.overdue), _("overdue"),
	    "/desk?whose=group&urgency=overdue");
	ui_figure(v->html, arena_printf(v->arena, "%lld",
	    (long long)c.soon), _("due soon"),
	    "/desk?whose=group&urgency=soon");
	ui_figure(v->html, arena_printf(v->arena, "%lld",
	    (long long)c.later), _("later"),
	    "/desk?whose=group&urgency=later");
	ui_figure(v->html, arena_printf(v->arena, "%lld",
	    (long long)c.unassigned), _("unassigned"),
	    "/desk?whose=unassigned");
	ui_figure(v->html, arena_printf(v->arena, "%lld",
	    (long long)c.mine), _("mine"), "/desk?whose=mine");
	ui_figures_end(v->html);
}

static void
put_filter(struct visit *v, const struct worklist_filter *f)
{
	struct ui_item whose[] = {
		{ .value = "mine", .text = _("Mine") },
		{ .value = "group", .text = _("My office") },
		{ .value = "unassigned", .text = _("Unassigned") },
		{ .value = "all", .text = _("All offices") },
	};
	struct ui_item urgency[] = {
		{ .value = "any", .text = _("Any deadline") },
		{ .value = "overdue", .text = _("Overdue") },
		{ .value = "soon", .text = _("Due soon") },
		{ .value = "later", .text = _("Later") },
	};
	struct ui_item states[1 + sizeof state_words / sizeof *state_words] = {
		{ .value = "", .text = _("Any state") },
	};
	bool supervisor = (v->session->roles & ROLE_SUPERVISOR) != 0;
	size_t n = 1;

	for (size_t i = 0; state_words[i] != NULL; i++)
		states[n++] = (struct ui_item){ .value = state_words[i],
		    .text = desk_words_state(state_words[i]).name };
	ui_form_begin(v->html, &(struct ui_form){ .action = "/desk",
	    .get = true, .label = _("Filter the list") });
	ui_filter_begin(v->html, _("Filter"));
	ui_select(v->html, &(struct ui_choice){ .name = "whose",
	    .label = { _("Whose"), UI_S, false, NULL }, .items = whose,
	    .n = supervisor ? 4 : 3, .value = whose_words[f->whose] });
	ui_select(v->html, &(struct ui_choice){ .name = "urgency",
	    .label = { _("Deadline"), UI_S, false, NULL }, .items = urgency,
	    .n = 4, .value = urgency_words[f->urgency] });
	ui_select(v->html, &(struct ui_choice){ .name = "state",
	    .label = { _("State"), UI_S, false, NULL }, .items = states,
	    .n = n, .value = f->state != NULL ? f->state : "" });
	ui_button(v->html, &(struct ui_button){ .text = _("Show"),
	    .kind = UI_SECONDARY });
	ui_filter_end(v->html);
	ui_form_end(v->html);
}

static void
put_row(struct visit *v, struct ui_table *t, const struct worklist_row *w,
    bool tick)
{
	const struct desk_state state = desk_words_state(w->state);

	ui_table_row(v->html, t);
	if (tick)
		ui_cell_tick(v->html, t, "case", arena_printf(v->arena,
		    "%s:%d", w->reference, w->version), w->reference);
	ui_cell_begin(v->html, t);
	ui_link(v->html, case_address(v, w), w->reference);
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, w->form);
	ui_cell_begin(v->html, t);
	ui_tag(v->html, state.colour, state.name);
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, w->due == DATE_NONE ? "–"
	    : written_date(v->arena, w->due));
	ui_cell(v->html, t, w->mine ? _("you") : w->assignee != NULL
	    ? w->assignee : "–");
	ui_cell(v->html, t, w->office);
}

static void
put_assign(struct visit *v)
{
	struct worklist_clerk *clerks;
	struct ui_item *items;
	struct err e = { 0 };
	size_t n;

	if (!worklist_clerks(v->room, v->arena, &clerks, &n, &e))
		return;
	items = arena_array(v->arena, n, sizeof *items);
	for (size_t i = 0; i < n; i++) {
		char *id = arena_alloc(v->arena, UUID_TEXT);

		uuid_text(clerks[i].account, id);
		items[i] = (struct ui_item){ .value = id,
		    .text = arena_printf(v->arena, _("%s, %s (%lld cases)"),
		    clerks[i].handle, clerks[i].office,
		    (long long)clerks[i].load) };
	}
	ui_select(v->html, &(struct ui_choice){ .name = "clerk",
	    .label = { _("Give the ticked cases to"), UI_S, false, NULL },
	    .items = items, .n = n });
	ui_button(v->html, &(struct ui_button){ .text = _("Assign"),
	    .kind = UI_SECONDARY });
}

static void
put_list(struct visit *v, const struct worklist_row *rows, size_t n)
{
	bool supervisor = (v->session->roles & ROLE_SUPERVISOR) != 0;
	const struct ui_column_head columns[] = {
		{ .text = _("Tick"), .hidden = true },
		{ .text = _("Reference") }, { .text = _("Form") },
		{ .text = _("State") }, { .text = _("Due") },
		{ .text = _("Who") }, { .text = _("Office") },
	};
	struct ui_table t = {
		.caption = _("Work list"), .caption_hidden = true,
		.columns = supervisor ? columns : columns + 1,
		.n = supervisor ? 7 : 6, .small = true, .cards = true,
	};

	if (n == 0) {
		ui_paragraph(v->html, _("No case fits. Choose a wider filter "
		    "to see more."));
		return;
	}
	if (supervisor)
		ui_form_begin(v->html, &(struct ui_form){
		    .action = "/desk/assign", .token = v->csrf });
	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < n; i++)
		put_row(v, &t, &rows[i], supervisor);
	ui_table_end(v->html, &t);
	if (supervisor) {
		put_assign(v);
		ui_form_end(v->html);
	}
}

static void
put_export(struct visit *v, const struct worklist_filter *f, int64_t total)
{
	ui_form_begin(v->html, &(struct ui_form){ .action = "/desk/export",
	    .token = v->csrf });
	ui_hidden(v->html, "whose", whose_words[f->whose]);
	ui_hidden(v->html, "urgency", urgency_words[f->urgency]);
	if (f->state != NULL)
		ui_hidden(v->html, "state", f->state);
	ui_button(v->html, &(struct ui_button){ .kind = UI_SECONDARY,
	    .text = total > WORKLIST_EXPORT ? arena_printf(v->arena,
	    _("Download the first %d as CSV"), WORKLIST_EXPORT)
	    : _("Download as CSV") });
	ui_form_end(v->html);
}

static void
put_search(struct visit *v, const struct answers *answers)
{
	ui_form_begin(v->html, &(struct ui_form){ .action = "/desk/find",
	    .get = true, .label = _("Find a case") });
	ui_input(v->html, &(struct ui_input){ .name = "reference",
	    .label = { _("Find a case by its reference"), UI_S, false,
	    NULL }, .width = 20,
	    .value = answers != NULL ? field_typed(answers, "reference") : "",
	    .error = answers != NULL ? field_error(answers, "reference")
	    : NULL });
	ui_button(v->html, &(struct ui_button){ .text = _("Find"),
	    .kind = UI_SECONDARY });
	ui_form_end(v->html);
}

void
desk_page_home(struct visit *v)
{
	struct worklist_filter f;
	struct worklist_row *rows;
	struct answers a;
	struct err e = { 0 };
	int64_t total;
	size_t n;

	read_filter(v, &a, &f);
	if (!worklist_read(v->room, v->arena, v->session, &f, WORKLIST_PAGE,
	    &rows, &n, &total, &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("Work list"), .wide = true,
	    .whole = true });
	ui_heading(v->html, 1, UI_L, _("Work list"));
	put_figures(v);
	ui_row_begin(v->html);
	ui_column_begin(v->html, UI_ONE_QUARTER);
	put_filter(v, &f);
	put_search(v, NULL);
	ui_column_end(v->html);
	ui_column_begin(v->html, UI_THREE_QUARTERS);
	put_list(v, rows, n);
	ui_pagination(v->html, &(struct ui_pagination){
	    .previous = f.page > 0 ? list_path(v, &f, f.page - 1) : NULL,
	    .next = (f.page + 1) * WORKLIST_PAGE < total
	        ? list_path(v, &f, f.page + 1) : NULL });
	if (n > 0)
		put_export(v, &f, total);
	ui_column_end(v->html);
	ui_row_end(v->html);
	page_end(v);
}

/* ---- finding by reference */

static const struct field find_field[] = {
	{ .name = "reference", .type = FIELD_TEXT, .required = true,
	    .max = 20, .missing = N_("Enter a reference") },
};

void
desk_page_find(struct visit *v)
{
	char reference[REFERENCE_TEXT];
	struct application a;
	struct answers answers;
	struct err e = { 0 };
	bool found = false;

	if (field_read(v, find_field, 1, &answers)
	    && reference_parse(field_text(&answers, "reference"), reference,
	    NULL) && !casework_find(v->room, v->arena, reference, &a, &found,
	    &e)) {
		visit_fail(v, &e);
		return;
	}
	if (found) {
		response_redirect(v->response, case_address(v,
		    &(struct worklist_row){ .room = a.room,
		    .reference = a.reference }));
		return;
	}
	if (field_error(&answers, "reference") == NULL)
		field_fault(&answers, "reference", _("There is no case with "
		    "this reference. Check the characters and try again"));
	page_begin(v, &(struct page){ .title = _("Find a case"),
	    .answers = &answers, .back = "/desk" });
	ui_heading(v->html, 1, UI_L, _("Find a case"));
	put_search(v, &answers);
	page_end(v);
}

/* ---- export */

static struct bytes
csv_of(struct visit *v, const struct worklist_row *rows, size_t n)
{
	static const char *const heads[] = { "reference", "form", "state",
	    "submitted", "due", "assignee", "office", NULL };
	struct csv csv = csv_new(v->arena, heads);

	for (size_t i = 0; i < n; i++) {
		char day[DATE_TEXT];

		csv_cell(&csv, rows[i].reference);
		csv_cell(&csv, rows[i].form);
		csv_cell(&csv, rows[i].state);
		csv_cell(&csv, written_iso(v->arena, rows[i].submitted_at));
		csv_cell(&csv, date_text(rows[i].due, day));
		csv_cell(&csv, rows[i].assignee);
		csv_cell(&csv, rows[i].office);
		csv_end_row(&csv);
	}
	return csv_bytes(&csv);
}

void
desk_page_export(struct visit *v)
{
	struct worklist_filter f;
	struct worklist_row *rows;
	struct answers a;
	struct err e = { 0 };
	int64_t total;
	size_t n;

	read_filter(v, &a, &f);
	if (!worklist_read(v->room, v->arena, v->session, &f,
	    WORKLIST_EXPORT, &rows, &n, &total, &e)
	    || !worklist_exported(v->room, v->arena, v->session, (int64_t)n,
	    &e)) {
		visit_fail(v, &e);
		return;
	}
	response_download(v->response, "work-list.csv",
	    "text/csv; charset=utf-8", csv_of(v, rows, n));
}

/* ---- bulk assignment */

struct assigned {
	size_t	done, refused;
};

/* "VR-7K3M9Q2X-C:4": a case and the version of it that was ticked. */
static bool
assign_one(struct visit *v, const char *ticked, struct uuid clerk)
{
	const char *colon = strrchr(ticked, ':');
	char reference[REFERENCE_TEXT];
	struct application a, after;
	int64_t version;
	bool found;

	if (colon == NULL || !str_int(colon + 1, 1, INT32_MAX, &version,
	    NULL) || !reference_parse(arena_strndup(v->arena, ticked,
	    (size_t)(colon - ticked)), reference, NULL)
	    || !casework_find(v->room, v->arena, reference, &a, &found, NULL)
	    || !found)
		return false;
	return casework_do(v->room, v->arena, v->session,
	    &(struct casework_step){ .application = a.id,
	    .action = "reassign", .role = "supervisor",
	    .expected = (int32_t)version, .assignee = clerk },
	    PURPOSE_SUPERVISION, &after, NULL);
}

static void
show_assigned(struct visit *v, const struct assigned *r)
{
	page_begin(v, &(struct page){ .title = _("Cases assigned"),
	    .back = "/desk" });
	ui_heading(v->html, 1, UI_L, _("Cases assigned"));
	ui_paragraph(v->html, arena_printf(v->arena, text_n(
	    "%zu case was assigned.", "%zu cases were assigned.",
	    r->done), r->done));
	if (r->refused > 0)
		ui_warning(v->html, arena_printf(v->arena, text_n(
		    "%zu case was not: somebody changed it meanwhile, or the "
		    "clerk cannot have it.",
		    "%zu cases were not: somebody changed them meanwhile, or "
		    "the clerk cannot have them.", r->refused), r->refused));
	ui_paragraph_begin(v->html);
	ui_link(v->html, "/desk", _("Back to the work list"));
	ui_paragraph_end(v->html);
	page_end(v);
}

static const struct field assign_field[] = {
	{ .name = "clerk", .type = FIELD_UUID, .required = true },
};

void
desk_page_assign(struct visit *v)
{
	struct assigned r = { 0 };
	struct answers a;
	const char *ticked;
	size_t i = 0;

	if (!field_read(v, assign_field, 1, &a)) {
		response_redirect(v->response, "/desk");
		return;
	}
	while ((ticked = query_next(&v->request->form, "case", &i)) != NULL
	    && r.done + r.refused < BULK) {
		if (assign_one(v, ticked, field_uuid(&a, "clerk")))
			r.done++;
		else
			r.refused++;
	}
	show_assigned(v, &r);
}
