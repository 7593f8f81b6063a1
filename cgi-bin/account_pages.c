/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of room account's pages; the pages themselves are in the files
 * that it includes.
 */
#include "cgi-bin/account_pages.h"

#include "cgi-bin/account_copy_pages.h"
#include "cgi-bin/account_enter_pages.h"
#include "cgi-bin/account_erasure_pages.h"
#include "cgi-bin/account_history_pages.h"
#include "cgi-bin/account_lookup_pages.h"
#include "cgi-bin/account_profile_pages.h"
#include "cgi-bin/account_reset_pages.h"
#include "cgi-bin/account_sign_in_pages.h"
#include "cgi-bin/account_sign_up_pages.h"
#include "cgi-bin/detail.h"

#define PAGE(path, guard, handle) \
	{ METHOD_GET, path, guard, CSRF_NONE, handle, ROUTE_FORM }
#define SEND(path, guard, csrf, handle) \
	{ METHOD_POST, path, guard, csrf, handle, ROUTE_FORM }

const struct route account_routes[] = {
	PAGE("/account/sign-in", GUARD_ANYONE, account_sign_in_page_show),
	SEND("/account/sign-in", GUARD_ANYONE, CSRF_ORIGIN,
	    account_sign_in_page_send),
	SEND("/account/leave", GUARD_ANYONE, CSRF_ORIGIN,
	    account_sign_in_page_leave),

	PAGE("/account/sign-up", GUARD_ANYONE, account_sign_up_page_show),
	SEND("/account/sign-up", GUARD_ANYONE, CSRF_ORIGIN,
	    account_sign_up_page_send),
	PAGE("/account/sign-up/sent", GUARD_ANYONE,
	    account_sign_up_page_sent),
	PAGE("/account/confirm/{token:token}", GUARD_ANYONE,
	    account_sign_up_page_confirm_ask),
	SEND("/account/confirm/{token:token}", GUARD_ANYONE, CSRF_ORIGIN,
	    account_sign_up_page_confirm),

	PAGE("/account/reset", GUARD_ANYONE, account_reset_page_show),
	SEND("/account/reset", GUARD_ANYONE, CSRF_ORIGIN,
	    account_reset_page_send),
	PAGE("/account/reset/sent", GUARD_ANYONE, account_reset_page_sent),
	PAGE("/account/reset/{token:token}", GUARD_ANYONE,
	    account_reset_page_set_show),
	SEND("/account/reset/{token:token}", GUARD_ANYONE, CSRF_ORIGIN,
	    account_reset_page_set),

	PAGE("/account/enter", GUARD_ANYONE, account_enter_page_show),
	SEND("/account/enter", GUARD_CITIZEN, CSRF_TOKEN,
	    account_enter_page_give),
	SEND("/account/enter/without", GUARD_ANYONE, CSRF_ORIGIN,
	    account_enter_page_without),
	PAGE("/account/link/{token:token}", GUARD_ANYONE,
	    account_enter_page_link_ask),
	SEND("/account/link/{token:token}", GUARD_ANYONE, CSRF_ORIGIN,
	    account_enter_page_link),

	PAGE("/account", GUARD_ANYONE, account_history_page_home),
	PAGE("/account/access-log", GUARD_CITIZEN,
	    account_history_page_access),
	PAGE("/account/access-log/file", GUARD_CITIZEN,
	    account_history_page_file),
	PAGE("/account/data", GUARD_CITIZEN, account_history_page_data),
	PAGE("/account/data/copy", GUARD_CITIZEN, account_copy_page_show),
	SEND("/account/data/copy", GUARD_CITIZEN, CSRF_TOKEN,
	    account_copy_page_ask),
	PAGE("/account/data/copy/read", GUARD_CITIZEN,
	    account_copy_page_read),
	PAGE("/account/data/copy/file", GUARD_CITIZEN,
	    account_copy_page_file),
	PAGE("/account/data/erasure", GUARD_CITIZEN,
	    account_erasure_page_show),
	PAGE("/account/profile", GUARD_CITIZEN, account_profile_page_show),
	SEND("/account/profile", GUARD_CITIZEN, CSRF_TOKEN,
	    account_profile_page_save),
	PAGE("/account/password", GUARD_ANYONE,
	    account_profile_page_password_show),
	SEND("/account/password", GUARD_ANYONE, CSRF_TOKEN,
	    account_profile_page_password),
	SEND("/account/language", GUARD_ANYONE, CSRF_ORIGIN,
	    account_profile_page_language),

	PAGE("/account/lookup/person", GUARD_AUDITOR,
	    account_lookup_page_person),
	SEND("/account/lookup/person", GUARD_AUDITOR, CSRF_TOKEN,
	    account_lookup_page_person_find),
	PAGE("/account/lookup/staff", GUARD_STAFF,
	    account_lookup_page_staff),
	SEND("/account/lookup/staff", GUARD_STAFF, CSRF_TOKEN,
	    account_lookup_page_staff_find),
	PAGE("/account/details/{request:uuid}", GUARD_AUDITOR, detail_show),
	SEND("/account/details/{request:uuid}", GUARD_AUDITOR, CSRF_TOKEN,
	    detail_open_page),
};
const size_t account_routes_n = sizeof account_routes / sizeof *account_routes;
