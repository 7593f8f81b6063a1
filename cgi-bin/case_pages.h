/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One case on one page, for every service room: answers in the words of the
 * form version answered, what the system found, timeline, notes, letters,
 * related cases, and the commands allowed now. Each showing is a read entry
 * before it is a page.
 *
 * Under the service's desk path D:
 *	D/{reference:reference}			case_page_show
 *	D/{reference:reference}/open		case_page_open (POST, a reason)
 *	D/{reference:reference}/decide		case_page_decide
 *	D/{reference:reference}/ask		case_page_ask
 * and the commands of cgi-bin/case_command.h.
 */
#ifndef CGI_BIN_CASE_PAGES_H
#define CGI_BIN_CASE_PAGES_H

#include <stdbool.h>

struct answers;
struct application;
struct err;
struct visit;

void	case_page_show(struct visit *);
void	case_page_open(struct visit *);
void	case_page_decide(struct visit *);
void	case_page_ask(struct visit *);

/* D/<reference><more> */
const char	*case_path(struct visit *, const struct application *,
		    const char *more);

/* The case that the address names; false: the visit is answered. Nothing
 * about it may be shown before case_read(). */
bool	case_find(struct visit *, struct application *);

/* Write the read entry. False: refused, and the page says why; where another
 * office's case needs a reason, the page asks for it. */
bool	case_read(struct visit *, const struct application *,
	    const char *reason);

/* The two pages of commands, with what was typed. */
void	case_decide_put(struct visit *, const struct application *,
	    const struct answers *);
void	case_ask_put(struct visit *, const struct application *,
	    const struct answers *);

/* A refused step: what the rule says, who holds the case, the way back. */
void	case_refused(struct visit *, const struct application *,
	    const struct err *);

#endif
