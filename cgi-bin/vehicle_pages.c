/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One vehicle to its owner or keeper. A keeper sees what keeping takes; the
 * title's history and what stands against it are the owner's.
 */
#include "cgi-bin/vehicle_pages.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/apply_words.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/vehicle_certificate.h"
#include "cgi-bin/vehicle_parts.h"
#include "cgi-bin/vehicle_words.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/apply.h"
#include "services/casework.h"
#include "services/session.h"
#include "services/vehicle_bar.h"
#include "services/vehicle_record.h"

bool
vehicle_page_find(struct visit *v, struct vehicle_file *f)
{
	struct err e = { 0 };

	if (!applicant_enter(v))
		return false;
	visit_back(v, "/vehicles");
	if (vehicle_record_get(v->room, v->arena, visit_uuid(v, "vehicle"),
	    f, &e)) {
		if (vehicle_is_owner(f, v->session)
		    || vehicle_is_keeper(f, v->session))
			return true;
		err_set(&e, ERR_ABSENT, "somebody else's vehicle");
	}
	visit_fail(v, &e);
	return false;
}

const char *
vehicle_page_path(struct visit *v, const struct vehicle_file *f,
    const char *more)
{
	char id[UUID_TEXT];

	return visit_path(v, "/vehicles/%s%s",
	    uuid_text(f->vehicle.id, id), more);
}

static const char *
keeper_of(struct visit *v, const struct vehicle_file *f)
{
	if (vehicle_is_keeper(f, v->session))
		return _("You");
	if (f->registration.keeper_name != NULL)
		return f->registration.keeper_name;
	return _("Somebody else, who has an account with us");
}

static const char *
whose_title(struct visit *v, const struct title *t)
{
	return uuid_equal(t->owner, v->session->subject) ? _("You")
	    : _("Another owner");
}

/* ---- what is on its way */

static void
put_applications(struct visit *v, struct uuid vehicle,
    const struct application *mine, size_t n)
{
	const struct ui_column_head heads[] = {
		{ .text = _("Application") }, { .text = _("Sent") },
		{ .text = _("State") },
	};
	struct ui_table t = { .caption = _("Applications about it"),
	    .caption_size = UI_M, .columns = heads, .n = 3, .cards = true };
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		const struct application *a = &mine[i];
		struct apply_state state = apply_words_state(a->state);

		if (!uuid_equal(a->thing, vehicle))
			continue;
		if (!any)
			ui_table_begin(v->html, &t);
		any = true;
		ui_table_row(v->html, &t);
		ui_cell_begin(v->html, &t);
		ui_link_about(v->html, applicant_path(v, a, ""),
		    vehicle_words_form(v, a->form), a->reference);
		ui_cell_end(v->html, &t);
		ui_cell(v->html, &t, written_date(v->arena,
		    clock_date(a->submitted_at)));
		ui_cell_begin(v->html, &t);
		ui_tag(v->html, state.colour, state.name);
		ui_cell_end(v->html, &t);
	}
	if (any)
		ui_table_end(v->html, &t);
}

/* The application that locks the vehicle, if it is one's own. */
static void
put_lock(struct visit *v, const struct vehicle_file *f,
    const struct application *mine, size_t n)
{
	if (uuid_is_nil(f->vehicle.locked_by))
		return;
	ui_inset_begin(v->html, NULL);
	ui_paragraph(v->html, _("A change of this vehicle is under review. "
	    "Nothing else can be changed until it is decided."));
	for (size_t i = 0; i < n; i++) {
		if (!uuid_equal(mine[i].id, f->vehicle.locked_by))
			continue;
		ui_paragraph_begin(v->html);
		ui_link(v->html, applicant_path(v, &mine[i], ""),
		    arena_printf(v->arena, _("Follow application %s"),
		    mine[i].reference));
		ui_paragraph_end(v->html);
	}
	ui_inset_end(v->html);
}

/* ---- what can be done */

static void
put_possible(struct visit *v, const struct vehicle_file *f,
    const struct vehicle_deed *deed)
{
	char id[UUID_TEXT];

	ui_link(v->html, visit_path(v, "/vehicles/apply/%s?vehicle=%s",
	    deed->form, uuid_text(f->vehicle.id, id)),
	    vehicle_words_form(v, deed->form));
}

