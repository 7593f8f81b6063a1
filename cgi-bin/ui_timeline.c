/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A timeline: our own component, an ordered list whose items are headed, so
 * that a screen reader steps from event to event.
 */
#include "cgi-bin/ui_timeline.h"

#include "cgi-bin/html.h"
#include "cgi-bin/ui_prose.h"
#include "lib/arena.h"

void
ui_timeline_begin(struct html *h)
{
	html_begin(h, "ol");
	html_attr(h, "class", "balcao-timeline");
}

void
ui_timeline_end(struct html *h)
{
	html_end(h, "ol");
}

void
ui_timeline_event_begin(struct html *h, const struct ui_event *e)
{
	const char *heading = arena_printf(html_arena(h), "h%d",
	    e->level > 0 ? e->level : 3);

	html_begin(h, "li");
	html_attr(h, "class", "balcao-timeline__item");
	html_element(h, heading, "balcao-timeline__title", e->title);
	html_begin(h, "p");
	html_attr(h, "class", "balcao-timeline__byline");
	ui_time(h, e->iso, e->time);
	if (e->by != NULL) {
		html_text(h, " · ");
		html_text(h, e->by);
	}
	html_end(h, "p");
	html_begin(h, "div");
	html_attr(h, "class", "balcao-timeline__description");
}

void
ui_timeline_event_end(struct html *h)
{
	html_end(h, "div");
	html_end(h, "li");
}

void
ui_timeline_event(struct html *h, const struct ui_event *e)
{
	ui_timeline_event_begin(h, e);
	html_lines(h, e->text);
	ui_timeline_event_end(h);
}
