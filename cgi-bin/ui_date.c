/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The component "date-input" of the GOV.UK Design System, its three parts in
 * the order in which both our languages write a date.
 */
#include "cgi-bin/ui_date.h"

#include "cgi-bin/html.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "lib/text.h"

enum part {
	DAY,
	MONTH,
	YEAR,
	PART__MAX
};

struct part_look {
	const char	*suffix;
	const char	*label;
	const char	*width;
	const char	*autocomplete;
};

static const struct part_look looks[PART__MAX] = {
	[DAY] = {
		"day", N_("Day"), "govuk-input--width-2", "bday-day"
	},
	[MONTH] = {
		"month", N_("Month"), "govuk-input--width-2", "bday-month"
	},
	[YEAR] = {
		"year", N_("Year"), "govuk-input--width-4", "bday-year"
	},
};

/* What of the options belongs to a part. */
struct part_of {
	const char	*value;
	bool		 left_out;
	bool		 bad;
};

static struct part_of
part_of(const struct ui_date *o, enum part p)
{
	bool all = o->error != NULL &&
	    !o->bad_day && !o->bad_month && !o->bad_year;
	const struct part_of parts[PART__MAX] = {
		[DAY] = { o->day, o->no_day, all || o->bad_day },
		[MONTH] = { o->month, false, all || o->bad_month },
		[YEAR] = { o->year, o->no_year, all || o->bad_year },
	};

	return parts[p];
}

static void
field(struct html *h, const struct ui_date *o, const char *id, enum part p)
{
	const struct part_look *look = &looks[p];
	struct part_of part = part_of(o, p);
	const char *name = str_empty(o->name) ? look->suffix :
	    arena_printf(html_arena(h), "%s-%s", o->name, look->suffix);

	html_begin(h, "input");
	html_class(h, "govuk-input govuk-date-input__input",
	    part.bad ? "govuk-input--error" : NULL, look->width);
	html_attr(h, "id", id);
	html_attr(h, "name", name);
	html_attr(h, "type", "text");
	html_attr(h, "value", part.value);
	html_attr(h, "autocomplete", o->birthday ? look->autocomplete : NULL);
	html_attr(h, "inputmode", "numeric");
}

static void
item(struct html *h, const struct ui_date *o, const char *group_id,
    enum part p)
{
	const char *id = arena_printf(html_arena(h), "%s-%s", group_id,
	    looks[p].suffix);

	html_begin(h, "div");
	html_attr(h, "class", "govuk-date-input__item");
	ui_group_begin(h, &(struct ui_group){ .id = id });
	ui_label(h, &(struct ui_label){
		.text = text(looks[p].label),
		.classes = "govuk-date-input__label",
	}, id);
	field(h, o, id, p);
	ui_group_end(h);
	html_end(h, "div");
}

void
ui_date(struct html *h, const struct ui_date *o)
{
	struct ui_group g = {
		.id = str_empty(o->id) ? o->name : o->id,
		.hint = o->hint,
		.error = o->error,
		.described_by = o->described_by,
		.classes = o->group_classes,
	};
	bool framed = o->legend.text != NULL;

	ui_group_begin(h, &g);
	if (framed)
		ui_fieldset_begin(h, &(struct ui_fieldset){
			.legend = o->legend,
			.role = "group",
			.described_by = ui_group_described_by(h, &g),
		});
	ui_group_notes(h, &g);
	html_begin(h, "div");
	html_class(h, "govuk-date-input", o->classes, NULL);
	html_attr(h, "id", g.id);
	for (enum part p = DAY; p < PART__MAX; p++)
		if (!part_of(o, p).left_out)
			item(h, o, g.id, p);
	html_end(h, "div");
	if (framed)
		ui_fieldset_end(h);
	ui_group_end(h);
}
