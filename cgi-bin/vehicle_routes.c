/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every address of room vehicle: what a service adds to the pages that all
 * services share is first in each half, citizens' and desk's.
 */
#include "cgi-bin/vehicle_routes.h"

#include "cgi-bin/apply_answer.h"
#include "cgi-bin/apply_case.h"
#include "cgi-bin/apply_check.h"
#include "cgi-bin/apply_draft.h"
#include "cgi-bin/apply_mine.h"
#include "cgi-bin/apply_question.h"
#include "cgi-bin/apply_receipt.h"
#include "cgi-bin/apply_start.h"
#include "cgi-bin/apply_status.h"
#include "cgi-bin/case_command.h"
#include "cgi-bin/case_pages.h"
#include "cgi-bin/detail.h"
#include "cgi-bin/vehicle_certificate.h"
#include "cgi-bin/vehicle_choose.h"
#include "cgi-bin/vehicle_desk_pages.h"
#include "cgi-bin/vehicle_list.h"
#include "cgi-bin/vehicle_look_pages.h"
#include "cgi-bin/vehicle_offer_pages.h"
#include "cgi-bin/vehicle_pages.h"

const struct route vehicle_routes[] = {
	{ METHOD_GET, "/vehicles", GUARD_CITIZEN, CSRF_NONE,
	    vehicle_list_show, 0 },
	{ METHOD_GET, "/vehicles/look", GUARD_CITIZEN, CSRF_NONE,
	    vehicle_look_page_show, 0 },
	{ METHOD_POST, "/vehicles/look", GUARD_CITIZEN, CSRF_TOKEN,
	    vehicle_look_page_find, 0 },
	{ METHOD_GET, "/vehicles/offers/{token:token}",
	    GUARD_CITIZEN, CSRF_NONE, vehicle_offer_page_show, 0 },
	{ METHOD_POST, "/vehicles/offers/{token:token}",
	    GUARD_CITIZEN, CSRF_TOKEN, vehicle_offer_page_accept, 0 },
	{ METHOD_GET, "/vehicles/{vehicle:uuid}", GUARD_CITIZEN, CSRF_NONE,
	    vehicle_page_show, 0 },
	{ METHOD_GET, "/vehicles/{vehicle:uuid}/certificate",
	    GUARD_CITIZEN, CSRF_NONE, vehicle_certificate_show, 0 },

	{ METHOD_GET, "/vehicles/apply/{form:word}", GUARD_ANYONE, CSRF_NONE,
	    vehicle_choose_show, 0 },
	{ METHOD_POST, "/vehicles/apply/{form:word}",
	    GUARD_SESSION, CSRF_TOKEN, vehicle_choose_begin, 0 },
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
	{ METHOD_GET, "/vehicles/applications/{reference:reference}/receipts/{event:uuid}",
	    GUARD_SESSION, CSRF_NONE, apply_receipt_show, 0 },
	{ METHOD_GET, "/vehicles/applications/{reference:reference}/receipts/{event:uuid}/file",
	    GUARD_SESSION, CSRF_NONE, apply_receipt_file, 0 },
	{ METHOD_GET, "/vehicles/applications/{reference:reference}/answer",
	    GUARD_SESSION, CSRF_NONE, apply_answer_show, 0 },
	{ METHOD_POST, "/vehicles/applications/{reference:reference}/answer",
	    GUARD_SESSION, CSRF_TOKEN, apply_answer_take, 0 },
	{ METHOD_GET, "/vehicles/applications/{reference:reference}/withdraw",
	    GUARD_SESSION, CSRF_NONE, apply_case_ask_withdraw, 0 },
	{ METHOD_POST, "/vehicles/applications/{reference:reference}/withdraw",
	    GUARD_SESSION, CSRF_TOKEN, apply_case_withdraw, 0 },

	{ METHOD_GET, "/desk/vehicles/search", GUARD_STAFF, CSRF_NONE,
	    vehicle_desk_page_search, 0 },
	{ METHOD_POST, "/desk/vehicles/search", GUARD_STAFF, CSRF_TOKEN,
	    vehicle_desk_page_find, 0 },
	{ METHOD_GET, "/desk/vehicles/file/{vehicle:uuid}",
	    GUARD_STAFF, CSRF_NONE, vehicle_desk_page_file, 0 },
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

	{ METHOD_GET, "/desk/vehicles/details/{request:uuid}",
	    GUARD_AUDITOR, CSRF_NONE, detail_show, 0 },
	{ METHOD_POST, "/desk/vehicles/details/{request:uuid}",
	    GUARD_AUDITOR, CSRF_TOKEN, detail_open_page, 0 },
};

const size_t vehicle_routes_n = sizeof vehicle_routes / sizeof *vehicle_routes;
