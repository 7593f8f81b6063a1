/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The vehicle service's hooks: who may start what, what the system finds,
 * and the lock on a vehicle while a change of it is under review.
 */
#include "services/vehicle.h"

#include "forms/answer.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "forms/vin.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/act.h"
#include "services/casework.h"
#include "services/email.h"
#include "services/mail.h"
#include "services/party.h"
#include "services/service.h"
#include "services/session.h"
#include "services/vehicle_bar.h"
#include "services/vehicle_change.h"
#include "services/vehicle_offer.h"
#include "services/vehicle_record.h"
#include "services/vehicle_rights.h"

static const struct uuid nobody;

static const char *
name_of(const struct form *form)
{
	return form_definition(form)->name;
}

/* What the program fills: which vehicle it is. Forms leave out what they do
 * not show. */
static bool
give(struct form *form, const char *item, const char *value, struct err *e)
{
	if (definition_item(form_definition(form), item) == NULL
	    || value == NULL)
		return true;
	return form_give(form, item, value, e);
}

static bool
begin(struct room *room, struct arena *arena, const struct session *session,
    struct form *form, struct uuid thing, struct err *e)
{
	const struct vehicle_deed *deed = vehicle_deed(name_of(form));
	struct vehicle_file f;
	char id[UUID_TEXT];
	const char *rule;

	if (deed == NULL)
		return true;
	if (!vehicle_record_get(room, arena, thing, &f, e))
		return false;
	if (session->kind != SESSION_STAFF && !vehicle_is_owner(&f, session)
	    && !vehicle_is_keeper(&f, session))
		return err_set(e, ERR_ABSENT, "somebody else's vehicle");
	rule = vehicle_bar(&f, session, deed, clock_today());
	if (rule != NULL)
		return err_rule(e, rule, "barred");
	return give(form, "vin", f.vehicle.vin, e)
	    && give(form, "plate", f.plate.number, e)
	    && give(form, "title", uuid_text(f.title.id, id), e);
}

static bool
subject(struct room *room, struct arena *arena, struct uuid thing,
    struct uuid *out, struct err *e)
{
	struct vehicle_file f;

	if (!vehicle_record_get(room, arena, thing, &f, e))
		return false;
	*out = f.title.owner;
	return true;
}

/* ---- what the system finds */

static void
check_digit(struct arena *arena, const char *vin, const char *item,
    struct finding **list)
{
	if (!vin_valid(vin))
		service_find(arena, list, FINDING_DOUBT, item,
		    _("The identification number is an older, shorter one"));
	else if (vin_check_digit(vin) != vin[8])
		service_find(arena, list, FINDING_DOUBT, item,
		    _("The check digit does not fit; not every country's "
		    "numbers have one"));
	else
		service_find(arena, list, FINDING_GOOD, item,
		    _("The check digit fits"));
}

/* Is a number that is to be registered somebody's already? */
static bool
check_vin(struct room *room, struct arena *arena, const struct form *form,
    const char *item, struct uuid self, struct finding **list, struct err *e)
{
	const char *vin = answer_text(form, item, 0, NULL);
	struct uuid other;

	if (vin == NULL)
		return true;
	if (!vehicle_record_by_vin(room, arena, vin, &other, e))
		return false;
	if (!uuid_is_nil(other) && !uuid_equal(other, self))
		service_find(arena, list, FINDING_BAD, item,
		    _("A vehicle with this identification number is "
		    "registered already. Check the number, or ask its owner "
		    "to transfer it to you"));
	else
		service_find(arena, list, FINDING_GOOD, item,
		    _("No other vehicle has this identification number"));
	check_digit(arena, vin, item, list);
	return true;
}

static void
check_odometer(struct arena *arena, const struct vehicle_file *f,
    const struct form *form, struct finding **list)
{
	int64_t km = answer_int(form, "odometer", 0, -1);

	if (km < 0)
		return;
	if (f->n_readings > 0 && f->readings[0].km > km)
		service_find(arena, list, FINDING_BAD, "odometer",
		    arena_printf(arena, _("The odometer read %lld km before "
		    "and cannot read less now. If it was replaced or "
		    "misread, ask for a correction"),
		    (long long)f->readings[0].km));
	else
		service_find(arena, list, FINDING_GOOD, "odometer",
		    _("The odometer has not gone back"));
}

/* The form takes any address; a mail goes only to some. */
static void
check_address(struct arena *arena, const struct form *form,
    struct finding **list)
{
	const char *typed = answer_text(form, "buyer-email", 0, NULL);
	const char *address;

	if (typed != NULL && !email_parse(arena, typed, &address, NULL))
		service_find(arena, list, FINDING_BAD, "buyer-email",
		    _("We cannot mail to this address. Ask the new owner "
		    "for another one"));
}

