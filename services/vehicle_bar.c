/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two tables: what each form wants of a vehicle, and how each want is seen
 * and said. No look-up happens here; the caller has the file.
 */
#include "services/vehicle_bar.h"

#include "forms/type.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/session.h"
#include "services/vehicle_record.h"

enum want {
	FREE = 1 << 0,		/* of other applications */
	NO_LIEN = 1 << 1,
	NO_HOLD = 1 << 2,
	NOT_STOLEN = 1 << 3,
	CLEAR = FREE | NO_LIEN | NO_HOLD | NOT_STOLEN,
	ON_ROAD = 1 << 4,
	OFF_ROAD = 1 << 5,
	RENEWABLE = 1 << 6,
	PLATED = 1 << 7,
	STOLEN = 1 << 8,
	HELD = 1 << 9,
	LIENED = 1 << 10
};

const struct vehicle_deed vehicle_deeds[] = {
	{ "vehicle-renewal", VEHICLE_EITHER, FREE | ON_ROAD | RENEWABLE,
	    true },
	{ "vehicle-transfer", VEHICLE_OWNER, CLEAR, true },
	{ "vehicle-keeper-change", VEHICLE_OWNER, FREE, true },
	{ "vehicle-off-road", VEHICLE_EITHER, FREE | ON_ROAD, true },
	{ "vehicle-return", VEHICLE_EITHER, FREE | OFF_ROAD, true },
	{ "vehicle-plate-replacement", VEHICLE_EITHER, FREE | PLATED, true },
	{ "vehicle-document-replacement", VEHICLE_OWNER, FREE, true },
	{ "vehicle-correction", VEHICLE_OWNER, FREE, true },
	{ "vehicle-export", VEHICLE_OWNER, CLEAR, true },
	{ "vehicle-scrapping", VEHICLE_OWNER, CLEAR, true },
	{ "vehicle-lien", VEHICLE_DESK, 0, false },
	{ "vehicle-lien-discharge", VEHICLE_DESK, LIENED, false },
	{ "vehicle-hold", VEHICLE_DESK, 0, false },
	{ "vehicle-hold-lift", VEHICLE_DESK, HELD, false },
	{ "vehicle-stolen", VEHICLE_DESK, NOT_STOLEN, false },
	{ "vehicle-found", VEHICLE_DESK, STOLEN, false },
	{ "vehicle-brand", VEHICLE_DESK, 0, false },
};
const size_t vehicle_deeds_n = sizeof vehicle_deeds / sizeof *vehicle_deeds;

const struct vehicle_deed *
vehicle_deed(const char *form)
{
	for (size_t i = 0; i < vehicle_deeds_n; i++)
		if (str_equal(vehicle_deeds[i].form, form))
			return &vehicle_deeds[i];
	return NULL;
}

bool
vehicle_is_owner(const struct vehicle_file *f, const struct session *s)
{
	return str_equal(f->title.state, "issued")
	    && uuid_equal(f->title.owner, s->subject);
}

bool
vehicle_is_keeper(const struct vehicle_file *f, const struct session *s)
{
	return f->registration.version > 0
	    && !str_equal(f->registration.state, "ended")
	    && uuid_equal(f->registration.keeper, s->subject);
}

/* ---- how each want is seen */

static bool
has_lien(const struct vehicle_file *f)
{
	for (size_t i = 0; i < f->n_liens; i++)
		if (str_equal(f->liens[i].state, "open"))
			return true;
	return false;
}

static bool
has_hold(const struct vehicle_file *f)
{
	for (size_t i = 0; i < f->n_holds; i++)
		if (str_equal(f->holds[i].state, "placed"))
			return true;
	return false;
}

static bool
is_on_road(const struct vehicle_file *f)
{
	return str_equal(f->registration.state, "active")
	    || str_equal(f->registration.state, "expiring")
	    || str_equal(f->registration.state, "lapsed");
}

static bool
holds(const struct vehicle_file *f, enum want want, date today)
{
	switch (want) {
	case FREE:
		return uuid_is_nil(f->vehicle.locked_by);
	case NO_LIEN:
		return !has_lien(f);
	case NO_HOLD:
		return !has_hold(f);
	case NOT_STOLEN:
		return !f->vehicle.stolen;
	case ON_ROAD:
		return is_on_road(f);
	case OFF_ROAD:
		return str_equal(f->registration.state, "off_road");
	case RENEWABLE:
		return f->registration.valid_until - VEHICLE_RENEW_DAYS
		    <= today;
	case PLATED:
		return f->plate.version > 0;
	case STOLEN:
		return f->vehicle.stolen;
	case HELD:
		return has_hold(f);
	case LIENED:
		return has_lien(f);
	case CLEAR:
		break;
	}
	return true;
}

