/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a driver shows at the roadside. Its number is the number of the entry
 * that records who was given it, so that a forged one names none.
 */
#include "cgi-bin/vehicle_certificate.h"

#include "cgi-bin/page.h"
#include "cgi-bin/ui_document.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/vehicle_pages.h"
#include "cgi-bin/vehicle_parts.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "schema/registry.h"
#include "services/act.h"
#include "services/party.h"
#include "services/session.h"
#include "services/vehicle_record.h"

bool
vehicle_certificate_due(const struct vehicle_file *f)
{
	return !f->vehicle.stolen
	    && (str_equal(f->registration.state, "active")
	    || str_equal(f->registration.state, "expiring"));
}

static bool
note_giving(struct visit *v, const struct vehicle_file *f,
    struct uuid *event, struct err *e)
{
	return act_note(v->room, v->arena, v->session, &(struct act_entry){
	    .type = EVENT_EXPORT,
	    .purpose = PURPOSE_REGISTER,
	    .subject = v->session->subject,
	    .table = TABLE_VEHICLE_VEHICLE,
	    .row = f->vehicle.id }, event, e);
}

/* One's own name alone: the certificate tells nobody who somebody else is.
 * NULL: it is not one's own, or not known in this room. */
static bool
name_of(struct visit *v, struct uuid subject, const char **name,
    struct err *e)
{
	struct party p;
	bool found;

	*name = NULL;
	if (!uuid_equal(subject, v->session->subject))
		return true;
	if (!party_get(v->room, v->arena, subject, &p, &found, e))
		return false;
	if (found)
		*name = p.name;
	return true;
}

static void
put_facts(struct visit *v, const struct vehicle_file *f, const char *owner,
    const char *keeper)
{
	const struct ui_summary list = { .title = NULL };
	const struct registration *r = &f->registration;

	if (r->keeper_name != NULL)
		keeper = r->keeper_name;
	ui_summary_begin(v->html, &list);
	ui_summary_fact(v->html, &list, _("Plate"), f->plate.version > 0
	    ? f->plate.number : _("None"));
	vehicle_parts_facts(v, &list, f);
	ui_summary_fact(v->html, &list, _("Valid from"),
	    written_date(v->arena, r->valid_from));
	ui_summary_fact(v->html, &list, _("Valid until"),
	    written_date(v->arena, r->valid_until));
	if (owner != NULL)
		ui_summary_fact(v->html, &list, _("Owner"), owner);
	if (keeper != NULL)
		ui_summary_fact(v->html, &list, _("Keeper"), keeper);
	ui_summary_end(v->html, &list);
}

static void
put_sheet(struct visit *v, const struct vehicle_file *f, const char *owner,
    const char *keeper, struct uuid event)
{
	char id[UUID_TEXT];

	page_begin(v, &(struct page){ .title = _("Registration certificate"),
	    .back = vehicle_page_path(v, f, "") });
	ui_document_begin(v->html, &(struct ui_document){
		.authority = conf_text(v->conf, "authority", "name"),
		.title = _("Registration certificate"),
		.reference = f->plate.version > 0 ? f->plate.number : NULL,
		.date = written_date(v->arena, clock_today()),
	});
	put_facts(v, f, owner, keeper);
	vehicle_parts_brands(v, f);
	ui_document_end(v->html, arena_printf(v->arena, _("As registered on "
	    "%s. Certificate number %s: the entry of our log that records "
	    "it."), written_time(v->arena, clock_now()),
	    uuid_text(event, id)));
	page_end(v);
}

static void
refuse(struct visit *v, const struct vehicle_file *f)
{
	page_begin(v, &(struct page){ .title = _("No certificate"),
	    .back = vehicle_page_path(v, f, "") });
	ui_heading(v->html, 1, UI_L, _("There is no certificate now"));
	ui_paragraph(v->html, _("A certificate is given only while the "
	    "registration is valid and the vehicle is not recorded as "
	    "stolen."));
	vehicle_parts_warnings(v, f);
	page_end(v);
	response_page(v->response, 403);
}

void
vehicle_certificate_show(struct visit *v)
{
	const char *owner, *keeper;
	struct vehicle_file f;
	struct uuid event;
	struct err e;

	if (!vehicle_page_find(v, &f))
		return;
	if (!vehicle_certificate_due(&f)) {
		refuse(v, &f);
		return;
	}
	if (!name_of(v, f.title.owner, &owner, &e)
	    || !name_of(v, f.registration.keeper, &keeper, &e)
	    || !note_giving(v, &f, &event, &e)) {
		visit_fail(v, &e);
		return;
	}
	put_sheet(v, &f, owner, keeper, event);
}
