/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SVG in the page (HTML 4.8.16): a path of all dark runs, and the quiet zone
 * of four squares that readers need (ISO/IEC 18004 9.1).
 */
#include "cgi-bin/ui_qr.h"

#include "cgi-bin/html.h"
#include "lib/buf.h"
#include "lib/qr.h"

enum {
	QUIET = 4,
	PIXELS = 4		/* of a square, on a screen */
};

/* "M x y h n v 1 h -n z" for each run of dark squares in a row. */
static void
put_row(struct buf *b, const struct qr *qr, unsigned y)
{
	const uint8_t *row = qr->dark + (size_t)y * qr->width;

	for (unsigned x = 0; x < qr->width; x++) {
		unsigned n = 0;

		while (x + n < qr->width && row[x + n] != 0)
			n++;
		if (n == 0)
			continue;
		buf_printf(b, "M%u %uh%uv1h-%uz", x + QUIET, y + QUIET, n, n);
		x += n;
	}
}

void
ui_qr(struct html *h, const struct qr *qr, const char *label)
{
	unsigned side = qr->width + 2 * QUIET;
	struct buf path = buf_new(html_arena(h), 8192);

	for (unsigned y = 0; y < qr->width; y++)
		put_row(&path, qr, y);
	html_begin(h, "svg");
	html_class(h, "app-qr", NULL, NULL);
	html_attr(h, "role", "img");
	html_attr(h, "aria-label", label);
	html_attrf(h, "width", "%u", side * PIXELS);
	html_attrf(h, "height", "%u", side * PIXELS);
	html_attrf(h, "viewbox", "0 0 %u %u", side, side);
	html_attr(h, "shape-rendering", "crispEdges");
	html_begin(h, "path");
	html_attr(h, "fill", "#fff");
	html_attrf(h, "d", "M0 0h%uv%uh-%uz", side, side, side);
	html_end(h, "path");
	html_begin(h, "path");
	html_attr(h, "fill", "#000");
	html_attr(h, "d", buf_text(&path));
	html_end(h, "path");
	html_end(h, "svg");
}
