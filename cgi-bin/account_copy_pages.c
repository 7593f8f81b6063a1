/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asking for a copy, seeing who has answered, and the copy itself: as a page
 * to read and print, and as a file for other programs.
 */
#include "cgi-bin/account_copy_pages.h"

#include "cgi-bin/account_access_words.h"
#include "cgi-bin/account_way.h"
#include "cgi-bin/apply_words.h"
#include "cgi-bin/json.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/casefile.h"
#include "services/copy_run.h"
#include "services/history.h"
#include "services/session.h"

static const char copy_path[] = "/account/data/copy";

/* False: the visit is answered. */
static bool
find(struct visit *v, bool lines, struct copy *copy, bool *found)
{
	struct err e;

	if (copy_run_find(v->room, v->arena, v->session->subject, lines,
	    copy, found, &e))
		return true;
	visit_fail(v, &e);
	return false;
}

/* ---- how far it is ---- */

static void
put_ask(struct visit *v, const char *text, enum ui_button_kind kind)
{
	ui_form_begin(v->html, &(struct ui_form){ .action = copy_path,
	    .token = v->csrf });
	ui_button(v->html, &(struct ui_button){ .text = text, .kind = kind });
	ui_form_end(v->html);
}

static void
put_parts(struct visit *v, const struct copy *copy)
{
	const struct ui_summary list = { .actions = false };

	ui_summary_begin(v->html, &list);
	for (size_t i = 0; i < copy->n; i++) {
		const struct copy_part *p = &copy->parts[i];

		ui_summary_fact(v->html, &list, account_room_name(p->room),
		    p->answered_at == INSTANT_NONE ? _("Has not answered yet")
		    : arena_printf(v->arena, _("Answered on %s"),
		    written_time(v->arena, p->answered_at)));
	}
	ui_summary_end(v->html, &list);
}

static void
put_ready(struct visit *v, const struct copy *copy)
{
	ui_heading(v->html, 2, UI_M, _("Your copy is ready"));
	ui_paragraph(v->html, arena_printf(v->arena, _("It is kept, "
	    "encrypted, until %s, and is deleted then."),
	    written_time(v->arena, copy->expires_at)));
	ui_list_begin(v->html, UI_LIST_PLAIN);
	ui_item_begin(v->html);
	ui_link(v->html, "/account/data/copy/read",
	    _("Read or print it"));
	ui_item_end(v->html);
	ui_item_begin(v->html);
	ui_link(v->html, "/account/data/copy/file",
	    _("Download it for another program (JSON)"));
	ui_item_end(v->html);
	ui_list_end(v->html, UI_LIST_PLAIN);
}

static void
put_standing(struct visit *v, const struct copy *copy)
{
	ui_paragraph(v->html, arena_printf(v->arena,
	    _("You asked for it on %s. Each service that knows you answers "
	    "for itself."), written_time(v->arena, copy->asked_at)));
	put_parts(v, copy);
	if (copy->complete) {
		put_ready(v, copy);
		put_ask(v, _("Ask for a new copy"), UI_SECONDARY);
		return;
	}
	ui_paragraph(v->html, _("Most answers take less than a minute. You "
	    "can leave this page and come back."));
	ui_button(v->html, &(struct ui_button){ .text = _("Look again"),
	    .href = copy_path });
}

void
account_copy_page_show(struct visit *v)
{
	struct copy copy;
	bool found;

	if (!find(v, false, &copy, &found))
		return;
	page_begin(v, &(struct page){ .title = _("A copy of your data"),
	    .back = "/account/data" });
	ui_heading(v->html, 1, UI_XL, _("A copy of your data"));
	if (found) {
		put_standing(v, &copy);
	} else {
		ui_paragraph(v->html, _("You can have everything that we hold "
		    "about you: your profile, your applications with all "
		    "answers and letters, what is registered to you, and who "
		    "looked at it. To read, and for other programs."));
		put_ask(v, _("Ask for a copy"), UI_PRIMARY);
	}
	page_end(v);
}

/* Asking twice within a moment is asking once. */
void
account_copy_page_ask(struct visit *v)
{
	enum { MOMENT_MS = 60 * 1000 };
	struct copy copy;
	struct err e;
	bool found;

	if (!find(v, false, &copy, &found))
		return;
	if ((!found || clock_now() - copy.asked_at > MOMENT_MS)
	    && !copy_run_ask(v->room, v->arena, v->session, &e))
		visit_fail(v, &e);
	else
		response_redirect(v->response, copy_path);
}

/* ---- to read ---- */

static const char *
room_of(const char *name)
{
	for (unsigned room = 1; room < ROOM__MAX; room++)
		if (str_equal(registry_room_name(room), name))
			return account_room_name((enum room_code)room);
	return name;
}

/* Codes that the page has words for. */
static const char *
value_of(struct visit *v, const struct copy_line *l)
{
	if (l->type == COPY_DATE)
		return written_date(v->arena, (date)l->number);
	if (l->type == COPY_TIME)
		return written_time(v->arena, (instant)l->number);
	if (str_equal(l->name, "state") || str_equal(l->name, "outcome"))
		return apply_words_state(l->text).name;
	if (str_equal(l->name, "room"))
		return room_of(l->text);
	if (str_equal(l->name, "action")) {
		const char *words = apply_words_event(
		    &(struct casefile_event){ .action = l->text,
		    .from = "queued" });

		return words != NULL ? words : l->text;
	}
	return l->text;
}

