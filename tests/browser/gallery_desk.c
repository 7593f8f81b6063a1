/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The gallery's pages of the desk: a work list and a case.
 */
#include "tests/browser/gallery.h"

#include <string.h>
#include "cgi-bin/html.h"
#include "cgi-bin/layout.h"
#include "cgi-bin/ui_card.h"
#include "cgi-bin/ui_choice.h"
#include "cgi-bin/ui_date.h"
#include "cgi-bin/ui_desk.h"
#include "cgi-bin/ui_document.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_pagination.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/ui_timeline.h"
#include "lib/arena.h"

#define N(array)	(sizeof (array) / sizeof *(array))

static const struct ui_nav_item desk_items[] = {
	{ .text = "Work list", .href = "/desk", .active = true },
	{ .text = "Vehicles", .href = "/desk/vehicles" },
	{ .text = "Addresses", .href = "/desk/addresses" },
	{ .text = "Benefits", .href = "/desk/benefits" },
};

struct row {
	const char	*reference, *what, *state, *due, *clerk;
	enum ui_colour	 colour;
};

static const struct row rows[] = {
	{ "VR-7K3M9Q2X-C", "Transfer of ownership", "Overdue",
	  "28 March 2026", "DET-014", UI_RED },
	{ "VR-2HP4TW8N-5", "New vehicle", "Due soon", "2 April 2026",
	  "—", UI_YELLOW },
	{ "AD-9XK2M4QT-W", "Address change", "In review", "8 April 2026",
	  "DET-007", UI_TEAL },
	{ "BE-5RN8K3VJ-2", "Rates rebate", "Waiting for applicant",
	  "15 April 2026", "DET-021", UI_GREY },
};

static struct layout
desk(const char *title)
{
	struct layout o = gallery_citizen(title);

	o.nav = (struct ui_nav){
		.service = "Desk",
		.service_href = "/desk",
		.items = desk_items,
		.n = N(desk_items),
	};
	o.handle = "DET-014 · Vehicle office";
	o.wide = true;
	o.whole = true;
	return o;
}

static void
filters(struct html *h)
{
	const struct ui_item states[] = {
		{ .value = "queued", .text = "Unassigned", .checked = true },
		{ .value = "in_review", .text = "In review" },
		{ .value = "awaiting", .text = "Waiting for applicant" },
	};

	ui_filter_begin(h, "Filter");
	ui_filter_chosen(h, "Unassigned", "/desk");
	ui_form_begin(h, &(struct ui_form){
		.action = "/desk", .get = true, .label = "Work list" });
	ui_input(h, &(struct ui_input){
		.name = "reference",
		.label = { .text = "Reference" },
		.spelling = UI_SPELLING_OFF,
	});
	ui_checkboxes(h, &(struct ui_choice){
		.name = "state",
		.legend = { .text = "State" },
		.items = states, .n = N(states), .small = true,
	});
	ui_button(h, &(struct ui_button){
		.text = "Apply", .kind = UI_SECONDARY });
	ui_form_end(h);
	ui_filter_end(h);
}

static void
work_list(struct html *h)
{
	const struct ui_column_head columns[] = {
		{ .text = "Select", .hidden = true },
		{ .text = "Reference", .sort_href = "/desk?sort=reference" },
		{ .text = "Service" },
		{ .text = "State" },
		{ .text = "Due", .sort_href = "/desk?sort=-due",
		  .sort = UI_SORT_UP },
		{ .text = "Clerk" },
	};
	struct ui_table t = {
		.caption = "Applications, the most urgent first",
		.caption_size = UI_M,
		.columns = columns, .n = N(columns),
		.small = true, .cards = true,
	};

	ui_form_begin(h, &(struct ui_form){
		.action = "/desk/assign", .token = "dGVzdA" });
	ui_table_begin(h, &t);
	for (size_t i = 0; i < N(rows); i++) {
		ui_table_row(h, &t);
		ui_cell_tick(h, &t, "case", rows[i].reference,
		    rows[i].reference);
		ui_cell_begin(h, &t);
		ui_link(h, "/desk/vehicles/1", rows[i].reference);
		ui_cell_end(h, &t);
		ui_cell(h, &t, rows[i].what);
		ui_cell_begin(h, &t);
		ui_tag(h, rows[i].colour, rows[i].state);
		ui_cell_end(h, &t);
		ui_cell_begin(h, &t);
		ui_time(h, "2026-04-02", rows[i].due);
		ui_cell_end(h, &t);
		ui_cell(h, &t, rows[i].clerk);
	}
	ui_table_end(h, &t);
	ui_buttons_begin(h);
	ui_submit(h, "Claim");
	ui_button(h, &(struct ui_button){
		.text = "Assign to …", .kind = UI_SECONDARY,
		.name = "to", .value = "other" });
	ui_buttons_end(h);
	ui_form_end(h);
}

