/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The applicant at the door. It holds no page; the apply_ files do.
 */
#include "cgi-bin/applicant.h"

#include "cgi-bin/program.h"
#include "cgi-bin/serve.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/apply.h"
#include "services/casework.h"
#include "services/form_store.h"
#include "services/intake.h"
#include "services/party.h"
#include "services/service.h"
#include "services/session.h"

const struct service *
applicant_service(const struct visit *v)
{
	return v->serve->program->service;
}

const char *
applicant_base(const struct visit *v)
{
	const struct service *service = applicant_service(v);

	return v->session != NULL && v->session->kind == SESSION_STAFF
	    ? service->desk : service->path;
}

bool
applicant_enter(struct visit *v)
{
	struct err e;

	form_store_refresh(v->room);
	if (party_apply(v->room, v->arena, v->session, &e))
		return true;
	visit_fail(v, &e);
	return false;
}

bool
applicant_draft(struct visit *v, struct draft *d)
{
	struct err e;

	if (!applicant_enter(v))
		return false;
	if (apply_load(v->room, v->arena, v->session, visit_uuid(v, "draft"),
	    d, &e))
		return true;
	visit_fail(v, &e);
	return false;
}

bool
applicant_application(struct visit *v, struct application *a)
{
	struct err e;

	if (!applicant_enter(v))
		return false;
	if (apply_find(v->room, v->arena, v->session,
	    visit_text(v, "reference"), a, &e))
		return true;
	visit_fail(v, &e);
	return false;
}

const struct definition *
applicant_definition(struct visit *v, const struct application *a)
{
	const struct definition *d;
	struct err e;

	if (form_store_get(v->room, a->form, a->form_version, &d, &e))
		return d;
	visit_fail(v, &e);
	return NULL;
}

const char *
applicant_start_path(struct visit *v, const char *form)
{
	const char *start = applicant_service(v)->start;

	if (start != NULL)
		return visit_path(v, "%s/%s", start, form);
	return visit_path(v, "%s/apply/%s", applicant_base(v), form);
}

const char *
applicant_draft_path(struct visit *v, const char *folder,
    const struct draft *d)
{
	char id[UUID_TEXT];

	return visit_path(v, "%s/%s/%s", applicant_base(v), folder,
	    uuid_text(d->id, id));
}

const char *
applicant_question_path(struct visit *v, const struct draft *d,
    const struct definition_page *page, unsigned entry)
{
	const char *draft = applicant_draft_path(v, "draft", d);

	if (entry == 0)
		return visit_path(v, "%s/%s", draft, page->name);
	return visit_path(v, "%s/%s/%u", draft, page->name, entry);
}

/* Nothing was answered in the first entry, which is there because there must
 * be one: its questions come before the list of entries. */
static bool
starts_empty(const struct form *form, const struct definition_page *page)
{
	if (page->repeat == NULL || form_entries(form, page->repeat) == 0)
		return false;
	for (size_t i = 0; i < page->n_items; i++) {
		const struct definition_item *item = &page->items[i];
		const char *const *part = type_parts(item->type);

		if (!str_empty(form_typed(form, item, 1, part[0])))
			return false;
	}
	return true;
}

const char *
applicant_step_path(struct visit *v, const struct draft *d,
    const struct definition_page *page)
{
	if (page == NULL)
		return applicant_draft_path(v, "check", d);
	return applicant_question_path(v, d, page,
	    starts_empty(d->form, page) ? 1 : 0);
}

const char *
applicant_resume_path(struct visit *v, const struct draft *d)
{
	return applicant_step_path(v, d, d->saved > 1
	    ? form_first_open(d->form) : form_next(d->form, NULL));
}

const char *
applicant_path(struct visit *v, const struct application *a,
    const char *more)
{
	return visit_path(v, "%s/applications/%s%s",
	    applicant_base(v), a->reference, more);
}

const char *
applicant_money(struct visit *v, int64_t amount)
{
	return written_money(v->arena, conf_text(v->conf, "authority",
	    "currency"), amount);
}

const char *
applicant_fee(struct visit *v, const struct definition *d, const char *line)
{
	char *name;

	if (str_equal(line, d->name))
		return words_read(d->title);
	if (d->policy.n_fees <= 1)
		return _("Fee");
	name = arena_strdup(v->arena, line);
	for (char *c = name; *c != '\0'; c++)
		if (*c == '-')
			*c = ' ';
	return name;
}
