/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 6962 2.1, walked by numbers instead of recursion: at each level `at` is
 * the node that we stand on and `last` the rightmost of that level, so that
 * two shifts go one level up. Sealer, signer, witness and verifier call it.
 */
#include "audit/tree.h"

#include <string.h>

#include "lib/err.h"

enum {
	LEAF_PREFIX = 0,
	NODE_PREFIX = 1
};

struct hash
tree_leaf(struct bytes entry)
{
	const uint8_t prefix = LEAF_PREFIX;

	return crypto_sha256_of((struct bytes[]){ bytes(&prefix, 1), entry },
	    2);
}

/* In one piece: three calls of the digest cost more than a copy. */
struct hash
tree_node(const struct hash *left, const struct hash *right)
{
	uint8_t message[1 + 2 * CRYPTO_HASH];

	message[0] = NODE_PREFIX;
	memcpy(message + 1, left->b, CRYPTO_HASH);
	memcpy(message + 1 + CRYPTO_HASH, right->b, CRYPTO_HASH);
	return crypto_sha256(bytes(message, sizeof message));
}

struct hash
tree_empty(void)
{
	return crypto_sha256(bytes("", 0));
}

bool
tree_same(const struct hash *a, const struct hash *b)
{
	return memcmp(a->b, b->b, CRYPTO_HASH) == 0;
}

/* As adding one to a binary number: each one that becomes a nought is a
 * subtree that has found its sibling. */
void
tree_add(struct tree *t, const struct hash *leaf)
{
	struct hash h = *leaf;
	unsigned level = 0;

	for (; t->size >> level & 1; level++)
		h = tree_node(&t->peak[level], &h);
	t->peak[level] = h;
	t->size++;
}

struct hash
tree_root(const struct tree *t)
{
	struct hash root = { { 0 } };
	bool any = false;

	if (t->size == 0)
		return tree_empty();
	for (unsigned level = 0; level < TREE_LEVELS; level++) {
		if (!(t->size >> level & 1))
			continue;
		root = any ? tree_node(&t->peak[level], &root)
		    : t->peak[level];
		any = true;
	}
	return root;
}

/* A place in the tree, seen from one level. */
struct place {
	uint64_t	at, last;
	unsigned	level;
};

static void
go_up(struct place *p)
{
	p->at >>= 1;
	p->last >>= 1;
	p->level++;
}

/* A rightmost node without a sibling is its own parent. */
static void
go_up_to_sibling(struct place *p)
{
	while (p->at == p->last && !(p->at & 1) && p->last != 0)
		go_up(p);
}

static bool
wrong_length(struct err *e, const char *what)
{
	return err_set(e, ERR_INPUT, "the path has too %s hashes for this "
	    "index and size", what);
}

bool
tree_follow(uint64_t index, uint64_t size, const struct hash *leaf,
    const struct tree_path *path, struct hash *root, struct err *e)
{
	struct place p = { index, size - 1, 0 };
	struct hash h = *leaf;

	if (index >= size)
		return err_set(e, ERR_INPUT, "the index is outside the tree");
	for (size_t i = 0; i < path->n; i++) {
		go_up_to_sibling(&p);
		if (p.last == 0)
			return wrong_length(e, "many");
		h = p.at & 1 ? tree_node(&path->hash[i], &h)
		    : tree_node(&h, &path->hash[i]);
		go_up(&p);
	}
	go_up_to_sibling(&p);
	if (p.last != 0)
		return wrong_length(e, "few");
	*root = h;
	return true;
}

bool
tree_check_inclusion(uint64_t index, uint64_t size, const struct hash *leaf,
    const struct tree_path *path, const struct hash *root, struct err *e)
{
	struct hash found;

	if (!tree_follow(index, size, leaf, path, &found, e))
		return false;
	if (!tree_same(&found, root))
		return err_set(e, ERR_INPUT, "the path leads to another root");
	return true;
}

/* Up to the largest perfect subtree that ends where the old tree ends. */
static struct place
old_edge(uint64_t old, uint64_t size)
{
	struct place p = { old - 1, size - 1, 0 };

	while (p.at & 1)
		go_up(&p);
	return p;
}

