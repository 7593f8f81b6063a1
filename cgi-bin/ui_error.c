/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The component "error-summary" of the GOV.UK Design System. Without script
 * nothing moves the focus; the list has role="alert" and the page's title
 * begins with "Error", which is what a reader hears first.
 */
#include "cgi-bin/ui_error.h"

#include "cgi-bin/html.h"
#include "lib/arena.h"
#include "lib/text.h"

static void
line(struct html *h, const struct ui_error *e)
{
	html_begin(h, "li");
	if (e->id != NULL) {
		html_begin(h, "a");
		html_url(h, "href",
		    arena_printf(html_arena(h), "#%s", e->id));
	}
	html_text(h, e->text);
	if (e->id != NULL)
		html_end(h, "a");
	html_end(h, "li");
}

void
ui_error_summary(struct html *h, const struct ui_error *errors, size_t n)
{
	if (n == 0)
		return;
	html_begin(h, "div");
	html_attr(h, "class", "govuk-error-summary");
	html_attr(h, "data-module", "govuk-error-summary");
	html_begin(h, "div");
	html_attr(h, "role", "alert");
	html_element(h, "h2", "govuk-error-summary__title",
	    _("There is a problem"));
	html_begin(h, "div");
	html_attr(h, "class", "govuk-error-summary__body");
	html_begin(h, "ul");
	html_attr(h, "class", "govuk-list govuk-error-summary__list");
	for (size_t i = 0; i < n; i++)
		line(h, &errors[i]);
	html_end(h, "ul");
	html_end(h, "div");
	html_end(h, "div");
	html_end(h, "div");
}
