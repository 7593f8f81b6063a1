/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Transfers, and the lock on a vehicle while a change is under review: who
 * may do what in which order, and what PostgreSQL refuses by itself.
 */
#include "services/vehicle_offer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "services/act.h"
#include "services/decision.h"
#include "services/inquiry.h"
#include "services/vehicle.h"
#include "tests/database/vehicle_fixture.h"

#define FIELDS(...)	((const char *const[]){ __VA_ARGS__, NULL })

static const char *
text(struct uuid id)
{
	char out[UUID_TEXT];

	return arena_strdup(house.arena, uuid_text(id, out));
}

static struct offer
offer_of(const struct application *a)
{
	struct offer o;
	bool found;

	if (!vehicle_offer_of(fixture.room, house.arena, a->id, &o, &found,
	    &fixture.err) || !found)
		fail_msg("no offer: %s", fixture.err.text);
	return o;
}

static bool
accept(const struct application *a, const struct session *buyer)
{
	struct offer o = offer_of(a);
	struct application after;
	struct uuid event;

	return vehicle_offer_accept(fixture.room, house.arena, buyer, &o,
	    &after, &event, &fixture.err);
}

static bool
withdraw(const struct application *a, const struct session *s)
{
	struct application now = fixture_now(a), after;

	return inquiry_withdraw(fixture.room, house.arena, s,
	    &vehicle_service, &now, &after, &fixture.err);
}

static bool
is_locked(struct uuid vehicle)
{
	return !uuid_is_nil(fixture_get(vehicle).vehicle.locked_by);
}

/* ---- the way of a transfer */

static void
a_title_passes_to_who_accepts(void **state)
{
	struct session *seller, *buyer;
	struct vehicle_file f;
	struct application a;
	struct offer_bought *bought;
	struct title *titles;
	struct uuid vehicle;
	size_t n;

	(void)state;
	fixture_wanted();
	seller = fixture_citizen();
	buyer = fixture_citizen();
	vehicle = fixture_vehicle(seller, fixture_vin());
	a = fixture_file(seller, "vehicle-transfer", vehicle, NULL);
	assert_string_equal(a.state, "awaiting_acceptance");
	assert_string_equal(offer_of(&a).address, "buyer@people.example");
	assert_true(is_locked(vehicle));
	assert_false(fixture_try_decide(&a, true));
	assert_true(accept(&a, buyer));
	a = fixture_now(&a);
	assert_string_equal(a.state, "queued");
	fixture_approve(a);
	f = fixture_get(vehicle);
	assert_true(uuid_equal(f.title.owner, buyer->subject));
	assert_true(uuid_equal(f.registration.keeper, buyer->subject));
	assert_false(is_locked(vehicle));
	assert_true(vehicle_record_titles(fixture.room, house.arena, vehicle,
	    &titles, &n, &fixture.err));
	assert_int_equal(n, 2);
	assert_true(uuid_equal(titles[0].previous, titles[1].id));
	assert_string_equal(titles[1].state, "transferred");
	assert_int_equal(titles[0].from_at, titles[1].until_at);
	assert_true(vehicle_offer_bought(fixture.room, house.arena,
	    buyer->subject, &bought, &n, &fixture.err));
	assert_int_equal(n, 1);
	assert_string_equal(bought[0].state, "issued");
	assert_false(fixture_try_file(seller, "vehicle-correction", vehicle,
	    &a, NULL));
	assert_int_equal(fixture.err.code, ERR_ABSENT);
}

static void
a_seller_does_not_accept(void **state)
{
	struct session *seller, *buyer;
	struct application a;

	(void)state;
	fixture_wanted();
	seller = fixture_citizen();
	buyer = fixture_citizen();
	a = fixture_file(seller, "vehicle-transfer",
	    fixture_vehicle(seller, fixture_vin()), NULL);
	assert_false(accept(&a, seller));
	assert_true(err_is(&fixture.err, "not_other"));
	assert_false(accept(&a, fixture.desk));
	assert_true(err_is(&fixture.err, "not_other"));
	assert_true(accept(&a, buyer));
	assert_false(accept(&a, buyer));
	assert_true(err_is(&fixture.err, "application_edge"));
	assert_false(accept(&a, fixture_citizen()));
	assert_true(uuid_equal(offer_of(&a).buyer, buyer->subject));
}

static void
an_offer_is_found_by_its_token_alone(void **state)
{
	static const char *const wrong[] = { "", "x",
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };
	struct offer o;
	bool found = true;

	(void)state;
	fixture_wanted();
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_true(vehicle_offer_find(fixture.room, house.arena,
		    wrong[i], &o, &found, &fixture.err));
		assert_false(found);
	}
}

