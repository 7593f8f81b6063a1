/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of the vehicle service have in common. Everything goes
 * through the services, as a page would; nothing here writes a row.
 */
#include "tests/database/vehicle_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "forms/vin.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "services/decision.h"
#include "services/vehicle.h"
#include "tests/database/house_form.h"

enum {
	FIELDS = 64
};

struct vehicle_fixture fixture;

static const char *const forms[] = {
	"registration", "renewal", "transfer", "keeper-change", "off-road",
	"return", "export", "scrapping", "plate-replacement",
	"document-replacement", "correction", "lien", "lien-discharge",
	"hold", "hold-lift", "brand", "stolen", "found",
};

/* Of any form: what a form does not ask is left alone. */
static const struct form_field common[] = {
	{ "make", "Fiat" }, { "model", "Argo 1.0" },
	{ "model-year", "2024" }, { "category", "car" },
	{ "colour", "red" }, { "fuel", "flex" },
	{ "first-registered-abroad", "no" },
	{ "inspection-certificate", "IC-1" },
	{ "inspection-date-day", "5" }, { "inspection-date-month", "1" },
	{ "inspection-date-year", "2024" }, { "inspection-due", "no" },
	{ "invoice-number", "NF-1" },
	{ "purchase-date-day", "4" }, { "purchase-date-month", "1" },
	{ "purchase-date-year", "2024" }, { "price", "85000,00" },
	{ "seller-name", "Loja de Carros" },
	{ "owner-name", "Maria da Silva" }, { "owner-cpf", "52998224725" },
	{ "owner-birth-date-day", "1" }, { "owner-birth-date-month", "2" },
	{ "owner-birth-date-year", "1980" },
	{ "owner-address-country", "BR" },
	{ "owner-address-street", "Rua das Flores" },
	{ "owner-address-number", "10" },
	{ "owner-address-city", "Curitiba" },
	{ "owner-address-state", "PR" },
	{ "owner-address-postcode", "80010-000" },
	{ "keeper-is-owner", "yes" }, { "odometer", "12" },
	{ "plate-preference", "next" },
	{ "email", "maria@people.example" },
	{ "true-and-complete", "yes" }, { "consequences", "yes" },
	{ "fit", "yes" },
	{ "buyer-email", "buyer@people.example" },
	{ "sale-price", "50000,00" },
	{ "sale-date-day", "1" }, { "sale-date-month", "2" },
	{ "sale-date-year", "2024" },
	{ "keeper-address-country", "PT" },
	{ "keeper-address-lines", "Rua do Norte 1\nLisboa" },
	{ "kept-at-country", "PT" }, { "kept-at-lines", "Rua do Norte 1" },
	{ "explanation", "The invoice says so" },
	{ "police-report", "BO-77" }, { "police-report-date-day", "1" },
	{ "police-report-date-month", "2" },
	{ "police-report-date-year", "2024" },
	{ "contract-date-day", "1" }, { "contract-date-month", "2" },
	{ "contract-date-year", "2024" },
	{ "dismantler", "Desmonte Um" }, { "scrapping-certificate", "CB-1" },
	{ "scrapping-date-day", "1" }, { "scrapping-date-month", "2" },
	{ "scrapping-date-year", "2024" },
	{ "destination", "Portugal" }, { "export-document", "DE-1" },
	{ "export-date-day", "1" }, { "export-date-month", "2" },
	{ "export-date-year", "2024" },
	{ "documents", "title" }, { "off-road-reason", "stored" },
	{ "release-date-day", "1" }, { "release-date-month", "2" },
	{ "release-date-year", "2024" },
};

int
fixture_start(void **state)
{
	int rc = house_start(state);

	if (rc != 0 || house.arena == NULL)
		return rc;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		house_form(arena_printf(house.arena, "vehicle-%s", forms[i]));
	house_fee("vehicle-registration", 0);
	house_fee("vehicle-renewal", 0);
	house_fee("vehicle-plate-replacement", 0);
	house_fee("vehicle-document-replacement", 0);
	fixture.room = house_room(ROOM_VEHICLE);
	fixture.clerk = house_staff(ROLE_CLERK);
	fixture.desk = house_session(fixture.clerk, ROOM_VEHICLE);
	return 0;
}

int
fixture_stop(void **state)
{
	return house_stop(state);
}

void
fixture_wanted(void)
{
	house_wanted();
	fixture.err = (struct err){ 0 };
}

struct session *
fixture_citizen(void)
{
	return house_session(house_citizen(), ROOM_VEHICLE);
}

