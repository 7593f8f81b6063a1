/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who looked at my file: every entry about somebody, in their words. Staff
 * have a handle, an office and the role they hold today.
 */
#include "cgi-bin/account_history_pages.h"

#include "cgi-bin/account_way.h"
#include "cgi-bin/field.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_pagination.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "services/history.h"
#include "services/session.h"

enum {
	FIELDS = 2,
	COLUMNS = 5
};

static const struct field fields[FIELDS] = {
	{ .name = "at", .type = FIELD_INT, .min = 1, .max = INT64_MAX },
	{ .name = "id", .type = FIELD_UUID },
};

static const struct {
	enum event_type	 type;
	const char	*done;
	const char	*denied;	/* NULL: as done, and "refused" */
} events[] = {
	{ EVENT_READ, N_("Looked at it"), N_("Wanted to look, and was "
	    "refused") },
	{ EVENT_CREATE, N_("Entered something"), NULL },
	{ EVENT_UPDATE, N_("Changed something"), NULL },
	{ EVENT_DECIDE, N_("Decided"), NULL },
	{ EVENT_EXPORT, N_("Passed something on"), NULL },
	{ EVENT_ERASE, N_("Erased something"), NULL },
	{ EVENT_KEY_NEW, N_("Made an encryption key"), NULL },
	{ EVENT_KEY_DROP, N_("Destroyed an encryption key"), NULL },
	{ EVENT_SIGN_IN, N_("Signed in"), N_("Tried to sign in with a wrong "
	    "password") },
	{ EVENT_REFUSED, N_("Was refused"), N_("Was refused") },
	{ EVENT_AUDITOR_QUERY, N_("Searched the log"), NULL },
};

static const struct {
	enum purpose	 purpose;
	const char	*words;
} purposes[] = {
	{ PURPOSE_APPLICATION, N_("An application") },
	{ PURPOSE_CASEWORK, N_("Work on your case") },
	{ PURPOSE_SUPERVISION, N_("Supervision") },
	{ PURPOSE_COMPLAINT, N_("A complaint") },
	{ PURPOSE_CORRECTION, N_("A correction") },
	{ PURPOSE_AUDIT, N_("An audit") },
	{ PURPOSE_LEGAL_REQUEST, N_("A legal request") },
	{ PURPOSE_STATISTICS, N_("Statistics") },
	{ PURPOSE_ACCOUNT, N_("Your account") },
	{ PURPOSE_REGISTER, N_("Keeping the register") },
	{ PURPOSE_OPERATION, N_("Running the system") },
	{ PURPOSE_PAYMENT, N_("A payment") },
};

static const char *
what_of(struct visit *v, const struct history_entry *h)
{
	for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
		if (events[i].type != h->type)
			continue;
		if (h->outcome == OUTCOME_OK)
			return _(events[i].done);
		if (events[i].denied != NULL)
			return _(events[i].denied);
		return arena_printf(v->arena, _("%s – refused"),
		    _(events[i].done));
	}
	return _("Something else");
}

static const char *
why_of(const struct history_entry *h)
{
	for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++)
		if (purposes[i].purpose == h->purpose)
			return _(purposes[i].words);
	return "";
}

static const char *
staff_of(struct visit *v, const struct history_entry *h)
{
	static const enum session_role roles[] = { ROLE_CLERK,
	    ROLE_SUPERVISOR, ROLE_AUDITOR, ROLE_ADMINISTRATOR };
	struct buf b = buf_new(v->arena, 64);

	buf_puts(&b, h->handle);
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if ((h->roles & roles[i]) != 0)
			buf_printf(&b, ", %s", session_role_name(roles[i]));
	if (h->office != NULL)
		buf_printf(&b, ", %s", h->office);
	return buf_text(&b);
}

static const char *
who_of(struct visit *v, const struct history_entry *h)
{
	if (uuid_is_nil(h->actor))
		return arena_printf(v->arena, _("The system (%s)"),
		    account_room_name(h->room));
	if (uuid_equal(h->actor, v->session->account))
		return _("You");
	return h->handle != NULL ? staff_of(v, h) : _("Another person");
}

static void
put_entry(struct visit *v, struct ui_table *t, const struct history_entry *h)
{
	ui_table_row(v->html, t);
	ui_cell_begin(v->html, t);
	ui_time(v->html, written_iso(v->arena, h->at),
	    written_time(v->arena, h->at));
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, who_of(v, h));
	ui_cell(v->html, t, what_of(v, h));
	ui_cell(v->html, t, why_of(h));
	ui_cell(v->html, t, h->reference != NULL ? h->reference
	    : account_room_name(h->room));
}

static void
put_entries(struct visit *v, const struct history_entry *h, size_t n)
{
	const struct ui_column_head columns[COLUMNS] = {
		{ .text = _("When") }, { .text = _("Who") },
		{ .text = _("What") }, { .text = _("Why") },
		{ .text = _("Where") },
	};
	struct ui_table t = { .caption = _("Who looked at your file"),
	    .caption_hidden = true, .columns = columns, .n = COLUMNS,
	    .cards = true };

	if (n == 0) {
		ui_paragraph(v->html, _("There is nothing before this."));
		return;
	}
	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < n; i++)
		put_entry(v, &t, &h[i]);
	ui_table_end(v->html, &t);
}

static const char *
next_of(struct visit *v, const struct history_entry *last)
{
	char id[UUID_TEXT];

	return visit_path(v, "/account/access-log?at=%lld&id=%s",
	    (long long)last->at, uuid_text(last->id, id));
}

void
account_history_page_access(struct visit *v)
{
	struct ui_pagination pages = { .next_text = _("Older entries"),
	    .previous_text = _("Newest entries") };
	struct history_entry *h;
	struct answers a;
	struct err e;
	bool more;
	size_t n;

	if (!field_read(v, fields, FIELDS, &a)
	    || field_given(&a, "at") != field_given(&a, "id")) {
		visit_refuse(v, 400, NULL);
		return;
	}
	if (!history_entries(v->room, v->arena, v->session->subject,
	    field_int(&a, "at", INSTANT_NONE), field_uuid(&a, "id"), &h, &n,
	    &more, &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("Who looked at your file"),
	    .back = "/account", .whole = true });
	ui_heading(v->html, 1, UI_XL, _("Who looked at your file"));
	ui_paragraph(v->html, _("Whoever reads, changes or passes on what we "
	    "hold about you leaves an entry here before it happens. Nobody "
	    "can take one away."));
	put_entries(v, h, n);
	if (more)
		pages.next = next_of(v, &h[n - 1]);
	if (field_given(&a, "at"))
		pages.previous = "/account/access-log";
	ui_pagination(v->html, &pages);
	page_end(v);
}
