/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading and writing the text of a checkpoint. Whether its log signed it,
 * and whether it fits another, is not asked here.
 */
#include "audit/checkpoint.h"

#include <inttypes.h>
#include <string.h>

#include "audit/lines.h"
#include "audit/tree.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"

static bool
take(struct lines *l, struct bytes *line, struct err *e, const char *what)
{
	if (lines_take(l, line) && line->n > 0)
		return true;
	return err_set(e, ERR_INPUT, "a checkpoint without %s", what);
}

bool
checkpoint_parse(struct arena *a, struct bytes text, struct checkpoint *out,
    struct err *e)
{
	struct lines l = lines_of(text);
	struct checkpoint c;
	struct bytes line;

	if (!note_check_text(text, e) || !take(&l, &line, e, "origin"))
		return false;
	c.origin = arena_strndup(a, (const char *)line.p, line.n);
	if (!take(&l, &line, e, "size")
	    || !lines_number(a, &l, line, 0, TREE_SIZE_MAX, &c.size, e))
		return false;
	if (!take(&l, &line, e, "root")
	    || !lines_hash(a, &l, line, &c.root, e))
		return false;
	c.extension = l.left;
	while (lines_take(&l, &line))
		if (line.n == 0)
			return lines_fault(&l, e, "an empty line in a "
			    "checkpoint");
	*out = c;
	return true;
}

struct bytes
checkpoint_text(struct arena *a, const struct checkpoint *c)
{
	struct buf b = buf_new(a, 128 + c->extension.n);

	buf_printf(&b, "%s\n%" PRIu64 "\n%s\n", c->origin, c->size,
	    str_base64(a, bytes(c->root.b, CRYPTO_HASH)));
	buf_put_bytes(&b, c->extension);
	return buf_bytes(&b);
}

bool
checkpoint_read(struct arena *a, struct bytes whole, struct checkpoint *out,
    struct note *note, struct err *e)
{
	struct note n;

	if (!note_parse(a, whole, &n, e)
	    || !checkpoint_parse(a, n.text, out, e))
		return false;
	if (note != NULL)
		*note = n;
	return true;
}
