/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An applicant's way through a service that is a form alone: whole requests
 * into the frame, with a house behind it. What is promised to citizens is
 * what is tested: nothing is lost, nothing is filed twice, nobody sees what
 * is another's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cgi-bin/apply_answer.h"
#include "cgi-bin/apply_case.h"
#include "cgi-bin/apply_check.h"
#include "cgi-bin/apply_draft.h"
#include "cgi-bin/apply_mine.h"
#include "cgi-bin/apply_question.h"
#include "cgi-bin/apply_start.h"
#include "cgi-bin/apply_status.h"
#include "cgi-bin/guard.h"
#include "cgi-bin/program.h"
#include "cgi-bin/route.h"
#include "forms/answer.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "services/apply.h"
#include "services/casework.h"
#include "services/decision.h"
#include "services/form_store.h"
#include "services/inquiry.h"
#include "services/intake.h"
#include "services/party.h"
#include "services/room.h"
#include "services/service.h"
#include "services/session.h"
#include "tests/database/house.h"
#include "tests/database/house_form.h"
#include "tests/database/visitor.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static struct err err;

/* ---- the service and its form */

#define EN(element, text) \
	"<" element " lang='en'>" text "</" element ">"
#define LABELS(label, noun)	EN("label", label) EN("noun", noun)
#define FORM(version, more) \
	"<form name='pass' version='" version "' languages='en'>" \
	EN("title", "Get a pass") EN("summary", "For those who visit.") \
	"<service prefix='PA' office='test' room='vehicle' apply='both'>" \
	"<deadline days='15'/><appeal days='30'/><fee line='pass'/>" \
	"<purpose number='1'>" EN("text", "Deciding") "</purpose>" \
	"<retention years='5'>" EN("text", "Rule 1") "</retention>" \
	"</service>" \
	"<page name='you'>" EN("title", "You") \
	"<item name='who' type='name' required='true()' prefill='name'>" \
	LABELS("Full name", "your full name") "</item></page>" \
	"<page name='guests'>" EN("title", "Guests") \
	"<repeat name='guest' max='3'>" EN("label", "Guest") \
	EN("add", "Add a guest") \
	"<item name='called' type='name' required='true()'>" \
	LABELS("Name", "the guest's name") "</item></repeat></page>" \
	"<page name='why'>" EN("title", "Why do you come?") \
	"<item name='why' type='text' required='true()' max='40'>" \
	LABELS("Reason", "the reason") "</item></page>" more \
	"<decision><reason number='11' outcome='approval'>" \
	EN("text", "It is so") "</reason><reason number='51' " \
	"outcome='refusal'>" EN("text", "It is not so") "</reason>" \
	"</decision><letter event='approved'>" EN("title", "Approved") \
	EN("text", "Dear {name},\n\nYour pass {reference} is approved.") \
	"</letter><letter event='refused'>" EN("title", "Refused") \
	EN("text", "No: {reasons}") "</letter></form>"

static const char first_version[] = FORM("1", "");
static const char second_version[] = FORM("2", "<page name='how'>"
    EN("title", "How do you come?") "<item name='how' type='text' "
    "required='true()'>" LABELS("Way", "the way") "</item></page>");

/* Reasons that the service cannot take. */
static bool
check(struct room *room, struct arena *arena, const struct session *session,
    const struct form *form, struct uuid thing, struct finding **list,
    struct err *e)
{
	(void)room;
	(void)session;
	(void)thing;
	(void)e;
	if (str_equal(answer_text(form, "why", 0, NULL), "nothing"))
		service_find(arena, list, FINDING_BAD, "why",
		    "Nothing is no reason");
	return true;
}

static const struct service service = {
	.name = "vehicle", .path = "/vehicles", .desk = "/desk/vehicles",
	.check = check,
};

#define DRAFT	"/vehicles/draft/{draft:uuid}/{page:word}"
#define CASE	"/vehicles/applications/{reference:reference}"
#define SHOW	METHOD_GET
#define TAKE	METHOD_POST
#define LOOKS	GUARD_SESSION, CSRF_NONE
#define ACTS	GUARD_SESSION, CSRF_TOKEN

