/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The changes of titles, registrations and descriptions, and the table of
 * all changes. Plates are services/vehicle_plate.c, what the desk records for
 * others services/vehicle_mark.c.
 */
#include "services/vehicle_change.h"

#include "forms/answer.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "forms/vin.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/act.h"
#include "services/casework.h"
#include "services/mail.h"
#include "services/service.h"
#include "services/vehicle_expiry.h"
#include "services/vehicle_mark.h"
#include "services/vehicle_offer.h"
#include "services/vehicle_plate.h"

const char *
vehicle_change_text(const struct vehicle_change *c, const char *item)
{
	return answer_text(c->decided->form, item, 0, NULL);
}

/* ---- parts */

/* Whose key the keeper's name lies under: the keeper's, else the owner's. */
static bool
put_registration(struct vehicle_change *c, struct uuid owner, struct err *e)
{
	struct registration *r = &c->file.registration;

	r->cause = c->decided->event;
	return vehicle_record_put_registration(c->act, r,
	    uuid_is_nil(r->keeper) ? owner : r->keeper, e);
}

/* A composite address on one line, as its parts were typed. */
static const char *
address_line(const struct vehicle_change *c, const char *item)
{
	static const char *const parts[] = { "street", "number",
	    "complement", "district", "city", "state", "postcode", "lines",
	    "country" };
	const char *line = "";

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const char *part = answer_text(c->decided->form, item, 0,
		    parts[i]);

		if (!str_empty(part))
			line = arena_printf(act_arena(c->act), "%s%s%s", line,
			    *line != '\0' ? ", " : "", part);
	}
	return line;
}

/* Readings come newest first, and none is below the one before it. */
static bool
add_reading(struct vehicle_change *c, struct err *e)
{
	int64_t km = answer_int(c->decided->form, "odometer", 0, -1);

	if (km < 0)
		return true;
	if (c->file.n_readings > 0 && c->file.readings[0].km > km)
		return err_rule(e, "odometer_back", "it read more before");
	return vehicle_record_add_reading(c->act, c->file.vehicle.id, km,
	    true, c->decided->event, e);
}

static void
end_title(struct vehicle_change *c, const char *state)
{
	struct title *t = &c->file.title;

	t->state = state;
	t->until_at = act_now(c->act);
	t->cause = c->decided->event;
	vehicle_record_put_title(c->act, t);
}

static void
issue_title(struct vehicle_change *c, struct uuid owner, struct uuid previous)
{
	struct title t = {
		.id = uuid_new(),
		.vehicle = c->file.vehicle.id,
		.owner = owner,
		.state = "issued",
		.from_at = act_now(c->act),
		.until_at = INSTANT_NONE,
		.previous = previous,
		.cause = c->decided->event,
	};

	vehicle_record_put_title(c->act, &t);
}

static void
note_vin(struct vehicle *v)
{
	v->vin_note = !vin_valid(v->vin) ? "short"
	    : vin_check_digit(v->vin) == v->vin[8] ? "good" : "bad";
}

/* ---- a vehicle that is new here */

static void
describe(struct vehicle_change *c)
{
	struct vehicle *v = &c->file.vehicle;

	v->vin = vehicle_change_text(c, "vin");
	v->make = vehicle_change_text(c, "make");
	v->model = vehicle_change_text(c, "model");
	v->model_year = answer_int(c->decided->form, "model-year", 0, 0);
	v->category = vehicle_change_text(c, "category");
	v->colour = vehicle_change_text(c, "colour");
	v->fuel = vehicle_change_text(c, "fuel");
	v->imported = answer_true(c->decided->form,
	    "first-registered-abroad", 0);
	note_vin(v);
}

static void
name_keeper(struct vehicle_change *c, struct uuid owner)
{
	struct registration *r = &c->file.registration;

	if (answer_true(c->decided->form, "keeper-is-owner", 0)) {
		r->keeper = owner;
		return;
	}
	r->keeper_name = vehicle_change_text(c, "keeper-name");
	r->keeper_address = address_line(c, "keeper-address");
}

