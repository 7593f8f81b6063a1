/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The portal from the street: the catalogue with real forms, tracking that
 * tells of nobody, limits, statistics without small numbers.
 */
#include "cgi-bin/portal_pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <jansson.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/xml.h"
#include "services/form_store.h"
#include "services/reference.h"
#include "services/room.h"
#include "services/statistics.h"
#include "services/tracking.h"
#include "tests/database/house.h"
#include "tests/database/house_web.h"

static struct err err;

static const char *
get_from(const char *remote, const char *target, unsigned status)
{
	return house_status(house_get(&(struct house_web){
	    .room = ROOM_PORTAL, .routes = portal_routes,
	    .n = portal_routes_n, .remote = remote }, target), status);
}

static const char *
get(const char *target)
{
	return get_from(NULL, target, 200);
}

/* ---- a town with three forms ---- */

static struct bytes
read_form(const char *name)
{
	const char *dir = getenv("srcdir");
	struct buf b = buf_new(house.arena, 1 << 14);
	char block[4096];
	FILE *f;
	size_t n;

	f = fopen(arena_printf(house.arena, "%s/forms/%s.xml",
	    dir != NULL ? dir : ".", name), "re");
	assert_non_null(f);
	while ((n = fread(block, 1, sizeof block, f)) > 0)
		buf_put(&b, block, n);
	fclose(f);
	return buf_bytes(&b);
}

static const char *
hex(struct bytes b)
{
	return str_hex(house.arena, b);
}

static void
add_form(const char *name, const char *prefix, int days_ago)
{
	struct bytes source = read_form(name);
	uint8_t signature[CRYPTO_SIGNATURE];
	char office[UUID_TEXT];

	form_store_sign(&house_room(ROOM_BALCAO)->ring.sign_seed, source,
	    signature);
	house_sql("INSERT INTO form.definition (id, row_version, nonce, name,"
	    " version, room, prefix, office, four_eyes, review_days,"
	    " answer_days, appeal_days, sha256, source, signature, added_at)"
	    " SELECT gen_random_uuid(), 1, gen_random_uuid(), '%s', 1, 3,"
	    " '%s', '%s', 'never', 5, 30, 30, sha256(x), x, '\\x%s', now()"
	    " - interval '%d days' FROM (SELECT '\\x%s'::bytea AS x) f",
	    name, prefix, uuid_text(house.office, office), hex(bytes(
	    signature, sizeof signature)), days_ago, hex(source));
}

static int
start(void **state)
{
	if (house_start(state) != 0)
		return 1;
	if (house.arena == NULL)
		return 0;
	xml_init();
	house_sql("INSERT INTO identity.office (id, row_version, nonce, code,"
	    " name) VALUES (gen_random_uuid(), 1, gen_random_uuid(),"
	    " 'vehicles', 'Office of Vehicles')");
	add_form("vehicle-registration", "VR", 3);
	add_form("vehicle-renewal", "VN", 2);
	add_form("vehicle-hold", "VH", 1);
	house_sql("INSERT INTO form.parameter VALUES (gen_random_uuid(), 1,"
	    " gen_random_uuid(), 'fee.vehicle-registration', '2024-01-01',"
	    " 19420, 'Schedule, 1.1')");
	return 0;
}

/* An application as the casework would leave it; gives its id. */
static const char *
add_application(const char *reference, const char *form, const char *state)
{
	struct house_person p = house_citizen();
	char id[UUID_TEXT], person[UUID_TEXT], office[UUID_TEXT];

	house_sql("INSERT INTO casework.application (id, row_version, nonce,"
	    " reference, form, form_version, room, office, applicant, thing,"
	    " state, submitted_at, due, decided_on) VALUES ('%s', 1,"
	    " gen_random_uuid(), '%s', '%s', 1, 3, '%s', '%s',"
	    " gen_random_uuid(), '%s', now(), CASE '%s' WHEN 'queued'"
	    " THEN current_date + 5 END, CASE '%s' WHEN 'refused'"
	    " THEN current_date END)", uuid_text(uuid_new(), id), reference,
	    form, uuid_text(house.office, office), uuid_text(p.subject,
	    person), state, state, state);
	return arena_strdup(house.arena, id);
}

