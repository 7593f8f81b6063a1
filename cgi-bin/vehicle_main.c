/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room vehicle: citizens' pages and the desk's.
 */
#include "cgi-bin/apply_answer.h"
#include "cgi-bin/apply_case.h"
#include "cgi-bin/apply_check.h"
#include "cgi-bin/apply_draft.h"
#include "cgi-bin/apply_mine.h"
#include "cgi-bin/apply_question.h"
#include "cgi-bin/apply_start.h"
#include "cgi-bin/apply_status.h"
#include "cgi-bin/case_command.h"
#include "cgi-bin/case_pages.h"
#include "cgi-bin/program.h"
#include "cgi-bin/route.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/sandbox.h"
#include "schema/registry.h"
#include "services/form_store.h"
#include "services/inquiry.h"
#include "services/intake.h"
#include "services/message.h"
#include "services/party.h"
#include "services/vehicle.h"
#include "services/vehicle_expiry.h"

enum {
	MESSAGES = 20,			/* of one round */
	SWEEP_MS = 60 * 1000		/* between two looks for what is over */
};

static const struct route routes[] = {
	{ METHOD_GET, "/vehicles/apply/{form:word}", GUARD_ANYONE, CSRF_NONE,
	    apply_start_show, 0 },
	{ METHOD_POST, "/vehicles/apply/{form:word}", GUARD_SESSION, CSRF_TOKEN,
	    apply_start_begin, 0 },
	{ METHOD_GET, "/vehicles/draft/{draft:uuid}", GUARD_SESSION, CSRF_NONE,
	    apply_draft_resume, 0 },
	{ METHOD_GET, "/vehicles/draft/{draft:uuid}/{page:word}",
	    GUARD_SESSION, CSRF_NONE, apply_question_show, 0 },
	{ METHOD_POST, "/vehicles/draft/{draft:uuid}/{page:word}",
	    GUARD_SESSION, CSRF_TOKEN, apply_question_take, 0 },
	{ METHOD_GET, "/vehicles/draft/{draft:uuid}/{page:word}/{entry:int}",
	    GUARD_SESSION, CSRF_NONE, apply_question_show_entry, 0 },
	{ METHOD_POST, "/vehicles/draft/{draft:uuid}/{page:word}/{entry:int}",
	    GUARD_SESSION, CSRF_TOKEN, apply_question_take_entry, 0 },
	{ METHOD_GET, "/vehicles/draft/{draft:uuid}/{page:word}/{entry:int}/remove",
	    GUARD_SESSION, CSRF_NONE, apply_question_ask_remove, 0 },
	{ METHOD_POST, "/vehicles/draft/{draft:uuid}/{page:word}/{entry:int}/remove",
	    GUARD_SESSION, CSRF_TOKEN, apply_question_remove, 0 },
	{ METHOD_GET, "/vehicles/saved/{draft:uuid}", GUARD_SESSION, CSRF_NONE,
	    apply_draft_saved, 0 },
	{ METHOD_GET, "/vehicles/discard/{draft:uuid}",
	    GUARD_SESSION, CSRF_NONE, apply_draft_ask_discard, 0 },
	{ METHOD_POST, "/vehicles/discard/{draft:uuid}",
	    GUARD_SESSION, CSRF_TOKEN, apply_draft_discard, 0 },
	{ METHOD_GET, "/vehicles/check/{draft:uuid}", GUARD_SESSION, CSRF_NONE,
	    apply_check_show, 0 },
	{ METHOD_POST, "/vehicles/check/{draft:uuid}",
	    GUARD_SESSION, CSRF_TOKEN, apply_check_submit, 0 },
	{ METHOD_GET, "/vehicles/sent/{draft:uuid}", GUARD_SESSION, CSRF_NONE,
	    apply_check_sent, 0 },
	{ METHOD_GET, "/vehicles/applications", GUARD_SESSION, CSRF_NONE,
	    apply_mine_show, 0 },
	{ METHOD_GET, "/vehicles/applications/{reference:reference}",
	    GUARD_SESSION, CSRF_NONE, apply_status_show, 0 },
	{ METHOD_GET, "/vehicles/applications/{reference:reference}/submitted",
	    GUARD_SESSION, CSRF_NONE, apply_check_confirm, 0 },
	{ METHOD_GET, "/vehicles/applications/{reference:reference}/answers",
	    GUARD_SESSION, CSRF_NONE, apply_case_answers, 0 },
	{ METHOD_GET, "/vehicles/applications/{reference:reference}/letter/{n:int}",
	    GUARD_SESSION, CSRF_NONE, apply_case_letter, 0 },
	{ METHOD_GET, "/vehicles/applications/{reference:reference}/answer",
	    GUARD_SESSION, CSRF_NONE, apply_answer_show, 0 },
	{ METHOD_POST, "/vehicles/applications/{reference:reference}/answer",
	    GUARD_SESSION, CSRF_TOKEN, apply_answer_take, 0 },
	{ METHOD_GET, "/vehicles/applications/{reference:reference}/withdraw",
	    GUARD_SESSION, CSRF_NONE, apply_case_ask_withdraw, 0 },
	{ METHOD_POST, "/vehicles/applications/{reference:reference}/withdraw",
	    GUARD_SESSION, CSRF_TOKEN, apply_case_withdraw, 0 },

	{ METHOD_GET, "/desk/vehicles/apply/{form:word}",
	    GUARD_CLERK, CSRF_NONE, apply_start_show, 0 },
	{ METHOD_POST, "/desk/vehicles/apply/{form:word}",
	    GUARD_CLERK, CSRF_TOKEN, apply_start_begin, 0 },
	{ METHOD_GET, "/desk/vehicles/draft/{draft:uuid}",
	    GUARD_CLERK, CSRF_NONE, apply_draft_resume, 0 },
	{ METHOD_GET, "/desk/vehicles/draft/{draft:uuid}/{page:word}",
	    GUARD_CLERK, CSRF_NONE, apply_question_show, 0 },
	{ METHOD_POST, "/desk/vehicles/draft/{draft:uuid}/{page:word}",
	    GUARD_CLERK, CSRF_TOKEN, apply_question_take, 0 },
	{ METHOD_GET, "/desk/vehicles/draft/{draft:uuid}/{page:word}/{entry:int}",
	    GUARD_CLERK, CSRF_NONE, apply_question_show_entry, 0 },
	{ METHOD_POST, "/desk/vehicles/draft/{draft:uuid}/{page:word}/{entry:int}",
	    GUARD_CLERK, CSRF_TOKEN, apply_question_take_entry, 0 },
	{ METHOD_GET, "/desk/vehicles/draft/{draft:uuid}/{page:word}/{entry:int}/remove",
	    GUARD_CLERK, CSRF_NONE, apply_question_ask_remove, 0 },
	{ METHOD_POST, "/desk/vehicles/draft/{draft:uuid}/{page:word}/{entry:int}/remove",
	    GUARD_CLERK, CSRF_TOKEN, apply_question_remove, 0 },
	{ METHOD_GET, "/desk/vehicles/saved/{draft:uuid}",
	    GUARD_CLERK, CSRF_NONE, apply_draft_saved, 0 },
	{ METHOD_GET, "/desk/vehicles/discard/{draft:uuid}",
	    GUARD_CLERK, CSRF_NONE, apply_draft_ask_discard, 0 },
	{ METHOD_POST, "/desk/vehicles/discard/{draft:uuid}",
	    GUARD_CLERK, CSRF_TOKEN, apply_draft_discard, 0 },
	{ METHOD_GET, "/desk/vehicles/check/{draft:uuid}",
	    GUARD_CLERK, CSRF_NONE, apply_check_show, 0 },
	{ METHOD_POST, "/desk/vehicles/check/{draft:uuid}",
	    GUARD_CLERK, CSRF_TOKEN, apply_check_submit, 0 },
	{ METHOD_GET, "/desk/vehicles/sent/{draft:uuid}",
	    GUARD_CLERK, CSRF_NONE, apply_check_sent, 0 },

	{ METHOD_GET, "/desk/vehicles/{reference:reference}",
	    GUARD_STAFF, CSRF_NONE, case_page_show, 0 },
	{ METHOD_POST, "/desk/vehicles/{reference:reference}/open",
	    GUARD_STAFF, CSRF_TOKEN, case_page_open, 0 },
	{ METHOD_POST, "/desk/vehicles/{reference:reference}/claim",
	    GUARD_CLERK, CSRF_TOKEN, case_claim, 0 },
	{ METHOD_POST, "/desk/vehicles/{reference:reference}/release",
	    GUARD_CLERK, CSRF_TOKEN, case_release, 0 },
	{ METHOD_POST, "/desk/vehicles/{reference:reference}/note",
	    GUARD_CLERK, CSRF_TOKEN, case_note, 0 },
	{ METHOD_GET, "/desk/vehicles/{reference:reference}/ask",
	    GUARD_CLERK, CSRF_NONE, case_page_ask, 0 },
	{ METHOD_POST, "/desk/vehicles/{reference:reference}/ask",
	    GUARD_CLERK, CSRF_TOKEN, case_ask, 0 },
	{ METHOD_POST, "/desk/vehicles/{reference:reference}/recommend",
	    GUARD_CLERK, CSRF_TOKEN, case_recommend, 0 },
	{ METHOD_POST, "/desk/vehicles/{reference:reference}/return",
	    GUARD_CLERK, CSRF_TOKEN, case_return, 0 },
	{ METHOD_GET, "/desk/vehicles/{reference:reference}/decide",
	    GUARD_CLERK, CSRF_NONE, case_page_decide, 0 },
	{ METHOD_POST, "/desk/vehicles/{reference:reference}/decide",
	    GUARD_CLERK, CSRF_TOKEN, case_decide, 0 },
	{ METHOD_POST, "/desk/vehicles/{reference:reference}/pay",
	    GUARD_CLERK, CSRF_TOKEN, case_pay, 0 },
	{ METHOD_POST, "/desk/vehicles/{reference:reference}/set-aside",
	    GUARD_SUPERVISOR, CSRF_TOKEN, case_set_aside, 0 },
};

static const struct message_handler handlers[] = {
	{ MESSAGE_PROFILE, party_handle },
};

static int64_t swept = -SWEEP_MS;

static void
sweep(struct room *room, struct arena *arena)
{
	struct err e;
	int64_t n;

	form_store_refresh(room);
	if (!intake_expire(room, arena, &n, &e))
		log_error("expire", &e);
	if (!inquiry_lapse(room, arena, &vehicle_service, &n, &e))
		log_error("lapse", &e);
	if (!vehicle_expiry_work(room, arena, &n, &e))
		log_error("registrations", &e);
}

static void
work(struct room *room, struct arena *arena)
{
	message_work(room, arena, handlers,
	    sizeof handlers / sizeof *handlers, MESSAGES);
	if (clock_monotonic() - swept < SWEEP_MS)
		return;
	swept = clock_monotonic();
	sweep(room, arena);
}

int
main(int argc, char **argv)
{
	static const struct program program = {
		.name = "vehicle",
		.room = ROOM_VEHICLE,
		.routes = routes,
		.n = sizeof routes / sizeof *routes,
		.work = work,
		.allow = SANDBOX_CONNECT_UNIX,
		.service = &vehicle_service,
	};

	return program_run(&program, argc, argv);
}