/* The first that fails names the rule: what lasts longest comes first. */
static const struct {
	enum want	 want;
	const char	*rule;
} wants[] = {
	{ NOT_STOLEN, "vehicle_stolen" },
	{ NO_LIEN, "lien_open" },
	{ NO_HOLD, "hold_placed" },
	{ FREE, "vehicle_locked" },
	{ ON_ROAD, "registration_off_road" },
	{ OFF_ROAD, "registration_on_road" },
	{ RENEWABLE, "renewal_early" },
	{ PLATED, "plate_absent" },
	{ STOLEN, "vehicle_not_stolen" },
	{ HELD, "hold_absent" },
	{ LIENED, "lien_absent" },
};

static bool
may(const struct vehicle_file *f, const struct session *s,
    enum vehicle_who who)
{
	if (s == NULL)
		return true;
	if (who == VEHICLE_DESK)
		return s->kind == SESSION_STAFF;
	return ((who & VEHICLE_OWNER) != 0 && vehicle_is_owner(f, s))
	    || ((who & VEHICLE_KEEPER) != 0 && vehicle_is_keeper(f, s));
}

const char *
vehicle_bar(const struct vehicle_file *f, const struct session *s,
    const struct vehicle_deed *deed, date today)
{
	unsigned asked = deed->wants;

	if (!str_equal(f->vehicle.state, "active"))
		return "vehicle_ended";
	if (!may(f, s, deed->who))
		return "owner_only";
	if (s == NULL)
		asked &= ~(unsigned)FREE;
	for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
		if ((asked & wants[i].want) != 0
		    && !holds(f, wants[i].want, today))
			return wants[i].rule;
	return NULL;
}

/* ---- how each rule is said */

static const struct {
	const char	*rule;
	const char	*sentence;
} sentences[] = {
	{ "vehicle_ended", N_("The record of this vehicle has ended. Nothing "
	    "can be changed any more.") },
	{ "owner_only", N_("Only the owner can do this.") },
	{ "vehicle_stolen", N_("This vehicle is recorded as stolen. Tell the "
	    "office when it is found.") },
	{ "lien_open", N_("A lien stands against this vehicle. The lender "
	    "has to release it first.") },
	{ "hold_placed", N_("A hold stands against this vehicle. Ask the "
	    "office that placed it.") },
	{ "vehicle_locked", N_("Another application about this vehicle is "
	    "open. Wait for its decision, or withdraw it.") },
	{ "registration_off_road", N_("This vehicle is declared off the "
	    "road.") },
	{ "registration_on_road", N_("This vehicle is not declared off the "
	    "road.") },
	{ "plate_absent", N_("This vehicle has no plate.") },
	{ "vehicle_not_stolen", N_("This vehicle is not recorded as "
	    "stolen.") },
	{ "hold_absent", N_("No hold stands against this vehicle.") },
	{ "lien_absent", N_("No lien stands against this vehicle.") },
	{ "offer_open", N_("The new owner has not accepted yet.") },
	{ "odometer_back", N_("The odometer read more before. It cannot read "
	    "less now; if it was replaced or misread, ask for a "
	    "correction.") },
};

static const char *
read_date(struct arena *arena, date d)
{
	const struct type_rules plain = { 0 };
	char text[DATE_TEXT];
	const char *canonical = date_text(d, text);
	const struct type_value value = { &canonical, 1 };

	return type_read(arena, type_find("date"), &plain, &value);
}

const char *
vehicle_bar_words(struct arena *arena, const struct vehicle_file *f,
    const char *rule)
{
	if (str_equal(rule, "renewal_early"))
		return arena_printf(arena, _("You can renew from %s."),
		    read_date(arena,
		    f->registration.valid_until - VEHICLE_RENEW_DAYS));
	for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
		if (str_equal(sentences[i].rule, rule))
			return _(sentences[i].sentence);
	return _("The rules do not allow this now.");
}