static void
an_offer_lapses(void **state)
{
	struct session *seller;
	struct application a;
	struct uuid vehicle;
	int64_t n;

	(void)state;
	fixture_wanted();
	seller = fixture_citizen();
	vehicle = fixture_vehicle(seller, fixture_vin());
	a = fixture_file(seller, "vehicle-transfer", vehicle, NULL);
	assert_true(inquiry_lapse(fixture.room, house.arena,
	    &vehicle_service, &n, &fixture.err));
	assert_string_equal(fixture_now(&a).state, "awaiting_acceptance");
	house_sql("SET session_replication_role = replica;"
	    " UPDATE casework.application SET due = casework.today() - 1"
	    " WHERE id = '%s'", text(a.id));
	assert_true(inquiry_lapse(fixture.room, house.arena,
	    &vehicle_service, &n, &fixture.err));
	assert_int_equal(n, 1);
	assert_string_equal(fixture_now(&a).state, "lapsed");
	assert_string_equal(offer_of(&a).state, "expired");
	assert_false(is_locked(vehicle));
	assert_false(accept(&a, fixture_citizen()));
}

/* ---- the lock */

static void
a_vehicle_is_locked_under_review_and_free_after(void **state)
{
	struct session *owner;
	struct application a, other;
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	vehicle = fixture_vehicle(owner, fixture_vin());
	a = fixture_file(owner, "vehicle-off-road", vehicle, NULL);
	assert_true(is_locked(vehicle));
	assert_false(fixture_try_file(owner, "vehicle-document-replacement",
	    vehicle, &other, NULL));
	assert_true(err_is(&fixture.err, "vehicle_locked"));
	fixture_refuse(&a);
	assert_false(is_locked(vehicle));
	assert_string_equal(fixture_get(vehicle).registration.state,
	    "active");
	a = fixture_file(owner, "vehicle-transfer", vehicle, NULL);
	assert_true(withdraw(&a, owner));
	assert_false(is_locked(vehicle));
	assert_string_equal(offer_of(&a).state, "cancelled");
}

/* The desk's marks wait for nobody, and what they bar stays barred. */
static void
a_hold_is_placed_on_a_locked_vehicle(void **state)
{
	struct session *seller;
	struct application a;
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	seller = fixture_citizen();
	vehicle = fixture_vehicle(seller, fixture_vin());
	a = fixture_file(seller, "vehicle-transfer", vehicle, NULL);
	assert_true(accept(&a, fixture_citizen()));
	fixture_do(fixture.desk, "vehicle-hold", vehicle, FIELDS(
	    "ordered-by", "Vara 3", "hold-reason", "A dispute"));
	assert_true(uuid_equal(fixture_get(vehicle).vehicle.locked_by,
	    a.id));
	assert_false(fixture_try_decide(&a, true));
	assert_true(err_is(&fixture.err, "hold_placed"));
	fixture_do(fixture.desk, "vehicle-hold-lift", vehicle,
	    FIELDS("lifted-by", "Vara 3"));
	fixture_approve(fixture_now(&a));
}

static void
a_lien_bars_a_transfer(void **state)
{
	struct session *seller;
	struct application a;
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	seller = fixture_citizen();
	vehicle = fixture_vehicle(seller, fixture_vin());
	a = fixture_file(seller, "vehicle-transfer", vehicle, NULL);
	assert_true(accept(&a, fixture_citizen()));
	fixture_do(fixture.desk, "vehicle-lien", vehicle, FIELDS("lender",
	    "Banco Um", "contract", "C-1"));
	assert_false(fixture_try_decide(&a, true));
	assert_true(err_is(&fixture.err, "lien_open"));
	fixture_refuse(&a);
	assert_false(fixture_try_file(seller, "vehicle-transfer", vehicle,
	    &a, NULL));
	assert_true(err_is(&fixture.err, "lien_open"));
	assert_false(fixture_try_file(seller, "vehicle-export", vehicle, &a,
	    NULL));
	assert_true(err_is(&fixture.err, "lien_open"));
}

static void
a_stolen_vehicle_is_not_transferred(void **state)
{
	struct session *seller;
	struct application a;
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	seller = fixture_citizen();
	vehicle = fixture_vehicle(seller, fixture_vin());
	a = fixture_file(seller, "vehicle-transfer", vehicle, NULL);
	assert_true(accept(&a, fixture_citizen()));
	fixture_do(fixture.desk, "vehicle-stolen", vehicle, NULL);
	assert_false(fixture_try_decide(&a, true));
	assert_true(err_is(&fixture.err, "vehicle_stolen"));
}

static bool
set_aside(const struct application *a, const struct session *supervisor)
{
	static const int32_t reason[] = { 1 };
	struct application after;

	return decision_set_aside(fixture.room, house.arena, supervisor,
	    &vehicle_service, &(struct casework_step){
	    .application = a->id, .reasons = reason, .n_reasons = 1 },
	    &after, &fixture.err);
}

