/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The street front: the first page, tracking by reference, and a sign of
 * life. No page of the portal needs a session, and none shows anything about
 * anybody.
 */
#ifndef CGI_BIN_PORTAL_PAGES_H
#define CGI_BIN_PORTAL_PAGES_H

#include <stddef.h>

#include "cgi-bin/route.h"

struct visit;

extern const struct route	portal_routes[];
extern const size_t		portal_routes_n;

void	portal_page_home(struct visit *);	/* / */
void	portal_page_track(struct visit *);	/* /track?reference= */
void	portal_page_alive(struct visit *);	/* /healthz */

#endif