static enum vehicle_plate_last
preferred_last(const struct vehicle_change *c)
{
	const char *wish = vehicle_change_text(c, "plate-preference");

	if (str_equal(wish, "even"))
		return VEHICLE_PLATE_EVEN;
	return str_equal(wish, "odd") ? VEHICLE_PLATE_ODD
	    : VEHICLE_PLATE_ANY;
}

static bool
change_new(struct vehicle_change *c, struct err *e)
{
	struct vehicle *v = &c->file.vehicle;
	struct registration *r = &c->file.registration;
	struct uuid owner = c->application->applicant;

	v->id = r->vehicle = uuid_new();
	v->state = "active";
	v->cause = c->decided->event;
	describe(c);
	if (!vehicle_record_put(c->act, v, e))
		return false;
	issue_title(c, owner, (struct uuid){ { 0 } });
	r->id = uuid_new();
	vehicle_expiry_renew(r, act_today(c->act));
	name_keeper(c, owner);
	if (v->imported)
		vehicle_record_add_brand(c->act, v->id, "imported",
		    c->decided->event);
	c->decided->thing = v->id;
	return put_registration(c, owner, e)
	    && vehicle_plate_assign(c, preferred_last(c), e)
	    && add_reading(c, e);
}

/* ---- a vehicle that is known */

static bool
change_renewal(struct vehicle_change *c, struct err *e)
{
	vehicle_expiry_renew(&c->file.registration, act_today(c->act));
	return put_registration(c, c->file.title.owner, e)
	    && add_reading(c, e);
}

static bool
change_transfer(struct vehicle_change *c, struct err *e)
{
	struct registration *r = &c->file.registration;
	struct uuid before = c->file.title.id;
	struct offer offer;
	bool found;

	if (!vehicle_offer_of(act_room(c->act), act_arena(c->act),
	    c->application->id, &offer, &found, e))
		return false;
	if (!found || uuid_is_nil(offer.buyer))
		return err_rule(e, "offer_open", "nobody has accepted yet");
	end_title(c, "transferred");
	issue_title(c, offer.buyer, before);
	r->keeper = offer.buyer;
	r->keeper_name = r->keeper_id = r->keeper_address = NULL;
	return put_registration(c, offer.buyer, e) && add_reading(c, e)
	    && mail_send(c->act, offer.buyer, MAIL_ISSUED,
	    c->application->reference, "/vehicles", e);
}

static bool
change_keeper(struct vehicle_change *c, struct err *e)
{
	struct registration *r = &c->file.registration;

	r->keeper = (struct uuid){ { 0 } };
	r->keeper_name = vehicle_change_text(c, "keeper-name");
	r->keeper_id = vehicle_change_text(c, "keeper-cpf");
	r->keeper_address = address_line(c, "keeper-address");
	return put_registration(c, c->file.title.owner, e);
}

static bool
change_off_road(struct vehicle_change *c, struct err *e)
{
	c->file.registration.state = "off_road";
	c->file.registration.due = DATE_NONE;
	return put_registration(c, c->file.title.owner, e);
}

static bool
change_return(struct vehicle_change *c, struct err *e)
{
	vehicle_expiry_resume(&c->file.registration);
	return put_registration(c, c->file.title.owner, e)
	    && add_reading(c, e);
}

static bool
end_registration(struct vehicle_change *c, const char *reason, struct err *e)
{
	struct registration *r = &c->file.registration;

	r->state = "ended";
	r->end_reason = reason;
	r->due = DATE_NONE;
	end_title(c, "surrendered");
	c->file.vehicle.state = "ended";
	return put_registration(c, c->file.title.owner, e)
	    && vehicle_plate_end(c, "replaced", e) && add_reading(c, e);
}

static bool
change_export(struct vehicle_change *c, struct err *e)
{
	return end_registration(c, "exported", e);
}

static bool
change_scrapping(struct vehicle_change *c, struct err *e)
{
	return end_registration(c, "scrapped", e);
}

