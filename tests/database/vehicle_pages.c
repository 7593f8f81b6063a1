/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pages of room vehicle as citizens and staff see them: who sees which
 * vehicle, what a link in a mail leads to, and what is counted and logged.
 */
#include "cgi-bin/vehicle_routes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cgi-bin/program.h"
#include "lib/arena.h"
#include "lib/secret.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "services/party.h"
#include "services/vehicle.h"
#include "services/vehicle_look.h"
#include "services/vehicle_offer.h"
#include "tests/database/vehicle_fixture.h"
#include "tests/database/visitor.h"

#define FIELDS(...)	((const char *const[]){ __VA_ARGS__, NULL })

static struct program program = {
	.name = "vehicle",
	.room = ROOM_VEHICLE,
	.routes = vehicle_routes,
	.service = &vehicle_service,
};

static int
start(void **state)
{
	program.n = vehicle_routes_n;
	return fixture_start(state);
}

static struct visitor
visitor_of(const struct session *s)
{
	struct visitor v = { .language = "en" };

	v.cookie[ROOM_VEHICLE] = str_base64url(house.arena,
	    secret_bytes(&s->token));
	return v;
}

static struct reply
get(struct visitor *v, const char *target)
{
	return visitor_get(v, &program, target);
}

static struct reply
post(struct visitor *v, const char *target, const char *form)
{
	return visitor_post(v, &program, target, form);
}

static void
assert_shows(struct reply r, const char *words)
{
	if (r.status != 200 || strstr(r.body, words) == NULL)
		fail_msg("status %u without \"%s\": %s", r.status, words,
		    r.body);
}

static void
assert_hides(struct reply r, const char *words)
{
	if (strstr(r.body, words) != NULL)
		fail_msg("\"%s\" shows: %s", words, r.body);
}

static const char *
path(const char *before, struct uuid id, const char *behind)
{
	char text[UUID_TEXT];

	return arena_printf(house.arena, "%s%s%s", before,
	    uuid_text(id, text), behind);
}

static int64_t
entries(const char *where)
{
	int64_t n;

	assert_true(str_int(house_sql("SELECT count(*) FROM audit.q WHERE"
	    " %s", where), 0, INT32_MAX, &n, NULL));
	return n;
}

/* ---- one's own vehicles */

static void
routes_are_as_the_house_wants_them(void **state)
{
	struct err e;

	(void)state;
	if (!route_lint(vehicle_routes, vehicle_routes_n, &e))
		fail_msg("%s", e.text);
}

static void
nobody_is_led_to_the_way_in(void **state)
{
	struct visitor v = { .language = "en" };
	struct reply r;

	(void)state;
	fixture_wanted();
	r = get(&v, "/vehicles");
	assert_int_equal(r.status, 303);
	assert_string_equal(r.location,
	    "/account/enter?room=vehicle&to=%2Fvehicles");
}

static void
an_empty_list_says_what_to_do(void **state)
{
	struct visitor v;

	(void)state;
	fixture_wanted();
	v = visitor_of(fixture_citizen());
	assert_shows(get(&v, "/vehicles"), "No vehicle is registered to you");
	assert_shows(get(&v, "/vehicles"), "Register a vehicle");
}

static void
an_owner_sees_the_vehicle(void **state)
{
	struct session *owner;
	struct vehicle_file f;
	struct visitor v;
	struct reply r;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	v = visitor_of(owner);
	f = fixture_get(fixture_vehicle(owner, fixture_vin()));
	r = get(&v, "/vehicles");
	assert_shows(r, "Fiat Argo 1.0, 2024");
	assert_shows(r, f.plate.number);
	r = get(&v, path("/vehicles/", f.vehicle.id, ""));
	assert_shows(r, f.vehicle.vin);
	assert_shows(r, "Petrol and ethanol (flex)");
	assert_shows(r, path("/vehicles/apply/vehicle-transfer?vehicle=",
	    f.vehicle.id, ""));
	assert_shows(r, "You can renew from");
	assert_hides(r, "/vehicles/apply/vehicle-renewal");
	assert_hides(r, "/vehicles/apply/vehicle-hold");
}

static void
a_strangers_vehicle_is_not_found(void **state)
{
	struct uuid vehicle;
	struct visitor v;

	(void)state;
	fixture_wanted();
	vehicle = fixture_vehicle(fixture_citizen(), fixture_vin());
	v = visitor_of(fixture_citizen());
	assert_int_equal(get(&v, path("/vehicles/", vehicle, "")).status,
	    404);
	assert_int_equal(get(&v, path("/vehicles/", vehicle,
	    "/certificate")).status, 404);
	assert_int_equal(get(&v, "/vehicles/not-a-vehicle").status, 404);
}

