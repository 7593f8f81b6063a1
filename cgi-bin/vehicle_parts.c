/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A vehicle's file as headings, lists and tables. A part that has nothing to
 * show is not there.
 */
#include "cgi-bin/vehicle_parts.h"

#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/ui_timeline.h"
#include "cgi-bin/vehicle_words.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/vehicle_record.h"

static const char new_form[] = "vehicle-registration";

/* ---- what wants to be seen first */

static bool
any_lien(const struct vehicle_file *f)
{
	for (size_t i = 0; i < f->n_liens; i++)
		if (str_equal(f->liens[i].state, "open"))
			return true;
	return false;
}

static bool
any_hold(const struct vehicle_file *f)
{
	for (size_t i = 0; i < f->n_holds; i++)
		if (str_equal(f->holds[i].state, "placed"))
			return true;
	return false;
}

void
vehicle_parts_warnings(struct visit *v, const struct vehicle_file *f)
{
	const struct registration *r = &f->registration;

	if (f->vehicle.stolen)
		ui_warning(v->html, _("This vehicle is recorded as stolen."));
	if (any_hold(f))
		ui_warning(v->html, _("A hold stands against this vehicle: "
		    "it cannot be transferred."));
	if (any_lien(f))
		ui_warning(v->html, _("A lien stands against this vehicle: "
		    "it cannot be transferred until the lender releases "
		    "it."));
	if (str_equal(r->state, "expiring"))
		ui_warning(v->html, arena_printf(v->arena, _("The "
		    "registration ends on %s. Renew it before then."),
		    written_date(v->arena, r->valid_until)));
	if (str_equal(r->state, "lapsed"))
		ui_warning(v->html, arena_printf(v->arena, _("The "
		    "registration ended on %s. The vehicle may not be used "
		    "until it is renewed."),
		    written_date(v->arena, r->valid_until)));
}

/* ---- what it is */

static const char *
vin_note(const char *note)
{
	if (str_equal(note, "short"))
		return _("an older, shorter number");
	return str_equal(note, "bad") ? _("without a check digit that fits")
	    : NULL;
}

static void
put_vin(struct visit *v, const struct ui_summary *s, const struct vehicle *c)
{
	const struct ui_summary_row row = { .key = _("VIN") };
	const char *note = vin_note(c->vin_note);

	ui_summary_row_begin(v->html, s, &row);
	ui_code(v->html, c->vin);
	if (note != NULL) {
		ui_break(v->html);
		ui_words(v->html, note);
	}
	ui_summary_row_end(v->html, s, &row);
}

void
vehicle_parts_facts(struct visit *v, const struct ui_summary *s,
    const struct vehicle_file *f)
{
	const struct vehicle *c = &f->vehicle;

	put_vin(v, s, c);
	ui_summary_fact(v->html, s, _("Make"), c->make);
	ui_summary_fact(v->html, s, _("Model"), c->model);
	ui_summary_fact(v->html, s, _("Model year"), arena_printf(v->arena,
	    "%lld", (long long)c->model_year));
	ui_summary_fact(v->html, s, _("Category"),
	    vehicle_words_choice(v, new_form, "category", c->category));
	ui_summary_fact(v->html, s, _("Colour"),
	    vehicle_words_choice(v, new_form, "colour", c->colour));
	if (c->fuel != NULL)
		ui_summary_fact(v->html, s, _("Fuel"),
		    vehicle_words_choice(v, new_form, "fuel", c->fuel));
}

void
vehicle_parts_description(struct visit *v, const struct vehicle_file *f)
{
	const struct ui_summary list = { .title = NULL };

	ui_heading(v->html, 2, UI_M, _("The vehicle"));
	ui_summary_begin(v->html, &list);
	vehicle_parts_facts(v, &list, f);
	ui_summary_end(v->html, &list);
}

static void
put_state(struct visit *v, const struct ui_summary *s,
    const struct registration *r)
{
	const struct ui_summary_row row = { .key = _("State") };
	struct vehicle_state state = vehicle_words_registration(r->state);

	ui_summary_row_begin(v->html, s, &row);
	ui_tag(v->html, state.colour, state.name);
	if (r->end_reason != NULL) {
		ui_words(v->html, " ");
		ui_words(v->html, vehicle_words_end(r->end_reason));
	}
	ui_summary_row_end(v->html, s, &row);
}

void
vehicle_parts_registration(struct visit *v, const struct vehicle_file *f,
    const char *keeper)
{
	const struct ui_summary list = { .title = NULL };
	const struct registration *r = &f->registration;

	ui_heading(v->html, 2, UI_M, _("Registration"));
	ui_summary_begin(v->html, &list);
	put_state(v, &list, r);
	ui_summary_fact(v->html, &list, _("Valid from"),
	    written_date(v->arena, r->valid_from));
	ui_summary_fact(v->html, &list, _("Valid until"),
	    written_date(v->arena, r->valid_until));
	ui_summary_fact(v->html, &list, _("Keeper"), keeper);
	ui_summary_fact(v->html, &list, _("Plate"), f->plate.version > 0
	    ? f->plate.number : _("None"));
	if (f->plate.version > 0)
		ui_summary_fact(v->html, &list, _("Plate since"),
		    written_date(v->arena, clock_date(f->plate.from_at)));
	ui_summary_end(v->html, &list);
}

