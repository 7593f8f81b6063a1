/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text of a proof. It is read whole and nothing in it is believed:
 * whether the path leads to the root, and who signed that, the caller asks
 * audit/tree.h and audit/note.h.
 */
#include "audit/proof.h"

#include <inttypes.h>
#include <string.h>

#include "audit/lines.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"

static const char title[] = "c2sp.org/tlog-proof@v1";
static const char extra[] = "extra ";
static const char place[] = "index ";

static bool
take(struct lines *l, struct bytes *line, struct err *e)
{
	return lines_take(l, line)
	    || err_set(e, ERR_INPUT, "a proof cut off after line %zu",
	    l->number);
}

/* Title, extra, index: to the line before the first hash. */
static bool
take_head(struct arena *a, struct lines *l, struct proof *p, struct err *e)
{
	struct bytes line;

	if (!take(l, &line, e))
		return false;
	if (!bytes_equal(line, bytes_of(title)))
		return lines_fault(l, e, "no proof of this kind");
	if (!take(l, &line, e))
		return false;
	if (lines_begins(line, extra)) {
		p->has_extra = true;
		if (!lines_base64(a, l, line, strlen(extra), &p->extra, e)
		    || !take(l, &line, e))
			return false;
	}
	if (!lines_begins(line, place))
		return lines_fault(l, e, "an index should stand here");
	return lines_number(a, l, line, strlen(place), TREE_SIZE_MAX - 1,
	    &p->index, e);
}

static bool
take_path(struct arena *a, struct lines *l, struct proof *p, struct err *e)
{
	struct bytes line;

	while (take(l, &line, e)) {
		if (line.n == 0)
			return true;
		if (p->path.n == TREE_PATH)
			return lines_fault(l, e, "too many hashes");
		if (!lines_hash(a, l, line, &p->path.hash[p->path.n++], e))
			return false;
	}
	return false;
}

/* The note counts its lines from its own first; the reader of the whole
 * text counts from the text's. */
static bool
fault_below(size_t first, const struct err *why, struct err *e)
{
	static const char prefix[] = "line ";
	const char *s = why->text;
	size_t line = 0;

	if (!str_starts(s, prefix))
		return err_set(e, why->code, "line %zu and below: %s", first,
		    s);
	for (s += strlen(prefix); *s >= '0' && *s <= '9'; s++)
		line = line * 10 + (size_t)(*s - '0');
	return err_set(e, why->code, "line %zu%s", first + line - 1, s);
}

bool
proof_parse(struct arena *a, struct bytes all, struct proof *out,
    struct err *e)
{
	struct lines l = lines_of(all);
	struct proof p = { 0 };
	struct err why = { 0 };

	if (all.n > PROOF_MAX)
		return err_set(e, ERR_INPUT, "too long for a proof");
	if (!take_head(a, &l, &p, e) || !take_path(a, &l, &p, e))
		return false;
	p.signed_note = l.left;
	p.first_line = l.number + 1;
	if (!checkpoint_read(a, p.signed_note, &p.checkpoint, &p.note, &why))
		return fault_below(p.first_line, &why, e);
	*out = p;
	return true;
}

struct bytes
proof_text(struct arena *a, const struct proof *p)
{
	struct buf b = buf_new(a, 1024 + 2 * p->extra.n + p->signed_note.n);

	buf_printf(&b, "%s\n", title);
	if (p->has_extra)
		buf_printf(&b, "%s%s\n", extra, str_base64(a, p->extra));
	buf_printf(&b, "%s%" PRIu64 "\n", place, p->index);
	for (size_t i = 0; i < p->path.n; i++)
		buf_printf(&b, "%s\n", str_base64(a,
		    bytes(p->path.hash[i].b, CRYPTO_HASH)));
	buf_u8(&b, '\n');
	buf_put_bytes(&b, p->signed_note);
	return buf_bytes(&b);
}
