/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The public look-up. A number goes by POST and back on the page alone, so
 * that no address, log or history of a browser holds it.
 */
#include "cgi-bin/vehicle_look_pages.h"

#include "cgi-bin/page.h"
#include "cgi-bin/ui_choice.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "lib/err.h"
#include "lib/text.h"

enum {
	LONGEST = 40	/* characters, spaces and dashes included */
};

static const char *const ways[] = { "plate", "vin", NULL };

const struct field vehicle_look_fields[2] = {
	{ .name = "by", .type = FIELD_CHOICE, .required = true,
	    .choices = ways,
	    .missing = N_("Choose whether you have the plate or the VIN") },
	{ .name = "value", .type = FIELD_TEXT, .required = true,
	    .max = LONGEST, .missing = N_("Enter the plate or the VIN") },
};

void
vehicle_look_page_put(struct visit *v, const struct answers *answers)
{
	const struct ui_item items[] = {
		{ .value = "plate", .text = _("Plate") },
		{ .value = "vin",
		    .text = _("Vehicle identification number (VIN)") },
	};

	ui_radios(v->html, &(struct ui_choice){
		.name = "by",
		.legend = { _("What do you have?"), UI_M, false, NULL },
		.items = items, .n = 2, .inlined = true,
		.value = field_typed(answers, "by"),
		.error = field_error(answers, "by"),
	});
	ui_input(v->html, &(struct ui_input){
		.name = "value",
		.label = { _("Plate or VIN"), UI_M, false, NULL },
		.hint = _("For example, ABC1D23, or the 17 letters and "
		    "numbers on the chassis."),
		.value = field_typed(answers, "value"),
		.error = field_error(answers, "value"),
		.spelling = UI_SPELLING_OFF, .autocapitalize = "characters",
		.width = 20,
	});
}

const char *
vehicle_look_page_value(struct visit *v, struct answers *answers,
    enum vehicle_look_by *by)
{
	const char *value;

	*by = field_chosen(answers, "by", "vin") ? VEHICLE_LOOK_VIN
	    : VEHICLE_LOOK_PLATE;
	value = vehicle_look_canonical(v->arena, *by,
	    field_text(answers, "value"));
	if (value == NULL)
		field_fault(answers, "value", *by == VEHICLE_LOOK_VIN
		    ? _("Enter a VIN: 17 letters and numbers, or fewer for "
		    "an old vehicle")
		    : _("Enter a plate like ABC1D23 or ABC1234"));
	return value;
}

static void
put_form(struct visit *v, const struct answers *answers)
{
	page_begin(v, &(struct page){ .title = _("Look a vehicle up"),
	    .back = "/vehicles", .answers = answers });
	ui_heading(v->html, 1, UI_XL, _("Look a vehicle up"));
	ui_paragraph(v->html, _("You see whether it is registered and "
	    "whether it is recorded as stolen, and nothing about its owner. "
	    "That you looked is recorded."));
	ui_form_begin(v->html, &(struct ui_form){ .token = v->csrf,
	    .action = v->request->path });
	vehicle_look_page_put(v, answers);
	ui_submit(v->html, _("Look it up"));
	ui_form_end(v->html);
	page_end(v);
}

static void
put_status(struct visit *v, const char *value,
    const struct vehicle_status *status)
{
	const struct ui_summary list = { .title = NULL };

	page_begin(v, &(struct page){ .title = value,
	    .back = v->request->path });
	ui_heading(v->html, 1, UI_XL, value);
	if (!status->found)
		ui_paragraph(v->html, _("No vehicle with this plate or VIN "
		    "is registered here."));
	if (status->stolen)
		ui_warning(v->html, _("This vehicle is recorded as stolen. "
		    "Do not buy it; tell the police where you saw it."));
	if (status->found) {
		ui_summary_begin(v->html, &list);
		ui_summary_fact(v->html, &list, _("Registered"),
		    status->registered ? _("Yes") : _("No, it may not be "
		    "used on the road today"));
		ui_summary_fact(v->html, &list, _("Recorded as stolen"),
		    status->stolen ? _("Yes") : _("No"));
		ui_summary_end(v->html, &list);
	}
	ui_paragraph_begin(v->html);
	ui_link(v->html, v->request->path, _("Look another vehicle up"));
	ui_paragraph_end(v->html);
	page_end(v);
}

void
vehicle_look_page_show(struct visit *v)
{
	struct answers blank;

	field_blank(v->arena, vehicle_look_fields, 2, &blank);
	put_form(v, &blank);
}

void
vehicle_look_page_find(struct visit *v)
{
	struct vehicle_status status;
	enum vehicle_look_by by;
	struct answers answers;
	const char *value;
	struct err e;

	if (!field_read(v, vehicle_look_fields, 2, &answers)
	    || (value = vehicle_look_page_value(v, &answers, &by)) == NULL) {
		put_form(v, &answers);
		return;
	}
	visit_keep(v, &answers);
	if (vehicle_look_status(v->room, v->arena, v->session, by, value,
	    &status, &e))
		put_status(v, value, &status);
	else
		visit_fail(v, &e);
}