void
gallery_desk(struct html *h)
{
	struct layout o = desk("Work list");

	layout_begin(h, &o);
	ui_heading(h, 1, UI_XL, "Work list");
	ui_figures_begin(h);
	ui_figure(h, "3", "Overdue", "/desk?urgency=overdue");
	ui_figure(h, "12", "Due within 3 days", "/desk?urgency=soon");
	ui_figure(h, "148", "Unassigned", "/desk?state=queued");
	ui_figure(h, "27", "Mine", "/desk?mine=true");
	ui_figures_end(h);
	ui_row_begin(h);
	ui_column_begin(h, UI_ONE_QUARTER);
	filters(h);
	ui_column_end(h);
	ui_column_begin(h, UI_THREE_QUARTERS);
	work_list(h);
	ui_pagination(h, &(struct ui_pagination){
		.previous = "/desk?before=1", .next = "/desk?after=4" });
	ui_column_end(h);
	ui_row_end(h);
	layout_end(h, &o);
}

void
gallery_case(struct html *h)
{
	const struct ui_crumb crumbs[] = {
		{ "Work list", "/desk" }, { "VR-7K3M9Q2X-C", NULL } };
	const struct ui_page pages[] = {
		{ 1, "?page=1", false }, { 2, "?page=2", true },
		{ 0, NULL, false }, { 9, "?page=9", false } };
	const struct ui_summary s = { .title = "Answers" };
	struct layout o = desk("Transfer of ownership");

	o.crumbs = crumbs;
	o.n_crumbs = N(crumbs);
	layout_begin(h, &o);
	ui_heading_caption(h, 1, UI_L, "VR-7K3M9Q2X-C",
	    "Transfer of ownership");
	ui_row_begin(h);
	ui_column_begin(h, UI_TWO_THIRDS);
	ui_summary_begin(h, &s);
	ui_summary_fact(h, &s, "Plate", "BRA2E19");
	ui_summary_fact(h, &s, "Buyer", "A person who accepted on 25 March");
	ui_summary_fact(h, &s, "Price", "R$ 64.900,00");
	ui_summary_end(h, &s);
	ui_heading(h, 2, UI_M, "Checks");
	ui_checks_begin(h);
	ui_check(h, UI_GOOD, "The owner chain has no gap", NULL);
	ui_check(h, UI_DOUBTFUL, "Odometer",
	    "18,204 km, less than the 18,900 km of the last inspection.");
	ui_check(h, UI_BAD, "Open lien",
	    "Recorded by the lender on 3 February 2026.");
	ui_check(h, UI_UNCHECKED, "Theft register", "No answer yet.");
	ui_checks_end(h);
	ui_pagination(h, &(struct ui_pagination){
		.previous = "?page=1", .next = "?page=3",
		.pages = pages, .n = N(pages) });
	ui_column_end(h);
	ui_column_begin(h, UI_ONE_THIRD);
	ui_heading(h, 2, UI_M, "Notes");
	ui_note(h, &(struct ui_note){
		.kind = UI_NOTE_STAFF, .by = "DET-014",
		.iso = "2026-03-27T09:10:00-03:00", .time = "27 March, 09:10",
		.text = "Asked for the second page.\nInvoice is otherwise "
		    "fine." });
	ui_note(h, &(struct ui_note){
		.kind = UI_NOTE_CITIZEN, .by = "DET-014",
		.iso = "2026-03-27T09:12:00-03:00", .time = "27 March, 09:12",
		.text = "Please send the second page of the invoice." });
	ui_buttons_begin(h);
	ui_button(h, &(struct ui_button){
		.text = "Approve", .href = "/desk/vehicles/1/approve" });
	ui_button(h, &(struct ui_button){
		.text = "Refuse", .kind = UI_WARNING,
		.href = "/desk/vehicles/1/refuse" });
	ui_buttons_end(h);
	ui_column_end(h);
	ui_row_end(h);
	layout_end(h, &o);
}