static void
expect(const char *answer, const char *part)
{
	if (!house_has(answer, part))
		fail_msg("no \"%s\" in: %s", part, house_body(answer));
}

static void
expect_not(const char *answer, const char *part)
{
	if (house_has(answer, part))
		fail_msg("\"%s\" in: %s", part, house_body(answer));
}

/* ---- catalogue ---- */

static void
every_route_is_open_and_well_formed(void **state)
{
	static const char *const targets[] = { "/", "/services", "/track",
	    "/statistics", "/statistics.csv", "/accessibility", "/privacy",
	    "/contact", "/services.atom", "/healthz" };

	(void)state;
	house_wanted();
	assert_true(route_lint(portal_routes, portal_routes_n, &err));
	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
		get(targets[i]);
	assert_string_equal(house_body(get("/healthz")), "ok\n");
	expect(get("/contact"), "Office of Tests");
	expect(get("/"), "Municipality of Testing");
}

static void
the_catalogue_is_searched_in_both_languages(void **state)
{
	static const struct {
		const char	*q;
		bool		 registration, renewal;
	} cases[] = {
		{ "", true, true },
		{ "renew", false, true },
		{ "RENEW%20registration", false, true },
		{ "ve%C3%ADculo%20novo", true, false },
		{ "veiculo%20NOVO", true, false },
		{ "vencimento", false, true },
		{ "odometer", true, true },
		{ "marriage", false, false },
		{ "%3Cscript%3E", false, false },
	};

	(void)state;
	house_wanted();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *answer = get(arena_printf(house.arena,
		    "/services?q=%s", cases[i].q));

		if (house_has(answer, "\"/services/vehicle-registration\"")
		    != cases[i].registration
		    || house_has(answer, "\"/services/vehicle-renewal\"")
		    != cases[i].renewal)
			fail_msg("%s", cases[i].q);
		expect_not(answer, "vehicle-hold");
		expect_not(answer, "<script");
	}
	expect(get("/services?q=marriage"), "Nothing fits");
	expect(get("/services?topic=vehicle"), "Vehicles");
	expect(get("/services?topic=nonsense"), "Vehicles");
}

static void
a_service_says_what_it_takes(void **state)
{
	const char *answer;

	(void)state;
	house_wanted();
	answer = get("/services/vehicle-registration");
	expect(answer, "Register a new vehicle");
	expect(answer, "194.20");
	expect(answer, "within 15 days");
	expect(answer, "Law 9.503/1997");
	expect(answer, "Office of Vehicles");
	expect(answer, "\"/vehicles/apply/vehicle-registration\"");
	expect(answer, "Link: </services/vehicle-registration/description>");
	/* It is about a registered vehicle, which is to be chosen first. */
	expect(get("/services/vehicle-renewal"), "href=\"/vehicles\"");
	get_from(NULL, "/services/vehicle-hold", 404);
	get_from(NULL, "/services/vehicle-hold/description", 404);
	get_from(NULL, "/services/none", 404);
}

static void
programs_can_read_a_service(void **state)
{
	const char *answer, *price = NULL;
	json_error_t e;
	json_t *root;

	(void)state;
	house_wanted();
	answer = get("/services/vehicle-registration/description");
	expect(answer, "Content-Type: application/ld+json");
	root = json_loads(house_body(answer), JSON_REJECT_DUPLICATES, &e);
	assert_non_null(root);
	assert_string_equal(json_string_value(json_object_get(root,
	    "@type")), "GovernmentService");
	assert_int_equal(json_array_size(json_object_get(root, "name")), 2);
	assert_int_equal(json_unpack(root, "{s:[{s:s}]}", "offers",
	    "price", &price), 0);
	assert_string_equal(price, "194.20");
	json_decref(root);
}

