/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The auditors' routes. What supervisors do here is to decide who may open a
 * sealed detail.
 */
#include "cgi-bin/audit_routes.h"

#include "cgi-bin/audit_access_pages.h"
#include "cgi-bin/audit_detail_pages.h"
#include "cgi-bin/audit_export_pages.h"
#include "cgi-bin/audit_pages.h"
#include "cgi-bin/audit_search_pages.h"
#include "cgi-bin/audit_statistics_pages.h"
#include "cgi-bin/detail.h"

#define PAGE(path, guard, handle) \
	{ METHOD_GET, path, guard, CSRF_NONE, handle, ROUTE_FORM }
#define SEND(path, guard, handle) \
	{ METHOD_POST, path, guard, CSRF_TOKEN, handle, ROUTE_FORM }

const struct route audit_routes[] = {
	PAGE("/audit", GUARD_AUDITOR, audit_search_page),
	SEND("/audit/export", GUARD_AUDITOR, audit_search_page_export),
	SEND("/audit/searches", GUARD_AUDITOR, audit_search_page_save),
	SEND("/audit/searches/{search:uuid}/drop", GUARD_AUDITOR,
	    audit_search_page_drop),
	PAGE("/audit/entries", GUARD_AUDITOR, audit_page_find),
	PAGE("/audit/entries/{event:uuid}", GUARD_AUDITOR, audit_page_entry),
	PAGE("/audit/entries/{event:uuid}/proof", GUARD_AUDITOR,
	    audit_page_proof),
	PAGE("/audit/entries/{event:uuid}/leaf", GUARD_AUDITOR,
	    audit_page_leaf),
	PAGE("/audit/cases/{reference:reference}", GUARD_AUDITOR,
	    audit_page_case),
	SEND("/audit/cases/{reference:reference}/export", GUARD_AUDITOR,
	    audit_page_case_export),

	PAGE("/audit/people/{subject:uuid}", GUARD_AUDITOR,
	    audit_access_page_person),
	SEND("/audit/people/{subject:uuid}/export", GUARD_AUDITOR,
	    audit_access_page_person_export),
	PAGE("/audit/staff", GUARD_AUDITOR, audit_access_page_staff),
	SEND("/audit/staff/export", GUARD_AUDITOR,
	    audit_access_page_staff_export),
	PAGE("/audit/unusual", GUARD_AUDITOR, audit_access_page_unusual),
	SEND("/audit/unusual/export", GUARD_AUDITOR,
	    audit_access_page_unusual_export),
	PAGE("/audit/statistics", GUARD_AUDITOR, audit_statistics_page),
	SEND("/audit/statistics/export", GUARD_AUDITOR,
	    audit_statistics_page_export),

	PAGE("/audit/exports", GUARD_AUDITOR, audit_export_page_list),
	PAGE("/audit/exports/{job:uuid}", GUARD_AUDITOR,
	    audit_export_page_show),
	SEND("/audit/exports/{job:uuid}", GUARD_AUDITOR,
	    audit_export_page_fetch),

	SEND("/audit/entries/{event:uuid}/detail", GUARD_AUDITOR,
	    audit_detail_page_ask),
	PAGE("/audit/details", GUARD_STAFF, audit_detail_page_list),
	PAGE("/audit/details/{request:uuid}", GUARD_STAFF,
	    audit_detail_page_show),
	SEND("/audit/details/{request:uuid}/approve", GUARD_SUPERVISOR,
	    audit_detail_page_approve),
	SEND("/audit/details/{request:uuid}/refuse", GUARD_SUPERVISOR,
	    audit_detail_page_refuse),
	PAGE("/audit/own/details/{request:uuid}", GUARD_AUDITOR,
	    detail_show),
	SEND("/audit/own/details/{request:uuid}", GUARD_AUDITOR,
	    detail_open_page),
};
const size_t audit_routes_n = sizeof audit_routes / sizeof *audit_routes;
