/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A log to verify, and how fast it could be at best.
 *
 *	sample_log make DIR ENTRIES	its tiles, bundles, checkpoint, keys;
 *					prints the bytes of one leaf
 *	sample_log bound ENTRIES BYTES	entries a second, if nothing were done
 *					but SHA-256 over each leaf and node
 *
 * Leaves are as rooms write them, of four writers; their key is thrown away.
 * Called by bench/run.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include <openssl/evp.h>

#include "audit/checkpoint.h"
#include "audit/entry.h"
#include "audit/tile.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"

enum {
	WRITERS = 4,
	LEVELS = 4,		/* of tiles: 256^4 entries are enough */
	ENTRIES_MAX = 1 << 26
};

static const uint64_t start = 1767225600000;	/* 2026-01-01, ms */

static struct hash *hashes[LEVELS];

static _Noreturn void
fail(const char *what)
{
	fprintf(stderr, "sample_log: %s: %s\n", what, strerror(errno));
	exit(EX_OSERR);
}

static void
write_file(const char *folder, const char *name, struct bytes b)
{
	char path[4096];
	int fd;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	for (char *s = path + strlen(folder) + 1; (s = strchr(s, '/')) != NULL;
	    *s++ = '/') {
		*s = '\0';
		if (mkdir(path, 0755) != 0 && errno != EEXIST)
			fail(path);
	}
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || write(fd, b.p, b.n) != (ssize_t)b.n || close(fd) != 0)
		fail(path);
}

struct writer {
	uint64_t	next;
	struct hash	last;
};

/* An entry about somebody's record, with rows; a writer's first opens it. */
static struct bytes
leaf_of(struct arena *a, struct writer *w, uint8_t who, uint64_t i)
{
	static const struct hash images = { { 1 } };
	struct entry entry = {
		.room = ROOM_VEHICLE,
		.sequence = w->next,
		.id = uuid_new(),
		.at = (instant)(start + i),
		.type = w->next == 0 ? EVENT_WRITER_OPEN : EVENT_CREATE,
		.purpose = PURPOSE_APPLICATION,
		.previous = bytes(w->last.b, w->next == 0 ? 0 : CRYPTO_HASH),
	};
	struct hash detail;
	struct bytes leaf;

	memset(entry.writer, who + 1, sizeof entry.writer);
	crypto_random(entry.salt.b, sizeof entry.salt.b);
	crypto_random(detail.b, sizeof detail.b);
	if (w->next > 0) {
		entry.actor = entry.subject = entry.application = entry.id;
		entry.row = entry.id;
		entry.table = TABLE_CASEWORK_SUBMISSION;
		entry.images = bytes(images.b, sizeof images.b);
	}
	leaf = entry_leaf(a, &entry, detail);
	w->last = crypto_sha256(leaf);
	w->next++;
	return leaf;
}

/* All bundles, and the hashes of level 0. */
static size_t
make_entries(const char *folder, uint64_t n)
{
	struct arena *a = arena_new(0);
	struct writer writers[WRITERS] = { 0 };
	size_t longest = 0;
	struct tile t;

	for (bool more = tile_first(0, n, &t); more && t.entries;
	    more = tile_next(0, n, &t)) {
		struct buf b = buf_new(a, 128 * 1024);
		char name[TILE_PATH];

		for (unsigned k = 0; k < t.width; k++) {
			uint64_t i = t.index * TILE_WIDTH + k;
			struct bytes leaf = leaf_of(a, &writers[i % WRITERS],
			    (uint8_t)(i % WRITERS), i);

			hashes[0][i] = tree_leaf(leaf);
			tile_put_entry(&b, leaf, NULL);
			longest = leaf.n > longest ? leaf.n : longest;
		}
		write_file(folder, tile_path(&t, name), buf_bytes(&b));
		arena_reset(a);
	}
	arena_free(a);
	return longest;
}