static void
the_feed_tells_what_is_new(void **state)
{
	static const char *const order[] = { "Renew", "Register" };
	const char *answer;
	struct xml *feed;
	struct xml_node *n;
	size_t found = 0;

	(void)state;
	house_wanted();
	answer = get("/services.atom");
	expect(answer, "Content-Type: application/atom+xml");
	expect(answer, "xmlns=\"http://www.w3.org/2005/Atom\"");
	assert_true(xml_parse(bytes_of(house_body(answer)), &feed, &err));
	for (n = xml_first(xml_root(feed)); n != NULL; n = xml_next(n)) {
		if (!str_equal(xml_name(n), "entry"))
			continue;
		assert_true(found < 2);
		if (!house_has(xml_text(house.arena, xml_child(n, "title")),
		    order[found]))
			fail_msg("entry %zu", found);
		found++;
	}
	assert_int_equal(found, 2);
	xml_free(feed);
}

/* ---- tracking ---- */

static void
tracking_tells_state_and_dates_and_of_nobody(void **state)
{
	const char *id, *answer, *columns;

	(void)state;
	house_wanted();
	id = add_application("VR-2345678A-N", "vehicle-registration",
	    "queued");
	answer = get_from("198.51.100.1", "/track?reference=vr+2345678a+n",
	    200);
	expect(answer, "VR-2345678A-N");
	expect(answer, "Register a new vehicle");
	expect(answer, "Received");
	expect(answer, "Decision due by");
	expect_not(answer, id);
	columns = house_sql("SELECT applicant || ' ' || thing || ' ' || nonce"
	    " FROM casework.application WHERE id = '%s'", id);
	for (size_t i = 0; i < 3; i++)
		expect_not(answer, arena_strndup(house.arena,
		    columns + 37 * i, 36));
	add_application("VR-22222222-2", "vehicle-registration", "refused");
	answer = get_from("198.51.100.1", "/track?reference=VR-22222222-2",
	    200);
	expect(answer, "Refused");
	expect(answer, "Decided on");
	expect_not(answer, "Decision due by");
}

static void
a_wrong_reference_is_explained(void **state)
{
	static const struct {
		const char	*reference;
		unsigned	 status;
		const char	*sentence;
	} cases[] = {
		{ "VR-2345678B-N", 422, "One character is mistyped" },
		{ "VR-2345678A-M", 422, "One character is mistyped" },
		{ "12345", 422, "such as VR-7K3M9Q2X-C" },
		{ "", 422, "Enter the reference" },
		{ "VR-33333333-F", 422, "no application with" },
	};

	(void)state;
	house_wanted();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect(get_from("198.51.100.2", arena_printf(house.arena,
		    "/track?reference=%s", cases[i].reference),
		    cases[i].status), cases[i].sentence);
	expect_not(get("/track"), "govuk-error-summary");
}

static void
references_cannot_be_tried_through(void **state)
{
	const char *target = "/track?reference=VR-33333333-F";

	(void)state;
	house_wanted();
	for (int i = 0; i < TRACKING_TRIES; i++)
		get_from("203.0.113.9", target, 422);
	get_from("203.0.113.9", target, 429);
	get_from("203.0.113.9", "/track", 200);
	get_from("203.0.113.10", target, 422);
	assert_string_equal(house_sql("SELECT count(*) FROM ops.attempt"
	    " WHERE encode(key, 'escape') LIKE '%%203.0.113%%'"), "0");
}

static void
the_portal_cannot_read_whose_it_is(void **state)
{
	static const char *const columns[] = { "id", "nonce", "applicant",
	    "thing", "amount", "assignee", "recommender" };

	(void)state;
	house_wanted();
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		assert_string_equal(house_sql("SELECT has_column_privilege("
		    "'room_portal', 'casework.application', '%s', 'SELECT')",
		    columns[i]), "f");
	assert_string_equal(house_sql("SELECT has_any_column_privilege("
	    "'room_portal', 'casework.event', 'SELECT')"), "f");
	assert_string_equal(house_sql("SELECT has_any_column_privilege("
	    "'room_portal', 'audit.q', 'SELECT')"), "f");
}

