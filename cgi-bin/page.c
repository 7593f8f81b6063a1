/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a visit to a layout. Where the audiences' menus lead is said here and
 * nowhere else.
 */
#include "cgi-bin/page.h"

#include <string.h>

#include "cgi-bin/field.h"
#include "cgi-bin/layout.h"
#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/session.h"

struct way {
	const char	*text;
	const char	*href;
};

static const struct way citizen_ways[] = {
	{ N_("Services"), "/services" },
	{ N_("My applications"), "/account" },
	{ N_("Track an application"), "/track" },
	{ NULL, NULL }
};
static const struct way staff_ways[] = {
	{ N_("Work list"), "/desk" },
	{ N_("Search vehicles"), "/desk/vehicles/search" },
	{ NULL, NULL }
};
static const struct way supervisor_ways[] = {
	{ N_("Work list"), "/desk" },
	{ N_("Search vehicles"), "/desk/vehicles/search" },
	{ N_("Sealed details"), "/audit/details" },
	{ N_("Staff handles"), "/account/lookup/staff" },
	{ NULL, NULL }
};
static const struct way auditor_ways[] = {
	{ N_("Audit log"), "/audit" },
	{ N_("Unusual reads"), "/audit/unusual" },
	{ N_("Statistics of staff"), "/audit/statistics" },
	{ N_("Exports"), "/audit/exports" },
	{ N_("Sealed details"), "/audit/details" },
	{ N_("Find a person"), "/account/lookup/person" },
	{ N_("Staff handles"), "/account/lookup/staff" },
	{ NULL, NULL }
};

enum {
	WAYS = 8,
	LANGUAGES = 8
};

static const struct way *
ways_of(const struct session *s)
{
	if (s == NULL || s->kind != SESSION_STAFF)
		return citizen_ways;
	if (s->roles == ROLE_AUDITOR)
		return auditor_ways;
	return (s->roles & ROLE_SUPERVISOR) != 0 ? supervisor_ways
	    : staff_ways;
}

/* Is the page asked for in the part of the site that starts at href? */
static bool
is_within(const char *path, const char *href)
{
	size_t n = strlen(href);

	return str_starts(path, href) && (path[n] == '\0' || path[n] == '/');
}

/* Of two that hold the page, the nearer one: "/desk/find" is in "/desk", and
 * "/audit/details" not in "/audit" where it stands itself. */
static const char *
nearest(const struct way *way, const char *path)
{
	const char *found = NULL;

	for (; way->text != NULL; way++)
		if (is_within(path, way->href) && (found == NULL
		    || strlen(way->href) > strlen(found)))
			found = way->href;
	return found;
}

static void
fill_nav(const struct visit *v, struct ui_nav *nav)
{
	const struct way *way = ways_of(v->session);
	const char *here = nearest(way, v->request->path);
	struct ui_nav_item *item = arena_array(v->arena, WAYS, sizeof *item);

	nav->items = item;
	for (; way->text != NULL; way++)
		item[nav->n++] = (struct ui_nav_item){
			.text = _(way->text),
			.href = way->href,
			.current = strcmp(v->request->path, way->href) == 0,
			.active = str_equal(here, way->href),
		};
}

/* Links that show this page in another language; none where the page answers
 * a POST alone and cannot be asked for again. */
static void
fill_languages(const struct visit *v, struct layout *l)
{
	struct ui_language *language;
	struct pairs none = { .n = 0 };
	const struct pairs *query = v->request->method == METHOD_GET ?
	    &v->request->query : &none;

	if (!v->match.allowed[METHOD_GET])
		return;
	language = arena_array(v->arena, LANGUAGES, sizeof *language);
	l->languages = language;
	for (const struct text_language *t = text_languages;
	    t->tag != NULL && l->n_languages < LANGUAGES; t++) {
		const char *address = query_address(v->arena,
		    v->request->path, query, "lang");

		language[l->n_languages++] = (struct ui_language){
			.name = t->name,
			.tag = t->tag,
			.href = arena_printf(v->arena, "%s%slang=%s", address,
			    strchr(address, '?') != NULL ? "&" : "?", t->tag),
			.current = str_equal(t->tag, v->language),
		};
	}
}

/* The id of the control that a fault is at (cgi-bin/ui_input.h). */
static const char *
control(struct arena *a, const struct field *f)
{
	return f->type == FIELD_DATE ? arena_printf(a, "%s-day", f->name) :
	    f->name;
}

static void
fill_errors(const struct visit *v, const struct page *page, struct layout *l)
{
	const struct answers *answers = page->answers;
	size_t n = answers != NULL ? answers->n : 0;
	struct ui_error *error = arena_array(v->arena, n + page->n_errors,
	    sizeof *error);

	l->errors = error;
	for (size_t i = 0; i < n; i++) {
		const struct field_answer *a = &answers->answer[i];

		if (a->fault != NULL)
			error[l->n_errors++] = (struct ui_error){
				a->fault, control(v->arena, a->field)
			};
	}
	for (size_t i = 0; i < page->n_errors; i++)
		error[l->n_errors++] = page->errors[i];
}

void
page_begin(struct visit *v, const struct page *page)
{
	struct layout *l = arena_alloc(v->arena, sizeof *l);

	*l = (struct layout){
		.title = page->title,
		.authority = conf_text(v->conf, "authority", "name"),
		.lang = v->language,
		.back = page->back,
		.wide = page->wide,
		.whole = page->whole,
	};
	if (conf_bool(v->conf, "test", "demonstration"))
		l->demonstration = _("This is a demonstration. Everybody and "
		    "everything in it is made up.");
	if (v->session != NULL) {
		l->handle = v->session->handle;
		/* Another room's page, which knows no token of this one. */
		l->sign_out = "/account/leave";
	}
	fill_nav(v, &l->nav);
	fill_languages(v, l);
	fill_errors(v, page, l);
	if (l->n_errors > 0)
		response_page(v->response, 422);
	v->layout = l;
	layout_begin(v->html, l);
}

void
page_end(struct visit *v)
{
	layout_end(v->html, v->layout);
}