static const struct route routes[] = {
	{ SHOW, "/vehicles/apply/{form:word}", GUARD_ANYONE, CSRF_NONE,
	    apply_start_show, 0 },
	{ TAKE, "/vehicles/apply/{form:word}", ACTS, apply_start_begin, 0 },
	{ SHOW, "/vehicles/draft/{draft:uuid}", LOOKS, apply_draft_resume,
	    0 },
	{ SHOW, DRAFT, LOOKS, apply_question_show, 0 },
	{ TAKE, DRAFT, ACTS, apply_question_take, 0 },
	{ SHOW, DRAFT "/{entry:int}", LOOKS, apply_question_show_entry, 0 },
	{ TAKE, DRAFT "/{entry:int}", ACTS, apply_question_take_entry, 0 },
	{ SHOW, DRAFT "/{entry:int}/remove", LOOKS,
	    apply_question_ask_remove, 0 },
	{ TAKE, DRAFT "/{entry:int}/remove", ACTS, apply_question_remove,
	    0 },
	{ SHOW, "/vehicles/saved/{draft:uuid}", LOOKS, apply_draft_saved,
	    0 },
	{ SHOW, "/vehicles/discard/{draft:uuid}", LOOKS,
	    apply_draft_ask_discard, 0 },
	{ TAKE, "/vehicles/discard/{draft:uuid}", ACTS, apply_draft_discard,
	    0 },
	{ SHOW, "/vehicles/check/{draft:uuid}", LOOKS, apply_check_show, 0 },
	{ TAKE, "/vehicles/check/{draft:uuid}", ACTS, apply_check_submit,
	    0 },
	{ SHOW, "/vehicles/sent/{draft:uuid}", LOOKS, apply_check_sent, 0 },
	{ SHOW, "/vehicles/applications", LOOKS, apply_mine_show, 0 },
	{ SHOW, CASE, LOOKS, apply_status_show, 0 },
	{ SHOW, CASE "/submitted", LOOKS, apply_check_confirm, 0 },
	{ SHOW, CASE "/answers", LOOKS, apply_case_answers, 0 },
	{ SHOW, CASE "/letter/{n:int}", LOOKS, apply_case_letter, 0 },
	{ SHOW, CASE "/answer", LOOKS, apply_answer_show, 0 },
	{ TAKE, CASE "/answer", ACTS, apply_answer_take, 0 },
	{ SHOW, CASE "/withdraw", LOOKS, apply_case_ask_withdraw, 0 },
	{ TAKE, CASE "/withdraw", ACTS, apply_case_withdraw, 0 },
};

static const struct program program = {
	.name = "vehicle", .room = ROOM_VEHICLE, .routes = routes,
	.n = COUNT(routes), .service = &service,
};

static int
start(void **state)
{
	if (house_start(state) != 0)
		return 1;
	if (house.arena == NULL)
		return 0;
	house_form_text(bytes_of(first_version));
	house_fee("pass", 12345);
	return 0;
}

/* ---- asking */

/* A request as this session's browser sends it; form NULL: a GET. */
static struct reply
ask(const struct session *s, const char *target, const char *form)
{
	struct visitor v = { .language = "en" };
	char csrf[GUARD_TOKEN];

	if (s != NULL) {
		v.cookie[ROOM_VEHICLE] = str_base64url(house.arena,
		    secret_bytes(&s->token));
		v.csrf = guard_token(&s->token, csrf);
	}
	return form == NULL ? visitor_get(&v, &program, target)
	    : visitor_post(&v, &program, target, form);
}

/* A redirection; its target. */
static const char *
sent_on(struct reply r)
{
	if (r.status != 303)
		fail_msg("status %u: %s", r.status, r.body);
	return r.location;
}

