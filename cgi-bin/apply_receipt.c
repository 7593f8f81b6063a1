/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A receipt as a page to print, and as the file that proves it. Neither is
 * an entry: what is in them is the reader's own, and the file opens nothing
 * that the page of answers does not.
 */
#include "cgi-bin/apply_receipt.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_document.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_qr.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "lib/arena.h"
#include "lib/bytes.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/qr.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/apply.h"
#include "services/attest.h"
#include "services/casework.h"
#include "services/quorum.h"
#include "services/room.h"

static const char *
path_of(struct visit *v, const struct application *a, struct uuid event,
    const char *more)
{
	char id[UUID_TEXT];

	return applicant_path(v, a, visit_path(v, "/receipts/%s%s",
	    uuid_text(event, id), more));
}

static const char *
title_of(enum event_type type)
{
	return type == EVENT_DECIDE ? _("Receipt of the decision")
	    : _("Receipt of your application");
}

/* ---- on other pages ---- */

void
apply_receipt_list(struct visit *v, const struct application *a)
{
	struct attest_entry *list;
	struct err e = { 0 };
	size_t n;

	if (!attest_list(v->room, v->arena, v->session, a->id, &list, &n,
	    &e)) {
		log_error("receipts", &e);
		return;
	}
	if (n == 0)
		return;
	ui_heading(v->html, 2, UI_M, _("Receipts"));
	ui_list_begin(v->html, UI_LIST_PLAIN);
	for (size_t i = 0; i < n; i++) {
		ui_item_begin(v->html);
		ui_link(v->html, path_of(v, a, list[i].event, ""),
		    title_of(list[i].type));
		ui_words(v->html, arena_printf(v->arena, ", %s",
		    written_time(v->arena, list[i].at)));
		ui_item_end(v->html);
	}
	ui_list_end(v->html, UI_LIST_PLAIN);
}

static const char *
promise_text(struct visit *v, const struct attest_promise *p)
{
	return arena_printf(v->arena, "cs-promise/1\n%s\n%s\n%lld\n%s",
	    p->origin, str_base64(v->arena, bytes(p->leaf.b, CRYPTO_HASH)),
	    (long long)p->deadline, str_base64(v->arena,
	    bytes(p->signature, CRYPTO_SIGNATURE)));
}

static void
put_promise(struct visit *v, const struct attest_promise *p)
{
	ui_paragraph(v->html, arena_printf(v->arena, _("We promise that this "
	    "entry is in our public log by %s. The promise is signed; if it "
	    "is not kept, these lines prove it."),
	    written_time(v->arena, p->deadline * 1000)));
	ui_details_begin(v->html, _("The signed promise"), false, NULL);
	ui_paragraph_begin(v->html);
	ui_typed(v->html, promise_text(v, p));
	ui_paragraph_end(v->html);
	ui_details_end(v->html);
}

void
apply_receipt_promise(struct visit *v, const struct application *a,
    struct uuid event)
{
	struct attest_promise p;
	struct err e = { 0 };
	char id[UUID_TEXT];

	ui_heading(v->html, 2, UI_M, _("Your receipt number"));
	ui_paragraph_begin(v->html);
	ui_code(v->html, uuid_text(event, id));
	ui_paragraph_end(v->html);
	ui_paragraph(v->html, _("It names the entry in our log that records "
	    "what you sent. With it, anyone can check later that nothing was "
	    "changed."));
	if (!attest_promise(v->room, v->arena, v->session, event, &p, &e)) {
		log_error("promise", &e);
		return;
	}
	put_promise(v, &p);
	ui_paragraph_begin(v->html);
	ui_link(v->html, path_of(v, a, event, ""),
	    _("Print or download the receipt"));
	ui_paragraph_end(v->html);
}

/* ---- the receipt ---- */

struct shown {
	struct application	 a;
	struct attest_entry	 entry;
	struct attest_promise	 promise;
	struct proof_found	 found;
	unsigned		 witnesses;
	const char		*office;
	const char		*address;	/* short, to check it at */
	struct qr		 qr;
};

/* The entry that the address names, if it is of this case. */
static bool
find_entry(struct visit *v, struct shown *s, struct err *e)
{
	struct uuid event = visit_uuid(v, "event");
	struct attest_entry *list;
	size_t n;

	if (!attest_list(v->room, v->arena, v->session, s->a.id, &list, &n,
	    e))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!uuid_equal(list[i].event, event))
			continue;
		s->entry = list[i];
		return true;
	}
	return err_set(e, ERR_ABSENT, "no such receipt of this case");
}

