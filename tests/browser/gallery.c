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
#include "tests/browser/gallery.h"

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

struct layout
gallery_citizen(const char *title)
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
	struct layout o = gallery_citizen("Services");

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
	struct layout o = gallery_citizen("Your vehicles");
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
	struct layout o = gallery_citizen("Tell us about the vehicle");

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
	struct layout o = gallery_citizen("Application sent");
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

static void
page_letter(struct html *h)
{
	struct layout o = gallery_citizen("Decision on your application");

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
		{ "desk", gallery_desk },
		{ "case", gallery_case },
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