/* A page with this in it. */
static const char *
shown(struct reply r, unsigned status, const char *fragment)
{
	if (r.status != status || strstr(r.body, fragment) == NULL)
		fail_msg("status %u, no \"%s\": %s %s", r.status, fragment,
		    r.location, r.body);
	return r.body;
}

static struct session *
citizen(void)
{
	return house_session(house_citizen(), ROOM_VEHICLE);
}

/* The address of a new draft: "/vehicles/draft/<id>". */
static const char *
begin(const struct session *s)
{
	const char *page = sent_on(ask(s, "/vehicles/apply/pass", ""));

	assert_true(str_starts(page, "/vehicles/draft/"));
	return arena_strndup(house.arena, page,
	    strlen("/vehicles/draft/") + UUID_TEXT - 1);
}

static const char *
id_of(const char *draft)
{
	return draft + strlen("/vehicles/draft/");
}

/* The one asterisk of it replaced. */
static const char *
path(const char *fmt, const char *one)
{
	const char *at = strchr(fmt, '*');

	return arena_printf(house.arena, "%.*s%s%s", (int)(at - fmt), fmt,
	    one, at + 1);
}

static const char *
answer(const struct session *s, const char *draft, const char *page,
    const char *form)
{
	return sent_on(ask(s, arena_printf(house.arena, "%s/%s", draft, page),
	    form));
}

static void
fill(const struct session *s, const char *draft)
{
	answer(s, draft, "you", "who=Ana+Lima");
	answer(s, draft, "guests", "");
	answer(s, draft, "why", "why=to+visit");
}

/* Filed: the address of its confirmation. */
static const char *
file(const struct session *s, const char *draft)
{
	return sent_on(ask(s, path("/vehicles/check/*", id_of(draft)), ""));
}

/* "/vehicles/applications/<reference>" of a filed draft. */
static const char *
filed(const struct session *s)
{
	const char *draft = begin(s);

	fill(s, draft);
	return arena_strndup(house.arena, file(s, draft),
	    strlen("/vehicles/applications/PA-00000000-0"));
}

static long
count(const char *fmt, const char *id)
{
	return strtol(house_sql("%s", path(fmt, id)), NULL, 10);
}

/* ---- drafts */

static void
the_start_page_tells_all(void **state)
{
	struct reply r;

	(void)state;
	house_wanted();
	r = ask(NULL, "/vehicles/apply/pass", NULL);
	shown(r, 200, "Get a pass");
	shown(r, 200, "R$\xC2\xA0" "123.45");
	shown(r, 200, "within 15 days");
	shown(r, 200, "Why do you come?");
	shown(r, 200, "href=\"/account/enter?room=vehicle&amp;"
	    "to=%2Fvehicles%2Fapply%2Fpass\"");
	shown(ask(NULL, "/vehicles/apply/other", NULL), 404, "not found");
	assert_string_equal(sent_on(ask(NULL, "/vehicles/apply/pass", "")),
	    "/account/enter?room=vehicle&to=%2Fvehicles%2Fapply%2Fpass");
}

static void
a_way_from_start_to_receipt(void **state)
{
	struct session *s;
	const char *draft, *to;

	(void)state;
	house_wanted();
	s = citizen();
	draft = begin(s);
	shown(ask(s, path("*/you", draft), NULL), 200, "Full name");
	shown(ask(s, path("*/you", draft), "who="), 422,
	    "Enter your full name");
	to = answer(s, draft, "you", "who=Ana+Lima");
	assert_string_equal(to, path("*/guests", draft));
	to = answer(s, draft, "guests", "");
	assert_string_equal(to, path("*/why", draft));
	to = answer(s, draft, "why", "why=to+visit");
	assert_string_equal(to, path("/vehicles/check/*", id_of(draft)));
	shown(ask(s, to, NULL), 200, "Ana Lima");
	shown(ask(s, to, NULL), 200, "/why?return=check");
	shown(ask(s, to, NULL), 200, "R$\xC2\xA0" "123.45");
	to = file(s, draft);
	assert_non_null(strstr(to, "/submitted?receipt="));
	shown(ask(s, to, NULL), 200, "Application sent");
	shown(ask(s, to, NULL), 200, "counter of Office of Tests");
	shown(ask(s, to, NULL), 200, strstr(to, "receipt=") + 8);
}