/* Both roots from one path (RFC 9162 2.1.4.2 has the same walk in words). */
static bool
follow_both(struct place p, struct hash edge, const struct hash *hash,
    size_t n, struct hash *old_root, struct hash *root, struct err *e)
{
	*old_root = *root = edge;
	for (size_t i = 0; i < n; i++) {
		go_up_to_sibling(&p);
		if (p.last == 0)
			return wrong_length(e, "many");
		if (p.at & 1) {
			*old_root = tree_node(&hash[i], old_root);
			*root = tree_node(&hash[i], root);
		} else {
			*root = tree_node(root, &hash[i]);
		}
		go_up(&p);
	}
	go_up_to_sibling(&p);
	return p.last == 0 || wrong_length(e, "few");
}

bool
tree_check_consistency(uint64_t old, uint64_t size,
    const struct tree_path *path, const struct hash *old_root,
    const struct hash *root, struct err *e)
{
	struct place p;
	struct hash was, is;
	bool given;

	if (old == 0 || old > size)
		return err_set(e, ERR_INPUT, "the old tree is empty or larger "
		    "than the new one");
	p = old_edge(old, size);
	/* A perfect old tree is its own edge, which the path leaves out. */
	given = p.at != 0 && old != size;
	if (given && path->n == 0)
		return wrong_length(e, "few");
	if (old == size) {
		if (path->n != 0)
			return wrong_length(e, "many");
		was = *old_root;
		is = *old_root;
	} else if (!follow_both(p, given ? path->hash[0] : *old_root,
	    path->hash + given, path->n - given, &was, &is, e)) {
		return false;
	}
	if (!tree_same(&was, old_root))
		return err_set(e, ERR_INPUT, "the path leads to another old "
		    "root");
	if (!tree_same(&is, root))
		return err_set(e, ERR_INPUT, "the path leads to another new "
		    "root");
	return true;
}

bool
tree_load(struct tree *t, uint64_t size, tree_get *get, void *arg,
    struct err *e)
{
	struct tree loaded = { .size = size };

	for (unsigned level = 0; level < TREE_LEVELS; level++)
		if (size >> level & 1 && !get(arg, level, size >> level ^ 1,
		    &loaded.peak[level], e))
			return false;
	*t = loaded;
	return true;
}

/* What lies from a node to the tree's end: a perfect subtree, or the last
 * ones of the tree, the smaller hanging below the larger. */
static bool
get_right(unsigned level, uint64_t index, uint64_t size, tree_get *get,
    void *arg, struct hash *out, struct err *e)
{
	uint64_t rest;
	struct hash peak;
	bool any = false;

	if ((index + 1) << level <= size)
		return get(arg, level, index, out, e);
	rest = size - (index << level);
	for (unsigned l = 0; l < level; l++) {
		if (!(rest >> l & 1))
			continue;
		if (!get(arg, l, size >> l ^ 1, &peak, e))
			return false;
		*out = any ? tree_node(&peak, out) : peak;
		any = true;
	}
	return true;
}

/* The siblings from a place up to the root. */
static bool
prove_from(struct place p, uint64_t size, tree_get *get, void *arg,
    struct tree_path *path, struct err *e)
{
	for (go_up_to_sibling(&p); p.last != 0;
	    go_up(&p), go_up_to_sibling(&p)) {
		struct hash *next = &path->hash[path->n++];

		if (!(p.at & 1)) {
			if (!get_right(p.level, p.at + 1, size, get, arg, next,
			    e))
				return false;
		} else if (!get(arg, p.level, p.at - 1, next, e)) {
			return false;
		}
	}
	return true;
}

bool
tree_prove_inclusion(uint64_t index, uint64_t size, tree_get *get, void *arg,
    struct tree_path *path, struct err *e)
{
	if (index >= size)
		return err_set(e, ERR_INPUT, "the index is outside the tree");
	path->n = 0;
	return prove_from((struct place){ index, size - 1, 0 }, size, get,
	    arg, path, e);
}

bool
tree_prove_consistency(uint64_t old, uint64_t size, tree_get *get, void *arg,
    struct tree_path *path, struct err *e)
{
	struct place p;

	if (old == 0 || old > size)
		return err_set(e, ERR_INPUT, "the old tree is empty or larger "
		    "than the new one");
	path->n = 0;
	if (old == size)
		return true;
	p = old_edge(old, size);
	if (p.at != 0 && !get(arg, p.level, p.at,
	    &path->hash[path->n++], e))
		return false;
	return prove_from(p, size, get, arg, path, e);
}