/* ---- what stands against it */

void
vehicle_parts_liens(struct visit *v, const struct vehicle_file *f)
{
	const struct ui_column_head heads[] = {
		{ .text = _("Lender") }, { .text = _("Contract") },
		{ .text = _("Since") }, { .text = _("State") },
	};
	struct ui_table t = { .caption = _("Liens"), .caption_size = UI_M,
	    .columns = heads, .n = 4, .cards = true };

	if (f->n_liens == 0)
		return;
	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < f->n_liens; i++) {
		const struct lien *l = &f->liens[i];
		bool open = str_equal(l->state, "open");

		ui_table_row(v->html, &t);
		ui_cell(v->html, &t, l->lender);
		ui_cell(v->html, &t, l->contract);
		ui_cell(v->html, &t, written_date(v->arena,
		    clock_date(l->from_at)));
		ui_cell_begin(v->html, &t);
		ui_tag(v->html, open ? UI_RED : UI_GREY,
		    open ? text_in("lien", "Open") : _("Released"));
		ui_cell_end(v->html, &t);
	}
	ui_table_end(v->html, &t);
}

void
vehicle_parts_holds(struct visit *v, const struct vehicle_file *f)
{
	const struct ui_column_head heads[] = {
		{ .text = _("Reason") }, { .text = _("Since") },
		{ .text = _("State") },
	};
	struct ui_table t = { .caption = _("Holds"), .caption_size = UI_M,
	    .columns = heads, .n = 3, .cards = true };

	if (f->n_holds == 0)
		return;
	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < f->n_holds; i++) {
		const struct hold *h = &f->holds[i];
		bool placed = str_equal(h->state, "placed");

		ui_table_row(v->html, &t);
		ui_cell_begin(v->html, &t);
		ui_typed(v->html, h->why);
		ui_cell_end(v->html, &t);
		ui_cell(v->html, &t, written_date(v->arena,
		    clock_date(h->from_at)));
		ui_cell_begin(v->html, &t);
		ui_tag(v->html, placed ? UI_RED : UI_GREY,
		    placed ? _("In force") : _("Lifted"));
		ui_cell_end(v->html, &t);
	}
	ui_table_end(v->html, &t);
}

void
vehicle_parts_brands(struct visit *v, const struct vehicle_file *f)
{
	if (f->n_brands == 0)
		return;
	ui_heading(v->html, 2, UI_M, _("What every owner must know"));
	ui_list_begin(v->html, UI_LIST_BULLET);
	for (size_t i = 0; i < f->n_brands; i++) {
		ui_item_begin(v->html);
		ui_words(v->html, arena_printf(v->arena, _("%s (%s)"),
		    vehicle_words_choice(v, "vehicle-brand", "brand",
		    f->brands[i].kind), written_date(v->arena,
		    clock_date(f->brands[i].at))));
		ui_item_end(v->html);
	}
	ui_list_end(v->html, UI_LIST_BULLET);
}

/* ---- what it went through */

void
vehicle_parts_readings(struct visit *v, const struct vehicle_file *f)
{
	const struct ui_column_head heads[] = {
		{ .text = _("Day") },
		{ .text = _("Kilometres"), .numeric = true },
		{ .text = _("Note") },
	};
	struct ui_table t = { .caption = _("Odometer"),
	    .caption_size = UI_M, .columns = heads, .n = 3,
	    .cards = true };

	if (f->n_readings == 0)
		return;
	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < f->n_readings; i++) {
		const struct reading *r = &f->readings[i];

		ui_table_row(v->html, &t);
		ui_cell(v->html, &t, written_date(v->arena,
		    clock_date(r->at)));
		ui_cell(v->html, &t, arena_printf(v->arena, "%lld",
		    (long long)r->km));
		ui_cell(v->html, &t, r->actual ? "" : _("Corrected"));
	}
	ui_table_end(v->html, &t);
}

void
vehicle_parts_titles(struct visit *v, const struct title *title, size_t n,
    const char *(*whose)(struct visit *, const struct title *))
{
	ui_heading(v->html, 2, UI_M, _("Title"));
	ui_timeline_begin(v->html);
	for (size_t i = 0; i < n; i++) {
		const struct title *t = &title[i];
		bool ended = t->until_at != INSTANT_NONE;

		ui_timeline_event(v->html, &(struct ui_event){
		    .title = whose(v, t),
		    .iso = written_iso(v->arena, t->from_at),
		    .time = arena_printf(v->arena, ended ? _("%s to %s")
		    : _("Since %s"),
		    written_date(v->arena, clock_date(t->from_at)),
		    written_date(v->arena, clock_date(t->until_at))),
		    .text = ended ? vehicle_words_title_end(t->state)
		    : NULL });
	}
	ui_timeline_end(v->html);
}
