/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading and drawing the filters of the log. Rooms and events go by the
 * register's names in addresses, and by cgi-bin/audit_words.h on the page.
 */
#include "cgi-bin/audit_filter.h"

#include <stddef.h>

#include "cgi-bin/audit_words.h"
#include "cgi-bin/field.h"
#include "cgi-bin/query.h"
#include "cgi-bin/ui_choice.h"
#include "cgi-bin/ui_date.h"
#include "cgi-bin/ui_desk.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/auditlog.h"
#include "services/auditlog_search.h"
#include "services/reference.h"

enum {
	CODES = 64		/* of rooms or events */
};

enum place {
	FROM,
	UNTIL,
	ROOM,
	TYPE,
	OUTCOME,
	PURPOSE,
	ACTOR,
	REFERENCE,
	SUBJECT,
	OFFICE,
	BEFORE,
	PLACES
};

/* Among the kinds of events: what auditors do fills the first page. */
static const char no_searches[] = "no-searches";

static const char *const outcome_words[] = { "ok", "denied", "error", NULL };

static const struct field standard[PLACES] = {
	[FROM]		= { .name = "from", .type = FIELD_DATE },
	[UNTIL]		= { .name = "until", .type = FIELD_DATE },
	[ROOM]		= { .name = "room", .type = FIELD_CHOICE },
	[TYPE]		= { .name = "type", .type = FIELD_CHOICE },
	[OUTCOME]	= { .name = "outcome", .type = FIELD_CHOICE,
			    .choices = outcome_words },
	[PURPOSE]	= { .name = "purpose", .type = FIELD_CHOICE },
	[ACTOR]		= { .name = "actor", .type = FIELD_TEXT, .max = 40 },
	[REFERENCE]	= { .name = "reference", .type = FIELD_TEXT,
			    .max = 20 },
	[SUBJECT]	= { .name = "subject", .type = FIELD_UUID,
			    .wrong = N_("Enter the pseudonym as it stands in "
			    "an entry, with its hyphens") },
	[OFFICE]	= { .name = "office", .type = FIELD_UUID },
	[BEFORE]	= { .name = "before", .type = FIELD_UUID },
};

typedef const char *name_of(unsigned code);

/* The register's names and, for events, the one besides; ended by NULL. */
static const char *const *
names(struct arena *arena, name_of *name)
{
	const char **out = arena_array(arena, CODES + 2, sizeof *out);
	size_t n = 0;

	for (unsigned code = 1; code <= CODES; code++)
		if (!str_equal(name(code), "none"))
			out[n++] = name(code);
	if (name == registry_event_name)
		out[n] = no_searches;
	return out;
}

/* 0: NULL, or no such name. */
static unsigned
code_of(name_of *name, const char *word)
{
	for (unsigned code = 1; word != NULL && code <= CODES; code++)
		if (str_equal(name(code), word))
			return code;
	return 0;
}

static int
outcome_of(const char *word)
{
	int i = 0;

	while (outcome_words[i] != NULL && !str_equal(outcome_words[i], word))
		i++;
	return i;
}

static void
check_reference(struct answers *a, struct auditlog_filter *f,
    struct arena *arena)
{
	const char *typed = field_text(a, "reference");
	char reference[REFERENCE_TEXT];
	struct err e = { 0 };

	if (typed == NULL)
		return;
	if (reference_parse(typed, reference, &e))
		f->reference = arena_strdup(arena, reference);
	else
		field_fault(a, "reference", err_is(&e, "reference_check")
		    ? _("One character of the reference is mistyped")
		    : _("Enter a reference such as VR-7K3M9Q2X-C"));
}

bool
audit_filter_read(struct visit *v, struct answers *a,
    struct auditlog_filter *f)
{
	struct field *fields = arena_array(v->arena, PLACES, sizeof *fields);
	const char *outcome;

