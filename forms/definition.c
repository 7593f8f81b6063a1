/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A definition as others see it: parsed whole or not at all, and asked by
 * name. The reading itself is in definition_read.c and policy.c.
 */
#include "forms/definition.h"

#include "lib/err.h"
#include "lib/str.h"
#include "lib/xml.h"

bool
definition_parse(struct arena *a, struct bytes text,
    const struct definition **out, struct err *e)
{
	struct xml_fault *faults = NULL;
	const struct definition *d = definition_read(a, text, &faults);

	if (faults != NULL) {
		definition_free(d);
		return err_set(e, ERR_INPUT, "line %d: %.200s", faults->line,
		    faults->text);
	}
	*out = d;
	return true;
}

void
definition_free(const struct definition *d)
{
	if (d == NULL)
		return;
	for (const struct rule *r = d->rules; r != NULL; r = r->next)
		xml_expression_free(r->compiled);
}

const struct definition_item *
definition_item(const struct definition *d, const char *name)
{
	for (size_t i = 0; i < d->n_items; i++)
		if (str_equal(d->items[i].name, name))
			return &d->items[i];
	return NULL;
}

const struct definition_page *
definition_page(const struct definition *d, const char *name)
{
	for (size_t i = 0; i < d->n_pages; i++)
		if (str_equal(d->pages[i].name, name))
			return &d->pages[i];
	return NULL;
}

const struct definition_repeat *
definition_repeat(const struct definition *d, const char *name)
{
	for (size_t i = 0; i < d->n_repeats; i++)
		if (str_equal(d->repeats[i].name, name))
			return &d->repeats[i];
	return NULL;
}

const struct policy_reason *
definition_reason(const struct definition *d, unsigned number)
{
	for (size_t i = 0; i < d->n_reasons; i++)
		if (d->reasons[i].number == number)
			return &d->reasons[i];
	return NULL;
}

const struct definition_letter *
definition_letter(const struct definition *d, const char *event)
{
	for (size_t i = 0; i < d->n_letters; i++)
		if (str_equal(d->letters[i].event, event))
			return &d->letters[i];
	return NULL;
}
