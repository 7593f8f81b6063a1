/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The mark, drawn in the page so that it takes its colour from the page and
 * prints without a request. It says nothing a reader must hear.
 */
#include "cgi-bin/ui_mark.h"

#include "cgi-bin/html.h"

static void
stroke(struct html *h, const char *classes, const char *d)
{
	html_begin(h, "path");
	html_attr(h, "class", classes);
	html_attr(h, "d", d);
	html_end(h, "path");
}

void
ui_mark(struct html *h, const char *classes)
{
	html_begin(h, "svg");
	html_class(h, "balcao-mark", classes, NULL);
	html_attr(h, "xmlns", "http://www.w3.org/2000/svg");
	html_attr(h, "viewBox", "0 0 32 32");
	html_attr(h, "width", "32");
	html_attr(h, "height", "32");
	html_attr(h, "aria-hidden", "true");
	html_attr(h, "focusable", "false");
	stroke(h, "balcao-mark__arch",
	    "M4 20V15a12 12 0 0 1 24 0v5h-5v-5a7 7 0 0 0-14 0v5z");
	stroke(h, "balcao-mark__counter", "M2 22h28v4H2z");
	stroke(h, "balcao-mark__arch", "M5 27.5h22V30H5z");
	html_end(h, "svg");
}