static bool
read_shown(struct visit *v, struct shown *s)
{
	char id[UUID_TEXT];
	struct err e;

	if (!applicant_application(v, &s->a))
		return false;
	if (!find_entry(v, s, &e)
	    || !attest_promise(v->room, v->arena, v->session, s->entry.event,
	    &s->promise, &e)
	    || !attest_standing(v->room, v->arena, s->entry.event, &s->found,
	    &s->witnesses, &e)
	    || !apply_office(v->room, v->arena, &s->a, &s->office, &e)) {
		visit_fail(v, &e);
		return false;
	}
	s->address = arena_printf(v->arena, "%s/verify/%s",
	    conf_text(v->conf, "web", "url"), uuid_text(s->entry.event, id));
	if (qr_make(v->arena, s->address, &s->qr, &e))
		return true;
	visit_fail(v, &e);
	return false;
}

static void
put_standing(struct visit *v, const struct shown *s)
{
	switch (s->found.state) {
	case PROOF_LATER:
		ui_paragraph(v->html, _("The entry is not in the log yet. "
		    "Come back in a minute for the receipt file; until then "
		    "the promise stands."));
		return;
	case PROOF_FEW:
		ui_paragraph(v->html, arena_printf(v->arena, _("The entry is "
		    "number %llu of the log, and the log has signed it. %u of "
		    "%zu witnesses have signed so far. The receipt file is "
		    "good; come back later for one that enough of them "
		    "signed."),
		    (unsigned long long)s->found.index, s->witnesses,
		    quorum_witnesses(v->room->witnesses)));
		return;
	case PROOF_READY:
		ui_paragraph(v->html, arena_printf(v->arena, _("The entry is "
		    "number %llu of the log, signed by the log and by %u "
		    "witnesses."), (unsigned long long)s->found.index,
		    s->witnesses));
		return;
	}
}

static void
put_facts(struct visit *v, const struct shown *s)
{
	const struct ui_summary list = { .borderless = true };
	char id[UUID_TEXT];

	ui_summary_begin(v->html, &list);
	ui_summary_fact(v->html, &list, s->entry.type == EVENT_DECIDE
	    ? _("Decided on") : _("Sent on"),
	    written_time(v->arena, s->entry.at));
	ui_summary_fact(v->html, &list, _("Receipt number"),
	    uuid_text(s->entry.event, id));
	ui_summary_fact(v->html, &list, _("Log"), s->promise.origin);
	ui_summary_fact(v->html, &list, _("Fingerprint of the entry"),
	    str_base64(v->arena, bytes(s->promise.leaf.b, CRYPTO_HASH)));
	ui_summary_fact(v->html, &list, _("Check it at"), s->address);
	ui_summary_end(v->html, &list);
}

void
apply_receipt_show(struct visit *v)
{
	struct shown s = { .witnesses = 0 };

	if (!read_shown(v, &s))
		return;
	page_begin(v, &(struct page){ .title = title_of(s.entry.type),
	    .back = applicant_path(v, &s.a, ""), .whole = true });
	ui_document_begin(v->html, &(struct ui_document){
		.authority = conf_text(v->conf, "authority", "name"),
		.office = s.office,
		.title = title_of(s.entry.type),
		.reference = s.a.reference,
		.date = written_date(v->arena, clock_date(s.entry.at)),
	});
	put_facts(v, &s);
	ui_qr(v->html, &s.qr, arena_printf(v->arena, _("Leads to %s"),
	    s.address));
	put_standing(v, &s);
	put_promise(v, &s.promise);
	ui_document_end(v->html, _("The receipt file proves all of this "
	    "without us: balcao-verify checks it on any computer."));
	ui_buttons_begin(v->html);
	if (s.found.state != PROOF_LATER)
		ui_button(v->html, &(struct ui_button){
		    .text = _("Download the receipt file"),
		    .href = path_of(v, &s.a, s.entry.event, "/file") });
	else
		ui_button(v->html, &(struct ui_button){
		    .text = _("Look again"), .href = v->request->path });
	ui_link(v->html, "/verify", _("Check a receipt file"));
	ui_buttons_end(v->html);
	page_end(v);
}

static void
say_later(struct visit *v, const struct application *a)
{
	const char *title = _("The receipt file is not ready yet");

	page_begin(v, &(struct page){ .title = title,
	    .back = applicant_path(v, a, "") });
	ui_heading(v->html, 1, UI_L, title);
	ui_paragraph(v->html, _("The log takes a few seconds. Come back in a "
	    "minute."));
	ui_button(v->html, &(struct ui_button){ .text = _("Try again"),
	    .href = v->request->path });
	page_end(v);
	response_page(v->response, 503);
}

void
apply_receipt_file(struct visit *v)
{
	struct shown s = { .witnesses = 0 };
	struct bytes text;
	struct err e;

	if (!applicant_application(v, &s.a))
		return;
	if (!find_entry(v, &s, &e) || !attest_receipt(v->room, v->arena,
	    v->session, s.entry.event, &text, &e))
		visit_fail(v, &e);
	else if (text.n == 0)
		say_later(v, &s.a);
	else
		response_download(v->response, arena_printf(v->arena,
		    s.entry.type == EVENT_DECIDE ? "%s-decision.tlog-proof"
		    : "%s.tlog-proof", s.a.reference),
		    "text/plain; charset=utf-8", text);
}
