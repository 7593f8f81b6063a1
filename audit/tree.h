/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The Merkle tree of RFC 6962 2.1 over SHA-256: a tree that grows leaf by
 * leaf in constant memory, and proofs of inclusion and consistency, made and
 * checked. It knows hashes and numbers; where the nodes lie is audit/tile.h.
 *
 * A perfect subtree is named by its level and its index in that level: level
 * 0 are the leaves; (level, index) covers the leaves from index << level up
 * to (index + 1) << level. Sizes go up to 2^63.
 *
 * Every fault is ERR_INPUT.
 */
#ifndef AUDIT_TREE_H
#define AUDIT_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/crypto.h"

struct err;

enum {
	TREE_LEVELS = 64,	/* of perfect subtrees, 2^63 leaves at most */
	TREE_PATH = 65		/* hashes of a proof, at most */
};
#define TREE_SIZE_MAX	(UINT64_C(1) << 63)

struct hash	tree_leaf(struct bytes entry);	/* SHA-256(0x00 | entry) */
struct hash	tree_node(const struct hash *left, const struct hash *right);
struct hash	tree_empty(void);		/* the root of no leaves */
bool		tree_same(const struct hash *, const struct hash *);

/*
 * A tree that only grows. peak[i] is the root of the perfect subtree of
 * 2^i leaves where bit i of size is set; the other peaks mean nothing. All
 * zero is the empty tree.
 */
struct tree {
	uint64_t	size;
	struct hash	peak[TREE_LEVELS];
};

void		tree_add(struct tree *, const struct hash *leaf);
struct hash	tree_root(const struct tree *);

/* A proof's hashes, in the order of RFC 6962 2.1.1 and 2.1.2. */
struct tree_path {
	size_t		n;
	struct hash	hash[TREE_PATH];
};

/* The root to which the path leads from a leaf. Refused: index >= size, a
 * path of another length than this index and size have. */
bool	tree_follow(uint64_t index, uint64_t size, const struct hash *leaf,
	    const struct tree_path *, struct hash *root, struct err *e);

/* Is the leaf at that index of the tree with this root? */
bool	tree_check_inclusion(uint64_t index, uint64_t size,
	    const struct hash *leaf, const struct tree_path *,
	    const struct hash *root, struct err *e);

/* Is the old tree the new one's beginning? 1 <= old <= size; an empty old
 * tree is the beginning of every tree, which the caller says by itself. */
bool	tree_check_consistency(uint64_t old, uint64_t size,
	    const struct tree_path *, const struct hash *old_root,
	    const struct hash *root, struct err *e);

/* The hash of a perfect subtree. */
typedef bool	tree_get(void *arg, unsigned level, uint64_t index,
		    struct hash *, struct err *e);

/* A tree of this size from its nodes, to go on growing. */
bool	tree_load(struct tree *, uint64_t size, tree_get *get, void *arg,
	    struct err *e);

/* What get() says last is handed on. Refused: index >= size; old > size or
 * old == 0. A consistency proof of a tree with itself is empty. */
bool	tree_prove_inclusion(uint64_t index, uint64_t size, tree_get *get,
	    void *arg, struct tree_path *, struct err *e);
bool	tree_prove_consistency(uint64_t old, uint64_t size, tree_get *get,
	    void *arg, struct tree_path *, struct err *e);

#endif