static void
what_bars_a_deed_is_said(void **state)
{
	struct session *owner;
	struct uuid vehicle;
	struct visitor v;
	struct reply r;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	v = visitor_of(owner);
	vehicle = fixture_vehicle(owner, fixture_vin());
	fixture_do(fixture.desk, "vehicle-lien", vehicle, FIELDS("lender",
	    "Banco <Um>", "contract", "C-1"));
	r = get(&v, path("/vehicles/", vehicle, ""));
	assert_shows(r, "The lender has to release it first");
	assert_shows(r, "Banco &lt;Um&gt;");
	assert_hides(r, "/vehicles/apply/vehicle-transfer");
	fixture_file(owner, "vehicle-off-road", vehicle, NULL);
	r = get(&v, path("/vehicles/", vehicle, ""));
	assert_shows(r, "A change of this vehicle is under review");
	assert_shows(r, "Follow application VO-");
	assert_shows(get(&v, "/vehicles"), "Applications under way");
}

static void
a_form_asks_which_vehicle(void **state)
{
	static const char form[] = "/vehicles/apply/vehicle-transfer";
	struct session *owner;
	struct visitor v, nobody = { .language = "en" };
	struct uuid vehicle;
	struct reply r;
	const char *link;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	v = visitor_of(owner);
	assert_shows(get(&nobody, form), "Transfer a vehicle");
	assert_shows(get(&v, form), "No vehicle is registered to you");
	vehicle = fixture_vehicle(owner, fixture_vin());
	link = path("/vehicles/apply/vehicle-transfer?vehicle=", vehicle, "");
	assert_shows(get(&v, form), link);
	assert_shows(get(&v, link), "Start now");
	assert_shows(post(&v, form, ""), "Which vehicle?");
	r = post(&v, form, path("vehicle=", vehicle, ""));
	assert_int_equal(r.status, 303);
	fixture_do(fixture.desk, "vehicle-stolen", vehicle, NULL);
	r = get(&v, link);
	assert_int_equal(r.status, 403);
	assert_non_null(strstr(r.body, "recorded as stolen"));
	v = visitor_of(fixture_citizen());
	assert_int_equal(get(&v, link).status, 404);
}

static void
a_certificate_is_an_entry(void **state)
{
	static const struct party maria = { .name = "Maria da Silva",
	    .national_id = "52998224725", .born = 5000, .language = "en" };
	struct session *owner;
	struct uuid vehicle;
	struct visitor v;
	struct reply r;
	int64_t before;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	v = visitor_of(owner);
	house_profile(owner->subject, ROOM_VEHICLE, &maria);
	vehicle = fixture_vehicle(owner, fixture_vin());
	before = entries("room = 3 AND type = 5");
	r = get(&v, path("/vehicles/", vehicle, "/certificate"));
	assert_shows(r, "Registration certificate");
	assert_shows(r, "Maria da Silva");
	assert_int_equal(entries("room = 3 AND type = 5"), before + 1);
	fixture_do(fixture.desk, "vehicle-stolen", vehicle, NULL);
	r = get(&v, path("/vehicles/", vehicle, "/certificate"));
	assert_int_equal(r.status, 403);
	assert_int_equal(entries("room = 3 AND type = 5"), before + 1);
}

/* ---- offers */

/* The link as the new owner was mailed it: the token is in no row, so the
 * offer is given one that the test knows. */
static const char *
link_to(const struct application *a)
{
	struct secret token = crypto_new_key();
	struct hash h = crypto_sha256(secret_bytes(&token));
	char id[UUID_TEXT];

	house_sql("SET session_replication_role = replica;"
	    " UPDATE vehicle.offer SET token_hash = '\\x%s'"
	    " WHERE application = '%s'", str_hex(house.arena,
	    bytes(h.b, sizeof h.b)), uuid_text(a->id, id));
	return arena_printf(house.arena, "/vehicles/offers/%s",
	    str_base64url(house.arena, secret_bytes(&token)));
}

