/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An offer as its reader finds it: open, theirs, somebody's, or over. The
 * state is read anew each time, so a link opened twice and a form sent twice
 * show what is, and do nothing twice.
 */
#include "cgi-bin/vehicle_offer_pages.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/apply_words.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_choice.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/vehicle_parts.h"
#include "cgi-bin/vehicle_words.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/answer.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/casework.h"
#include "services/intake.h"
#include "services/session.h"
#include "services/vehicle_offer.h"
#include "services/vehicle_record.h"

struct offered {
	struct offer		 offer;
	struct application	 application;
	struct vehicle_file	 file;
};

static const struct field accept_fields[] = {
	{ .name = "agree", .type = FIELD_CHECK, .required = true,
	    .missing = N_("Confirm that you want to become the owner") },
};

/* False: the visit is answered. A link that was never ours is no page. */
static bool
find(struct visit *v, struct offered *o)
{
	struct err e = { 0 };
	bool found;

	if (!applicant_enter(v))
		return false;
	if (vehicle_offer_find(v->room, v->arena, visit_text(v, "token"),
	    &o->offer, &found, &e)) {
		if (found && casework_get(v->room, v->arena,
		    o->offer.application, &o->application, &e)
		    && vehicle_record_get(v->room, v->arena,
		    o->offer.vehicle, &o->file, &e))
			return true;
		if (!found)
			err_set(&e, ERR_ABSENT, "no such offer");
	}
	visit_fail(v, &e);
	return false;
}

static bool
is_open(const struct offered *o)
{
	return str_equal(o->offer.state, "open")
	    && str_equal(o->application.state, "awaiting_acceptance");
}

static bool
is_seller(const struct visit *v, const struct offered *o)
{
	return uuid_equal(o->application.applicant, v->session->subject);
}

/* ---- an open offer */

/* What the seller declared about the sale, for the buyer to agree with. */
static bool
put_sale(struct visit *v, const struct offered *o,
    const struct ui_summary *list, struct err *e)
{
	static const char *const items[] = { "sale-price", "sale-date",
	    "odometer" };
	const struct definition *d;
	struct form *form;
	int32_t number;

	if (!intake_answers(v->room, v->arena, &o->application, &form,
	    &number, e))
		return false;
	d = form_definition(form);
	for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
		const struct definition_item *item =
		    definition_item(d, items[i]);

		if (item != NULL)
			ui_summary_fact(v->html, list,
			    words_read(item->label),
			    answer_read(v->arena, form, item, 0));
	}
	form_free(form);
	return true;
}

static bool
put_offered(struct visit *v, const struct offered *o, struct err *e)
{
	const struct ui_summary list = { .title = NULL };

	vehicle_parts_warnings(v, &o->file);
	ui_summary_begin(v->html, &list);
	ui_summary_fact(v->html, &list, _("Plate"), o->file.plate.version > 0
	    ? o->file.plate.number : _("None"));
	vehicle_parts_facts(v, &list, &o->file);
	if (!put_sale(v, o, &list, e))
		return false;
	ui_summary_fact(v->html, &list, _("Answer by"),
	    written_date(v->arena, o->application.due));
	ui_summary_end(v->html, &list);
	vehicle_parts_brands(v, &o->file);
	return true;
}

static void
put_accept(struct visit *v, const struct answers *answers)
{
	ui_heading(v->html, 2, UI_M, _("Become the owner"));
	ui_paragraph(v->html, _("The office still checks the transfer. Until "
	    "it is approved the vehicle is not yours. If you do not know of "
	    "this sale, do nothing: the offer ends by itself."));
	ui_form_begin(v->html, &(struct ui_form){
	    .action = v->request->path, .token = v->csrf });
	ui_checkbox(v->html, "agree", _("I have looked at what is offered, "
	    "and I want to become the owner and the keeper of this "
	    "vehicle."), field_check(answers, "agree"),
	    field_error(answers, "agree"));
	ui_submit(v->html, _("Accept the vehicle"));
	ui_form_end(v->html);
}

static void
put_open(struct visit *v, const struct offered *o,
    const struct answers *answers)
{
	const char *title = arena_printf(v->arena, _("You are offered: %s"),
	    vehicle_words_name(v, &o->file.vehicle));
	struct err e;

	page_begin(v, &(struct page){ .title = title, .answers = answers });
	ui_heading(v->html, 1, UI_L, title);
	if (!put_offered(v, o, &e)) {
		visit_fail(v, &e);
		return;
	}
	put_accept(v, answers);
	page_end(v);
}