/* Each level of full tiles from the one below. */
static void
make_levels(uint64_t n)
{
	for (unsigned level = 1; level < LEVELS; level++) {
		uint64_t wide = n >> (TILE_HEIGHT * level);

		for (uint64_t i = 0; i < wide; i++) {
			struct tree t = { 0 };

			for (unsigned k = 0; k < TILE_WIDTH; k++)
				tree_add(&t, &hashes[level - 1][i * TILE_WIDTH
				    + k]);
			hashes[level][i] = tree_root(&t);
		}
	}
}

static void
make_tiles(const char *folder, uint64_t n)
{
	char name[TILE_PATH];
	struct tile t;

	for (bool more = tile_first(0, n, &t); more;
	    more = tile_next(0, n, &t))
		if (!t.entries)
			write_file(folder, tile_path(&t, name),
			    bytes(&hashes[t.level][t.index * TILE_WIDTH],
			    (size_t)t.width * CRYPTO_HASH));
}

static void
make(struct arena *a, const char *folder, uint64_t n)
{
	struct checkpoint c = { .origin = "bench.example/log", .size = n };
	struct secret seed = crypto_new_key();
	uint8_t public[CRYPTO_PUBLIC];
	struct tree whole = { 0 };
	struct note_key key;
	const char *line;
	struct bytes text;

	for (unsigned level = 0; level < LEVELS; level++)
		hashes[level] = arena_array(a, (n >> (TILE_HEIGHT * level))
		    + 1, sizeof *hashes[level]);
	printf("%zu\n", make_entries(folder, n));
	make_levels(n);
	make_tiles(folder, n);
	for (uint64_t i = 0; i < n; i++)
		tree_add(&whole, &hashes[0][i]);
	c.root = tree_root(&whole);
	text = checkpoint_text(a, &c);
	crypto_sign_public(&seed, public);
	if (!note_key_init(&key, NOTE_ED25519, c.origin, public, NULL))
		exit(EX_SOFTWARE);
	line = note_sign(a, &key, &seed, text);
	write_file(folder, "checkpoint", note_join(a, text, &line, 1));
	write_file(folder, "keys", bytes_of(arena_printf(a, "%s\n",
	    note_key_text(a, &key))));
}

static double
spent(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* As `openssl speed` with these two lengths, in the shares of a tree: as many
 * nodes as leaves. The algorithm is fetched once, the context used again. */
static void
bound(uint64_t n, size_t size)
{
	static uint8_t message[UINT16_MAX + 1];
	const size_t node = 1 + 2 * CRYPTO_HASH;
	EVP_MD *md = EVP_MD_fetch(NULL, "SHA256", NULL);
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	uint8_t out[CRYPTO_HASH];
	double began = spent();

	if (md == NULL || c == NULL)
		exit(EX_SOFTWARE);
	for (uint64_t i = 0; i < 2 * n; i++)
		if (EVP_DigestInit_ex2(c, md, NULL) != 1
		    || EVP_DigestUpdate(c, message, i % 2 ? node : 1 + size)
		    != 1 || EVP_DigestFinal_ex(c, out, NULL) != 1)
			exit(EX_SOFTWARE);
	printf("%.0f\n", (double)n / (spent() - began));
	EVP_MD_CTX_free(c);
	EVP_MD_free(md);
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_new(0);
	struct err e = { .text = "usage: sample_log make DIR ENTRIES | bound "
	    "ENTRIES BYTES" };
	uint64_t n, size;

	if (argc != 4 || !crypto_init(&e)) {
		fprintf(stderr, "%s\n", e.text);
		return EX_USAGE;
	}
	if (strcmp(argv[1], "make") == 0
	    && str_uint(argv[3], ENTRIES_MAX, &n, &e)) {
		make(a, argv[2], n);
	} else if (strcmp(argv[1], "bound") == 0
	    && str_uint(argv[2], ENTRIES_MAX, &n, &e)
	    && str_uint(argv[3], UINT16_MAX, &size, &e)) {
		bound(n, (size_t)size);
	} else {
		fprintf(stderr, "%s\n", e.text);
		return EX_USAGE;
	}
	arena_free(a);
	return EXIT_SUCCESS;
}
