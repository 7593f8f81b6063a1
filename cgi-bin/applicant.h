/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the pages of applicants have in common: whose service it is, the way
 * in, the draft or the application that the address names, and where things
 * are. A false or NULL means that the visit is answered already.
 *
 * P is applicant_base(). A room's table gives the addresses, with these
 * captures:
 *	P/apply/{form:word}			cgi-bin/apply_start.h
 *	P/draft/{draft:uuid}/{page:word}/…	cgi-bin/apply_question.h
 *	P/check/{draft:uuid}, P/sent/…		cgi-bin/apply_check.h
 *	P/applications/{reference:reference}/…	cgi-bin/apply_status.h …
 *
 * Fields of our own beside those of a form begin with "_", as no item does.
 */
#ifndef CGI_BIN_APPLICANT_H
#define CGI_BIN_APPLICANT_H

#include <stdbool.h>
#include <stdint.h>

struct application;
struct definition;
struct definition_page;
struct draft;
struct err;
struct service;
struct visit;

/* Of the program that serves this visit. */
const struct service	*applicant_service(const struct visit *);
/* P: the service's path; for staff, who fill the forms of the desk, its desk
 * path. */
const char		*applicant_base(const struct visit *);

/* First in every handler: what account has sent about this person is taken,
 * and new form definitions are. */
bool	applicant_enter(struct visit *);

/* Enter, then {draft:uuid} or {reference:reference}. A draft's form is the
 * caller's to free. */
bool	applicant_draft(struct visit *, struct draft *);
bool	applicant_application(struct visit *, struct application *);
/* The form version that was answered. */
const struct definition	*applicant_definition(struct visit *,
			    const struct application *);

/* Where a form begins: P/apply/<form>, or as the service has it. */
const char	*applicant_start_path(struct visit *, const char *form);
/* P/<folder>/<the draft's id> */
const char	*applicant_draft_path(struct visit *, const char *folder,
		    const struct draft *);
/* P/draft/<id>/<page>[/<entry>]; 0: the page itself */
const char	*applicant_question_path(struct visit *, const struct draft *,
		    const struct definition_page *, unsigned entry);
/* Of the page to answer next; NULL: all pages are, so the check page. */
const char	*applicant_step_path(struct visit *, const struct draft *,
		    const struct definition_page *);
/* Where to go on with a draft. */
const char	*applicant_resume_path(struct visit *, const struct draft *);
/* P/applications/<reference><more> */
const char	*applicant_path(struct visit *, const struct application *,
		    const char *more);

/* In the currency of the installation. */
const char	*applicant_money(struct visit *, int64_t);
/* What a line of the fee schedule is called on the pages of this form. */
const char	*applicant_fee(struct visit *, const struct definition *,
		    const char *line);

#endif
