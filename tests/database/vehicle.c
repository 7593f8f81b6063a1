/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each form's approval makes of the register, and what bars it.
 * Transfers and locks are tests/database/vehicle_transfer.c.
 */
#include "services/vehicle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "forms/plate.h"
#include "forms/vin.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "services/service.h"
#include "services/vehicle_expiry.h"
#include "tests/database/vehicle_fixture.h"
#include "tests/unit/vectors.h"

#define FIELDS(...)	((const char *const[]){ __VA_ARGS__, NULL })

static const struct uuid nothing;

static const char *
text(struct uuid id)
{
	char out[UUID_TEXT];

	return arena_strdup(house.arena, uuid_text(id, out));
}

/* ---- a new vehicle */

static void
registration_makes_everything(void **state)
{
	struct session *owner;
	struct vehicle_file f;
	const char *vin;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	vin = fixture_vin();
	f = fixture_get(fixture_vehicle(owner, vin));
	assert_string_equal(f.vehicle.vin, vin);
	assert_string_equal(f.vehicle.vin_note, "good");
	assert_string_equal(f.vehicle.make, "Fiat");
	assert_string_equal(f.vehicle.model, "Argo 1.0");
	assert_int_equal(f.vehicle.model_year, 2024);
	assert_string_equal(f.vehicle.colour, "red");
	assert_string_equal(f.vehicle.fuel, "flex");
	assert_false(f.vehicle.imported);
	assert_true(uuid_is_nil(f.vehicle.locked_by));
	assert_string_equal(f.title.state, "issued");
	assert_true(uuid_equal(f.title.owner, owner->subject));
	assert_string_equal(f.registration.state, "active");
	assert_true(uuid_equal(f.registration.keeper, owner->subject));
	assert_int_equal(f.registration.valid_until,
	    date_add_months(clock_today(), VEHICLE_MONTHS) - 1);
	assert_int_equal(f.registration.due, f.registration.valid_until
	    - VEHICLE_FIRST_REMINDER - 1);
	assert_true(plate_valid(f.plate.number));
	assert_false(plate_is_old(f.plate.number));
	assert_int_equal(f.n_readings, 1);
	assert_int_equal(f.n_brands, 0);
	assert_string_equal(house_sql("SELECT count(*) FROM vehicle.title t"
	    " JOIN casework.event e ON e.id = t.cause"
	    " JOIN vehicle.registration r ON r.cause = e.id"
	    " JOIN vehicle.reading d ON d.event = e.id"
	    " JOIN vehicle.plate_assignment p ON p.event = e.id"
	    " WHERE e.action = 'approve' AND t.vehicle = '%s'",
	    text(f.vehicle.id)), "1");
}

static void
keeper_and_origin_are_kept(void **state)
{
	struct session *owner;
	struct vehicle_file f;
	struct uuid vehicle;
	const char *vin;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	vin = fixture_vin();
	fixture_do(owner, "vehicle-registration", nothing, FIELDS("vin", vin,
	    "keeper-is-owner", "no", "keeper-name", "Rui Costa",
	    "first-registered-abroad", "yes", "import-document", "DI-9",
	    "import-date-day", "1", "import-date-month", "1",
	    "import-date-year", "2024", "plate-preference", "even"));
	assert_true(vehicle_record_by_vin(fixture.room, house.arena, vin,
	    &vehicle, &fixture.err));
	f = fixture_get(vehicle);
	assert_true(uuid_is_nil(f.registration.keeper));
	assert_string_equal(f.registration.keeper_name, "Rui Costa");
	assert_non_null(strstr(f.registration.keeper_address, "Lisboa"));
	assert_int_equal(f.n_brands, 1);
	assert_string_equal(f.brands[0].kind, "imported");
	assert_int_equal((f.plate.number[PLATE_LENGTH - 1] - '0') % 2, 0);
}