static void
an_offer_is_accepted_by_its_link(void **state)
{
	struct session *seller, *buyer;
	struct visitor v, other, own;
	struct application a;
	const char *link;
	struct reply r;

	(void)state;
	fixture_wanted();
	seller = fixture_citizen();
	buyer = fixture_citizen();
	v = visitor_of(buyer);
	other = visitor_of(fixture_citizen());
	own = visitor_of(seller);
	a = fixture_file(seller, "vehicle-transfer",
	    fixture_vehicle(seller, fixture_vin()), NULL);
	link = link_to(&a);
	r = get(&v, link);
	assert_shows(r, "You are offered: Fiat Argo 1.0, 2024");
	assert_shows(r, "50,000.00");
	assert_hides(r, "buyer@people.example");
	assert_hides(r, "maria@people.example");
	assert_shows(r, "name=\"agree\" type=\"checkbox\" value=\"yes\"");
	assert_shows(get(&own, link), "This is your own offer");
	assert_int_equal(post(&v, link, "").status, 422);
	r = post(&v, link, "agree=yes");
	assert_int_equal(r.status, 303);
	assert_non_null(strstr(r.location, "?receipt="));
	assert_shows(get(&v, r.location), "You accepted the vehicle");
	assert_shows(get(&v, r.location), "Your receipt number");
	assert_shows(post(&v, link, "agree=yes"), "You accepted");
	assert_shows(get(&other, link), "Somebody has accepted it already");
	assert_shows(get(&v, "/vehicles"), "Vehicles that you accepted");
	fixture_approve(fixture_now(&a));
	assert_shows(get(&v, "/vehicles"), "Fiat Argo 1.0, 2024");
	assert_shows(get(&own, "/vehicles"),
	    "No vehicle is registered to you");
}