const char *
fixture_vin(void)
{
	static int number;
	char *vin = arena_printf(house.arena, "9BD3581A0P1%06d", ++number);

	vin[8] = vin_check_digit(vin);
	return vin;
}

/* Dates that a form wants to be near. */
static const char *const near[] = { "off-road-from", "return-from" };

static size_t
today_fields(const char *item, struct form_field *out)
{
	static const char *const parts[] = { "day", "month", "year" };
	struct civil c = date_civil(clock_today());
	int values[] = { c.day, c.month, c.year };

	for (size_t i = 0; i < 3; i++)
		out[i] = (struct form_field){
		    arena_printf(house.arena, "%s-%s", item, parts[i]),
		    arena_printf(house.arena, "%d", values[i]) };
	return 3;
}

static size_t
all_fields(const char *const *given, struct form_field *out)
{
	size_t n = 0;

	for (; given != NULL && given[0] != NULL; given += 2)
		out[n++] = (struct form_field){ given[0], given[1] };
	for (size_t i = 0; i < sizeof common / sizeof *common; i++)
		out[n++] = common[i];
	for (size_t i = 0; i < sizeof near / sizeof *near; i++)
		n += today_fields(near[i], out + n);
	return n;
}

bool
fixture_try_file(const struct session *session, const char *form,
    struct uuid thing, struct application *a, const char *const *fields)
{
	struct form_field all[FIELDS + sizeof common / sizeof *common];
	struct draft d;
	struct uuid event;
	bool ok;

	if (!intake_begin(fixture.room, house.arena, session,
	    &vehicle_service, form, thing, &d, &fixture.err))
		return false;
	house_answer(d.form, all, all_fields(fields, all));
	ok = intake_submit(fixture.room, house.arena, session,
	    &vehicle_service, &d, a, &event, &fixture.refusal, &fixture.err);
	form_free(d.form);
	return ok;
}

struct application
fixture_file(const struct session *session, const char *form,
    struct uuid thing, const char *const *fields)
{
	struct application a;
	const struct form_error *e;

	if (fixture_try_file(session, form, thing, &a, fields))
		return a;
	e = fixture.refusal.errors;
	fail_msg("%s: %s, first item %s", form, fixture.err.text,
	    e != NULL && e->item != NULL ? e->item->name : "-");
	return a;
}

struct application
fixture_now(const struct application *a)
{
	struct application now;

	if (!casework_get(fixture.room, house.arena, a->id, &now,
	    &fixture.err))
		fail_msg("%s", fixture.err.text);
	return now;
}

static bool
claim(struct application *a)
{
	return str_equal(a->state, "in_review") || casework_do(fixture.room,
	    house.arena, fixture.desk, &(struct casework_step){
	    .application = a->id, .action = "claim", .role = "clerk" },
	    PURPOSE_CASEWORK, a, &fixture.err);
}

bool
fixture_try_decide(struct application *a, bool approve)
{
	static const int32_t reason[] = { 1 };
	struct application now = fixture_now(a);
	struct uuid event;

	return claim(&now) && decision_make(fixture.room, house.arena,
	    fixture.desk, &vehicle_service, &(struct decision_input){
	    .application = &now, .approve = approve, .reasons = reason,
	    .n_reasons = 1 }, a, &event, &fixture.err);
}

void
fixture_approve(struct application a)
{
	if (!fixture_try_decide(&a, true))
		fail_msg("%s: %s %s", a.form, fixture.err.constraint,
		    fixture.err.text);
	assert_string_equal(a.state, "issued");
}

void
fixture_refuse(struct application *a)
{
	if (!fixture_try_decide(a, false))
		fail_msg("%s: %s", a->form, fixture.err.text);
	assert_string_equal(a->state, "refused");
}

void
fixture_do(const struct session *session, const char *form,
    struct uuid thing, const char *const *fields)
{
	fixture_approve(fixture_file(session, form, thing, fields));
}

struct uuid
fixture_vehicle(const struct session *owner, const char *vin)
{
	struct uuid vehicle;

	fixture_do(owner, "vehicle-registration", (struct uuid){ { 0 } },
	    (const char *const[]){ "vin", vin, NULL });
	if (!vehicle_record_by_vin(fixture.room, house.arena, vin, &vehicle,
	    &fixture.err))
		fail_msg("%s", fixture.err.text);
	assert_false(uuid_is_nil(vehicle));
	return vehicle;
}

struct vehicle_file
fixture_get(struct uuid vehicle)
{
	struct vehicle_file f;

	if (!vehicle_record_get(fixture.room, house.arena, vehicle, &f,
	    &fixture.err))
		fail_msg("%s", fixture.err.text);
	return f;
}