static void
a_number_is_registered_once(void **state)
{
	struct application first, second;
	const char *vin;

	(void)state;
	fixture_wanted();
	vin = fixture_vin();
	first = fixture_file(fixture_citizen(), "vehicle-registration",
	    nothing, FIELDS("vin", vin));
	second = fixture_file(fixture_citizen(), "vehicle-registration",
	    nothing, FIELDS("vin", vin));
	fixture_approve(first);
	assert_false(fixture_try_decide(&second, true));
	assert_true(err_is(&fixture.err, "vehicle_vin_once"));
	assert_false(fixture_try_file(fixture_citizen(),
	    "vehicle-registration", nothing, &second, FIELDS("vin", vin)));
	assert_int_equal(fixture.err.code, ERR_INPUT);
	assert_non_null(fixture.refusal.findings);
	assert_int_equal(fixture.refusal.findings->level, FINDING_BAD);
	assert_string_equal(fixture.refusal.findings->item, "vin");
}

/* Columns of the file: vin, make, model, year, country. */
static void
real_numbers_are_taken(void **state)
{
	char *path = NULL, line[256];
	struct session *owner;
	struct vehicle_file f;
	size_t taken = 0;
	FILE *file;

	(void)state;
	fixture_wanted();
	path = vectors_path_or_skip("vehicles/vins.csv");
	file = fopen(path, "re");
	free(path);
	assert_non_null(file);
	owner = fixture_citizen();
	assert_non_null(fgets(line, sizeof line, file));
	while (fgets(line, sizeof line, file) != NULL) {
		char *vin = arena_strndup(house.arena, line,
		    strcspn(line, ","));

		f = fixture_get(fixture_vehicle(owner, vin));
		assert_string_equal(f.vehicle.vin, vin);
		assert_string_equal(f.vehicle.vin_note,
		    vin_check_digit(vin) == vin[8] ? "good" : "bad");
		taken++;
	}
	fclose(file);
	assert_true(taken > 20);
}

/* ---- changes of a known one */

static void
renewal_adds_a_year(void **state)
{
	struct session *owner;
	struct vehicle_file f;
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	vehicle = fixture_vehicle(owner, fixture_vin());
	assert_false(fixture_try_file(owner, "vehicle-renewal", vehicle,
	    &(struct application){ .version = 0 }, NULL));
	assert_true(err_is(&fixture.err, "renewal_early"));
	house_sql("SET session_replication_role = replica;"
	    " UPDATE vehicle.registration SET valid_until ="
	    " casework.today() + 30 WHERE vehicle = '%s'", text(vehicle));
	fixture_do(owner, "vehicle-renewal", vehicle,
	    FIELDS("odometer", "900"));
	f = fixture_get(vehicle);
	assert_int_equal(f.registration.valid_until,
	    date_add_months(clock_today() + 31, 12) - 1);
	assert_int_equal(f.n_readings, 2);
	assert_int_equal(f.readings[0].km, 900);
}

static void
the_road_is_left_and_taken_again(void **state)
{
	struct session *owner;
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	vehicle = fixture_vehicle(owner, fixture_vin());
	assert_false(fixture_try_file(owner, "vehicle-return", vehicle,
	    &(struct application){ .version = 0 }, NULL));
	assert_true(err_is(&fixture.err, "registration_on_road"));
	fixture_do(owner, "vehicle-off-road", vehicle, NULL);
	assert_string_equal(fixture_get(vehicle).registration.state,
	    "off_road");
	assert_int_equal(fixture_get(vehicle).registration.due, DATE_NONE);
	fixture_do(owner, "vehicle-return", vehicle, NULL);
	assert_string_equal(fixture_get(vehicle).registration.state,
	    "active");
}

static void
another_keeper_is_named(void **state)
{
	struct session *owner;
	struct vehicle_file f;
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	vehicle = fixture_vehicle(owner, fixture_vin());
	fixture_do(owner, "vehicle-keeper-change", vehicle, FIELDS(
	    "keeper-name", "Ana Souza", "keeper-cpf", "11144477735",
	    "keeper-from-day", "1", "keeper-from-month", "1",
	    "keeper-from-year", "2024"));
	f = fixture_get(vehicle);
	assert_true(uuid_is_nil(f.registration.keeper));
	assert_string_equal(f.registration.keeper_name, "Ana Souza");
	assert_string_equal(f.registration.keeper_id, "11144477735");
	assert_true(uuid_equal(f.title.owner, owner->subject));
}