	memcpy(fields, standard, sizeof standard);
	fields[ROOM].choices = names(v->arena, registry_room_name);
	fields[TYPE].choices = names(v->arena, registry_event_name);
	fields[PURPOSE].choices = names(v->arena, registry_purpose_name);
	if (!field_read(v, fields, PLACES, a))
		return false;
	outcome = field_text(a, "outcome");
	*f = (struct auditlog_filter){
		.from = field_date(a, "from"),
		.until = field_date(a, "until"),
		.room = (enum room_code)code_of(registry_room_name,
		    field_text(a, "room")),
		.type = (enum event_type)code_of(registry_event_name,
		    field_text(a, "type")),
		.no_searches = field_chosen(a, "type", no_searches),
		.by_outcome = outcome != NULL,
		.outcome = outcome != NULL
		    ? (enum entry_outcome)outcome_of(outcome) : OUTCOME_OK,
		.purpose = (enum purpose)code_of(registry_purpose_name,
		    field_text(a, "purpose")),
		.handle = field_text(a, "actor"),
		.subject = field_uuid(a, "subject"),
		.office = field_uuid(a, "office"),
		.before = field_uuid(a, "before"),
	};
	if (f->from != DATE_NONE && f->until != DATE_NONE
	    && f->until < f->from)
		field_fault(a, "until", _("The last day must not be before "
		    "the first"));
	check_reference(a, f, v->arena);
	return a->faults == 0;
}

/* ---- drawing ---- */

static void
put_date(struct visit *v, const struct answers *a, const char *name,
    const char *legend)
{
	date d = field_date(a, name);
	struct civil c = date_civil(d);
	bool known = d != DATE_NONE;

	ui_date(v->html, &(struct ui_date){ .name = name,
	    .legend = { legend, UI_S, false, NULL },
	    .error = field_error(a, name),
	    .day = known ? arena_printf(v->arena, "%d", c.day)
	        : field_typed_part(a, name, FIELD_DAY),
	    .month = known ? arena_printf(v->arena, "%d", c.month)
	        : field_typed_part(a, name, FIELD_MONTH),
	    .year = known ? arena_printf(v->arena, "%d", c.year)
	        : field_typed_part(a, name, FIELD_YEAR) });
}

static const char *
room_word(unsigned code)
{
	return audit_words_room((enum room_code)code);
}

static const char *
event_word(unsigned code)
{
	return audit_words_event((enum event_type)code);
}

static const char *
purpose_word(unsigned code)
{
	return audit_words_purpose((enum purpose)code);
}

/* "Any", then every code of the register. */
static void
put_codes(struct visit *v, const struct answers *a, const char *name,
    const char *label, name_of *value, name_of *word)
{
	struct ui_item items[CODES + 2] = {
		{ .value = "", .text = _("Any") },
	};
	size_t n = 1;

	if (value == registry_event_name)
		items[n++] = (struct ui_item){ .value = no_searches,
		    .text = _("Any but searches of the log") };
	for (unsigned code = 1; code < CODES; code++)
		if (!str_equal(value(code), "none"))
			items[n++] = (struct ui_item){ .value = value(code),
			    .text = word(code) };
	ui_select(v->html, &(struct ui_choice){ .name = name,
	    .label = { label, UI_S, false, NULL }, .items = items, .n = n,
	    .value = field_typed(a, name), .error = field_error(a, name) });
}

static void
put_outcomes(struct visit *v, const struct answers *a)
{
	struct ui_item items[4] = { { .value = "", .text = _("Any") } };

	for (int i = OUTCOME_OK; i <= OUTCOME_ERROR; i++)
		items[i + 1] = (struct ui_item){ .value = outcome_words[i],
		    .text = audit_words_outcome((enum entry_outcome)i) };
	ui_select(v->html, &(struct ui_choice){ .name = "outcome",
	    .label = { _("Outcome"), UI_S, false, NULL }, .items = items,
	    .n = 4, .value = field_typed(a, "outcome"),
	    .error = field_error(a, "outcome") });
}

