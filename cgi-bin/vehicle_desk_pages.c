/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Search and file. What was looked for goes by POST and is not on the
 * address of the file, which names the vehicle by its id.
 */
#include "cgi-bin/vehicle_desk_pages.h"

#include "cgi-bin/desk_words.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_choice.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/vehicle_look_pages.h"
#include "cgi-bin/vehicle_parts.h"
#include "cgi-bin/vehicle_words.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/type.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "schema/registry.h"
#include "services/casefile.h"
#include "services/form_store.h"
#include "services/party.h"
#include "services/session.h"
#include "services/vehicle_bar.h"
#include "services/vehicle_record.h"

enum {
	PURPOSES = 5
};

static const struct {
	const char	*word;		/* in forms and addresses */
	enum purpose	 purpose;
	const char	*name;
} purposes[PURPOSES] = {
	{ "casework", PURPOSE_CASEWORK, N_("Work on a case") },
	{ "complaint", PURPOSE_COMPLAINT, N_("Answering a complaint") },
	{ "correction", PURPOSE_CORRECTION, N_("Correcting the register") },
	{ "legal-request", PURPOSE_LEGAL_REQUEST,
	    N_("A request of a court or the police") },
	{ "supervision", PURPOSE_SUPERVISION, N_("Supervision") },
};

static const char *const purpose_words[] = { "casework", "complaint",
    "correction", "legal-request", "supervision", NULL };

static enum purpose
purpose_of(const char *word)
{
	for (size_t i = 0; i < PURPOSES; i++)
		if (str_equal(purposes[i].word, word))
			return purposes[i].purpose;
	return PURPOSE_NONE;
}

static void
put_purposes(struct visit *v, const struct answers *answers)
{
	struct ui_item items[PURPOSES] = { { .value = NULL } };

	for (size_t i = 0; i < PURPOSES; i++)
		items[i] = (struct ui_item){ .value = purposes[i].word,
		    .text = _(purposes[i].name) };
	ui_radios(v->html, &(struct ui_choice){
		.name = "purpose",
		.legend = { _("Why do you need it?"), UI_M, false, NULL },
		.hint = _("The owner sees that you looked, when and why."),
		.items = items, .n = PURPOSES,
		.value = field_typed(answers, "purpose"),
		.error = field_error(answers, "purpose"),
	});
}

/* ---- searching */

enum {
	SEARCH_FIELDS = 4
};

/* A refusal that the desk has words for, or the frame's own page. */
static void
refuse(struct visit *v, const struct err *e)
{
	const char *sentence = desk_words_rule(e);

	if (sentence == NULL) {
		visit_back(v, "/desk/vehicles/search");
		visit_fail(v, e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("You cannot open this file"),
	    .back = "/desk/vehicles/search" });
	ui_heading(v->html, 1, UI_L, _("You cannot open this file"));
	ui_paragraph(v->html, sentence);
	page_end(v);
	response_page(v->response, 403);
}

static void
search_fields(struct field out[SEARCH_FIELDS])
{
	const struct field more[] = {
		{ .name = "purpose", .type = FIELD_CHOICE, .required = true,
		    .choices = purpose_words,
		    .missing = N_("Choose why you need it") },
		{ .name = "reason", .type = FIELD_TEXT, .max = 200 },
	};

	out[0] = vehicle_look_fields[0];
	out[1] = vehicle_look_fields[1];
	out[2] = more[0];
	out[3] = more[1];
}

static void
put_search(struct visit *v, const struct answers *answers)
{
	page_begin(v, &(struct page){ .title = _("Search the register"),
	    .back = "/desk", .answers = answers });
	ui_heading(v->html, 1, UI_XL, _("Search the register"));
	ui_form_begin(v->html, &(struct ui_form){ .token = v->csrf,
	    .action = "/desk/vehicles/search" });
	vehicle_look_page_put(v, answers);
	put_purposes(v, answers);
	ui_input(v->html, &(struct ui_input){
		.name = "reason",
		.label = { _("Reference or note (optional)"), UI_S, false,
		    NULL },
		.hint = _("For example, the number of a request. It is kept "
		    "with the record of your search."),
		.value = field_typed(answers, "reason"),
		.error = field_error(answers, "reason"),
	});
	ui_submit(v->html, _("Search"));
	ui_form_end(v->html);
	page_end(v);
}

