/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of a writer's chain, one entry after another. The sealer asks
 * before it gives an entry its place, balcao-verify over a whole log.
 */
#include "audit/chain.h"

#include <inttypes.h>
#include <string.h>

#include "lib/err.h"
#include "schema/registry.h"

void
chain_join(struct chain *c, const struct entry_read *r)
{
	memset(c, 0, sizeof *c);
	memcpy(c->writer, r->writer.p, ENTRY_WRITER);
	c->room = r->room;
	c->next = r->sequence;
	memcpy(c->last.b, r->previous.p, r->previous.n);
}

static bool
fault(struct err *e, const char *why)
{
	return err_set(e, ERR_INPUT, "%s", why);
}

static bool
first_fits(const struct entry_read *r, struct err *e)
{
	if (r->sequence == 0 && r->type != EVENT_WRITER_OPEN)
		return fault(e, "a chain that no writer-open begins");
	if (r->sequence > 0)
		return err_set(e, ERR_INPUT, "a chain that begins with "
		    "number %" PRIu64, r->sequence);
	return true;
}

static bool
fits(const struct chain *c, const struct entry_read *r, struct err *e)
{
	if (memcmp(c->writer, r->writer.p, ENTRY_WRITER) != 0)
		return fault(e, "an entry of another writer");
	if (c->room != r->room)
		return fault(e, "an entry of another room in this chain");
	if (c->closed)
		return fault(e, "an entry after its writer closed");
	if (r->sequence != c->next)
		return err_set(e, ERR_INPUT, "number %" PRIu64 " where %"
		    PRIu64 " should be", r->sequence, c->next);
	if (r->type == EVENT_WRITER_OPEN)
		return fault(e, "a writer-open within a chain");
	if (!bytes_equal(r->previous, bytes(c->last.b, CRYPTO_HASH)))
		return fault(e, "it names another entry before it");
	return true;
}

bool
chain_follow(struct chain *c, const struct entry_read *r, struct bytes leaf,
    struct err *e)
{
	static const uint8_t nobody[ENTRY_WRITER];
	bool first = c->next == 0
	    && memcmp(c->writer, nobody, sizeof nobody) == 0;
	bool good = first ? first_fits(r, e) : fits(c, r, e);

	memcpy(c->writer, r->writer.p, ENTRY_WRITER);
	c->room = r->room;
	c->next = r->sequence + 1;
	c->last = crypto_sha256(leaf);
	c->closed = r->type == EVENT_WRITER_CLOSE;
	return good;
}