static void
put_offices(struct visit *v, const struct answers *a,
    const struct auditlog_office *offices, size_t n)
{
	struct ui_item *items = arena_array(v->arena, n + 1, sizeof *items);

	items[0] = (struct ui_item){ .value = "", .text = _("Any") };
	for (size_t i = 0; i < n; i++) {
		char *id = arena_alloc(v->arena, UUID_TEXT);

		uuid_text(offices[i].id, id);
		items[i + 1] = (struct ui_item){ .value = id,
		    .text = offices[i].name };
	}
	ui_select(v->html, &(struct ui_choice){ .name = "office",
	    .label = { _("Office"), UI_S, false, NULL }, .items = items,
	    .n = n + 1, .value = field_typed(a, "office"),
	    .error = field_error(a, "office") });
}

static void
put_text(struct visit *v, const struct answers *a, const char *name,
    const char *label, const char *hint)
{
	ui_input(v->html, &(struct ui_input){ .name = name,
	    .label = { label, UI_S, false, NULL }, .hint = hint,
	    .spelling = UI_SPELLING_OFF, .value = field_typed(a, name),
	    .error = field_error(a, name) });
}

bool
audit_filter_put(struct visit *v, const struct answers *a)
{
	struct auditlog_office *offices;
	struct err e = { 0 };
	size_t n;

	if (!auditlog_offices(v->room, v->arena, &offices, &n, &e)) {
		visit_fail(v, &e);
		return false;
	}
	ui_form_begin(v->html, &(struct ui_form){ .action = "/audit",
	    .get = true, .label = _("Search the log") });
	ui_filter_begin(v->html, _("Search"));
	put_date(v, a, "from", _("First day"));
	put_date(v, a, "until", _("Last day"));
	put_codes(v, a, "type", _("What"), registry_event_name, event_word);
	put_outcomes(v, a);
	put_codes(v, a, "room", _("Where"), registry_room_name, room_word);
	put_codes(v, a, "purpose", _("Purpose"), registry_purpose_name,
	    purpose_word);
	put_text(v, a, "actor", _("Staff handle"), _("For example, DET-014"));
	put_offices(v, a, offices, n);
	put_text(v, a, "reference", _("Case reference"), NULL);
	put_text(v, a, "subject", _("Person"), _("The pseudonym that stands "
	    "in an entry"));
	ui_paragraph_begin(v->html);
	ui_link(v->html, "/account/lookup/person",
	    _("Find a person's pseudonym"));
	ui_paragraph_end(v->html);
	ui_button(v->html, &(struct ui_button){ .text = _("Search"),
	    .kind = UI_SECONDARY });
	ui_paragraph_begin(v->html);
	ui_link(v->html, "/audit", _("Clear the search"));
	ui_paragraph_end(v->html);
	ui_filter_end(v->html);
	ui_form_end(v->html);
	return true;
}

/* As typed, or a date in its one short form. */
static const char *
value_of(struct visit *v, const struct field_answer *answer)
{
	char day[DATE_TEXT];

	return answer->field->type != FIELD_DATE ? answer->typed
	    : arena_strdup(v->arena, date_text(answer->date, day));
}

const char *
audit_filter_address(struct visit *v, const struct answers *a)
{
	struct buf b = buf_new(v->arena, 256);
	const char *before = "?";

	buf_puts(&b, "/audit");
	for (size_t i = 0; i < a->n && i < BEFORE; i++) {
		if (!a->answer[i].given)
			continue;
		buf_printf(&b, "%s%s=", before, a->answer[i].field->name);
		query_escape(&b, value_of(v, &a->answer[i]));
		before = "&";
	}
	return buf_text(&b);
}

void
audit_filter_hide(struct visit *v, const struct answers *a)
{
	for (size_t i = 0; i < a->n && i < BEFORE; i++)
		if (a->answer[i].given)
			ui_hidden(v->html, a->answer[i].field->name,
			    value_of(v, &a->answer[i]));
}
