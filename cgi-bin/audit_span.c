/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading and drawing a span of days. A fault in it leaves the standard one,
 * and is said.
 */
#include "cgi-bin/audit_span.h"

#include "cgi-bin/ui_date.h"
#include "cgi-bin/ui_desk.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/text.h"

enum {
	DAYS = 30
};

static const struct field fields[] = {
	{ .name = "from", .type = FIELD_DATE },
	{ .name = "until", .type = FIELD_DATE },
	{ .name = "before", .type = FIELD_UUID },
	{ .name = "actor", .type = FIELD_TEXT, .max = 40 },
};

struct audit_span
audit_span_read(struct visit *v)
{
	struct audit_span s = { .days = { clock_today() - DAYS + 1,
	    clock_today() } };
	date from, until;

	s.fine = field_read(v, fields, sizeof fields / sizeof *fields,
	    &s.answers);
	s.before = field_uuid(&s.answers, "before");
	s.actor = field_text(&s.answers, "actor");
	from = field_date(&s.answers, "from");
	until = field_date(&s.answers, "until");
	if (until == DATE_NONE)
		until = s.days.until;
	if (from == DATE_NONE)
		from = until - DAYS + 1;
	if (until < from) {
		field_fault(&s.answers, "until", _("The last day must not be "
		    "before the first"));
		s.fine = false;
	}
	if (s.fine)
		s.days = (struct auditlog_span){ from, until };
	return s;
}

static void
put_date(struct visit *v, const struct audit_span *s, const char *name,
    const char *legend, date shown)
{
	struct civil c = date_civil(shown);

	ui_date(v->html, &(struct ui_date){ .name = name,
	    .legend = { legend, UI_S, false, NULL },
	    .error = field_error(&s->answers, name),
	    .day = s->fine ? arena_printf(v->arena, "%d", c.day)
	        : field_typed_part(&s->answers, name, FIELD_DAY),
	    .month = s->fine ? arena_printf(v->arena, "%d", c.month)
	        : field_typed_part(&s->answers, name, FIELD_MONTH),
	    .year = s->fine ? arena_printf(v->arena, "%d", c.year)
	        : field_typed_part(&s->answers, name, FIELD_YEAR) });
}

static void
put_form(struct visit *v, const struct audit_span *s,
    const char *action, bool actor)
{
	ui_form_begin(v->html, &(struct ui_form){ .action = action,
	    .get = true, .label = _("Other days") });
	ui_filter_begin(v->html, _("Show"));
	if (actor)
		ui_input(v->html, &(struct ui_input){ .name = "actor",
		    .label = { _("Staff handle"), UI_S, false, NULL },
		    .hint = _("For example, DET-014"),
		    .spelling = UI_SPELLING_OFF,
		    .value = field_typed(&s->answers, "actor"),
		    .error = field_error(&s->answers, "actor") });
	put_date(v, s, "from", _("First day"), s->days.from);
	put_date(v, s, "until", _("Last day"), s->days.until);
	ui_button(v->html, &(struct ui_button){ .text = _("Show"),
	    .kind = UI_SECONDARY });
	ui_filter_end(v->html);
	ui_form_end(v->html);
}

void
audit_span_begin(struct visit *v, const struct audit_span *s,
    const char *action, bool actor)
{
	ui_row_begin(v->html);
	ui_column_begin(v->html, UI_ONE_QUARTER);
	put_form(v, s, action, actor);
	ui_column_end(v->html);
	ui_column_begin(v->html, UI_THREE_QUARTERS);
}

void
audit_span_end(struct visit *v)
{
	ui_column_end(v->html);
	ui_row_end(v->html);
}

const char *
audit_span_query(struct visit *v, const struct audit_span *s)
{
	char from[DATE_TEXT], until[DATE_TEXT];

	return arena_printf(v->arena, "from=%s&until=%s",
	    date_text(s->days.from, from), date_text(s->days.until, until));
}

void
audit_span_put_export(struct visit *v, const struct audit_span *s,
    const char *action)
{
	char day[DATE_TEXT];

	ui_form_begin(v->html, &(struct ui_form){ .action = action,
	    .token = v->csrf });
	ui_hidden(v->html, "from", date_text(s->days.from, day));
	ui_hidden(v->html, "until", date_text(s->days.until, day));
	if (s->actor != NULL)
		ui_hidden(v->html, "actor", s->actor);
	ui_button(v->html, &(struct ui_button){ .kind = UI_SECONDARY,
	    .text = _("Download as CSV") });
	ui_form_end(v->html);
}
