/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A choice of one's own vehicles, and the word that a deed is barred. Forms
 * that need no vehicle, and visitors who are not signed in, pass by.
 */
#include "cgi-bin/vehicle_choose.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/apply_start.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/vehicle_pages.h"
#include "cgi-bin/vehicle_words.h"
#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "services/session.h"
#include "services/vehicle_bar.h"
#include "services/vehicle_record.h"

/* The vehicle that the address or the form names; nil: none. */
static struct uuid
vehicle_of(struct visit *v)
{
	static const struct field vehicle = {
		.name = "vehicle", .type = FIELD_UUID,
	};
	struct answers a;

	if (!field_read(v, &vehicle, 1, &a))
		return (struct uuid){ { 0 } };
	return field_uuid(&a, "vehicle");
}

/* ---- which one */

static void
put_vehicle(struct visit *v, const struct vehicle_deed *deed,
    const struct vehicle_file *f)
{
	const char *rule = vehicle_bar(f, v->session, deed, clock_today());
	const char *name = arena_printf(v->arena, "%s %s",
	    f->plate.version > 0 ? f->plate.number : "",
	    vehicle_words_name(v, &f->vehicle));
	char id[UUID_TEXT];

	ui_item_begin(v->html);
	if (rule == NULL) {
		ui_link(v->html, visit_path(v, "%s?vehicle=%s",
		    v->request->path, uuid_text(f->vehicle.id, id)), name);
	} else {
		ui_words(v->html, arena_printf(v->arena, "%s: ", name));
		ui_words(v->html, vehicle_bar_words(v->arena, f, rule));
	}
	ui_item_end(v->html);
}

static bool
put_vehicles(struct visit *v, const struct vehicle_deed *deed, struct err *e)
{
	struct uuid *ids;
	size_t n;

	if (!vehicle_record_of(v->room, v->arena, v->session->subject, &ids,
	    &n, e))
		return false;
	if (n == 0) {
		ui_paragraph(v->html, _("No vehicle is registered to you."));
		ui_button(v->html, &(struct ui_button){
		    .text = _("Register a vehicle"),
		    .href = "/vehicles/apply/vehicle-registration" });
		return true;
	}
	ui_list_begin(v->html, UI_LIST_PLAIN);
	for (size_t i = 0; i < n; i++) {
		struct vehicle_file f;

		if (!vehicle_record_get(v->room, v->arena, ids[i], &f, e))
			return false;
		put_vehicle(v, deed, &f);
	}
	ui_list_end(v->html, UI_LIST_PLAIN);
	return true;
}

static void
ask_which(struct visit *v, const struct vehicle_deed *deed)
{
	struct err e;

	page_begin(v, &(struct page){ .title = _("Which vehicle?"),
	    .back = "/vehicles" });
	ui_heading_caption(v->html, 1, UI_L,
	    vehicle_words_form(v, deed->form), _("Which vehicle?"));
	if (put_vehicles(v, deed, &e))
		page_end(v);
	else
		visit_fail(v, &e);
}

/* ---- not now */

static void
say_barred(struct visit *v, const struct vehicle_deed *deed,
    const struct vehicle_file *f, const char *rule)
{
	const char *back = vehicle_page_path(v, f, "");

	page_begin(v, &(struct page){ .title = _("This cannot be done now"),
	    .back = back });
	ui_heading_caption(v->html, 1, UI_L,
	    vehicle_words_form(v, deed->form), _("This cannot be done now"));
	ui_paragraph(v->html, vehicle_bar_words(v->arena, f, rule));
	ui_paragraph_begin(v->html);
	ui_link(v->html, back, _("See what you can do instead"));
	ui_paragraph_end(v->html);
	page_end(v);
	response_page(v->response, 403);
}

/* False: the visit is answered. */
static bool
may_start(struct visit *v, const struct vehicle_deed *deed)
{
	struct uuid vehicle = vehicle_of(v);
	struct vehicle_file f;
	const char *rule;
	struct err e;

	if (uuid_is_nil(vehicle)) {
		ask_which(v, deed);
		return false;
	}
	if (!vehicle_record_get(v->room, v->arena, vehicle, &f, &e)) {
		visit_fail(v, &e);
		return false;
	}
	if (!vehicle_is_owner(&f, v->session)
	    && !vehicle_is_keeper(&f, v->session)) {
		visit_refuse(v, 404, NULL);
		return false;
	}
	rule = vehicle_bar(&f, v->session, deed, clock_today());
	if (rule != NULL)
		say_barred(v, deed, &f, rule);
	return rule == NULL;
}

/* A citizen with an account, and a form about a vehicle of theirs? */
static const struct vehicle_deed *
deed_of(struct visit *v)
{
	const struct vehicle_deed *deed = vehicle_deed(visit_text(v, "form"));
	const struct session *session;

	if (deed == NULL || deed->who == VEHICLE_DESK
	    || !visit_session(v, &session, NULL) || session == NULL
	    || session->kind != SESSION_CITIZEN)
		return NULL;
	return deed;
}

void
vehicle_choose_show(struct visit *v)
{
	const struct vehicle_deed *deed = deed_of(v);

	if (deed == NULL || (applicant_enter(v) && may_start(v, deed)))
		apply_start_show(v);
}

void
vehicle_choose_begin(struct visit *v)
{
	const struct vehicle_deed *deed = deed_of(v);

	if (deed == NULL || (applicant_enter(v) && may_start(v, deed)))
		apply_start_begin(v);
}
