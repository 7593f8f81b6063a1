/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The service "pass", made of a form and one rule, and requests into it.
 */
#include "tests/database/pass_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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
#include "lib/arena.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "services/service.h"
#include "services/session.h"
#include "tests/database/house.h"
#include "tests/database/house_form.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

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

const struct service pass_service = {
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
	.n = COUNT(routes), .service = &pass_service,
};

int
pass_start(void **state)
{
	if (house_start(state) != 0)
		return 1;
	if (house.arena == NULL)
		return 0;
	house_form_text(bytes_of(first_version));
	house_fee("pass", 12345);
	return 0;
}

struct reply
pass_ask(const struct session *s, const char *target, const char *form)
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

const char *
pass_to(struct reply r)
{
	if (r.status != 303)
		fail_msg("status %u: %s", r.status, r.body);
	return r.location;
}

const char *
pass_shown(struct reply r, unsigned status, const char *fragment)
{
	if (r.status != status || strstr(r.body, fragment) == NULL)
		fail_msg("status %u, no \"%s\": %s %s", r.status, fragment,
		    r.location, r.body);
	return r.body;
}

const char *
pass_page(const struct session *s, const char *target, unsigned status,
    const char *fragment)
{
	return pass_shown(pass_ask(s, target, NULL), status, fragment);
}

struct session *
pass_citizen(void)
{
	return house_session(house_citizen(), ROOM_VEHICLE);
}

const char *
pass_begin(const struct session *s)
{
	const char *page = pass_to(pass_ask(s, "/vehicles/apply/pass", ""));

	assert_true(str_starts(page, "/vehicles/draft/"));
	return arena_strndup(house.arena, page,
	    strlen("/vehicles/draft/") + UUID_TEXT - 1);
}

const char *
pass_id(const char *draft)
{
	return draft + strlen("/vehicles/draft/");
}

const char *
pass_path(const char *fmt, const char *one)
{
	const char *at = strchr(fmt, '*');

	return arena_printf(house.arena, "%.*s%s%s", (int)(at - fmt), fmt,
	    one, at + 1);
}

const char *
pass_answer(const struct session *s, const char *draft, const char *page,
    const char *form)
{
	return pass_to(pass_ask(s, arena_printf(house.arena, "%s/%s", draft,
	    page), form));
}

void
pass_fill(const struct session *s, const char *draft)
{
	pass_answer(s, draft, "you", "who=Ana+Lima");
	pass_answer(s, draft, "guests", "");
	pass_answer(s, draft, "why", "why=to+visit");
}

const char *
pass_file(const struct session *s, const char *draft)
{
	return pass_to(pass_ask(s, pass_path("/vehicles/check/*",
	    pass_id(draft)), ""));
}

const char *
pass_filed(const struct session *s)
{
	const char *draft = pass_begin(s);

	pass_fill(s, draft);
	return arena_strndup(house.arena, pass_file(s, draft),
	    strlen("/vehicles/applications/PA-00000000-0"));
}

struct session *
pass_clerk(void)
{
	return house_session(house_staff(ROLE_CLERK), ROOM_VEHICLE);
}

void
pass_change(void)
{
	house_form_text(bytes_of(second_version));
}
