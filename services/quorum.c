/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a policy of witnesses, and asking whether a note meets it. A group
 * names only what stands above it, so no group can hold itself.
 */
#include "services/quorum.h"

#include <string.h>

#include "audit/cosign.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/shelf.h"

enum {
	WORDS = QUORUM_MEMBERS + 3
};

struct reading {
	struct arena	*arena;
	struct quorum	*quorum;
	int		 line;
	bool		 decided;	/* there was a quorum line */
	const char	*word[WORDS];
	size_t		 words;
};

static bool
fault(const struct reading *r, const char *why, struct err *e)
{
	return err_set(e, ERR_INPUT, "line %d: %s", r->line, why);
}

static bool
split(struct reading *r, char *line, struct err *e)
{
	r->words = 0;
	for (;;) {
		line += strspn(line, " \t");
		if (*line == '\0')
			return true;
		if (r->words == WORDS)
			return fault(r, "too many words", e);
		r->word[r->words++] = line;
		line += strcspn(line, " \t");
		if (*line != '\0')
			*line++ = '\0';
	}
}

static bool
find(const struct quorum *q, const char *name, size_t *out)
{
	for (size_t i = 0; i < q->n; i++)
		if (str_equal(q->node[i].name, name)) {
			*out = i;
			return true;
		}
	return false;
}

static bool
add_node(struct reading *r, struct quorum_node **out, struct err *e)
{
	struct quorum *q = r->quorum;
	size_t other;

	if (str_equal(r->word[1], "none") || find(q, r->word[1], &other))
		return fault(r, "this name is taken", e);
	if (q->n == QUORUM_NODES)
		return fault(r, "too many witnesses and groups", e);
	*out = &q->node[q->n];
	(*out)->name = r->word[1];
	return true;
}

static bool
read_witness(struct reading *r, struct err *e)
{
	struct quorum *q = r->quorum;
	struct quorum_node *node;

	if (r->words < 3 || r->words > 4)
		return fault(r, "witness <name> <vkey> [<url>]", e);
	if (!add_node(r, &node, e))
		return false;
	if (!note_key_parse(r->arena, r->word[2], &node->key, NULL) ||
	    node->key.type != NOTE_COSIGNATURE)
		return fault(r, "not a vkey of a witness", e);
	for (size_t i = 0; i < q->n; i++)
		if (q->node[i].witness && memcmp(q->node[i].key.public,
		    node->key.public, CRYPTO_PUBLIC) == 0)
			return fault(r, "this key is another witness's", e);
	node->witness = true;
	node->url = r->words == 4 ? r->word[3] : NULL;
	q->n++;
	return true;
}

static bool
read_threshold(const struct reading *r, size_t members, unsigned *out,
    struct err *e)
{
	int64_t k;

	*out = str_equal(r->word[2], "all") ? (unsigned)members : 1;
	if (str_equal(r->word[2], "all") || str_equal(r->word[2], "any"))
		return true;
	if (!str_int(r->word[2], 1, (int64_t)members, &k, NULL))
		return fault(r, "all, any, or a number of its members", e);
	*out = (unsigned)k;
	return true;
}

static bool
read_group(struct reading *r, struct err *e)
{
	struct quorum *q = r->quorum;
	struct quorum_node *node;

	if (r->words < 4)
		return fault(r, "group <name> all|any|<number> <name> …", e);
	if (!add_node(r, &node, e) ||
	    !read_threshold(r, r->words - 3, &node->threshold, e))
		return false;
	for (size_t i = 3; i < r->words; i++) {
		size_t member;

		if (!find(q, r->word[i], &member))
			return fault(r, "a group has members from above it",
			    e);
		for (size_t k = 0; k < node->members; k++)
			if (node->member[k] == member)
				return fault(r, "a member stands here twice",
				    e);
		node->member[node->members++] = member;
	}
	q->n++;
	return true;
}

static bool
read_quorum(struct reading *r, struct err *e)
{
	struct quorum *q = r->quorum;

	if (r->words != 2 || r->decided)
		return fault(r, "one line: quorum <name>", e);
	r->decided = true;
	q->none = str_equal(r->word[1], "none");
	return q->none || find(q, r->word[1], &q->top) ||
	    fault(r, "the quorum is a name from above it", e);
}

static bool
read_line(struct reading *r, char *line, struct err *e)
{
	if (!split(r, line, e))
		return false;
	if (r->words == 0 || r->word[0][0] == '#' ||
	    str_equal(r->word[0], "log"))
		return true;
	if (str_equal(r->word[0], "witness"))
		return read_witness(r, e);
	if (str_equal(r->word[0], "group"))
		return read_group(r, e);
	if (str_equal(r->word[0], "quorum"))
		return read_quorum(r, e);
	return fault(r, "log, witness, group or quorum", e);
}

bool
quorum_parse(struct arena *arena, struct bytes b, struct quorum *q,
    struct err *e)
{
	struct reading r = { .arena = arena, .quorum = q };
	char *text = arena_strndup(arena, (const char *)b.p, b.n);

	memset(q, 0, sizeof *q);
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		char *next = text + n + (text[n] == '\n' ? 1 : 0);

		text[n] = '\0';
		r.line++;
		if (!read_line(&r, text, e))
			return false;
		text = next;
	}
	return r.decided || fault(&r, "there is no quorum line", e);
}

bool
quorum_load(struct arena *arena, const char *path, struct quorum *q,
    struct err *e)
{
	struct bytes file;

	if (!shelf_read(arena, path, &file, e))
		return false;
	if (file.p != NULL)
		return quorum_parse(arena, file, q, e) || err_at(e, path);
	memset(q, 0, sizeof *q);
	q->none = true;
	return true;
}

size_t
quorum_witnesses(const struct quorum *q)
{
	size_t n = 0;

	for (size_t i = 0; i < q->n; i++)
		n += q->node[i].witness;
	return n;
}

size_t
quorum_count(struct arena *arena, const struct quorum *q,
    const struct note *note, bool *met)
{
	bool holds[QUORUM_NODES] = { false };
	size_t n = 0;

	for (size_t i = 0; i < q->n; i++) {
		const struct quorum_node *node = &q->node[i];
		unsigned agree = 0;

		if (node->witness) {
			holds[i] = cosign_check(arena, note, &node->key, NULL,
			    NULL) == NOTE_GOOD;
			n += holds[i];
			continue;
		}
		for (size_t k = 0; k < node->members; k++)
			agree += holds[node->member[k]];
		holds[i] = agree >= node->threshold;
	}
	*met = q->none || holds[q->top];
	return n;
}
