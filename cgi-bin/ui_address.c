/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The address pattern of the GOV.UK Design System, with the parts that a
 * letter within Brazil needs and a box of lines for every other country.
 */
#include "cgi-bin/ui_address.h"

#include <stdlib.h>
#include <string.h>

#include "cgi-bin/html.h"
#include "cgi-bin/ui_choice.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_prose.h"
#include "forms/brazil.h"
#include "forms/country.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "lib/text.h"

static const char first[] = "street";

enum {
	LINES = 4
};

static const char *
field(struct html *h, const struct ui_address *o, const char *part)
{
	return arena_printf(html_arena(h), "%s-%s", o->name, part);
}

static const char *
error_at(const struct ui_address *o, const char *part)
{
	return str_equal(o->part != NULL ? o->part : first, part) ?
	    o->error : NULL;
}

static void
line(struct html *h, const struct ui_address *o, const char *part,
    const char *label, unsigned width)
{
	ui_input(h, &(struct ui_input){
		.name = field(h, o, part),
		.label = { .text = label },
		.value = o->typed(o->arg, part),
		.error = error_at(o, part),
		.spelling = UI_SPELLING_OFF,
		.width = width,
	});
}

static void
states(struct html *h, const struct ui_address *o)
{
	struct ui_item item[32] = {
		{ .value = "", .text = _("Choose a state") },
	};
	size_t n = 1;

	for (const struct brazil_state *s = brazil_states; s->code != NULL &&
	    n < sizeof item / sizeof *item; s++)
		item[n++] = (struct ui_item){ .value = s->code,
		    .text = s->name };
	ui_select(h, &(struct ui_choice){
		.name = field(h, o, "state"),
		.label = { .text = _("State") },
		.items = item,
		.n = n,
		.value = o->typed(o->arg, "state"),
		.error = error_at(o, "state"),
	});
}

static int
by_name(const void *a, const void *b)
{
	const struct ui_item *one = a, *two = b;

	return strcmp(one->text, two->text);
}

/* Brazil first, for nearly all live there; the others by name. */
static void
countries_of(struct html *h, const struct ui_address *o)
{
	const char *typed = o->typed(o->arg, "country");
	struct ui_item *item;
	size_t n = 0;

	while (countries[n].code != NULL)
		n++;
	item = arena_array(html_arena(h), n + 1, sizeof *item);
	item[0] = (struct ui_item){ .value = "BR",
	    .text = country_name("BR") };
	for (size_t i = 0, at = 1; i < n; i++)
		if (!str_equal(countries[i].code, "BR"))
			item[at++] = (struct ui_item){
			    .value = countries[i].code,
			    .text = country_name(countries[i].code) };
	qsort(item + 1, n - 1, sizeof *item, by_name);
	ui_select(h, &(struct ui_choice){
		.name = field(h, o, "country"),
		.label = { .text = _("Country") },
		.items = item,
		.n = n,
		.value = str_empty(typed) ? "BR" : typed,
		.error = error_at(o, "country"),
	});
}

static bool
is_abroad(const struct ui_address *o)
{
	const char *country = o->typed(o->arg, "country");

	return error_at(o, "lines") != NULL || error_at(o, "country") != NULL
	    || !(str_empty(country) || str_equal(country, "BR"));
}

static void
lines(struct html *h, const struct ui_address *o)
{
	const char *typed = o->typed(o->arg, "lines");

	ui_details_begin(h, _("The address is not in Brazil"), is_abroad(o),
	    NULL);
	countries_of(h, o);
	ui_textarea(h, &(struct ui_input){
		.name = field(h, o, "lines"),
		.label = { .text = _("The address, as it would stand on an "
		    "envelope") },
		.hint = _("Leave the questions above empty."),
		.value = typed,
		.error = error_at(o, "lines"),
		.spelling = UI_SPELLING_OFF,
		.rows = LINES,
	});
	ui_details_end(h);
}

void
ui_address(struct html *h, const struct ui_address *o)
{
	const struct ui_group notes = { .id = o->name, .hint = o->hint };

	ui_fieldset_begin(h, &(struct ui_fieldset){
		.legend = o->legend,
		.described_by = ui_group_described_by(h, &notes),
	});
	ui_group_notes(h, &notes);
	line(h, o, "street", _("Street"), 0);
	line(h, o, "number", _("Number (optional)"), 5);
	line(h, o, "complement", _("Flat or building (optional)"), 20);
	line(h, o, "district", _("District (optional)"), 20);
	line(h, o, "city", _("Town or city"), 20);
	states(h, o);
	line(h, o, "postcode", _("Postcode (CEP)"), 10);
	lines(h, o);
	ui_fieldset_end(h);
}