static bool
change_plate(struct vehicle_change *c, struct err *e)
{
	const char *why = vehicle_change_text(c, "replacement-reason");
	const char *state = str_equal(why, "lost") ? "lost"
	    : str_equal(why, "stolen") ? "stolen" : "replaced";

	return vehicle_plate_end(c, state, e)
	    && vehicle_plate_assign(c, VEHICLE_PLATE_ANY, e);
}

static bool
change_document(struct vehicle_change *c, struct err *e)
{
	struct uuid before = c->file.title.id;

	(void)e;
	end_title(c, "superseded");
	issue_title(c, c->file.title.owner, before);
	return true;
}

/* ---- what was never true */

/* A corrected reading is marked as one: it alone may be below the last. */
static bool
correct_odometer(struct vehicle_change *c, struct err *e)
{
	return vehicle_record_add_reading(c->act, c->file.vehicle.id,
	    answer_int(c->decided->form, "right-odometer", 0, 0), false,
	    c->decided->event, e);
}

static bool
change_correction(struct vehicle_change *c, struct err *e)
{
	struct vehicle *v = &c->file.vehicle;
	const struct {
		const char	*field;
		const char	**value;
	} texts[] = {
		{ "vin", &v->vin },
		{ "make", &v->make },
		{ "model", &v->model },
		{ "category", &v->category },
		{ "colour", &v->colour },
		{ "fuel", &v->fuel },
	};
	const char *field = vehicle_change_text(c, "wrong-field");

	if (str_equal(field, "odometer"))
		return correct_odometer(c, e);
	if (str_equal(field, "model-year"))
		v->model_year = answer_int(c->decided->form,
		    "right-model-year", 0, v->model_year);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (str_equal(field, texts[i].field))
			*texts[i].value = vehicle_change_text(c,
			    arena_printf(act_arena(c->act), "right-%s",
			    field));
	note_vin(v);
	return true;
}

/* ---- all of them */

static const struct {
	const char	*form;
	bool		(*change)(struct vehicle_change *, struct err *e);
} changes[] = {
	{ "vehicle-renewal", change_renewal },
	{ "vehicle-transfer", change_transfer },
	{ "vehicle-keeper-change", change_keeper },
	{ "vehicle-off-road", change_off_road },
	{ "vehicle-return", change_return },
	{ "vehicle-export", change_export },
	{ "vehicle-scrapping", change_scrapping },
	{ "vehicle-plate-replacement", change_plate },
	{ "vehicle-document-replacement", change_document },
	{ "vehicle-correction", change_correction },
	{ "vehicle-lien", vehicle_mark_lien },
	{ "vehicle-lien-discharge", vehicle_mark_lien_discharge },
	{ "vehicle-hold", vehicle_mark_hold },
	{ "vehicle-hold-lift", vehicle_mark_hold_lift },
	{ "vehicle-brand", vehicle_mark_brand },
	{ "vehicle-stolen", vehicle_mark_stolen },
	{ "vehicle-found", vehicle_mark_found },
};

/* The vehicle's own row is written last and always, by version: of two
 * changes decided at once the later one is refused. */
static bool
change_known(struct vehicle_change *c, const char *form, struct err *e)
{
	struct vehicle *v = &c->file.vehicle;

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		if (!str_equal(changes[i].form, form))
			continue;
		if (!vehicle_record_get(act_room(c->act), act_arena(c->act),
		    c->application->thing, &c->file, e)
		    || !changes[i].change(c, e))
			return false;
		if (uuid_equal(v->locked_by, c->application->id))
			v->locked_by = (struct uuid){ { 0 } };
		v->cause = c->decided->event;
		c->decided->thing = v->id;
		return vehicle_record_put(c->act, v, e);
	}
	return err_set(e, ERR_SYSTEM, "no change for form %s", form);
}

bool
vehicle_change(struct act *act, const struct application *a,
    struct decided *d, struct err *e)
{
	struct vehicle_change c = { .act = act, .application = a,
	    .decided = d };
	const char *form = form_definition(d->form)->name;

	d->issued = true;
	if (str_equal(form, "vehicle-registration"))
		return change_new(&c, e);
	return change_known(&c, form, e);
}
