/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every address of room general. Whether a clerk or a supervisor works on a
 * case is the form's matter, so the guard is for staff and PostgreSQL says
 * who. The words of fixed addresses come before {form:word}.
 */
#include "cgi-bin/general_routes.h"

#include "cgi-bin/apply_answer.h"
#include "cgi-bin/apply_case.h"
#include "cgi-bin/apply_check.h"
#include "cgi-bin/apply_draft.h"
#include "cgi-bin/apply_mine.h"
#include "cgi-bin/apply_question.h"
#include "cgi-bin/apply_receipt.h"
#include "cgi-bin/apply_status.h"
#include "cgi-bin/case_command.h"
#include "cgi-bin/case_pages.h"
#include "cgi-bin/detail.h"
#include "cgi-bin/general_pages.h"

const struct route general_routes[] = {
	{ METHOD_GET, "/apply", GUARD_ANYONE, CSRF_NONE,
	    general_page_home, 0 },
	{ METHOD_GET, "/apply/draft/{draft:uuid}", GUARD_SESSION, CSRF_NONE,
	    apply_draft_resume, 0 },
	{ METHOD_GET, "/apply/draft/{draft:uuid}/{page:word}",
	    GUARD_SESSION, CSRF_NONE, apply_question_show, 0 },
	{ METHOD_POST, "/apply/draft/{draft:uuid}/{page:word}",
	    GUARD_SESSION, CSRF_TOKEN, apply_question_take, 0 },
	{ METHOD_GET, "/apply/draft/{draft:uuid}/{page:word}/{entry:int}",
	    GUARD_SESSION, CSRF_NONE, apply_question_show_entry, 0 },
	{ METHOD_POST, "/apply/draft/{draft:uuid}/{page:word}/{entry:int}",
	    GUARD_SESSION, CSRF_TOKEN, apply_question_take_entry, 0 },
	{ METHOD_GET, "/apply/draft/{draft:uuid}/{page:word}/{entry:int}/remove",
	    GUARD_SESSION, CSRF_NONE, apply_question_ask_remove, 0 },
	{ METHOD_POST, "/apply/draft/{draft:uuid}/{page:word}/{entry:int}/remove",
	    GUARD_SESSION, CSRF_TOKEN, apply_question_remove, 0 },
	{ METHOD_GET, "/apply/saved/{draft:uuid}", GUARD_SESSION, CSRF_NONE,
	    apply_draft_saved, 0 },
	{ METHOD_GET, "/apply/discard/{draft:uuid}",
	    GUARD_SESSION, CSRF_NONE, apply_draft_ask_discard, 0 },
	{ METHOD_POST, "/apply/discard/{draft:uuid}",
	    GUARD_SESSION, CSRF_TOKEN, apply_draft_discard, 0 },
	{ METHOD_GET, "/apply/check/{draft:uuid}", GUARD_SESSION, CSRF_NONE,
	    apply_check_show, 0 },
	{ METHOD_POST, "/apply/check/{draft:uuid}",
	    GUARD_SESSION, CSRF_TOKEN, apply_check_submit, 0 },
	{ METHOD_GET, "/apply/sent/{draft:uuid}", GUARD_SESSION, CSRF_NONE,
	    apply_check_sent, 0 },
	{ METHOD_GET, "/apply/applications", GUARD_SESSION, CSRF_NONE,
	    apply_mine_show, 0 },
	{ METHOD_GET, "/apply/applications/{reference:reference}",
	    GUARD_SESSION, CSRF_NONE, apply_status_show, 0 },
	{ METHOD_GET, "/apply/applications/{reference:reference}/submitted",
	    GUARD_SESSION, CSRF_NONE, apply_check_confirm, 0 },
	{ METHOD_GET, "/apply/applications/{reference:reference}/answers",
	    GUARD_SESSION, CSRF_NONE, apply_case_answers, 0 },
	{ METHOD_GET, "/apply/applications/{reference:reference}/letter/{n:int}",
	    GUARD_SESSION, CSRF_NONE, apply_case_letter, 0 },
	{ METHOD_GET, "/apply/applications/{reference:reference}/receipts/{event:uuid}",
	    GUARD_SESSION, CSRF_NONE, apply_receipt_show, 0 },
	{ METHOD_GET, "/apply/applications/{reference:reference}/receipts/{event:uuid}/file",
	    GUARD_SESSION, CSRF_NONE, apply_receipt_file, 0 },
	{ METHOD_GET, "/apply/applications/{reference:reference}/answer",
	    GUARD_SESSION, CSRF_NONE, apply_answer_show, 0 },
	{ METHOD_POST, "/apply/applications/{reference:reference}/answer",
	    GUARD_SESSION, CSRF_TOKEN, apply_answer_take, 0 },
	{ METHOD_GET, "/apply/applications/{reference:reference}/withdraw",
	    GUARD_SESSION, CSRF_NONE, apply_case_ask_withdraw, 0 },
	{ METHOD_POST, "/apply/applications/{reference:reference}/withdraw",
	    GUARD_SESSION, CSRF_TOKEN, apply_case_withdraw, 0 },
	{ METHOD_GET, "/apply/{form:word}", GUARD_ANYONE, CSRF_NONE,
	    general_page_start, 0 },
	{ METHOD_POST, "/apply/{form:word}", GUARD_SESSION, CSRF_TOKEN,
	    general_page_begin, 0 },

	{ METHOD_GET, "/desk/apply/{reference:reference}",
	    GUARD_STAFF, CSRF_NONE, case_page_show, 0 },
	{ METHOD_POST, "/desk/apply/{reference:reference}/open",
	    GUARD_STAFF, CSRF_TOKEN, case_page_open, 0 },
	{ METHOD_POST, "/desk/apply/{reference:reference}/claim",
	    GUARD_STAFF, CSRF_TOKEN, case_claim, 0 },
	{ METHOD_POST, "/desk/apply/{reference:reference}/release",
	    GUARD_STAFF, CSRF_TOKEN, case_release, 0 },
	{ METHOD_POST, "/desk/apply/{reference:reference}/note",
	    GUARD_STAFF, CSRF_TOKEN, case_note, 0 },
	{ METHOD_GET, "/desk/apply/{reference:reference}/ask",
	    GUARD_STAFF, CSRF_NONE, case_page_ask, 0 },
	{ METHOD_POST, "/desk/apply/{reference:reference}/ask",
	    GUARD_STAFF, CSRF_TOKEN, case_ask, 0 },
	{ METHOD_POST, "/desk/apply/{reference:reference}/recommend",
	    GUARD_STAFF, CSRF_TOKEN, case_recommend, 0 },
	{ METHOD_POST, "/desk/apply/{reference:reference}/return",
	    GUARD_STAFF, CSRF_TOKEN, case_return, 0 },
	{ METHOD_GET, "/desk/apply/{reference:reference}/decide",
	    GUARD_STAFF, CSRF_NONE, case_page_decide, 0 },
	{ METHOD_POST, "/desk/apply/{reference:reference}/decide",
	    GUARD_STAFF, CSRF_TOKEN, case_decide, 0 },
	{ METHOD_POST, "/desk/apply/{reference:reference}/pay",
	    GUARD_STAFF, CSRF_TOKEN, case_pay, 0 },
	{ METHOD_POST, "/desk/apply/{reference:reference}/set-aside",
	    GUARD_SUPERVISOR, CSRF_TOKEN, case_set_aside, 0 },
	{ METHOD_GET, "/desk/apply/details/{request:uuid}",
	    GUARD_AUDITOR, CSRF_NONE, detail_show, 0 },
	{ METHOD_POST, "/desk/apply/details/{request:uuid}",
	    GUARD_AUDITOR, CSRF_TOKEN, detail_open_page, 0 },
};

const size_t general_routes_n = sizeof general_routes / sizeof *general_routes;
