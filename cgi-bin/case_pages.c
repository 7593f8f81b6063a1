/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The case page and its two questions, decide and ask. What a part shows is
 * one function; a part that has nothing to show is not there.
 */
#include "cgi-bin/case_pages.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/case_command.h"
#include "cgi-bin/case_parts.h"
#include "cgi-bin/desk_words.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_choice.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "schema/registry.h"
#include "services/casefile.h"
#include "services/casework.h"
#include "services/form_store.h"
#include "services/intake.h"
#include "services/room.h"
#include "services/service.h"

enum {
	CHOICES = 40
};

const char *
case_path(struct visit *v, const struct application *a, const char *more)
{
	return visit_path(v, "%s/%s%s", applicant_service(v)->desk,
	    a->reference, more);
}

bool
case_find(struct visit *v, struct application *a)
{
	struct err e = { 0 };
	bool found;

	form_store_refresh(v->room);
	if (!casework_find(v->room, v->arena, visit_text(v, "reference"), a,
	    &found, &e)) {
		visit_fail(v, &e);
		return false;
	}
	if (!found || a->room != v->room->code) {
		err_set(&e, ERR_ABSENT, "no such case in this room");
		visit_fail(v, &e);
		return false;
	}
	return true;
}

static const struct field reason_field[] = {
	{ .name = "reason", .type = FIELD_TEXT, .required = true, .max = 500,
	    .missing = N_("Enter why you need to open this case") },
};

/* Another office's case is opened with a reason, which is recorded. */
static void
ask_reason(struct visit *v, const struct application *a,
    const struct answers *answers)
{
	struct answers blank;

	if (answers == NULL) {
		field_blank(v->arena, reason_field, 1, &blank);
		answers = &blank;
	}
	page_begin(v, &(struct page){ .title = _("Why do you open this "
	    "case?"), .answers = answers, .back = "/desk" });
	ui_heading_caption(v->html, 1, UI_L, a->reference,
	    _("Why do you open this case?"));
	ui_paragraph(v->html, _("It belongs to another office. Your reason is "
	    "recorded, and the applicant can see that you looked."));
	ui_form_begin(v->html, &(struct ui_form){
	    .action = case_path(v, a, "/open"), .token = v->csrf });
	ui_input(v->html, &(struct ui_input){ .name = "reason",
	    .label = { _("Your reason"), UI_M, false, NULL },
	    .value = field_typed(answers, "reason"),
	    .error = field_error(answers, "reason") });
	ui_submit(v->html, _("Open the case"));
	ui_form_end(v->html);
	page_end(v);
}

bool
case_read(struct visit *v, const struct application *a, const char *reason)
{
	struct err e = { 0 };

	if (casework_open(v->room, v->arena, v->session, a, PURPOSE_CASEWORK,
	    reason, &e))
		return true;
	if (err_is(&e, "outside_queue"))
		ask_reason(v, a, NULL);
	else if (desk_words_rule(&e) != NULL)
		case_refused(v, a, &e);
	else
		visit_fail(v, &e);
	return false;
}

void
case_refused(struct visit *v, const struct application *a,
    const struct err *e)
{
	const char *sentence = desk_words_rule(e);
	const char *holder = NULL;
	struct application now;

	if (sentence == NULL) {
		visit_back(v, case_path(v, a, ""));
		visit_fail(v, e);
		return;
	}
	if (casework_get(v->room, v->arena, a->id, &now, NULL)
	    && !casefile_holder(v->room, v->arena, &now, &holder, NULL))
		holder = NULL;
	page_begin(v, &(struct page){ .title = _("This was not done") });
	response_page(v->response, e->code == ERR_DENIED ? 403 : 409);
	ui_heading_caption(v->html, 1, UI_L, a->reference,
	    _("This was not done"));
	ui_paragraph(v->html, sentence);
	if (holder != NULL)
		ui_paragraph(v->html, arena_printf(v->arena,
		    _("%s holds this case until %s."), holder,
		    written_time(v->arena, now.lease_until)));
	ui_paragraph_begin(v->html);
	ui_link(v->html, err_is(e, "conflict_of_interest") ? "/desk"
	    : case_path(v, a, ""), err_is(e, "conflict_of_interest")
	    ? _("Back to the work list") : _("Look at the case as it is now"));
	ui_paragraph_end(v->html);
	page_end(v);
}

static void
show(struct visit *v, const struct application *a)
{
	struct case_view c = { .application = a };
	struct err e = { 0 };

	if (!case_parts_load(v, &c, &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = arena_printf(v->arena,
	    "%s %s", a->reference, c.title), .back = "/desk", .wide = true,
	    .whole = true });
	case_parts_head(v, &c);
	ui_row_begin(v->html);
	ui_column_begin(v->html, UI_TWO_THIRDS);
	case_parts_findings(v, &c);
	case_parts_answers(v, &c);
	case_parts_inquiries(v, &c);
	case_parts_decisions(v, &c);
	case_parts_timeline(v, &c);
	ui_column_end(v->html);
	ui_column_begin(v->html, UI_ONE_THIRD);
	case_parts_commands(v, &c);
	case_parts_fees(v, &c);
	case_parts_related(v, &c);
	ui_column_end(v->html);
	ui_row_end(v->html);
	page_end(v);
	form_free(c.form);
}

void
case_page_show(struct visit *v)
{
	struct application a;
	bool held;

	if (!case_find(v, &a) || !case_read(v, &a, NULL))
		return;
	if (!casefile_renew(v->room, v->arena, v->session, &a, &held, NULL))
		held = false;
	show(v, &a);
}