static void
an_offer_taken_back_is_over(void **state)
{
	struct session *seller;
	struct visitor v, own;
	struct application a;
	const char *link;

	(void)state;
	fixture_wanted();
	seller = fixture_citizen();
	own = visitor_of(seller);
	v = visitor_of(fixture_citizen());
	a = fixture_file(seller, "vehicle-transfer",
	    fixture_vehicle(seller, fixture_vin()), NULL);
	link = link_to(&a);
	get(&own, arena_printf(house.arena,
	    "/vehicles/applications/%s/withdraw", a.reference));
	assert_int_equal(post(&own, arena_printf(house.arena,
	    "/vehicles/applications/%s/withdraw", a.reference),
	    "version=1").status, 303);
	assert_shows(get(&v, link), "The seller took it back");
	get(&v, "/vehicles/look");
	assert_shows(post(&v, link, "agree=yes"), "This offer is over");
	assert_int_equal(get(&v, "/vehicles/offers/"
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").status, 404);
}

/* ---- looking up */

static void
a_look_up_tells_little_and_is_limited(void **state)
{
	struct vehicle_file f;
	struct visitor v;
	struct reply r;
	int64_t before;

	(void)state;
	fixture_wanted();
	f = fixture_get(fixture_vehicle(fixture_citizen(), fixture_vin()));
	v = visitor_of(fixture_citizen());
	get(&v, "/vehicles/look");
	before = entries("room = 3 AND type = 1");
	r = post(&v, "/vehicles/look", arena_printf(house.arena,
	    "by=plate&value=%.3s-%s", f.plate.number, f.plate.number + 3));
	assert_shows(r, "Recorded as stolen");
	assert_hides(r, f.vehicle.vin);
	assert_hides(r, "Fiat");
	assert_shows(post(&v, "/vehicles/look", "by=plate&value=ZZZ9Z99"),
	    "No vehicle with this plate or VIN");
	assert_int_equal(post(&v, "/vehicles/look",
	    "by=vin&value=short%21").status, 422);
	assert_int_equal(post(&v, "/vehicles/look", "value=x").status, 422);
	assert_int_equal(entries("room = 3 AND type = 1"), before + 2);
	for (int i = 2; i < VEHICLE_LOOKS; i++)
		assert_int_equal(post(&v, "/vehicles/look",
		    "by=plate&value=ZZZ9Z99").status, 200);
	assert_int_equal(post(&v, "/vehicles/look",
	    "by=plate&value=ZZZ9Z99").status, 429);
}

/* ---- the desk */

static void
the_desk_opens_a_file_with_a_purpose(void **state)
{
	struct session *owner;
	struct vehicle_file f;
	struct visitor v;
	struct reply r;
	const char *mine;
	char text[UUID_TEXT];

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	f = fixture_get(fixture_vehicle(owner, fixture_vin()));
	v = visitor_of(fixture.desk);
	mine = arena_printf(house.arena, "room = 3 AND type = 1 AND purpose"
	    " = 7 AND subject = '%s'", uuid_text(owner->subject, text));
	assert_shows(get(&v, "/desk/vehicles/search"),
	    "Why do you need it?");
	assert_int_equal(post(&v, "/desk/vehicles/search", arena_printf(
	    house.arena, "by=vin&value=%s", f.vehicle.vin)).status, 422);
	r = post(&v, "/desk/vehicles/search", arena_printf(house.arena,
	    "by=vin&value=%s&purpose=legal-request&reason=A+court",
	    f.vehicle.vin));
	assert_int_equal(r.status, 303);
	assert_int_equal(entries(mine), 0);
	r = get(&v, r.location);
	assert_shows(r, f.vehicle.vin);
	assert_shows(r, path("/desk/vehicles/apply/vehicle-hold?vehicle=",
	    f.vehicle.id, ""));
	assert_int_equal(entries(mine), 1);
	r = get(&v, path("/desk/vehicles/file/", f.vehicle.id, ""));
	assert_shows(r, "Why do you need it?");
	assert_hides(r, f.vehicle.vin);
	assert_int_equal(entries(mine), 1);
}

static void
a_file_with_an_interest_stays_shut(void **state)
{
	struct session *owner, *desk;
	struct uuid vehicle;
	struct visitor v;
	struct reply r;
	char account[UUID_TEXT], subject[UUID_TEXT];

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	vehicle = fixture_vehicle(owner, fixture_vin());
	desk = house_session(house_staff(ROLE_CLERK), ROOM_VEHICLE);
	v = visitor_of(desk);
	house_sql("INSERT INTO identity.relation (id, row_version, nonce,"
	    " account, subject) VALUES (gen_random_uuid(), 1,"
	    " gen_random_uuid(), '%s', '%s')",
	    uuid_text(desk->account, account),
	    uuid_text(owner->subject, subject));
	r = get(&v, path("/desk/vehicles/file/", vehicle,
	    "?purpose=casework"));
	assert_int_equal(r.status, 403);
	assert_non_null(strstr(r.body, "This file is your own"));
	assert_int_equal(entries(arena_printf(house.arena, "type = 10 AND"
	    " outcome = 1 AND actor = '%s' AND subject = '%s'", account,
	    subject)), 1);
	v = visitor_of(house_session(house_staff(ROLE_AUDITOR),
	    ROOM_VEHICLE));
	assert_int_equal(get(&v, path("/desk/vehicles/file/", vehicle,
	    "?purpose=casework")).status, 403);
	v = visitor_of(owner);
	assert_int_equal(get(&v, path("/desk/vehicles/file/", vehicle,
	    "?purpose=casework")).status, 403);
}

static void
a_form_of_the_desk_becomes_a_case(void **state)
{
	struct uuid vehicle;
	struct visitor v;
	struct reply r;

	(void)state;
	fixture_wanted();
	vehicle = fixture_vehicle(fixture_citizen(), fixture_vin());
	v = visitor_of(fixture.desk);
	r = get(&v, path("/desk/vehicles/apply/vehicle-stolen?vehicle=",
	    vehicle, ""));
	assert_shows(r, "Record a vehicle as stolen");
	r = post(&v, "/desk/vehicles/apply/vehicle-stolen",
	    path("vehicle=", vehicle, ""));
	assert_int_equal(r.status, 303);
	assert_true(str_starts(r.location, "/desk/vehicles/draft/"));
	assert_int_equal(get(&v, r.location).status, 200);
}

static void
what_a_supervisor_sets_aside_is_locked(void **state)
{
	struct session *owner;
	struct application a;
	struct uuid vehicle;
	struct visitor v;
	const char *case_path;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	vehicle = fixture_vehicle(owner, fixture_vin());
	a = fixture_file(owner, "vehicle-off-road", vehicle, NULL);
	fixture_refuse(&a);
	v = visitor_of(house_session(house_staff(ROLE_SUPERVISOR),
	    ROOM_VEHICLE));
	case_path = arena_printf(house.arena, "/desk/vehicles/%s",
	    a.reference);
	assert_int_equal(get(&v, case_path).status, 200);
	assert_int_equal(post(&v, arena_printf(house.arena, "%s/set-aside",
	    case_path), arena_printf(house.arena, "version=%d&note=Wrong",
	    fixture_now(&a).version)).status, 303);
	assert_string_equal(fixture_now(&a).state, "queued");
	assert_true(uuid_equal(fixture_get(vehicle).vehicle.locked_by,
	    a.id));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(routes_are_as_the_house_wants_them),
		cmocka_unit_test(nobody_is_led_to_the_way_in),
		cmocka_unit_test(an_empty_list_says_what_to_do),
		cmocka_unit_test(an_owner_sees_the_vehicle),
		cmocka_unit_test(a_strangers_vehicle_is_not_found),
		cmocka_unit_test(what_bars_a_deed_is_said),
		cmocka_unit_test(a_form_asks_which_vehicle),
		cmocka_unit_test(a_certificate_is_an_entry),
		cmocka_unit_test(an_offer_is_accepted_by_its_link),
		cmocka_unit_test(an_offer_taken_back_is_over),
		cmocka_unit_test(a_look_up_tells_little_and_is_limited),
		cmocka_unit_test(the_desk_opens_a_file_with_a_purpose),
		cmocka_unit_test(a_file_with_an_interest_stays_shut),
		cmocka_unit_test(a_form_of_the_desk_becomes_a_case),
		cmocka_unit_test(what_a_supervisor_sets_aside_is_locked),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, fixture_stop);
}