static void
put_barred(struct visit *v, const struct vehicle_file *f,
    const struct vehicle_deed *deed, const char *rule)
{
	ui_strong(v->html, vehicle_words_form(v, deed->form));
	ui_break(v->html);
	ui_words(v->html, vehicle_bar_words(v->arena, f, rule));
}

/* What is the owner's alone is nothing to tell a keeper of. */
static bool
is_shown(const struct vehicle_deed *deed, const char *rule, bool barred)
{
	return deed->who != VEHICLE_DESK && !str_equal(rule, "owner_only")
	    && barred == (rule != NULL);
}

static void
put_deeds(struct visit *v, const struct vehicle_file *f, bool barred)
{
	bool any = false;

	for (size_t i = 0; i < vehicle_deeds_n; i++) {
		const struct vehicle_deed *deed = &vehicle_deeds[i];
		const char *rule = vehicle_bar(f, v->session, deed,
		    clock_today());

		if (!is_shown(deed, rule, barred))
			continue;
		if (!any)
			ui_list_begin(v->html, UI_LIST_PLAIN);
		any = true;
		ui_item_begin(v->html);
		if (barred)
			put_barred(v, f, deed, rule);
		else
			put_possible(v, f, deed);
		ui_item_end(v->html);
	}
	if (any)
		ui_list_end(v->html, UI_LIST_PLAIN);
	else
		ui_paragraph(v->html, _("Nothing."));
}

static void
put_what_can_be_done(struct visit *v, const struct vehicle_file *f)
{
	ui_heading(v->html, 2, UI_M, _("What you can do now"));
	put_deeds(v, f, false);
	ui_details_begin(v->html, _("What cannot be done now, and why"),
	    false, NULL);
	put_deeds(v, f, true);
	ui_details_end(v->html);
}

static void
put_certificate(struct visit *v, const struct vehicle_file *f)
{
	if (!vehicle_certificate_due(f))
		return;
	ui_paragraph_begin(v->html);
	ui_link(v->html, vehicle_page_path(v, f, "/certificate"),
	    _("Registration certificate to print"));
	ui_paragraph_end(v->html);
}

/* ---- the page */

static void
put_owners_parts(struct visit *v, const struct vehicle_file *f,
    const struct title *titles, size_t n)
{
	char id[UUID_TEXT];

	vehicle_parts_titles(v, titles, n, whose_title);
	ui_paragraph_begin(v->html);
	ui_words(v->html, _("Title reference: "));
	ui_code(v->html, uuid_text(f->title.id, id));
	ui_paragraph_end(v->html);
	vehicle_parts_liens(v, f);
	vehicle_parts_holds(v, f);
	vehicle_parts_brands(v, f);
	vehicle_parts_readings(v, f);
}

void
vehicle_page_show(struct visit *v)
{
	struct application *mine;
	struct vehicle_file f;
	struct title *titles;
	size_t n_mine, n_titles;
	const char *name;
	struct err e;

	if (!vehicle_page_find(v, &f))
		return;
	if (!vehicle_record_titles(v->room, v->arena, f.vehicle.id, &titles,
	    &n_titles, &e) || !apply_list(v->room, v->arena, v->session,
	    &mine, &n_mine, &e)) {
		visit_fail(v, &e);
		return;
	}
	name = vehicle_words_name(v, &f.vehicle);
	page_begin(v, &(struct page){ .title = name, .back = "/vehicles" });
	ui_heading_caption(v->html, 1, UI_XL, f.plate.version > 0
	    ? f.plate.number : _("Without a plate"), name);
	vehicle_parts_warnings(v, &f);
	put_lock(v, &f, mine, n_mine);
	put_what_can_be_done(v, &f);
	vehicle_parts_registration(v, &f, keeper_of(v, &f));
	put_certificate(v, &f);
	vehicle_parts_description(v, &f);
	if (vehicle_is_owner(&f, v->session))
		put_owners_parts(v, &f, titles, n_titles);
	put_applications(v, f.vehicle.id, mine, n_mine);
	page_end(v);
}