void
case_page_open(struct visit *v)
{
	struct application a;
	struct answers answers;

	if (!case_find(v, &a))
		return;
	if (!field_read(v, reason_field, 1, &answers)) {
		ask_reason(v, &a, &answers);
		return;
	}
	if (case_read(v, &a, field_text(&answers, "reason")))
		show(v, &a);
}

/* ---- deciding */

static void
put_reasons(struct visit *v, const struct definition *d,
    const struct answers *answers)
{
	struct ui_item items[CHOICES] = { { 0 } };
	size_t n = 0;

	for (size_t i = 0; i < d->n_reasons && n < CHOICES; i++)
		items[n++] = (struct ui_item){
			.value = arena_printf(v->arena, "%u",
			    d->reasons[i].number),
			.text = words_read(d->reasons[i].words),
			.hint = d->reasons[i].refusal ? _("for a refusal")
			    : _("for an approval"),
		};
	ui_checkboxes(v->html, &(struct ui_choice){ .name = "reason",
	    .id = "reasons",
	    .legend = { _("Reasons"), UI_M, false, NULL },
	    .hint = _("They stand in the letter. A refusal needs at least "
	    "one."),
	    .error = field_error(answers, "reasons"),
	    .items = items, .n = n });
}

void
case_decide_put(struct visit *v, const struct application *a,
    const struct answers *answers)
{
	const struct ui_item outcomes[] = {
		{ .value = "approve", .text = _("Approve") },
		{ .value = "refuse", .text = _("Refuse") },
	};
	const struct definition *d;
	struct err e = { 0 };

	if (!form_store_get(v->room, a->form, a->form_version, &d, &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("Decide"),
	    .answers = answers, .back = case_path(v, a, "") });
	ui_heading_caption(v->html, 1, UI_L, a->reference, _("Decide"));
	ui_form_begin(v->html, &(struct ui_form){
	    .action = case_path(v, a, "/decide"), .token = v->csrf });
	ui_hidden(v->html, "version", arena_printf(v->arena, "%d",
	    a->version));
	ui_radios(v->html, &(struct ui_choice){ .name = "outcome",
	    .legend = { _("Your decision"), UI_M, false, NULL },
	    .items = outcomes, .n = 2,
	    .value = field_typed(answers, "outcome"),
	    .error = field_error(answers, "outcome") });
	put_reasons(v, d, answers);
	ui_textarea(v->html, &(struct ui_input){ .name = "remark",
	    .label = { _("Words for the letter"), UI_M, false, NULL },
	    .hint = _("What was considered, and what spoke in favour. The "
	    "applicant reads this. It may be empty."),
	    .value = field_typed(answers, "remark"),
	    .error = field_error(answers, "remark") });
	ui_textarea(v->html, &(struct ui_input){ .name = "note",
	    .label = { _("Note for the file"), UI_M, false, NULL },
	    .hint = _("Staff read this. It may be empty."),
	    .value = field_typed(answers, "note"), .rows = 3,
	    .error = field_error(answers, "note") });
	ui_submit(v->html, _("Decide and send the letter"));
	ui_form_end(v->html);
	page_end(v);
}

void
case_page_decide(struct visit *v)
{
	struct application a;
	struct answers blank;

	if (!case_find(v, &a) || !case_read(v, &a, NULL))
		return;
	field_blank(v->arena, case_decide_fields, case_decide_fields_n,
	    &blank);
	case_decide_put(v, &a, &blank);
}

/* ---- asking */

static void
put_items(struct visit *v, const struct definition *d)
{
	struct ui_item *items = arena_array(v->arena, d->n_items,
	    sizeof *items);
	size_t n = 0;

	for (size_t i = 0; i < d->n_items; i++)
		if (!d->items[i].given && d->items[i].repeat == NULL)
			items[n++] = (struct ui_item){
				.value = d->items[i].name,
				.text = words_read(d->items[i].label),
			};
	ui_details_begin(v->html, _("Let the applicant answer again"), false,
	    "redo");
	ui_checkboxes(v->html, &(struct ui_choice){ .name = "items",
	    .legend = { _("Questions to answer again"), UI_S, false, NULL },
	    .items = items, .n = n, .small = true });
	ui_details_end(v->html);
}

void
case_ask_put(struct visit *v, const struct application *a,
    const struct answers *answers)
{
	const struct definition *d;
	struct err e = { 0 };

	if (!form_store_get(v->room, a->form, a->form_version, &d, &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("Ask the applicant"),
	    .answers = answers, .back = case_path(v, a, "") });
	ui_heading_caption(v->html, 1, UI_L, a->reference,
	    _("Ask the applicant"));
	ui_paragraph(v->html, _("The applicant gets a mail and a date to "
	    "answer by. Until then the office's deadline stands still."));
	ui_form_begin(v->html, &(struct ui_form){
	    .action = case_path(v, a, "/ask"), .token = v->csrf });
	ui_hidden(v->html, "version", arena_printf(v->arena, "%d",
	    a->version));
	ui_textarea(v->html, &(struct ui_input){ .name = "question",
	    .label = { _("Your question"), UI_M, false, NULL },
	    .hint = _("In plain words. Say what is missing and where it can "
	    "be found."),
	    .value = field_typed(answers, "question"),
	    .error = field_error(answers, "question") });
	put_items(v, d);
	ui_submit(v->html, _("Send the question"));
	ui_form_end(v->html);
	page_end(v);
}

void
case_page_ask(struct visit *v)
{
	struct application a;
	struct answers blank;

	if (!case_find(v, &a) || !case_read(v, &a, NULL))
		return;
	field_blank(v->arena, case_ask_fields, case_ask_fields_n, &blank);
	case_ask_put(v, &a, &blank);
}
