/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two tables: what is still to be sent, and what was. Applications in other
 * services are account's to list.
 */
#include "cgi-bin/apply_mine.h"

#include "cgi-bin/applicant.h"
#include "cgi-bin/apply_words.h"
#include "cgi-bin/page.h"
#include "cgi-bin/ui_prose.h"
#include "cgi-bin/ui_table.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/definition.h"
#include "lib/err.h"
#include "lib/text.h"
#include "services/apply.h"
#include "services/casework.h"
#include "services/form_store.h"
#include "services/intake.h"

static void
put_draft_row(struct visit *v, struct ui_table *t, const struct draft *d)
{
	ui_table_row(v->html, t);
	ui_cell_begin(v->html, t);
	ui_link(v->html, applicant_draft_path(v, "draft", d),
	    words_read(d->definition->title));
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, written_date(v->arena,
	    clock_date(d->started_at)));
	ui_cell(v->html, t, written_date(v->arena,
	    clock_date(d->expires_at)));
	ui_cell_begin(v->html, t);
	ui_link_about(v->html, applicant_draft_path(v, "discard", d),
	    _("Delete"), words_read(d->definition->title));
	ui_cell_end(v->html, t);
}

static void
put_drafts(struct visit *v, const struct draft *mine, size_t n)
{
	const struct ui_column_head heads[] = {
		{ .text = _("Application") }, { .text = _("Begun") },
		{ .text = _("Kept until") },
		{ .text = _("Delete"), .hidden = true },
	};
	struct ui_table t = {
		.caption = _("Not sent yet"), .caption_size = UI_M,
		.columns = heads, .n = 4, .cards = true,
	};

	if (n == 0)
		return;
	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < n; i++)
		put_draft_row(v, &t, &mine[i]);
	ui_table_end(v->html, &t);
}

static const char *
title_of(struct visit *v, const struct application *a)
{
	const struct definition *d;

	if (!form_store_get(v->room, a->form, a->form_version, &d, NULL))
		return a->form;
	return words_read(d->title);
}

static void
put_row(struct visit *v, struct ui_table *t, const struct application *a)
{
	struct apply_state state = apply_words_state(a->state);

	ui_table_row(v->html, t);
	ui_cell_begin(v->html, t);
	ui_link_about(v->html, applicant_path(v, a, ""), title_of(v, a),
	    a->reference);
	ui_cell_end(v->html, t);
	ui_cell(v->html, t, a->reference);
	ui_cell(v->html, t, written_date(v->arena,
	    clock_date(a->submitted_at)));
	ui_cell_begin(v->html, t);
	ui_tag(v->html, state.colour, state.name);
	ui_cell_end(v->html, t);
}

static void
put_sent(struct visit *v, const struct application *mine, size_t n)
{
	const struct ui_column_head heads[] = {
		{ .text = _("Application") }, { .text = _("Reference") },
		{ .text = _("Sent") }, { .text = _("State") },
	};
	struct ui_table t = {
		.caption = _("Sent"), .caption_size = UI_M,
		.columns = heads, .n = 4, .cards = true,
	};

	if (n == 0)
		return;
	ui_table_begin(v->html, &t);
	for (size_t i = 0; i < n; i++)
		put_row(v, &t, &mine[i]);
	ui_table_end(v->html, &t);
}

void
apply_mine_show(struct visit *v)
{
	struct application *sent;
	struct draft *drafts;
	size_t n_sent, n_drafts;
	struct err e;

	if (!applicant_enter(v))
		return;
	if (!intake_list(v->room, v->arena, v->session, &drafts, &n_drafts,
	    &e) || !apply_list(v->room, v->arena, v->session, &sent, &n_sent,
	    &e)) {
		visit_fail(v, &e);
		return;
	}
	page_begin(v, &(struct page){ .title = _("Your applications") });
	ui_heading(v->html, 1, UI_XL, _("Your applications"));
	if (n_sent + n_drafts == 0)
		ui_paragraph(v->html, _("You have not applied for anything "
		    "here yet."));
	put_drafts(v, drafts, n_drafts);
	put_sent(v, sent, n_sent);
	ui_paragraph_begin(v->html);
	ui_link(v->html, "/services", _("See what you can apply for"));
	ui_paragraph_end(v->html);
	page_end(v);
}
