/* SPDX-License-Identifier: Apache-2.0 */
/*
 * balcao-verify receipt: from the values to the leaf, from the leaf to the
 * root, from the root to who signed it. Each step is recomputed; the first
 * that fails is named as exactly as the rest allows.
 */
#include "bin/balcao_verify_receipt.h"

#include <inttypes.h>
#include <string.h>

#include "bin/balcao_verify.h"
#include "bin/balcao_verify_file.h"
#include "lib/arena.h"
#include "lib/err.h"

bool
paper_leads(const struct paper *p)
{
	struct hash leaf = entry_leaf_hash(p->receipt.leaf), root;

	return tree_follow(p->proof.index, p->proof.checkpoint.size, &leaf,
	    &p->proof.path, &root, NULL)
	    && tree_same(&root, &p->proof.checkpoint.root);
}

/* What stands before the last colon of a fault says where it is. */
static const char *
place_of(struct arena *a, const char *text)
{
	const char *end = NULL;

	for (const char *s = text; (s = strstr(s, ": ")) != NULL; s++)
		end = s;
	return end == NULL ? "the file"
	    : arena_strndup(a, text, (size_t)(end - text));
}

static bool
read_paper(struct verify *v, struct paper *p)
{
	struct report *r = &v->report;
	struct err why = { 0 };

	if (!proof_parse(v->arena, p->text, &p->proof, &why)) {
		report_broken(r, place_of(v->arena, why.text), "The file is "
		    "no proof as logs write it: %s.", why.text);
		return false;
	}
	if (!p->proof.has_extra) {
		report_put(r, FINDING_MISSING, "What the entry says: the file "
		    "proves that some entry has number %" PRIu64 ", and does "
		    "not hold it.", p->proof.index);
		return false;
	}
	if (!receipt_decode(v->arena, p->proof.extra, &p->receipt, &why)) {
		report_broken(r, "line 2", "What the receipt holds (line 2) "
		    "cannot be read: %s.", why.text);
		return false;
	}
	return true;
}

/* Where to look for one changed bit: what does not fit, and nothing else. */
static bool
mend(struct verify *v, const struct paper *p, bool leads, bool is_signed)
{
	size_t note = paper_line(p, p->proof.first_line);
	size_t from = is_signed ? 0 : note;
	size_t to = is_signed ? note : p->text.n;
	const char *place;
	size_t at;

	if (!paper_mend(v->arena, p->text, from, to, &v->trust, &at))
		return false;
	place = paper_place(v->arena, p, at);
	report_broken(&v->report, place, "One bit was changed in %s, at "
	    "character %zu of the file: with it changed back, %s.", place,
	    at + 1, leads ? "the log's signature holds"
	    : "the entry leads to the root that the log signed");
	return true;
}

/* The checkpoint is right, so it is the leaf, the index or the path; or
 * nobody can tell. */
static void
say_it_leads_nowhere(struct verify *v, const struct paper *p, bool is_signed)
{
	size_t last = p->proof.first_line - 2;

	report_broken(&v->report, is_signed
	    ? arena_printf(v->arena, "lines 2 to %zu", last)
	    : arena_printf(v->arena, "lines 2 to %zu", last + 4),
	    "The leaf (line 2), the index (line 3) and the %zu hashes of the "
	    "path (to line %zu) do not lead to the root in line %zu%s.",
	    p->proof.path.n, last, p->proof.first_line + 2,
	    is_signed ? ", which the log signed" : "");
}

static void
check_contents(struct verify *v, struct paper *p, bool leads,
    enum note_verdict signature)
{
	struct report *r = &v->report;
	bool is_signed = signature == NOTE_GOOD;
	struct err why = { 0 };

	if (!receipt_check(v->arena, &p->receipt, &p->leaf, &why)) {
		report_broken(r, leads ? arena_printf(v->arena, "line 2, %s",
		    place_of(v->arena, why.text)) : "line 2, the leaf",
		    "%s in line 2 does not fit: %s.", leads
		    ? "What the receipt shows" : "The leaf", why.text);
		return;
	}
	report_put(r, FINDING_PROVED, "The %zu values and %zu rows shown are "
	    "those that the entry commits to.", p->receipt.values,
	    p->receipt.rows);
	if (leads)
		report_put(r, FINDING_PROVED, "The entry is number %" PRIu64
		    " of the log's %" PRIu64 ".", p->proof.index,
		    p->proof.checkpoint.size);
	if (leads && signature != NOTE_BAD)
		return;
	if (mend(v, p, leads, is_signed))
		return;
	if (!leads)
		say_it_leads_nowhere(v, p, is_signed);
}

/*
 * A checkpoint whose signature fails while another name stands in its first
 * line is looked at under the name that a key was given for.
 */
static enum note_verdict
log_verdict(const struct verify *v, const struct paper *p)
{
	enum note_verdict verdict = verify_is_signed(&v->trust,
	    &p->proof.note, p->proof.checkpoint.origin, NULL);

	return verdict == NOTE_ABSENT && v->trust.logs > 0 ? NOTE_BAD
	    : verdict;
}

bool
verify_receipt(struct verify *v, struct err *e)
{
	struct paper p = { 0 };
	enum note_verdict signature;

	if (!file_read(v->arena, v->file[0], PROOF_MAX, &p.text, e))
		return false;
	if (!read_paper(v, &p)) {
		if (p.proof.note.n > 0)
			verify_signatures(v, &(struct signed_checkpoint){ "",
			    p.proof.first_line, p.proof.note,
			    p.proof.checkpoint });
		return true;
	}
	signature = log_verdict(v, &p);
	check_contents(v, &p, paper_leads(&p), signature);
	verify_signatures(v, &(struct signed_checkpoint){ "",
	    p.proof.first_line, p.proof.note, p.proof.checkpoint });
	if (v->report.count[FINDING_BROKEN] == 0)
		paper_show(&v->report, v->arena, &p);
	return true;
}