/* ---- every other one */

/* The number of the entry that records it, if the address has it. */
static void
put_receipt(struct visit *v)
{
	static const struct field receipt = {
		.name = "receipt", .type = FIELD_UUID,
	};
	struct answers a;
	char id[UUID_TEXT];

	if (!field_read(v, &receipt, 1, &a) || !field_given(&a, "receipt"))
		return;
	ui_heading(v->html, 2, UI_M, _("Your receipt number"));
	ui_paragraph_begin(v->html);
	ui_code(v->html, uuid_text(field_uuid(&a, "receipt"), id));
	ui_paragraph_end(v->html);
	ui_paragraph(v->html, _("It names the entry in our log that records "
	    "that you accepted."));
}

static void
put_mine(struct visit *v, const struct offered *o)
{
	struct apply_state state = apply_words_state(o->application.state);

	page_begin(v, &(struct page){ .title = _("You accepted") });
	ui_panel_reference(v->html, _("You accepted the vehicle"),
	    _("Reference of the transfer"), o->application.reference);
	ui_paragraph(v->html, vehicle_words_name(v, &o->file.vehicle));
	ui_paragraph_begin(v->html);
	ui_words(v->html, _("State: "));
	ui_tag(v->html, state.colour, state.name);
	ui_paragraph_end(v->html);
	ui_paragraph(v->html, _("We will mail you when it is decided. If it "
	    "is approved, you find the vehicle among yours."));
	put_receipt(v);
	ui_paragraph_begin(v->html);
	ui_link(v->html, "/vehicles", _("Your vehicles"));
	ui_paragraph_end(v->html);
	page_end(v);
}

static void
say(struct visit *v, const char *title, const char *what, const char *href,
    const char *link)
{
	page_begin(v, &(struct page){ .title = title });
	ui_heading(v->html, 1, UI_L, title);
	ui_paragraph(v->html, what);
	ui_paragraph_begin(v->html);
	ui_link(v->html, href, link);
	ui_paragraph_end(v->html);
	page_end(v);
}

static void
put_over(struct visit *v, const struct offered *o)
{
	const char *what = _("The time to answer has passed. Ask the seller "
	    "for a new offer.");

	if (str_equal(o->offer.state, "accepted"))
		what = _("Somebody has accepted it already. If it was not "
		    "meant for them, ask the seller to withdraw it.");
	else if (str_equal(o->offer.state, "cancelled"))
		what = _("The seller took it back. Ask them if you still "
		    "want the vehicle.");
	say(v, _("This offer is over"), what, "/vehicles",
	    _("Your vehicles"));
}

static void
put_standing(struct visit *v, const struct offered *o,
    const struct answers *answers)
{
	if (uuid_equal(o->offer.buyer, v->session->subject))
		put_mine(v, o);
	else if (is_seller(v, o))
		say(v, _("This is your own offer"), _("Only the new owner "
		    "can accept it. If you opened the link by mistake, "
		    "nothing happened."), applicant_path(v,
		    &o->application, ""), _("Follow your application"));
	else if (is_open(o))
		put_open(v, o, answers);
	else
		put_over(v, o);
}

/* ---- handlers */

void
vehicle_offer_page_show(struct visit *v)
{
	struct offered o;
	struct answers blank;

	if (!find(v, &o))
		return;
	field_blank(v->arena, accept_fields, 1, &blank);
	put_standing(v, &o, &blank);
}

void
vehicle_offer_page_accept(struct visit *v)
{
	struct application after;
	struct answers answers;
	struct offered o;
	struct uuid event;
	struct err e;
	char id[UUID_TEXT];

	if (!find(v, &o))
		return;
	visit_back(v, v->request->path);
	if (!field_read(v, accept_fields, 1, &answers) || !is_open(&o)
	    || is_seller(v, &o)) {
		put_standing(v, &o, &answers);
		return;
	}
	visit_keep(v, &answers);
	if (!vehicle_offer_accept(v->room, v->arena, v->session, &o.offer,
	    &after, &event, &e)) {
		visit_fail(v, &e);
		return;
	}
	response_redirect(v->response, visit_path(v, "%s?receipt=%s",
	    v->request->path, uuid_text(event, id)));
}
