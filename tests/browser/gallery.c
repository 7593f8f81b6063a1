/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes pages that show every component, for looking at and for the
 * checkers of gallery.mjs: "gallery DIRECTORY". The data is made up.
 */
#include <stdio.h>
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


static const char fictitious[] =
    "This is a demonstration: people, vehicles and bills are fictitious.";

static const struct ui_language languages[] = {
	{ "English", "en", "/language/en?to=/vehicles", true },
	{ "Português", "pt-BR", "/language/pt-BR?to=/vehicles", false },
};

static const struct ui_nav_item citizen_items[] = {
	{ .text = "Services", .href = "/services" },
	{ .text = "My vehicles", .href = "/vehicles", .current = true },
	{ .text = "My bills", .href = "/bills" },
	{ .text = "My applications", .href = "/account/applications" },
	{ .text = "Who looked at my file", .href = "/account/access" },
};

static const struct ui_nav_item desk_items[] = {
	{ .text = "Work list", .href = "/desk", .active = true },
	{ .text = "Vehicles", .href = "/desk/vehicles" },
	{ .text = "Addresses", .href = "/desk/addresses" },
	{ .text = "Benefits", .href = "/desk/benefits" },
};

static struct layout
citizen(const char *title)
{
	return (struct layout){
		.title = title,
		.authority = "Municipality of Vila Serena",
		.lang = "en",
		.nav = { .items = citizen_items, .n = N(citizen_items) },
		.languages = languages,
		.n_languages = N(languages),
		.handle = "Joana Prado",
		.sign_out = "/account/sign-out",
		.token = "dGVzdA",
		.demonstration = fictitious,
	};
}

