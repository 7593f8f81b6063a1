/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sample pages of components, for outside checkers: made by gallery DIR, read
 * by gallery.mjs.
 */
#ifndef TESTS_BROWSER_GALLERY_H
#define TESTS_BROWSER_GALLERY_H

#include "cgi-bin/layout.h"

struct html;

/* The frame of every sample page. */
struct layout	gallery_citizen(const char *title);

void	gallery_desk(struct html *);
void	gallery_case(struct html *);

#endif
