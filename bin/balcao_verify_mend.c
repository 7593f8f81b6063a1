/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where exactly is a receipt damaged? Paper, copying and disks change single
 * bits; a forger changes more. So each bit is changed back in turn, and if
 * all then holds, that one is named. Only balcao-verify receipt asks.
 */
#include "bin/balcao_verify_receipt.h"

#include <string.h>

#include "bin/balcao_verify.h"
#include "lib/arena.h"
#include "lib/err.h"

enum {
	SEARCHED = 32 * 1024	/* bytes; a second's work */
};

static bool
all_holds(struct arena *a, struct bytes text, const struct trust *trust)
{
	struct paper p = { .text = text };

	return proof_parse(a, text, &p.proof, NULL) && p.proof.has_extra
	    && receipt_decode(a, p.proof.extra, &p.receipt, NULL)
	    && paper_leads(&p)
	    && receipt_check(a, &p.receipt, &p.leaf, NULL)
	    && (trust->logs == 0 || verify_is_signed(trust, &p.proof.note,
	    p.proof.checkpoint.origin, NULL) == NOTE_GOOD);
}

bool
paper_mend(struct arena *a, struct bytes text, size_t from, size_t to,
    const struct trust *trust, size_t *at)
{
	struct arena *scratch;
	bool found = false;
	uint8_t *p;

	if (to - from > SEARCHED)
		return false;
	scratch = arena_new(0);
	p = arena_alloc(a, text.n);
	memcpy(p, text.p, text.n);
	for (size_t i = from; i < to && !found; i++)
		for (int bit = 0; bit < 8 && !found; bit++) {
			p[i] ^= (uint8_t)(1 << bit);
			found = all_holds(scratch, bytes(p, text.n), trust);
			p[i] ^= (uint8_t)(1 << bit);
			arena_reset(scratch);
			*at = i;
		}
	arena_free(scratch);
	return found;
}

size_t
paper_line(const struct paper *p, size_t number)
{
	size_t line = 1;

	for (size_t at = 0; at < p->text.n; at++) {
		if (line == number)
			return at;
		line += p->text.p[at] == '\n';
	}
	return p->text.n;
}

/* What stands in a line of a receipt. */
static const char *
part_of(struct arena *a, const struct paper *p, size_t line)
{
	static const char *const checkpoint[] = { "the log's name",
	    "the tree's size", "the root" };
	size_t first = p->proof.first_line;
	size_t extra = p->proof.has_extra;

	if (line == 1)
		return "the title";
	if (line <= 1 + extra)
		return "the receipt's contents";
	if (line == 2 + extra)
		return "the index";
	if (line < first - 1)
		return arena_printf(a, "hash %zu of the path",
		    line - 2 - extra);
	if (line >= first && line < first + 3)
		return checkpoint[line - first];
	for (size_t i = 0; i < p->proof.note.n; i++)
		if (first + p->proof.note.signature[i].number - 1 == line)
			return arena_printf(a, "signature %zu", i + 1);
	return "the checkpoint";
}

const char *
paper_place(struct arena *a, const struct paper *p, size_t at)
{
	size_t line = 1;

	for (size_t i = 0; i < at; i++)
		line += p->text.p[i] == '\n';
	return arena_printf(a, "line %zu, %s", line, part_of(a, p, line));
}