static void
what_is_set_aside_is_locked_again(void **state)
{
	struct session *owner, *supervisor;
	struct application a, other;
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	supervisor = house_session(house_staff(ROLE_SUPERVISOR),
	    ROOM_VEHICLE);
	vehicle = fixture_vehicle(owner, fixture_vin());
	a = fixture_file(owner, "vehicle-off-road", vehicle, NULL);
	fixture_refuse(&a);
	other = fixture_file(owner, "vehicle-transfer", vehicle, NULL);
	assert_false(set_aside(&a, supervisor));
	assert_true(err_is(&fixture.err, "vehicle_locked"));
	assert_true(withdraw(&other, owner));
	if (!set_aside(&a, supervisor))
		fail_msg("%s %s", fixture.err.constraint, fixture.err.text);
	assert_true(is_locked(vehicle));
	fixture_approve(fixture_now(&a));
	assert_string_equal(fixture_get(vehicle).registration.state,
	    "off_road");
}

static void
a_keeper_does_what_keepers_may(void **state)
{
	struct session *owner, *keeper;
	struct application a;
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	keeper = fixture_citizen();
	vehicle = fixture_vehicle(owner, fixture_vin());
	house_sql("SET session_replication_role = replica;"
	    " UPDATE vehicle.registration SET keeper = '%s'"
	    " WHERE vehicle = '%s'", text(keeper->subject), text(vehicle));
	assert_false(fixture_try_file(keeper, "vehicle-transfer", vehicle,
	    &a, NULL));
	assert_true(err_is(&fixture.err, "owner_only"));
	assert_false(fixture_try_file(fixture_citizen(), "vehicle-off-road",
	    vehicle, &a, NULL));
	assert_int_equal(fixture.err.code, ERR_ABSENT);
	fixture_do(keeper, "vehicle-off-road", vehicle, NULL);
}

/* ---- what a broken program tries */

struct forging {
	struct application	*application;
	struct vehicle_file	*file;
	struct uuid		 owner;		/* of the forged title */
	bool			 ends;		/* the one before it ends */
	bool			 follows;	/* and is followed */
};

/* An approval that writes the titles it likes. */
static bool
forge_body(struct act *act, void *arg, struct err *e)
{
	struct forging *f = arg;
	struct application after;
	struct title old = f->file->title;
	struct title new = { .id = uuid_new(), .vehicle = old.vehicle,
	    .owner = f->owner, .state = "issued", .from_at = act_now(act),
	    .until_at = INSTANT_NONE };
	struct uuid event;

	if (!casework_step(act, &(struct casework_step){
	    .application = f->application->id, .action = "approve",
	    .role = "clerk" }, &after, &event, e))
		return false;
	old.state = "transferred";
	old.until_at = act_now(act);
	new.cause = old.cause = event;
	if (f->follows)
		new.previous = old.id;
	if (f->ends)
		vehicle_record_put_title(act, &old);
	vehicle_record_put_title(act, &new);
	return act_say(act, &(struct act_entry){ .type = EVENT_DECIDE,
	    .purpose = PURPOSE_CASEWORK,
	    .subject = f->application->applicant,
	    .application = f->application->id }, NULL, e);
}

static void
no_title_is_forged(void **state)
{
	struct session *seller, *buyer;
	struct vehicle_file file;
	struct application a;
	struct {
		bool		 ends, follows, buyers;
		const char	*rule;
	} tries[] = {
		{ false, false, true, "title_chain" },
		{ false, true, true, "title_chain" },
		{ true, false, true, "title_chain" },
		{ true, true, false, "title_owner" },
	};

	(void)state;
	fixture_wanted();
	seller = fixture_citizen();
	buyer = fixture_citizen();
	file = fixture_get(fixture_vehicle(seller, fixture_vin()));
	a = fixture_file(seller, "vehicle-transfer", file.vehicle.id, NULL);
	assert_true(accept(&a, buyer));
	a = fixture_now(&a);
	assert_true(casework_do(fixture.room, house.arena, fixture.desk,
	    &(struct casework_step){ .application = a.id, .action = "claim",
	    .role = "clerk" }, PURPOSE_CASEWORK, &a, &fixture.err));
	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		struct forging f = { &a, &file, tries[i].buyers
		    ? buyer->subject : fixture.desk->subject, tries[i].ends,
		    tries[i].follows };

		assert_false(act_run(fixture.room, house.arena, fixture.desk,
		    forge_body, &f, &fixture.err));
		if (!err_is(&fixture.err, tries[i].rule))
			fail_msg("%zu: %s instead of %s", i,
			    fixture.err.constraint, tries[i].rule);
	}
	fixture_approve(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_title_passes_to_who_accepts),
		cmocka_unit_test(a_seller_does_not_accept),
		cmocka_unit_test(an_offer_is_found_by_its_token_alone),
		cmocka_unit_test(an_offer_lapses),
		cmocka_unit_test(
		    a_vehicle_is_locked_under_review_and_free_after),
		cmocka_unit_test(a_hold_is_placed_on_a_locked_vehicle),
		cmocka_unit_test(a_lien_bars_a_transfer),
		cmocka_unit_test(a_stolen_vehicle_is_not_transferred),
		cmocka_unit_test(what_is_set_aside_is_locked_again),
		cmocka_unit_test(a_keeper_does_what_keepers_may),
		cmocka_unit_test(no_title_is_forged),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