static void
answers_are_kept_until_one_comes_back(void **state)
{
	struct session *s;
	const char *draft, *saved;

	(void)state;
	house_wanted();
	s = citizen();
	draft = begin(s);
	saved = answer(s, draft, "you", "who=Ana+Lima&_later=yes");
	assert_string_equal(saved, path("/vehicles/saved/*", id_of(draft)));
	shown(ask(s, saved, NULL), 200, "You can continue until");
	shown(ask(s, "/vehicles/apply/pass", NULL), 200,
	    "Continue where you stopped");
	shown(ask(s, "/vehicles/applications", NULL), 200, draft);
	assert_string_equal(sent_on(ask(s, draft, NULL)),
	    path("*/why", draft));
	shown(ask(s, path("*/you", draft), NULL), 200,
	    "value=\"Ana Lima\"");
}

static void
what_cannot_be_kept_is_said(void **state)
{
	const char *draft, *saved;
	struct session *s;

	(void)state;
	house_wanted();
	s = citizen();
	draft = begin(s);
	saved = answer(s, draft, "why", "_later=yes&why="
	    "0123456789012345678901234567890123456789x");
	shown(ask(s, saved, NULL), 200, "was not saved");
}

static void
beginning_twice_is_beginning_once(void **state)
{
	const char *draft;
	struct session *s;

	(void)state;
	house_wanted();
	s = citizen();
	draft = begin(s);
	assert_string_equal(begin(s), draft);
	answer(s, draft, "you", "who=Ana+Lima");
	assert_string_not_equal(begin(s), draft);
}

static void
the_profile_fills_in_what_it_knows(void **state)
{
	const struct party maria = { .name = "Maria da Silva",
	    .national_id = "52998224725", .born = 5000,
	    .language = "en" };
	struct house_person p;
	struct session *s;
	const char *draft;

	(void)state;
	house_wanted();
	p = house_citizen();
	house_profile(p.subject, ROOM_VEHICLE, &maria);
	s = house_session(p, ROOM_VEHICLE);
	draft = begin(s);
	shown(ask(s, path("*/you", draft), NULL), 200,
	    "value=\"Maria da Silva\"");
	answer(s, draft, "why", "why=to+visit");
	assert_string_equal(sent_on(ask(s, draft, NULL)),
	    path("/vehicles/check/*", id_of(draft)));
	shown(ask(s, path("/vehicles/check/*", id_of(draft)), NULL), 200,
	    "Maria da Silva");
}

static void
entries_come_and_go(void **state)
{
	const char *draft, *body, *saved;
	struct session *s;

	(void)state;
	house_wanted();
	s = citizen();
	draft = begin(s);
	shown(ask(s, path("*/guests", draft), NULL), 200, "added none");
	assert_string_equal(answer(s, draft, "guests/1", "called=Rui"),
	    path("*/guests", draft));
	answer(s, draft, "guests/1", "called=Rui");
	answer(s, draft, "guests/2", "called=Eva");
	body = shown(ask(s, path("*/guests", draft), NULL), 200, "Guest 2");
	assert_null(strstr(body, "Guest 3"));
	shown(ask(s, path("*/guests/4", draft), NULL), 404, "not found");
	shown(ask(s, path("*/guests/2", draft), "called="), 422,
	    "Guest 2: Enter the guest&#39;s name");

	/* sent twice: the second request finds another draft */
	body = shown(ask(s, path("*/guests/1/remove", draft), NULL), 200,
	    "Remove Guest 1?");
	saved = strstr(body, "name=\"_saved\" value=\"");
	assert_non_null(saved);
	saved = arena_printf(house.arena, "_saved=%ld",
	    strtol(saved + 21, NULL, 10));
	answer(s, draft, "guests/1/remove", saved);
	answer(s, draft, "guests/1/remove", saved);
	body = shown(ask(s, path("*/guests", draft), NULL), 200, "Eva");
	assert_null(strstr(body, "Rui"));
}

