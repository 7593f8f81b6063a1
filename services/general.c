/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which of the house's own forms it is, and to whose hook it goes.
 */
#include "services/general.h"

#include "forms/definition.h"
#include "forms/form.h"
#include "lib/str.h"
#include "services/casework.h"
#include "services/general_rights.h"
#include "services/objection.h"
#include "services/service.h"

static bool
begin(struct room *room, struct arena *arena, const struct session *session,
    struct form *form, struct uuid thing, struct err *e)
{
	if (str_equal(form_definition(form)->name, objection_form))
		return objection_begin(room, arena, session, form, thing, e);
	return true;
}

static bool
filed(struct act *act, const struct application *a, const struct form *form,
    struct uuid event, struct err *e)
{
	(void)form;
	if (str_equal(a->form, objection_form))
		return objection_filed(act, a, event, e);
	return true;
}

static bool
decided(struct act *act, const struct application *a, struct decided *d,
    struct err *e)
{
	if (d->approved && str_equal(a->form, general_rights_form))
		return general_rights_start(act, a, e);
	return true;
}

const struct service general_service = {
	.name = "general",
	.path = "/apply",
	.desk = "/desk/apply",
	.start = "/apply",
	.begin = begin,
	.filed = filed,
	.decided = decided,
	.erase = general_rights_erase,
};