void
vehicle_desk_page_search(struct visit *v)
{
	struct field fields[SEARCH_FIELDS];
	struct answers blank;

	search_fields(fields);
	field_blank(v->arena, fields, SEARCH_FIELDS, &blank);
	put_search(v, &blank);
}

void
vehicle_desk_page_find(struct visit *v)
{
	struct field fields[SEARCH_FIELDS];
	enum vehicle_look_by by;
	struct answers answers;
	const char *value, *purpose;
	char id[UUID_TEXT];
	struct uuid vehicle;
	struct err e;

	search_fields(fields);
	if (!field_read(v, fields, SEARCH_FIELDS, &answers)
	    || (value = vehicle_look_page_value(v, &answers, &by)) == NULL) {
		put_search(v, &answers);
		return;
	}
	purpose = field_text(&answers, "purpose");
	if (!vehicle_look_find(v->room, v->arena, v->session, by, value,
	    purpose_of(purpose), field_text(&answers, "reason"), &vehicle,
	    &e)) {
		refuse(v, &e);
		return;
	}
	if (uuid_is_nil(vehicle)) {
		field_fault(&answers, "value", _("No vehicle with this "
		    "plate or VIN is registered here"));
		put_search(v, &answers);
		return;
	}
	response_redirect(v->response, visit_path(v,
	    "/desk/vehicles/file/%s?purpose=%s", uuid_text(vehicle, id),
	    purpose));
}

/* ---- the file */

static const struct field purpose_field = {
	.name = "purpose", .type = FIELD_CHOICE, .required = true,
	.choices = purpose_words, .missing = N_("Choose why you need it"),
};

static void
ask_purpose(struct visit *v)
{
	struct answers blank;

	field_blank(v->arena, &purpose_field, 1, &blank);
	page_begin(v, &(struct page){ .title = _("Open a vehicle's file"),
	    .back = "/desk/vehicles/search" });
	ui_heading(v->html, 1, UI_L, _("Open a vehicle's file"));
	ui_form_begin(v->html, &(struct ui_form){ .get = true,
	    .action = v->request->path });
	put_purposes(v, &blank);
	ui_submit(v->html, _("Open it"));
	ui_form_end(v->html);
	page_end(v);
}

/* As this room knows them; what account knows is account's. */
static const char *
name_of(struct visit *v, struct uuid subject)
{
	const struct type_rules plain = { 0 };
	struct type_value cpf = { .n = 1 };
	struct party p;
	bool found = false;

	if (!party_get(v->room, v->arena, subject, &p, &found, NULL)
	    || !found)
		return _("Not known here by name");
	if (p.national_id == NULL)
		return p.name;
	cpf.texts = &p.national_id;
	return arena_printf(v->arena, _("%s, CPF %s"), p.name,
	    type_read(v->arena, type_find("cpf"), &plain, &cpf));
}

static const char *
whose_title(struct visit *v, const struct title *t)
{
	return name_of(v, t->owner);
}

static const char *
keeper_of(struct visit *v, const struct registration *r)
{
	if (!uuid_is_nil(r->keeper))
		return name_of(v, r->keeper);
	return arena_printf(v->arena, "%s\n%s", r->keeper_name != NULL
	    ? r->keeper_name : "", r->keeper_address != NULL
	    ? r->keeper_address : "");
}

static void
put_deed(struct visit *v, const struct vehicle_file *f,
    const struct vehicle_deed *deed)
{
	const char *rule = vehicle_bar(f, v->session, deed, clock_today());
	const char *title = vehicle_words_form(v, deed->form);
	char id[UUID_TEXT];

	ui_item_begin(v->html);
	if (rule == NULL) {
		ui_link(v->html, visit_path(v,
		    "/desk/vehicles/apply/%s?vehicle=%s", deed->form,
		    uuid_text(f->vehicle.id, id)), title);
	} else {
		ui_words(v->html, arena_printf(v->arena, "%s: ", title));
		ui_words(v->html, vehicle_bar_words(v->arena, f, rule));
	}
	ui_item_end(v->html);
}