static void
changing_returns_to_the_check_page(void **state)
{
	const char *draft;
	struct session *s;

	(void)state;
	house_wanted();
	s = citizen();
	draft = begin(s);
	fill(s, draft);
	assert_string_equal(answer(s, draft, "you?return=check",
	    "who=Ana+Luz"), path("/vehicles/check/*", id_of(draft)));
	assert_string_equal(answer(s, draft, "guests/1?return=check",
	    "called=Rui"), path("*/guests?return=check", draft));
	assert_string_equal(answer(s, draft, "guests?return=check", ""),
	    path("/vehicles/check/*", id_of(draft)));
}

static void
two_windows_do_not_overwrite_each_other(void **state)
{
	struct room *room;
	struct session *s;
	struct draft one, two;
	struct uuid id;

	(void)state;
	house_wanted();
	room = house_room(ROOM_VEHICLE);
	s = citizen();
	assert_true(uuid_parse(id_of(begin(s)), &id, &err));
	assert_true(apply_load(room, house.arena, s, id, &one, &err));
	assert_true(apply_load(room, house.arena, s, id, &two, &err));
	assert_true(intake_save(room, house.arena, &one, &err));
	assert_false(intake_save(room, house.arena, &two, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_true(err_is(&err, "draft_saved"));
	form_free(one.form);
	form_free(two.form);
}

static void
drafts_end_and_are_deleted(void **state)
{
	const char *draft;
	struct session *s;
	int64_t n;

	(void)state;
	house_wanted();
	s = citizen();
	draft = begin(s);
	shown(ask(s, path("/vehicles/discard/*", id_of(draft)), NULL), 200,
	    "cannot be undone");
	assert_string_equal(sent_on(ask(s, path("/vehicles/discard/*",
	    id_of(draft)), "")), "/vehicles/applications");
	sent_on(ask(s, path("/vehicles/discard/*", id_of(draft)), ""));
	shown(ask(s, path("*/you", draft), NULL), 404, "not found");

	draft = begin(s);
	house_sql("UPDATE form.draft SET expires_at = now() WHERE id = '%s'",
	    id_of(draft));
	shown(ask(s, path("*/you", draft), NULL), 404, "not found");
	assert_true(intake_expire(house_room(ROOM_VEHICLE), house.arena, &n,
	    &err));
	assert_int_equal(n, 1);
	assert_int_equal(count("SELECT count(1) FROM form.draft WHERE id ="
	    " '*'", id_of(draft)), 0);
}

static void
another_persons_draft_is_not_there(void **state)
{
	static const char *const pages[] = { "/vehicles/draft/*",
	    "/vehicles/draft/*/you", "/vehicles/saved/*",
	    "/vehicles/check/*", "/vehicles/sent/*", "/vehicles/discard/*" };
	const char *draft;
	struct session *s, *other;

	(void)state;
	house_wanted();
	s = citizen();
	other = citizen();
	draft = begin(s);
	fill(s, draft);
	for (size_t i = 0; i < COUNT(pages); i++)
		shown(ask(other, path(pages[i], id_of(draft)), NULL), 404,
		    "not found");
	shown(ask(other, path("*/you", draft), "who=Eve"), 404, "not found");
	shown(ask(other, path("/vehicles/check/*", id_of(draft)), ""), 404,
	    "not found");
	sent_on(ask(other, path("/vehicles/discard/*", id_of(draft)), ""));
	shown(ask(s, path("*/you", draft), NULL), 200, "Ana Lima");
}

static void
a_link_has_one_draft(void **state)
{
	struct house_person p;
	struct session *s;
	const char *draft;
	struct uuid id = uuid_new();
	char text[UUID_TEXT];

	(void)state;
	house_wanted();
	p = house_citizen();
	s = house_link(p.subject, id, ROOM_VEHICLE);
	draft = begin(s);
	assert_string_equal(id_of(draft), uuid_text(id, text));
	answer(s, draft, "you", "who=Ana+Lima&_later=yes");
	assert_string_equal(begin(s), draft);
	shown(ask(s, path("/vehicles/saved/*", text), NULL), 200,
	    "We mailed you a link");
	fill(s, draft);
	shown(ask(s, file(s, draft), NULL), 200, "Application sent");
	shown(ask(s, "/vehicles/applications", NULL), 200, "Get a pass");
}

/* ---- filing */

static void
sending_twice_files_once(void **state)
{
	const char *draft, *first, *second;
	struct session *s;

	(void)state;
	house_wanted();
	s = citizen();
	draft = begin(s);
	fill(s, draft);
	shown(ask(s, path("/vehicles/sent/*", id_of(draft)), NULL), 200,
	    "has not arrived yet");
	first = file(s, draft);
	second = file(s, draft);
	assert_true(str_starts(first, second));
	assert_string_equal(second, sent_on(ask(s, path("/vehicles/sent/*",
	    id_of(draft)), NULL)));
	assert_int_equal(count("SELECT count(1) FROM casework.application "
	    "WHERE id = '*'", id_of(draft)), 1);
	assert_int_equal(count("SELECT count(1) FROM casework.fee "
	    "WHERE application = '*'", id_of(draft)), 1);
}

/* Both requests read the draft before either files it. */
static void
sending_at_once_files_once(void **state)
{
	struct room *room;
	struct session *s;
	struct draft one, two;
	struct application a, b;
	struct intake_refusal why;
	struct uuid id, event;
	const char *draft;

	(void)state;
	house_wanted();
	room = house_room(ROOM_VEHICLE);
	s = citizen();
	draft = begin(s);
	fill(s, draft);
	assert_true(uuid_parse(id_of(draft), &id, &err));
	assert_true(apply_load(room, house.arena, s, id, &one, &err));
	assert_true(apply_load(room, house.arena, s, id, &two, &err));
	assert_true(intake_submit(room, house.arena, s, &service, &one, &a,
	    &event, &why, &err));
	assert_false(uuid_is_nil(event));
	if (!intake_submit(room, house.arena, s, &service, &two, &b, &event,
	    &why, &err))
		fail_msg("%s", err.text);
	assert_true(uuid_is_nil(event));
	assert_string_equal(a.reference, b.reference);
	form_free(one.form);
	form_free(two.form);
}

static void
an_unfinished_draft_is_not_sent(void **state)
{
	const char *draft;
	struct session *s;

	(void)state;
	house_wanted();
	s = citizen();
	draft = begin(s);
	answer(s, draft, "you", "who=Ana+Lima");
	assert_string_equal(file(s, draft), path("*/why", draft));
	assert_string_equal(sent_on(ask(s, path("/vehicles/check/*",
	    id_of(draft)), NULL)), path("*/why", draft));
}

static void
what_the_service_finds_stands_at_its_item(void **state)
{
	const char *draft, *check_page;
	struct session *s;
	struct reply r;

	(void)state;
	house_wanted();
	s = citizen();
	draft = begin(s);
	fill(s, draft);
	answer(s, draft, "why", "why=nothing");
	check_page = path("/vehicles/check/*", id_of(draft));
	r = ask(s, check_page, "");
	shown(r, 422, "<a href=\"#finding-1\">Nothing is no reason</a>");
	shown(r, 422, "id=\"finding-1\"");
	answer(s, draft, "why", "why=to+visit");
	assert_non_null(strstr(file(s, draft), "/submitted"));
}

static void
a_draft_stays_on_its_version(void **state)
{
	const char *old, *new;
	struct session *s;

	(void)state;
	house_wanted();
	s = citizen();
	old = begin(s);
	answer(s, old, "you", "who=Ana+Lima");
	house_form_text(bytes_of(second_version));
	/* a worker looks for new versions so often */
	sleep(FORM_STORE_AGE_MS / 1000 + 1);
	fill(s, old);
	assert_string_equal(answer(s, old, "why", "why=to+visit"),
	    path("/vehicles/check/*", id_of(old)));
	assert_non_null(strstr(file(s, old), "/submitted"));
	assert_int_equal(count("SELECT form_version FROM casework.application"
	    " WHERE id = '*'", id_of(old)), 1);
	new = begin(s);
	assert_string_equal(answer(s, new, "why", "why=to+visit"),
	    path("*/how", new));
}

/* ---- after filing */

/* The application behind such an address, as a clerk who claimed it has it. */
static struct application
claimed(const char *address, const struct session *clerk)
{
	struct room *room = house_room(ROOM_VEHICLE);
	struct application a, after;
	bool found;

	assert_true(casework_find(room, house.arena,
	    strrchr(address, '/') + 1, &a, &found, &err) && found);
	if (!casework_do(room, house.arena, clerk, &(struct casework_step){
	    .application = a.id, .action = "paid", .role = "clerk" },
	    PURPOSE_CASEWORK, &after, &err)
	    || !casework_do(room, house.arena, clerk, &(struct casework_step){
	    .application = a.id, .action = "claim", .role = "clerk" },
	    PURPOSE_CASEWORK, &after, &err))
		fail_msg("%s", err.text);
	return after;
}

static struct session *
clerk(void)
{
	return house_session(house_staff(ROLE_CLERK), ROOM_VEHICLE);
}

static void
the_status_is_plain(void **state)
{
	const char *address, *body;
	struct session *s;

	(void)state;
	house_wanted();
	s = citizen();
	address = filed(s);
	body = shown(ask(s, address, NULL), 200, "Waiting for payment");
	shown(ask(s, address, NULL), 200, "You sent the application");
	assert_null(strstr(body, "A clerk began"));
	claimed(address, clerk());
	shown(ask(s, address, NULL), 200, "Being reviewed");
	shown(ask(s, address, NULL), 200, "A clerk began to look at it");
	shown(ask(s, address, NULL), 200, "Office of Tests");
	shown(ask(s, path("*/answers", address), NULL), 200, "to visit");
	shown(ask(s, "/vehicles/applications", NULL), 200,
	    "Being reviewed");
}

static void
another_persons_application_is_not_there(void **state)
{
	static const char *const pages[] = { "*", "*/submitted",
	    "*/answers", "*/letter/1", "*/answer", "*/withdraw" };
	const char *address;
	struct session *s, *other;

	(void)state;
	house_wanted();
	s = citizen();
	other = citizen();
	address = filed(s);
	for (size_t i = 0; i < COUNT(pages); i++)
		shown(ask(other, path(pages[i], address), NULL), 404,
		    "not found");
	shown(ask(other, path("*/withdraw", address), "version=1"), 404,
	    "not found");
	assert_null(strstr(ask(other, "/vehicles/applications", NULL).body,
	    strrchr(address, '/') + 1));
	shown(ask(s, address, NULL), 200, "Waiting for payment");
}

static void
a_question_is_answered_once(void **state)
{
	const char *address, *to, *body;
	struct application a, after;
	struct session *s, *staff;

	(void)state;
	house_wanted();
	s = citizen();
	staff = clerk();
	address = filed(s);
	a = claimed(address, staff);
	if (!inquiry_ask(house_room(ROOM_VEHICLE), house.arena, staff,
	    &service, &a, "Who invited you?", "", &after, &err))
		fail_msg("%s", err.text);
	shown(ask(s, address, NULL), 200, "Who invited you?");
	to = path("*/answer", address);
	shown(ask(s, to, NULL), 200, "Who invited you?");
	shown(ask(s, to, "_answer="), 422, "Write your answer");
	assert_string_equal(sent_on(ask(s, to, "_answer=Rui")), address);
	assert_string_equal(sent_on(ask(s, to, "_answer=Eva")), address);
	body = shown(ask(s, address, NULL), 200, "Rui");
	assert_null(strstr(body, "Eva"));
}

static void
items_are_answered_again(void **state)
{
	const char *address, *to, *body;
	struct application a, after;
	struct session *s, *staff;

	(void)state;
	house_wanted();
	s = citizen();
	staff = clerk();
	address = filed(s);
	a = claimed(address, staff);
	if (!inquiry_ask(house_room(ROOM_VEHICLE), house.arena, staff,
	    &service, &a, "Please be clear.", "why", &after, &err))
		fail_msg("%s", err.text);
	to = path("*/answer", address);
	body = shown(ask(s, to, NULL), 200, "value=\"to visit\"");
	assert_null(strstr(body, "name=\"who\""));
	shown(ask(s, to, "_page=why&why="), 422, "Enter the reason");
	/* what was not asked again does not change */
	sent_on(ask(s, to, "_page=why&why=to+see+Rui&_page=you&who=Eve"));
	body = shown(ask(s, path("*/answers", address), NULL), 200,
	    "to see Rui");
	assert_null(strstr(body, "Eve"));
}

static void
the_letter_can_be_printed(void **state)
{
	static const int32_t reason[] = { 51 };
	const char *address;
	struct application a, after;
	struct session *s, *staff;
	struct uuid event;

	(void)state;
	house_wanted();
	s = citizen();
	staff = clerk();
	address = filed(s);
	a = claimed(address, staff);
	if (!decision_make(house_room(ROOM_VEHICLE), house.arena, staff,
	    &service, &(struct decision_input){ .application = &a,
	    .reasons = reason, .n_reasons = 1 }, &after, &event, &err))
		fail_msg("%s", err.text);
	shown(ask(s, address, NULL), 200, "you can appeal until");
	shown(ask(s, path("*/letter/1", address), NULL), 200,
	    "It is not so");
	shown(ask(s, path("*/letter/2", address), NULL), 404, "not found");
	shown(ask(s, path("*/letter/0", address), NULL), 404, "not found");
}

static void
withdrawing_twice_withdraws_once(void **state)
{
	const char *address, *to;
	struct session *s;

	(void)state;
	house_wanted();
	s = citizen();
	address = filed(s);
	to = path("*/withdraw", address);
	shown(ask(s, to, NULL), 200, "name=\"version\" value=\"1\"");
	shown(ask(s, to, "version=9"), 409, "has changed");
	assert_string_equal(sent_on(ask(s, to, "version=1")), address);
	assert_string_equal(sent_on(ask(s, to, "version=1")), address);
	shown(ask(s, address, NULL), 200, "Not owed any more");
	shown(ask(s, address, NULL), 200, "You withdrew the application");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_start_page_tells_all),
		cmocka_unit_test(a_way_from_start_to_receipt),
		cmocka_unit_test(answers_are_kept_until_one_comes_back),
		cmocka_unit_test(what_cannot_be_kept_is_said),
		cmocka_unit_test(beginning_twice_is_beginning_once),
		cmocka_unit_test(the_profile_fills_in_what_it_knows),
		cmocka_unit_test(entries_come_and_go),
		cmocka_unit_test(changing_returns_to_the_check_page),
		cmocka_unit_test(two_windows_do_not_overwrite_each_other),
		cmocka_unit_test(drafts_end_and_are_deleted),
		cmocka_unit_test(another_persons_draft_is_not_there),
		cmocka_unit_test(a_link_has_one_draft),
		cmocka_unit_test(sending_twice_files_once),
		cmocka_unit_test(sending_at_once_files_once),
		cmocka_unit_test(an_unfinished_draft_is_not_sent),
		cmocka_unit_test(what_the_service_finds_stands_at_its_item),
		cmocka_unit_test(the_status_is_plain),
		cmocka_unit_test(another_persons_application_is_not_there),
		cmocka_unit_test(a_question_is_answered_once),
		cmocka_unit_test(items_are_answered_again),
		cmocka_unit_test(the_letter_can_be_printed),
		cmocka_unit_test(withdrawing_twice_withdraws_once),
		/* the last: it changes the form */
		cmocka_unit_test(a_draft_stays_on_its_version),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, house_stop);
}