static struct layout
desk(const char *title)
{
	struct layout o = citizen(title);

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
shares(struct html *h)
{
	const struct ui_column_head columns[] = {
		{ .text = "Service" }, { .text = "Decided in March" },
		{ .text = "Median time", .numeric = true } };
	struct ui_table t = {
		.caption = "How long decisions take", .caption_size = UI_M,
		.columns = columns, .n = N(columns), .row_heads = true };

	ui_table_begin(h, &t);
	ui_table_row(h, &t);
	ui_cell(h, &t, "Transfer of ownership");
	ui_cell_bar(h, &t, "1,240", 1240, 1240);
	ui_cell(h, &t, "3 days");
	ui_table_row(h, &t);
	ui_cell(h, &t, "Address change");
	ui_cell_bar(h, &t, "812", 812, 1240);
	ui_cell(h, &t, "1 day");
	ui_table_row(h, &t);
	ui_cell(h, &t, "Rates rebate");
	ui_cell_bar(h, &t, "95", 95, 1240);
	ui_cell(h, &t, "11 days");
	ui_table_end(h, &t);
}

/* The front page. */
static void
page_front(struct html *h)
{
	static const struct ui_card cards[] = {
		{ .title = "Vehicles", .href = "/services/vehicles",
		  .text = "Register, renew, transfer, or take off the road.",
		  .facts = "Online · from R$ 48,00" },
		{ .title = "Change of address", .href = "/services/address",
		  .text = "Tell us once; we tell the others you choose.",
		  .facts = "Online · free · 10 minutes" },
		{ .title = "Bills", .href = "/services/bills",
		  .text = "Water, power and waste: see, dispute and pay.",
		  .facts = "Online · card, Pix or boleto" },
		{ .title = "Benefits", .href = "/services/benefits",
		  .text = "See whether you may have a right, and apply.",
		  .facts = "Online or at the desk" },
		{ .title = "Contributions", .href = "/services/giving",
		  .text = "Give to a registered association, with a receipt.",
		  .facts = "Online" },
		{ .title = "Where is my application?", .href = "/track",
		  .text = "State and dates, by reference, without sign-in.",
		  .facts = NULL },
	};
	struct layout o = citizen("Services");

	o.whole = true;
	layout_begin(h, &o);
	ui_hero_begin(h, "What do you need today?",
	    "All services of the municipality, at one counter.");
	ui_form_begin(h, &(struct ui_form){
		.action = "/services", .get = true, .label = "Services" });
	ui_input(h, &(struct ui_input){
		.name = "q", .label = { .text = "Search the services" },
		.type = "search" });
	ui_button(h, &(struct ui_button){
		.text = "Search", .kind = UI_INVERSE });
	ui_form_end(h);
	ui_hero_end(h);
	ui_heading(h, 2, UI_L, "Services");
	ui_cards_begin(h);
	for (size_t i = 0; i < N(cards); i++)
		ui_card(h, &cards[i]);
	ui_cards_end(h);
	shares(h);
	layout_end(h, &o);
}

/* What a citizen sees of a vehicle. */
static void
page_overview(struct html *h)
{
	struct layout o = citizen("Your vehicles");
	const struct ui_summary card = {
		.actions = true,
		.title = "BRA2E19",
		.title_actions = {
			{ "/vehicles/1/renew", "Renew", NULL },
			{ "/vehicles/1/transfer", "Transfer", NULL },
		},
	};
	const struct ui_event events[] = {
		{ .title = "Decided: approved", .by = "DET-014, vehicle office",
		  .iso = "2026-03-31T14:05:00-03:00",
		  .time = "31 March 2026, 14:05" },
		{ .title = "We asked you a question", .by = "DET-014",
		  .iso = "2026-03-27T09:12:00-03:00",
		  .time = "27 March 2026, 09:12",
		  .text = "Please send the second page of the invoice." },
		{ .title = "Received", .iso = "2026-03-25T20:41:00-03:00",
		  .time = "25 March 2026, 20:41",
		  .text = "Reference VR-7K3M9Q2X-C" },
	};

	layout_begin(h, &o);
	ui_banner(h, &(struct ui_banner){
		.text = "Your registration ends on 12 May 2026. "
		    "You can renew it now.",
	});
	ui_heading(h, 1, UI_XL, "Your vehicles");
	ui_lead(h, "Two vehicles are registered to you. You can renew, "
	    "transfer or declare them off the road here.");
	ui_summary_begin(h, &card);
	ui_summary_fact(h, &card, "Vehicle", "Fiat Pulse, grey, 2024");
	ui_summary_row_begin(h, &card, &(struct ui_summary_row){
		.key = "Registration" });
	ui_tag(h, UI_YELLOW, "Ends soon");
	ui_words(h, " 12 May 2026");
	ui_summary_row_end(h, &card, &(struct ui_summary_row){
		.key = "Registration" });
	ui_summary_row(h, &card, &(struct ui_summary_row){
		.key = "Kept at",
		.value = "Rua das Acácias, 120\n01310-100 Vila Serena",
		.actions = { { "/vehicles/1/keeper", "Change", "keeper" } },
	});
	ui_summary_end(h, &card);
	ui_heading(h, 2, UI_M, "What happened");
	ui_timeline_begin(h);
	for (size_t i = 0; i < N(events); i++)
		ui_timeline_event(h, &events[i]);
	ui_timeline_end(h);
	ui_heading(h, 2, UI_M, "What you can do next");
	ui_buttons_begin(h);
	ui_button(h, &(struct ui_button){
		.text = "Register a vehicle", .href = "/vehicles/new",
		.start = true });
	ui_buttons_end(h);
	ui_details(h, "What if I sold the vehicle?",
	    "Offer the transfer to the buyer's mail address. The vehicle "
	    "stays yours until the buyer has accepted.");
	ui_inset(h, "Receipts carry a proof that anybody can check offline.");
	layout_end(h, &o);
}

static void
put_contact(struct html *h, const void *arg)
{
	(void)arg;
	ui_input(h, &(struct ui_input){
		.name = "mail",
		.label = { .text = "Mail address" },
		.type = "email",
		.autocomplete = "email",
		.spelling = UI_SPELLING_OFF,
	});
}

/* Every kind of question, some with an error. */
static void
page_questions(struct html *h)
{
	const struct ui_error errors[] = {
		{ "Enter the plate as it stands on the vehicle", "plate" },
		{ "The day of sale must be a real date", "sold-month" },
	};
	const struct ui_item colours[] = {
		{ .value = "grey", .text = "Grey or silver" },
		{ .value = "white", .text = "White" },
		{ .divider = "or" },
		{ .value = "other", .text = "Another colour",
		  .hint = "As the certificate calls it" },
	};
	const struct ui_item ways[] = {
		{ .value = "mail", .text = "By mail", .reveal = put_contact },
		{ .value = "desk", .text = "At the desk" },
		{ .value = "none", .text = "Not at all", .exclusive = true },
	};
	const struct ui_item states[] = {
		{ .value = "", .text = "Choose a state" },
		{ .value = "SP", .text = "São Paulo" },
		{ .value = "RJ", .text = "Rio de Janeiro" },
	};
	const char *const ticked[] = { "mail", NULL };
	struct layout o = citizen("Tell us about the vehicle");

	o.back = "/vehicles";
	o.errors = errors;
	o.n_errors = N(errors);
	layout_begin(h, &o);
	ui_heading_caption(h, 1, UI_L, "Register a vehicle",
	    "Tell us about the vehicle");
	ui_form_begin(h, &(struct ui_form){
		.action = "/vehicles/new/vehicle", .token = "dGVzdA",
		.files = true });
	ui_input(h, &(struct ui_input){
		.name = "plate",
		.label = { "What is the plate?", UI_M, false, NULL },
		.hint = "For example, ABC1D23",
		.error = errors[0].text,
		.value = "BRA 2E",
		.width = 10,
		.spelling = UI_SPELLING_OFF,
	});
	ui_date(h, &(struct ui_date){
		.name = "sold",
		.legend = { "When was it sold?", UI_M, false, NULL },
		.hint = "For example, 31 3 2026",
		.error = errors[1].text,
		.day = "12", .month = "13", .year = "2026",
		.bad_month = true,
	});
	ui_radios(h, &(struct ui_choice){
		.name = "colour",
		.legend = { "What is its colour?", UI_M, false, NULL },
		.items = colours, .n = N(colours), .value = "white",
	});
	ui_checkboxes(h, &(struct ui_choice){
		.name = "contact",
		.legend = { "How may we reach you?", UI_M, false, NULL },
		.hint = "Tick all that apply",
		.items = ways, .n = N(ways), .values = ticked,
	});
	ui_select(h, &(struct ui_choice){
		.name = "state",
		.label = { "State", UI_PLAIN, false, NULL },
		.items = states, .n = N(states),
	});
	ui_input(h, &(struct ui_input){
		.name = "price",
		.label = { .text = "Price" },
		.prefix = "R$",
		.inputmode = "decimal",
		.width = 10,
	});
	ui_password(h, &(struct ui_input){
		.name = "password",
		.label = { .text = "Password" },
	});
	ui_file(h, &(struct ui_input){
		.name = "invoice",
		.label = { .text = "Invoice" },
		.hint = "A PDF or a photo, up to 10 MB",
		.accept = ".pdf,image/jpeg,image/png",
	});
	ui_character_count(h, &(struct ui_input){
		.name = "remarks",
		.label = { .text = "Anything else we should know" },
		.limit = 500,
	});
	ui_checkbox(h, "true", "What I have written is true", false, NULL);
	ui_warning(h, "A false declaration can be fined.");
	ui_buttons_begin(h);
	ui_submit(h, "Save and continue");
	ui_button(h, &(struct ui_button){
		.text = "Save for later", .kind = UI_SECONDARY,
		.name = "later", .value = "true" });
	ui_link(h, "/vehicles", "Cancel");
	ui_buttons_end(h);
	ui_form_end(h);
	layout_end(h, &o);
}

static void
page_done(struct html *h)
{
	struct layout o = citizen("Application sent");
	struct ui_tasks t = { .id = "next" };

	layout_begin(h, &o);
	ui_panel_reference(h, "Application sent", "Your reference",
	    "VR-7K3M9Q2X-C");
	ui_heading(h, 2, UI_M, "What happens next");
	ui_list(h, UI_LIST_NUMBER, (const char *const[]){
		"We check the papers, usually within five working days.",
		"If something is missing we ask you by mail.",
		"You receive the certificate here and by post.", NULL });
	ui_tasks_begin(h, &t);
	ui_task(h, &t, &(struct ui_task){
		.title = "Papers of the vehicle", .href = "/a/1",
		.status = "Completed" });
	ui_task(h, &t, &(struct ui_task){
		.title = "Proof of address", .href = "/a/2",
		.hint = "A bill of the last three months",
		.status = "Incomplete", .tag = true, .colour = UI_TEAL });
	ui_task(h, &t, &(struct ui_task){
		.title = "Payment", .status = "Cannot start yet",
		.cannot_start = true });
	ui_tasks_end(h);
	ui_paragraph_begin(h);
	ui_words(h, "Keep the reference ");
	ui_code(h, "VR-7K3M9Q2X-C");
	ui_words(h, " or ");
	ui_link(h, "/receipt/1", "print your receipt");
	ui_words(h, ".");
	ui_paragraph_end(h);
	layout_end(h, &o);
}

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

static void
page_desk(struct html *h)
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

static void
page_case(struct html *h)
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

static void
page_letter(struct html *h)
{
	struct layout o = citizen("Decision on your application");

	o.whole = true;
	o.back = "/vehicles";
	layout_begin(h, &o);
	ui_document_begin(h, &(struct ui_document){
		.authority = "Municipality of Vila Serena",
		.office = "Vehicle office",
		.title = "Your application is approved",
		.reference = "VR-7K3M9Q2X-C",
		.date = "31 March 2026",
		.addressee = "Joana Prado\nRua das Acácias, 120\n"
		    "01310-100 Vila Serena",
	});
	ui_paragraph(h, "We have approved the transfer of the vehicle with "
	    "the plate BRA2E19. The title is yours from 31 March 2026.");
	ui_paragraph(h, "We considered your declaration, the invoice and the "
	    "answer of the lender, who released the lien on 30 March 2026.");
	ui_heading(h, 2, UI_M, "If you do not agree");
	ui_paragraph(h, "You can appeal until 30 April 2026, on this portal "
	    "or at the desk.");
	ui_document_end(h, "Entry 18204 of the log; anybody can check this "
	    "letter with balcao-verify, offline and without an account.");
	layout_end(h, &o);
}

static bool
save(const char *directory, const char *name, struct bytes page)
{
	char path[512];
	FILE *f;
	bool well;

	snprintf(path, sizeof path, "%s/%s.html", directory, name);
	f = fopen(path, "w");
	if (f == NULL)
		return false;
	well = fwrite(page.p, 1, page.n, f) == page.n;
	return fclose(f) == 0 && well;
}

int
main(int argc, char **argv)
{
	static const struct {
		const char	*name;
		void		(*write)(struct html *);
	} pages[] = {
		{ "front", page_front },
		{ "overview", page_overview },
		{ "questions", page_questions },
		{ "done", page_done },
		{ "desk", page_desk },
		{ "case", page_case },
		{ "letter", page_letter },
	};
	struct arena *a;

	if (argc != 2) {
		fprintf(stderr, "usage: gallery DIRECTORY\n");
		return 2;
	}
	a = arena_new(0);
	for (size_t i = 0; i < N(pages); i++) {
		struct html *h = html_new(a);

		pages[i].write(h);
		if (!save(argv[1], pages[i].name, html_finish(h))) {
			perror(argv[1]);
			return 1;
		}
	}
	arena_free(a);
	return 0;
}
