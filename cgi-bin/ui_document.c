/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sheet of paper: our own component. Its style prints it alone, without
 * header, navigation and footer.
 */
#include "cgi-bin/ui_document.h"

#include "cgi-bin/html.h"
#include "cgi-bin/ui_mark.h"
#include "lib/text.h"

static void
fact(struct html *h, const char *key, const char *value)
{
	if (value == NULL)
		return;
	html_begin(h, "div");
	html_element(h, "dt", NULL, key);
	html_element(h, "dd", NULL, value);
	html_end(h, "div");
}

static void
head(struct html *h, const struct ui_document *d)
{
	html_begin(h, "div");
	html_attr(h, "class", "balcao-document__head");
	html_begin(h, "p");
	html_attr(h, "class", "balcao-document__authority");
	ui_mark(h, "balcao-document__mark");
	html_begin(h, "span");
	html_element(h, "strong", NULL, d->authority);
	if (d->office != NULL) {
		html_begin(h, "br");
		html_text(h, d->office);
	}
	html_end(h, "span");
	html_end(h, "p");
	html_begin(h, "dl");
	html_attr(h, "class", "balcao-document__facts");
	fact(h, _("Reference"), d->reference);
	fact(h, _("Date"), d->date);
	html_end(h, "dl");
	html_end(h, "div");
}

void
ui_document_begin(struct html *h, const struct ui_document *d)
{
	html_begin(h, "article");
	html_attr(h, "class", "balcao-document");
	html_attr(h, "lang", d->lang);
	head(h, d);
	if (d->addressee != NULL) {
		html_begin(h, "p");
		html_attr(h, "class", "balcao-document__addressee");
		html_lines(h, d->addressee);
		html_end(h, "p");
	}
	html_element(h, "h1", "govuk-heading-l", d->title);
}

void
ui_document_end(struct html *h, const char *proof)
{
	if (proof != NULL)
		html_element(h, "p", "balcao-document__proof", proof);
	html_end(h, "article");
}
