/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Name look-up for expressions; knows the shape of forms, runs nothing.
 */
#include "forms/scope.h"

#include <stddef.h>

#include "forms/definition.h"
#include "forms/path.h"
#include "lib/str.h"

static struct scope_place
nothing(const char *wrong)
{
	return (struct scope_place){ .kind = SCOPE_NOTHING, .wrong = wrong };
}

static struct scope_place
up(struct scope_place from)
{
	switch (from.kind) {
	case SCOPE_PART:
		from.kind = SCOPE_ITEM;
		return from;
	case SCOPE_ITEM:
		from.kind = from.repeat != NULL ? SCOPE_ENTRIES : SCOPE_FORM;
		return from;
	case SCOPE_ENTRIES:
		return (struct scope_place){ .kind = SCOPE_FORM };
	case SCOPE_FORM:
	case SCOPE_NOTHING:
		break;
	}
	return nothing("..");
}

static bool
has_part(const struct definition_item *item, const char *name)
{
	if (!type_composite(item->type))
		return false;
	for (const char *const *p = type_parts(item->type); *p != NULL; p++)
		if (str_equal(*p, name))
			return true;
	return false;
}

static struct scope_place
down(const struct definition *d, struct scope_place from, const char *name)
{
	const struct definition_item *item;
	const struct definition_repeat *repeat;

	if (from.kind == SCOPE_ITEM) {
		if (!has_part(from.item, name))
			return nothing(name);
		from.kind = SCOPE_PART;
		return from;
	}
	if (from.kind == SCOPE_PART)
		return nothing(name);
	repeat = from.kind == SCOPE_FORM ? definition_repeat(d, name) : NULL;
	if (repeat != NULL)
		return (struct scope_place){ SCOPE_ENTRIES, repeat, NULL,
			NULL };
	item = definition_item(d, name);
	if (item == NULL || item->repeat != from.repeat)
		return nothing(name);
	return (struct scope_place){ SCOPE_ITEM, item->repeat, item, NULL };
}

/* Up to and with the last step; all of them if it is NULL. */
static struct scope_place
follow(const struct scope *s, const struct path *path,
    const struct path_step *last)
{
	struct scope_place place = {
		.kind = s->repeat != NULL ? SCOPE_ENTRIES : SCOPE_FORM,
		.repeat = s->repeat,
	};

	for (const struct path_step *step = path->steps; step != NULL;
	    step = step->next) {
		if (place.kind == SCOPE_NOTHING)
			return place;
		place = step->name == NULL ? up(place) :
		    down(s->definition, place, step->name);
		if (step == last)
			break;
	}
	return place;
}

struct scope_place
scope_find(const struct scope *s, const struct path *path)
{
	return follow(s, path, NULL);
}

struct scope
scope_filter(const struct scope *s, const struct path *path,
    const struct path_step *step)
{
	struct scope_place place = follow(s, path, step);

	return (struct scope){
		.definition = s->definition,
		.repeat = place.kind == SCOPE_ENTRIES ? place.repeat : NULL,
	};
}

void
scope_walk(const struct scope *s, const struct path *path,
    void (*visit)(void *, const struct path *, const struct scope_place *),
    void *arg)
{
	struct scope_place place;
	struct scope filter;

	for (const struct path *p = path->first; p != NULL; p = p->next)
		scope_walk(s, p, visit, arg);
	if (path->kind != PATH_STEPS)
		return;
	for (const struct path_step *t = path->steps; t != NULL; t = t->next) {
		if (t->filter == NULL)
			continue;
		filter = scope_filter(s, path, t);
		scope_walk(&filter, t->filter, visit, arg);
	}
	place = scope_find(s, path);
	visit(arg, path, &place);
}