static void
put_part(struct visit *v, const struct copy_part *p)
{
	struct ui_summary card = { .level = 3 };
	bool open = false;

	ui_heading(v->html, 2, UI_L, account_room_name(p->room));
	if (p->n == 0)
		ui_paragraph(v->html, _("Nothing is stored there beyond the "
		    "entries of the log."));
	for (size_t i = 0; i < p->n; i++) {
		const struct copy_line *l = &p->lines[i];

		if (l->type != COPY_RECORD) {
			if (open)
				ui_summary_fact(v->html, &card, l->label,
				    value_of(v, l));
			continue;
		}
		if (open)
			ui_summary_end(v->html, &card);
		card.title = l->label;
		ui_summary_begin(v->html, &card);
		open = true;
	}
	if (open)
		ui_summary_end(v->html, &card);
}

/* A copy that is not whole is shown where it is asked for. */
static bool
find_whole(struct visit *v, struct copy *copy)
{
	bool found;

	if (!find(v, true, copy, &found))
		return false;
	if (!found || !copy->complete)
		response_redirect(v->response, copy_path);
	return found && copy->complete;
}

void
account_copy_page_read(struct visit *v)
{
	struct copy copy;

	if (!find_whole(v, &copy))
		return;
	page_begin(v, &(struct page){ .title = _("Everything about you"),
	    .back = copy_path });
	ui_heading(v->html, 1, UI_XL, _("Everything about you"));
	ui_paragraph(v->html, arena_printf(v->arena, _("As it was on %s. Who "
	    "looked at it stands in the list of who looked at your file, and "
	    "in the file for other programs."),
	    written_time(v->arena, copy.asked_at)));
	for (size_t i = 0; i < copy.n; i++)
		put_part(v, &copy.parts[i]);
	page_end(v);
}

/* ---- for other programs ---- */

static void
json_field(struct visit *v, struct json *j, const struct copy_line *l)
{
	char day[DATE_TEXT];

	json_begin(j, NULL);
	json_text(j, "name", l->name);
	json_text(j, "label", l->label);
	json_text(j, "value", l->type == COPY_DATE
	    ? date_text((date)l->number, day) : l->type == COPY_TIME
	    ? written_iso(v->arena, (instant)l->number) : l->text);
	json_end(j);
}

static void
json_part(struct visit *v, struct json *j, const struct copy_part *p)
{
	bool open = false;

	json_begin(j, NULL);
	json_text(j, "service", registry_room_name(p->room));
	json_list_begin(j, "records");
	for (size_t i = 0; i < p->n; i++) {
		const struct copy_line *l = &p->lines[i];

		if (l->type == COPY_RECORD) {
			if (open) {
				json_list_end(j);
				json_end(j);
			}
			json_begin(j, NULL);
			json_text(j, "kind", l->name);
			json_text(j, "title", l->label);
			json_list_begin(j, "fields");
			open = true;
		} else if (open) {
			json_field(v, j, l);
		}
	}
	if (open) {
		json_list_end(j);
		json_end(j);
	}
	json_list_end(j);
	json_end(j);
}

static void
json_entry(struct visit *v, struct json *j, const struct history_entry *h)
{
	char id[UUID_TEXT];

	json_begin(j, NULL);
	json_text(j, "entry", uuid_text(h->id, id));
	json_text(j, "at", written_iso(v->arena, h->at));
	json_text(j, "service", registry_room_name(h->room));
	json_text(j, "who", account_access_who(v, h));
	json_text(j, "what", account_access_what(v, h));
	json_text(j, "why", account_access_why(h));
	json_text(j, "reference", h->reference);
	json_end(j);
}

static bool
json_log(struct visit *v, struct json *j, struct err *e)
{
	const struct history_filter all = { .at = INSTANT_NONE };
	struct history_entry *h;
	bool more;
	size_t n;

	if (!history_entries(v->room, v->arena, v->session->subject, &all,
	    HISTORY_DOWNLOAD, &h, &n, &more, e))
		return false;
	json_list_begin(j, "log");
	for (size_t i = 0; i < n; i++)
		json_entry(v, j, &h[i]);
	json_list_end(j);
	return true;
}

void
account_copy_page_file(struct visit *v)
{
	struct json j = json_new(v->arena);
	struct copy copy;
	struct err e;

	if (!find_whole(v, &copy))
		return;
	json_begin(&j, NULL);
	json_text(&j, "format", "balcao-copy/1");
	json_text(&j, "asked_at", written_iso(v->arena, copy.asked_at));
	json_list_begin(&j, "services");
	for (size_t i = 0; i < copy.n; i++)
		json_part(v, &j, &copy.parts[i]);
	json_list_end(&j);
	if (!history_note_download(v->room, v->arena, v->session, &e)
	    || !json_log(v, &j, &e)) {
		visit_fail(v, &e);
		return;
	}
	json_end(&j);
	response_download(v->response, "my-data.json",
	    "application/json; charset=utf-8", json_bytes(&j));
}