/* Who accepted, for the clerk who decides on the transfer. */
static bool
check_buyer(struct room *room, struct arena *arena,
    const struct vehicle_file *f, struct finding **list, struct err *e)
{
	struct offer offer;
	struct party buyer;
	bool found, known = false;

	if (!vehicle_offer_of(room, arena, f->vehicle.locked_by, &offer,
	    &found, e))
		return false;
	if (!found || uuid_is_nil(offer.buyer)) {
		service_find(arena, list, FINDING_BAD, NULL,
		    _("The new owner has not accepted yet"));
		return true;
	}
	if (!party_get(room, arena, offer.buyer, &buyer, &known, e))
		return false;
	service_find(arena, list, known ? FINDING_GOOD : FINDING_DOUBT, NULL,
	    known ? arena_printf(arena, _("%s has accepted the offer"),
	    buyer.name) : _("Somebody whose name is not known here has "
	    "accepted the offer"));
	return true;
}

static void
check_bars(struct arena *arena, const struct vehicle_file *f,
    const struct session *session, const struct vehicle_deed *deed,
    struct finding **list)
{
	const char *rule = vehicle_bar(f, session, deed, clock_today());

	if (rule != NULL)
		service_find(arena, list, FINDING_BAD, NULL,
		    vehicle_bar_words(arena, f, rule));
	else
		service_find(arena, list, FINDING_GOOD, NULL,
		    _("Nothing in the register stands against it"));
}

static bool
check(struct room *room, struct arena *arena, const struct session *session,
    const struct form *form, struct uuid thing, struct finding **list,
    struct err *e)
{
	const struct vehicle_deed *deed = vehicle_deed(name_of(form));
	struct vehicle_file f;

	if (deed == NULL)
		return check_vin(room, arena, form, "vin", nobody, list, e);
	if (!vehicle_record_get(room, arena, thing, &f, e))
		return false;
	check_bars(arena, &f, session, deed, list);
	check_odometer(arena, &f, form, list);
	check_address(arena, form, list);
	if (session == NULL && str_equal(deed->form, "vehicle-transfer")
	    && !check_buyer(room, arena, &f, list, e))
		return false;
	return check_vin(room, arena, form, "right-vin", thing, list, e);
}

/* ---- the lock */

static const char *
filing(const struct form *form)
{
	if (str_equal(name_of(form), "vehicle-transfer"))
		return "offer";
	return form_definition(form)->policy.apply == POLICY_DESK
	    ? "record" : "submit";
}

static bool
put_lock(struct act *act, struct vehicle *v, struct uuid by,
    struct uuid event, struct err *e)
{
	v->locked_by = by;
	v->cause = event;
	return vehicle_record_put(act, v, e);
}

/* By whom is for PostgreSQL to say: a second one is refused. */
static bool
lock(struct act *act, const struct application *a, struct uuid event,
    struct err *e)
{
	const struct vehicle_deed *deed = vehicle_deed(a->form);
	struct vehicle_file f;

	if (deed == NULL || !deed->locks)
		return true;
	return vehicle_record_get(act_room(act), act_arena(act), a->thing,
	    &f, e) && put_lock(act, &f.vehicle, a->id, event, e);
}

static bool
unlock(struct act *act, const struct application *a, struct uuid event,
    struct err *e)
{
	const struct vehicle_deed *deed = vehicle_deed(a->form);
	struct vehicle_file f;

	if (deed == NULL || !deed->locks)
		return true;
	if (!vehicle_record_get(act_room(act), act_arena(act), a->thing, &f,
	    e))
		return false;
	return !uuid_equal(f.vehicle.locked_by, a->id)
	    || put_lock(act, &f.vehicle, nobody, event, e);
}

static bool
filed(struct act *act, const struct application *a, const struct form *form,
    struct uuid event, struct err *e)
{
	if (!lock(act, a, event, e))
		return false;
	return !str_equal(a->form, "vehicle-transfer")
	    || vehicle_offer_make(act, a, form, event, e);
}

/* Whoever accepted hears of a refusal as the seller does. */
static bool
tell_buyer(struct act *act, const struct application *a, struct err *e)
{
	struct offer offer;
	bool found;

	if (!vehicle_offer_of(act_room(act), act_arena(act), a->id, &offer,
	    &found, e))
		return false;
	return !found || uuid_is_nil(offer.buyer)
	    || mail_send(act, offer.buyer, MAIL_DECIDED, a->reference,
	    "/vehicles", e);
}

static bool
decided(struct act *act, const struct application *a, struct decided *d,
    struct err *e)
{
	if (d->approved)
		return vehicle_change(act, a, d, e);
	return unlock(act, a, d->event, e) && tell_buyer(act, a, e);
}

static bool
ended(struct act *act, const struct application *a, struct uuid event,
    struct err *e)
{
	const char *offer = act_session(act) == NULL ? "expired" : "cancelled";

	return unlock(act, a, event, e)
	    && vehicle_offer_end(act, a, offer, event, e);
}

const struct service vehicle_service = {
	.name = "vehicle",
	.path = "/vehicles",
	.desk = "/desk/vehicles",
	.begin = begin,
	.subject = subject,
	.check = check,
	.filing = filing,
	.filed = filed,
	.decided = decided,
	.ended = ended,
	.reopened = lock,
	.holds = vehicle_rights_holds,
	.copy = vehicle_rights_copy,
	.erase = vehicle_rights_erase,
};