static void
a_plate_is_replaced(void **state)
{
	struct session *owner;
	struct vehicle_file before, after;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	before = fixture_get(fixture_vehicle(owner, fixture_vin()));
	fixture_do(owner, "vehicle-plate-replacement", before.vehicle.id,
	    FIELDS("replacement-reason", "stolen"));
	after = fixture_get(before.vehicle.id);
	assert_string_not_equal(before.plate.number, after.plate.number);
	assert_string_equal(house_sql("SELECT state FROM vehicle.plate"
	    " WHERE id = '%s'", text(before.plate.id)), "stolen");
	assert_string_equal(house_sql("SELECT count(*) FROM"
	    " vehicle.plate_assignment WHERE vehicle = '%s' AND until_at IS"
	    " NULL", text(before.vehicle.id)), "1");
}

static void
a_document_is_replaced(void **state)
{
	struct session *owner;
	struct vehicle_file before, after;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	before = fixture_get(fixture_vehicle(owner, fixture_vin()));
	fixture_do(owner, "vehicle-document-replacement", before.vehicle.id,
	    FIELDS("replacement-reason", "lost"));
	after = fixture_get(before.vehicle.id);
	assert_true(uuid_equal(after.title.previous, before.title.id));
	assert_true(uuid_equal(after.title.owner, owner->subject));
	assert_string_equal(house_sql("SELECT state FROM vehicle.title"
	    " WHERE id = '%s'", text(before.title.id)), "superseded");
}

static void
a_registration_ends(void **state)
{
	static const char *const ends[][2] = {
		{ "vehicle-export", "exported" },
		{ "vehicle-scrapping", "scrapped" },
	};
	struct session *owner;
	struct vehicle_file f;
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	for (size_t i = 0; i < 2; i++) {
		const char *vin = fixture_vin();

		vehicle = fixture_vehicle(owner, vin);
		fixture_do(owner, ends[i][0], vehicle, NULL);
		f = fixture_get(vehicle);
		assert_string_equal(f.vehicle.state, "ended");
		assert_string_equal(f.title.state, "surrendered");
		assert_string_equal(f.registration.state, "ended");
		assert_string_equal(f.registration.end_reason, ends[i][1]);
		assert_int_equal(f.plate.version, 0);
		assert_false(fixture_try_file(owner, "vehicle-correction",
		    vehicle, &(struct application){ .version = 0 }, NULL));
		assert_int_equal(fixture.err.code, ERR_ABSENT);
		assert_false(fixture_try_file(fixture.desk, "vehicle-hold",
		    vehicle, &(struct application){ .version = 0 }, NULL));
		assert_true(err_is(&fixture.err, "vehicle_ended"));
		fixture_vehicle(fixture_citizen(), vin);
	}
}

/* ---- corrections */

static struct vehicle_file
corrected(struct uuid vehicle, const struct session *owner,
    const char *field, const char *right)
{
	struct house_person second = house_staff(ROLE_CLERK);
	struct session *s = house_session(second, ROOM_VEHICLE);
	struct session *first = fixture.desk;
	struct application a = fixture_file(owner, "vehicle-correction",
	    vehicle, FIELDS("wrong-field", field, arena_printf(house.arena,
	    "right-%s", field), right));
	struct application after;

	assert_false(fixture_try_decide(&a, true));
	assert_true(err_is(&fixture.err, "four_eyes_policy"));
	assert_true(casework_do(fixture.room, house.arena, first,
	    &(struct casework_step){ .application = a.id,
	    .action = "recommend", .role = "clerk" }, PURPOSE_CASEWORK,
	    &after, &fixture.err));
	fixture.desk = s;
	assert_true(casework_do(fixture.room, house.arena, s,
	    &(struct casework_step){ .application = a.id, .action = "claim",
	    .role = "clerk" }, PURPOSE_CASEWORK, &after, &fixture.err));
	after = fixture_now(&after);
	if (!fixture_try_decide(&after, true))
		fail_msg("%s: %s", field, fixture.err.text);
	fixture.desk = first;
	return fixture_get(vehicle);
}

static void
a_correction_is_applied(void **state)
{
	struct session *owner;
	struct uuid vehicle;
	const char *vin;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	vehicle = fixture_vehicle(owner, fixture_vin());
	vin = fixture_vin();
	assert_string_equal(corrected(vehicle, owner, "make", "Ford")
	    .vehicle.make, "Ford");
	assert_string_equal(corrected(vehicle, owner, "colour", "blue")
	    .vehicle.colour, "blue");
	assert_int_equal(corrected(vehicle, owner, "model-year", "2023")
	    .vehicle.model_year, 2023);
	assert_string_equal(corrected(vehicle, owner, "vin", vin)
	    .vehicle.vin, vin);
	assert_int_equal(corrected(vehicle, owner, "odometer", "3")
	    .readings[0].km, 3);
	assert_false(fixture_get(vehicle).readings[0].actual);
	assert_string_equal(fixture_get(vehicle).vehicle.model, "Argo 1.0");
}