/* ---- statistics ---- */

static void
counts_are_rounded_and_small_ones_hidden(void **state)
{
	static const struct {
		int64_t	n, shown;
	} cases[] = {
		{ 0, -1 }, { 1, -1 }, { 4, -1 }, { 5, 5 }, { 7, 5 },
		{ 8, 10 }, { 12, 10 }, { 13, 15 }, { 1002, 1000 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(statistics_shown(cases[i].n),
		    cases[i].shown);
}

static void
sums_add_what_belongs_together(void **state)
{
	static const struct statistics_count counts[] = {
		{ "b", "queued", "2026-02", 4 },
		{ "b", "issued", "2026-01", 3 },
		{ "a", "queued", "2026-01", 2 },
	};
	struct arena *arena = arena_new(0);
	struct statistics_sum *sums;

	(void)state;
	assert_int_equal(statistics_sum(arena, counts, 3, STATISTICS_FORM,
	    &sums), 2);
	assert_string_equal(sums[0].key, "b");
	assert_int_equal(sums[0].n, 7);
	assert_int_equal(statistics_sum(arena, counts, 3, STATISTICS_STATE,
	    &sums), 2);
	assert_int_equal(sums[0].n, 6);
	assert_int_equal(statistics_sum(arena, counts, 3, STATISTICS_MONTH,
	    &sums), 2);
	assert_string_equal(sums[0].key, "2026-01");
	assert_int_equal(sums[0].n, 5);
	assert_int_equal(statistics_sum(arena, NULL, 0, STATISTICS_FORM,
	    &sums), 0);
	arena_free(arena);
}

static void
add_many(const char *state, int n)
{
	char reference[REFERENCE_TEXT];

	for (int i = 0; i < n; i++) {
		reference_new("VN", reference);
		add_application(reference, "vehicle-renewal", state);
	}
}

static void
statistics_show_no_small_number(void **state)
{
	const char *answer;

	(void)state;
	house_wanted();
	add_many("in_review", 12);
	add_many("lapsed", 3);
	answer = get("/statistics");
	expect(answer, "Renew a vehicle");
	expect(answer, "under 5");
	expect_not(answer, ">12<");
	expect_not(answer, ">3<");
	answer = get("/statistics.csv");
	expect(answer, "\"vehicle-renewal\",\"in_review\"");
	expect(answer, "\"10\"");
	expect(answer, "\"lapsed\"");
	expect(answer, "\"<5\"");
	expect_not(answer, "\"3\"");
	expect_not(answer, "\"12\"");
}

static void
medians_need_enough_decisions(void **state)
{
	(void)state;
	house_wanted();
	expect_not(get("/statistics"), "0 days");
	add_many("refused", STATISTICS_LEAST);
	expect(get("/statistics"), "0 days");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_route_is_open_and_well_formed),
		cmocka_unit_test(the_catalogue_is_searched_in_both_languages),
		cmocka_unit_test(a_service_says_what_it_takes),
		cmocka_unit_test(programs_can_read_a_service),
		cmocka_unit_test(the_feed_tells_what_is_new),
		cmocka_unit_test(tracking_tells_state_and_dates_and_of_nobody),
		cmocka_unit_test(a_wrong_reference_is_explained),
		cmocka_unit_test(references_cannot_be_tried_through),
		cmocka_unit_test(the_portal_cannot_read_whose_it_is),
		cmocka_unit_test(counts_are_rounded_and_small_ones_hidden),
		cmocka_unit_test(sums_add_what_belongs_together),
		cmocka_unit_test(statistics_show_no_small_number),
		cmocka_unit_test(medians_need_enough_decisions),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, house_stop);
}
