/* SPDX-License-Identifier: Apache-2.0 */
/*
 * balcao-verify checkpoint: is the older tree the newer one's beginning? From
 * a proof in a file, or from one made here of the log's tiles.
 */
#include "bin/balcao_verify.h"

#include <inttypes.h>
#include <string.h>

#include "audit/lines.h"
#include "audit/tile.h"
#include "audit/tree.h"
#include "bin/balcao_verify_file.h"
#include "lib/arena.h"
#include "lib/err.h"

enum {
	PROOF_FILE_MAX = 512 * 1024
};

struct pair {
	struct signed_checkpoint	old, new;
};

/*
 * A consistency proof as tlog-witness sends it: "old <size>", a hash a line,
 * an empty line; the checkpoint behind it is not looked at, for NEW is given.
 */
static bool
parse_proof(struct verify *v, struct bytes all, uint64_t old,
    struct tree_path *path, struct err *e)
{
	struct lines l = lines_of(all);
	struct bytes line;
	uint64_t size;

	path->n = 0;
	if (!lines_take(&l, &line) || !lines_begins(line, "old "))
		return err_set(e, ERR_INPUT, "line 1: \"old <size>\" should "
		    "stand here");
	if (!lines_number(v->arena, &l, line, strlen("old "), TREE_SIZE_MAX,
	    &size, e))
		return false;
	if (size != old)
		return lines_fault(&l, e, "it begins with another tree");
	while (lines_take(&l, &line) && line.n > 0) {
		if (path->n == TREE_PATH)
			return lines_fault(&l, e, "too many hashes");
		if (!lines_hash(v->arena, &l, line, &path->hash[path->n++],
		    e))
			return false;
	}
	return true;
}

static void
check_path(struct verify *v, const struct pair *p,
    const struct tree_path *path, const char *from)
{
	const struct checkpoint *old = &p->old.checkpoint;
	const struct checkpoint *new = &p->new.checkpoint;
	struct err why = { 0 };

	if (tree_check_consistency(old->size, new->size, path, &old->root,
	    &new->root, &why))
		report_put(&v->report, FINDING_PROVED, "The older log's %"
		    PRIu64 " entries are the first of the newer one's %"
		    PRIu64 ".", old->size, new->size);
	else
		report_broken(&v->report, from, "From %s it does not follow "
		    "that the older log is the newer one's beginning: %s.",
		    from, why.text);
}

static bool
by_proof(struct verify *v, const struct pair *p, struct err *e)
{
	struct err why = { 0 };
	struct tree_path path;
	struct bytes all;

	if (!file_read(v->arena, v->proof, PROOF_FILE_MAX, &all, e))
		return false;
	if (!parse_proof(v, all, p->old.checkpoint.size, &path, &why))
		report_broken(&v->report, v->proof, "%s is no proof: %s.",
		    v->proof, why.text);
	else
		check_path(v, p, &path, v->proof);
	return true;
}

static bool
by_tiles(struct verify *v, const struct pair *p, struct err *e)
{
	const struct checkpoint *new = &p->new.checkpoint;
	struct folder folder = { .path = v->tiles, .arena = v->arena };
	struct tile_source source = { folder_tile, &folder, new->size };
	struct tree_path path;
	struct tree whole;
	struct hash root;

	if (!tree_load(&whole, new->size, tile_get, &source, e)
	    || !tree_prove_consistency(p->old.checkpoint.size, new->size,
	    tile_get, &source, &path, e))
		return false;
	root = tree_root(&whole);
	if (!tree_same(&root, &new->root))
		report_broken(&v->report, v->tiles, "The tiles in %s are not "
		    "those of the newer checkpoint's tree.", v->tiles);
	else
		check_path(v, p, &path, v->tiles);
	return true;
}

static void
check_same_size(struct verify *v, const struct pair *p)
{
	if (tree_same(&p->old.checkpoint.root, &p->new.checkpoint.root))
		report_put(&v->report, FINDING_PROVED, "Both are of the same "
		    "tree.");
	else
		report_broken(&v->report, p->new.file, "Two trees of the same "
		    "size with different roots: the log showed different "
		    "things to different people.");
}

static bool
check_pair(struct verify *v, const struct pair *p, struct err *e)
{
	const struct checkpoint *old = &p->old.checkpoint;
	struct hash empty = tree_empty();

	if (strcmp(old->origin, p->new.checkpoint.origin) != 0) {
		report_broken(&v->report, p->new.file, "They are of two logs: "
		    "%s and %s.", old->origin, p->new.checkpoint.origin);
		return true;
	}
	if (old->size > p->new.checkpoint.size) {
		report_broken(&v->report, p->new.file, "The newer tree is the "
		    "smaller one: %" PRIu64 " entries after %" PRIu64 ".",
		    p->new.checkpoint.size, old->size);
		return true;
	}
	if (old->size == 0 && !tree_same(&old->root, &empty)) {
		report_broken(&v->report, p->old.file, "An empty tree with "
		    "another root than nothing has.");
		return true;
	}
	if (old->size == p->new.checkpoint.size) {
		check_same_size(v, p);
		return true;
	}
	if (old->size == 0) {
		report_put(&v->report, FINDING_PROVED, "The older tree is "
		    "empty: it is the beginning of every tree.");
		return true;
	}
	if (v->proof != NULL)
		return by_proof(v, p, e);
	if (v->tiles != NULL)
		return by_tiles(v, p, e);
	report_put(&v->report, FINDING_MISSING, "That the older log is the "
	    "newer one's beginning: give --tiles or --proof.");
	return true;
}

bool
verify_checkpoint(struct verify *v, struct err *e)
{
	bool old_good, new_good;
	struct pair p;

	if (!verify_read_checkpoint(v, v->file[0], &p.old, &old_good, e)
	    || !verify_read_checkpoint(v, v->file[1], &p.new, &new_good, e))
		return false;
	if (!old_good || !new_good)
		return true;
	verify_signatures(v, &p.old);
	verify_signatures(v, &p.new);
	return check_pair(v, &p, e);
}
