/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of words, and words from forms; no page is made here.
 */
#include "cgi-bin/vehicle_words.h"

#include <stddef.h>

#include "cgi-bin/visit.h"
#include "forms/definition.h"
#include "lib/arena.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/form_store.h"
#include "services/vehicle_record.h"

const char *
vehicle_words_name(struct visit *v, const struct vehicle *vehicle)
{
	return arena_printf(v->arena, _("%s %s, %lld"), vehicle->make,
	    vehicle->model, (long long)vehicle->model_year);
}

const char *
vehicle_words_choice(struct visit *v, const char *form, const char *item,
    const char *code)
{
	const struct definition *d = form_store_find(v->room, form);
	const struct definition_item *i = d != NULL
	    ? definition_item(d, item) : NULL;
	const struct type_value value = { &code, 1 };

	if (code == NULL)
		return "";
	if (i == NULL)
		return code;
	return type_read(v->arena, i->type, &i->rules, &value);
}

const char *
vehicle_words_form(struct visit *v, const char *form)
{
	const struct definition *d = form_store_find(v->room, form);

	return d != NULL ? words_read(d->title) : form;
}

static const struct vehicle_state registrations[] = {
	{ "active", UI_GREEN, N_("Registered") },
	{ "expiring", UI_YELLOW, N_("Ends soon") },
	{ "lapsed", UI_RED, N_("Lapsed") },
	{ "suspended", UI_RED, N_("Suspended") },
	{ "off_road", UI_GREY, N_("Off the road") },
	{ "ended", UI_GREY, N_("Ended") },
};

struct vehicle_state
vehicle_words_registration(const char *state)
{
	for (size_t i = 0; i < sizeof registrations / sizeof *registrations;
	    i++)
		if (str_equal(registrations[i].state, state))
			return (struct vehicle_state){ state,
			    registrations[i].colour,
			    _(registrations[i].name) };
	return (struct vehicle_state){ state, UI_GREY, _("Not registered") };
}

static const struct {
	const char	*code;
	const char	*name;
} ends[] = {
	{ "transferred", N_("Passed to another owner") },
	{ "superseded", N_("Replaced by a new document") },
	{ "surrendered", N_("Given back") },
	{ "cancelled", N_("Cancelled") },
	{ "exported", N_("Exported") },
	{ "scrapped", N_("Scrapped") },
	{ "foreign", N_("Registered abroad") },
};

static const char *
name_of_end(const char *code)
{
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (str_equal(ends[i].code, code))
			return _(ends[i].name);
	return "";
}

const char *
vehicle_words_title_end(const char *state)
{
	return name_of_end(state);
}

const char *
vehicle_words_end(const char *reason)
{
	return name_of_end(reason);
}