static void
put_deeds(struct visit *v, const struct vehicle_file *f)
{
	if ((v->session->roles & ROLE_CLERK) == 0)
		return;
	ui_heading(v->html, 2, UI_M, _("Record something about it"));
	ui_list_begin(v->html, UI_LIST_PLAIN);
	for (size_t i = 0; i < vehicle_deeds_n; i++)
		if (vehicle_deeds[i].who == VEHICLE_DESK)
			put_deed(v, f, &vehicle_deeds[i]);
	ui_list_end(v->html, UI_LIST_PLAIN);
}

static void
put_cases(struct visit *v, const struct casefile_related *cases, size_t n)
{
	const struct ui_column_head heads[] = {
		{ .text = _("Case") }, { .text = _("Form") },
		{ .text = _("Sent") }, { .text = _("State") },
	};
	struct ui_table t = { .caption = _("Cases"), .caption_size = UI_M,
	    .columns = heads, .n = 4, .small = true, .cards = true };

	if (n == 0)
		return;
	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < n; i++) {
		struct desk_state state = desk_words_state(cases[i].state);

		ui_table_row(v->html, &t);
		ui_cell_begin(v->html, &t);
		ui_link(v->html, visit_path(v, "/desk/vehicles/%s",
		    cases[i].reference), cases[i].reference);
		ui_cell_end(v->html, &t);
		ui_cell(v->html, &t, vehicle_words_form(v, cases[i].form));
		ui_cell(v->html, &t, written_date(v->arena,
		    clock_date(cases[i].submitted_at)));
		ui_cell_begin(v->html, &t);
		ui_tag(v->html, state.colour, state.name);
		ui_cell_end(v->html, &t);
	}
	ui_table_end(v->html, &t);
}

static void
put_file(struct visit *v, const struct vehicle_file *f,
    const struct title *titles, size_t n_titles,
    const struct casefile_related *cases, size_t n_cases)
{
	const char *name = vehicle_words_name(v, &f->vehicle);

	page_begin(v, &(struct page){ .title = name, .wide = true,
	    .back = "/desk/vehicles/search" });
	ui_heading_caption(v->html, 1, UI_XL, f->plate.version > 0
	    ? f->plate.number : _("Without a plate"), name);
	vehicle_parts_warnings(v, f);
	if (!uuid_is_nil(f->vehicle.locked_by))
		ui_inset(v->html, _("A change of this vehicle is under "
		    "review. What the desk records does not wait for it."));
	put_deeds(v, f);
	put_cases(v, cases, n_cases);
	vehicle_parts_registration(v, f, keeper_of(v, &f->registration));
	vehicle_parts_titles(v, titles, n_titles, whose_title);
	vehicle_parts_liens(v, f);
	vehicle_parts_holds(v, f);
	vehicle_parts_brands(v, f);
	vehicle_parts_description(v, f);
	vehicle_parts_readings(v, f);
	page_end(v);
}

void
vehicle_desk_page_file(struct visit *v)
{
	struct casefile_related *cases;
	struct vehicle_file f;
	struct title *titles;
	struct answers answers;
	size_t n_cases, n_titles;
	struct err e;

	if (!field_read(v, &purpose_field, 1, &answers)) {
		ask_purpose(v);
		return;
	}
	form_store_refresh(v->room);
	if (!vehicle_look_open(v->room, v->arena, v->session,
	    visit_uuid(v, "vehicle"),
	    purpose_of(field_text(&answers, "purpose")), &f, &e)) {
		refuse(v, &e);
		return;
	}
	if (!vehicle_look_cases(v->room, v->arena, f.vehicle.id, &cases,
	    &n_cases, &e) || !vehicle_record_titles(v->room, v->arena,
	    f.vehicle.id, &titles, &n_titles, &e)) {
		visit_fail(v, &e);
		return;
	}
	put_file(v, &f, titles, n_titles, cases, n_cases);
}