static void
an_odometer_does_not_go_back(void **state)
{
	struct session *owner;
	struct application a;
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	vehicle = fixture_vehicle(owner, fixture_vin());
	assert_false(fixture_try_file(owner, "vehicle-transfer", vehicle, &a,
	    FIELDS("odometer", "11")));
	assert_int_equal(fixture.err.code, ERR_INPUT);
	fixture_file(owner, "vehicle-transfer", vehicle,
	    FIELDS("odometer", "12"));
}

/* ---- what the desk records for others */

static void
the_desk_marks_a_vehicle(void **state)
{
	struct session *owner;
	struct vehicle_file f;
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	vehicle = fixture_vehicle(owner, fixture_vin());
	fixture_do(fixture.desk, "vehicle-lien", vehicle, FIELDS("lender",
	    "Banco Um", "contract", "C-1"));
	fixture_do(fixture.desk, "vehicle-hold", vehicle, FIELDS(
	    "ordered-by", "Vara 3", "hold-reason", "A dispute"));
	fixture_do(fixture.desk, "vehicle-stolen", vehicle, NULL);
	fixture_do(fixture.desk, "vehicle-brand", vehicle, FIELDS("brand",
	    "odometer-not-actual", "evidence", "A report"));
	f = fixture_get(vehicle);
	assert_string_equal(f.liens[0].state, "open");
	assert_string_equal(f.liens[0].lender, "Banco Um");
	assert_string_equal(f.holds[0].state, "placed");
	assert_string_equal(f.holds[0].why, "A dispute");
	assert_true(f.vehicle.stolen);
	assert_string_equal(f.brands[0].kind, "odometer-not-actual");
	fixture_do(fixture.desk, "vehicle-lien-discharge", vehicle,
	    FIELDS("contract", "C-1"));
	fixture_do(fixture.desk, "vehicle-hold-lift", vehicle,
	    FIELDS("lifted-by", "Vara 3"));
	fixture_do(fixture.desk, "vehicle-found", vehicle, NULL);
	f = fixture_get(vehicle);
	assert_string_equal(f.liens[0].state, "discharged");
	assert_string_equal(f.holds[0].state, "lifted");
	assert_false(f.vehicle.stolen);
	assert_int_equal(f.n_brands, 1);
}

static int
mails_to(const struct session *owner)
{
	char id[UUID_TEXT];
	int64_t n;

	assert_true(str_int(house_sql("SELECT count(*) FROM ops.message"
	    " WHERE kind = 'mail' AND ref = '%s'",
	    uuid_text(owner->subject, id)), 0, 1000, &n, NULL));
	return (int)n;
}

/* What the desk files is no application of the owner's: of the whole case
 * they hear the decision. */
static void
the_owner_hears_what_was_decided(void **state)
{
	struct session *owner;
	struct uuid vehicle;
	int before;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	vehicle = fixture_vehicle(owner, fixture_vin());
	before = mails_to(owner);
	fixture_do(fixture.desk, "vehicle-lien", vehicle, FIELDS("lender",
	    "Banco Um", "contract", "C-1"));
	assert_int_equal(mails_to(owner), before + 1);
}

static void
the_wrong_contract_discharges_nothing(void **state)
{
	struct session *owner;
	struct application a;
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	vehicle = fixture_vehicle(owner, fixture_vin());
	assert_false(fixture_try_file(fixture.desk, "vehicle-lien-discharge",
	    vehicle, &a, FIELDS("contract", "C-1")));
	assert_true(err_is(&fixture.err, "lien_absent"));
	fixture_do(fixture.desk, "vehicle-lien", vehicle, FIELDS("lender",
	    "Banco Um", "contract", "C-1"));
	a = fixture_file(fixture.desk, "vehicle-lien-discharge", vehicle,
	    FIELDS("contract", "C-2"));
	assert_false(fixture_try_decide(&a, true));
	assert_true(err_is(&fixture.err, "lien_absent"));
}

