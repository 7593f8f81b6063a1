/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page that checks receipts for those who have no program for it. Who
 * does not want to trust us with that uses balcao-verify.
 */
#include "cgi-bin/portal_verify.h"

#include "cgi-bin/page.h"
#include "cgi-bin/portal_paper.h"
#include "cgi-bin/request.h"
#include "cgi-bin/ui_desk.h"
#include "cgi-bin/ui_error.h"
#include "cgi-bin/ui_form.h"
#include "cgi-bin/ui_input.h"
#include "cgi-bin/ui_list.h"
#include "cgi-bin/ui_notice.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/origin.h"
#include "services/proof.h"
#include "services/room.h"

static const char verify_path[] = "/verify";

static void
put_question(struct visit *v, const char *error)
{
	const struct ui_error list = { error, "receipt" };

	page_begin(v, &(struct page){ .title = _("Check a receipt"),
	    .back = "/", .errors = error != NULL ? &list : NULL,
	    .n_errors = error != NULL ? 1 : 0 });
	ui_heading(v->html, 1, UI_XL, _("Check a receipt"));
	ui_paragraph(v->html, _("Choose the receipt file that you or somebody "
	    "else downloaded here. We check it, show what it proves, and do "
	    "not keep it."));
	ui_form_begin(v->html, &(struct ui_form){ .action = verify_path,
	    .files = true });
	ui_file(v->html, &(struct ui_input){ .name = "receipt",
	    .label = { _("Receipt file"), UI_M, false, NULL },
	    .hint = _("Its name ends in .tlog-proof. At most 64 kB."),
	    .error = error });
	ui_submit(v->html, _("Check it"));
	ui_form_end(v->html);
	ui_details(v->html, _("Check it without us"), _("The program "
	    "balcao-verify does the same on any computer, without this site "
	    "and without a network. Nobody has to believe this page."));
	page_end(v);
}

void
portal_verify_ask(struct visit *v)
{
	put_question(v, NULL);
}

/* ---- a file ---- */

static const struct {
	const char	*good, *bad;
} steps[PAPER__MAX] = {
	[PAPER_READABLE] = { N_("It is a receipt file"),
	    N_("This is not a receipt file, or it was damaged") },
	[PAPER_FITS] = { N_("What it shows is what the entry commits to"),
	    N_("What it shows is not what the entry commits to: something in "
	    "it was changed") },
	[PAPER_LEADS] = { N_("The entry is in the log"),
	    N_("The entry does not lead to what the log signed: something in "
	    "it was changed") },
	[PAPER_SIGNED] = { N_("Our log signed it"),
	    N_("It is not signed by our log") },
};

static void
put_verdict(struct visit *v, const struct paper *p)
{
	bool holds = paper_holds(p);
	const char *title = holds ? _("This receipt holds")
	    : _("This receipt does not hold");

	ui_heading(v->html, 1, UI_XL, title);
	if (holds)
		ui_lead(v->html, _("The entry was made as it stands here, and "
		    "nobody has changed it since."));
	else
		ui_lead(v->html, _("It proves nothing as it is. If you have "
		    "the file from somebody else, ask for the original."));
	ui_checks_begin(v->html);
	for (size_t i = 0; i < p->done; i++)
		ui_check(v->html, p->good[i] ? UI_GOOD : UI_BAD,
		    p->good[i] ? _(steps[i].good) : _(steps[i].bad), NULL);
	ui_checks_end(v->html);
	if (!holds && !str_empty(p->fault))
		ui_details(v->html, _("For experts"), p->fault);
}

static void
put_place(struct visit *v, const struct paper *p)
{
	ui_paragraph(v->html, arena_printf(v->arena, _("It is number %llu of "
	    "the %llu entries that the log %s had signed then."),
	    (unsigned long long)p->proof.index,
	    (unsigned long long)p->proof.checkpoint.size,
	    p->proof.checkpoint.origin));
	if (!p->enough)
		ui_paragraph(v->html, _("Not enough independent witnesses have "
		    "signed it. A receipt that is downloaded later carries "
		    "their signatures."));
	if (p->witnesses > 0)
		ui_paragraph(v->html, arena_printf(v->arena, text_n(
		    "It carries the signature of %zu independent witness.",
		    "It carries the signatures of %zu independent witnesses.",
		    p->witnesses), p->witnesses));
}

void
portal_verify_file(struct visit *v)
{
	const struct upload *file = request_file(v->request, "receipt");
	struct paper p;

	if (file == NULL || file->data.n == 0) {
		put_question(v, _("Choose a receipt file"));
		return;
	}
	if (file->data.n > PAPER_MAX) {
		put_question(v, _("The file is too large to be a receipt"));
		return;
	}
	paper_judge(v->room, v->arena, file->data, &p);
	page_begin(v, &(struct page){ .title = paper_holds(&p)
	    ? _("This receipt holds") : _("This receipt does not hold"),
	    .back = verify_path });
	put_verdict(v, &p);
	if (paper_holds(&p)) {
		put_place(v, &p);
		paper_put(v, &p);
	}
	ui_paragraph_begin(v->html);
	ui_link(v->html, verify_path, _("Check another receipt"));
	ui_paragraph_end(v->html);
	page_end(v);
}

/* ---- an entry ---- */

static void
put_found(struct visit *v, const struct proof_found *f)
{
	const struct ui_summary list = { .actions = false };

	ui_lead(v->html, f->state == PROOF_READY
	    ? _("This entry is in the log, signed by the log and by its "
	    "witnesses.") : _("This entry is in the log, and the log has "
	    "signed it."));
	ui_summary_begin(v->html, &list);
	ui_summary_fact(v->html, &list, _("Log"), origin_of(v->arena,
	    conf_text(v->conf, "authority", "origin"), f->year));
	ui_summary_fact(v->html, &list, _("Number"), arena_printf(v->arena,
	    "%llu", (unsigned long long)f->index));
	ui_summary_fact(v->html, &list, _("Fingerprint of the entry"),
	    str_base64(v->arena, bytes(f->leaf.b, CRYPTO_HASH)));
	ui_summary_end(v->html, &list);
	ui_paragraph(v->html, _("Compare the fingerprint with the one on the "
	    "paper. What the entry says, only the receipt file shows."));
}

void
portal_verify_entry(struct visit *v)
{
	struct proof_found f;
	struct err e;

	if (!proof_find(v->room->db, v->arena, visit_uuid(v, "entry"), &f,
	    &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("An entry of the log"),
	    .back = verify_path });
	ui_heading(v->html, 1, UI_XL, _("An entry of the log"));
	if (f.state == PROOF_LATER)
		ui_paragraph(v->html, _("The log has no such entry under a "
		    "signed checkpoint. If it was made within the last "
		    "minutes, look again soon. Otherwise compare the number "
		    "with the one on the paper."));
	else
		put_found(v, &f);
	ui_paragraph_begin(v->html);
	ui_link(v->html, verify_path, _("Check a receipt file"));
	ui_paragraph_end(v->html);
	page_end(v);
}