static void
the_desk_is_for_clerks_without_an_interest(void **state)
{
	struct application a;
	struct session *owner, *desk;
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	owner = fixture_citizen();
	vehicle = fixture_vehicle(owner, fixture_vin());
	assert_false(fixture_try_file(owner, "vehicle-hold", vehicle, &a,
	    FIELDS("ordered-by", "me", "hold-reason", "none")));
	assert_true(err_is(&fixture.err, "citizens_apply"));
	desk = house_session(house_staff(ROLE_CLERK), ROOM_VEHICLE);
	house_sql("INSERT INTO identity.relation (id, row_version, nonce,"
	    " account, subject) VALUES (gen_random_uuid(), 1,"
	    " gen_random_uuid(), '%s', '%s')", text(desk->account),
	    text(owner->subject));
	assert_false(fixture_try_file(desk, "vehicle-hold", vehicle, &a,
	    FIELDS("ordered-by", "me", "hold-reason", "none")));
	assert_true(err_is(&fixture.err, "conflict_of_interest"));
}

/* ---- days gone by */

static void
set_days(struct uuid vehicle, int until, int due)
{
	house_sql("SET session_replication_role = replica;"
	    " UPDATE vehicle.registration SET valid_until = casework.today()"
	    " + %d, due = casework.today() + %d, valid_from ="
	    " casework.today() - 300 WHERE vehicle = '%s'", until, due,
	    text(vehicle));
}

static struct registration
worked(struct uuid vehicle)
{
	int64_t n;

	if (!vehicle_expiry_work(fixture.room, house.arena, &n,
	    &fixture.err))
		fail_msg("%s", fixture.err.text);
	return fixture_get(vehicle).registration;
}

static void
a_registration_expires_by_its_days(void **state)
{
	struct registration r;
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	vehicle = fixture_vehicle(fixture_citizen(), fixture_vin());
	set_days(vehicle, 41, 0);
	assert_string_equal(worked(vehicle).state, "active");
	set_days(vehicle, 40, -1);
	r = worked(vehicle);
	assert_string_equal(r.state, "expiring");
	assert_int_equal(r.due, r.valid_until - VEHICLE_SECOND_REMINDER - 1);
	assert_int_equal(worked(vehicle).version, r.version);
	set_days(vehicle, 14, -1);
	r = worked(vehicle);
	assert_string_equal(r.state, "expiring");
	assert_int_equal(r.due, r.valid_until);
	set_days(vehicle, -1, -1);
	r = worked(vehicle);
	assert_string_equal(r.state, "lapsed");
	assert_int_equal(r.due, DATE_NONE);
	assert_string_equal(house_sql("SELECT count(*) FROM audit.q WHERE"
	    " type = 3 AND purpose = 10 AND actor IS NULL AND row_id = '%s'",
	    text(r.id)), "3");
}

static void
a_late_worker_catches_up(void **state)
{
	struct uuid vehicle;

	(void)state;
	fixture_wanted();
	vehicle = fixture_vehicle(fixture_citizen(), fixture_vin());
	set_days(vehicle, -20, -61);
	assert_string_equal(worked(vehicle).state, "expiring");
	assert_string_equal(worked(vehicle).state, "lapsed");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(registration_makes_everything),
		cmocka_unit_test(keeper_and_origin_are_kept),
		cmocka_unit_test(a_number_is_registered_once),
		cmocka_unit_test(real_numbers_are_taken),
		cmocka_unit_test(renewal_adds_a_year),
		cmocka_unit_test(the_road_is_left_and_taken_again),
		cmocka_unit_test(another_keeper_is_named),
		cmocka_unit_test(a_plate_is_replaced),
		cmocka_unit_test(a_document_is_replaced),
		cmocka_unit_test(a_registration_ends),
		cmocka_unit_test(a_correction_is_applied),
		cmocka_unit_test(an_odometer_does_not_go_back),
		cmocka_unit_test(the_desk_marks_a_vehicle),
		cmocka_unit_test(the_owner_hears_what_was_decided),
		cmocka_unit_test(the_wrong_contract_discharges_nothing),
		cmocka_unit_test(the_desk_is_for_clerks_without_an_interest),
		cmocka_unit_test(a_registration_expires_by_its_days),
		cmocka_unit_test(a_late_worker_catches_up),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
