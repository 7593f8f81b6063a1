/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Logs for tests: what rooms, sealer, signer and witnesses do to make one, in
 * one place and in memory. Not part of the product.
 */
#include "tests/unit/made_log.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "audit/checkpoint.h"
#include "audit/cosign.h"
#include "audit/image.h"
#include "audit/proof.h"
#include "audit/tile.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "schema/registry.h"

enum {
	YEAR_2026 = 20454	/* days since 1970-01-01 */
};

static const int64_t day = 86400000;

static struct note_key
key_of(enum note_type type, const char *name, struct secret *seed, uint8_t n)
{
	uint8_t public[CRYPTO_PUBLIC];
	struct note_key key;

	memset(seed->b, n, sizeof seed->b);
	crypto_sign_public(seed, public);
	assert_true(note_key_init(&key, type, name, public, NULL));
	return key;
}

void
made_log_init(struct made_log *log, struct arena *a)
{
	static const char *const names[MADE_WITNESSES] = {
		"court.example/witness", "press.example/witness",
		"uni.example/witness" };

	memset(log, 0, sizeof *log);
	assert_true(crypto_init(NULL));
	log->arena = a;
	log->key = key_of(NOTE_ED25519, "town.example/log/2026", &log->seed,
	    1);
	for (uint8_t i = 0; i < MADE_WITNESSES; i++)
		log->witness[i] = key_of(NOTE_COSIGNATURE, names[i],
		    &log->witness_seed[i], (uint8_t)(2 + i));
	for (uint8_t i = 0; i < MADE_WRITERS; i++)
		memset(log->writer[i].id, 0xa0 + i, ENTRY_WRITER);
}

static struct uuid
uuid_like(uint8_t kind, size_t n)
{
	struct uuid u = { { 0 } };

	u.b[0] = kind;
	u.b[14] = (uint8_t)(n >> 8);
	u.b[15] = (uint8_t)n;
	return u;
}

/* The rows of a filing, their images, and the key of the answers. */
static void
add_rows(struct made_log *log, struct receipt *r)
{
	static const struct secret data_key = { { 7 } };
	struct arena *a = log->arena;
	struct uuid submission = uuid_like(3, log->n);
	struct envelope_place at = { TABLE_CASEWORK_SUBMISSION, CLASS_ANSWERS,
	    submission, 1 };
	uint8_t *revealed = arena_alloc(a, ENVELOPE_REVEALED);
	struct bytes sealed;

	assert_true(envelope_seal(a, &data_key, ROOM_VEHICLE, 42, at,
	    bytes_of(MADE_ANSWERS), &sealed, NULL));
	assert_true(envelope_reveal(a, &data_key, at, sealed, revealed,
	    NULL));
	struct db_value values[] = { db_uuid(submission), db_int(1),
	    db_uuid(uuid_like(4, log->n)), db_uuid(uuid_like(5, log->n)),
	    db_int(1), db_bytes(sealed) };
	struct db_value event[] = { db_uuid(uuid_like(5, log->n)), db_int(1),
	    db_uuid(uuid_like(6, log->n)), db_uuid(uuid_like(4, log->n)),
	    db_int(2), db_text("submit"), db_text("draft"),
	    db_text("submitted"), db_null(), db_int(ROOM_VEHICLE),
	    db_text("applicant"), db_null(),
	    db_instant(YEAR_2026 * day + (int64_t)log->n), db_null() };

	r->images = 2;
	r->image = arena_array(a, 2, sizeof *r->image);
	r->image[0] = image_of(a, TABLE_CASEWORK_SUBMISSION, values, 6);
	r->image[1] = image_of(a, TABLE_CASEWORK_EVENT, event, 14);
	r->rows = 1;
	r->row = arena_alloc(a, sizeof *r->row);
	r->row->columns = receipt_columns(a, values, 6);
	r->row->n = 6;
	r->row->openings = 1;
	r->row->opening = arena_alloc(a, sizeof *r->row->opening);
	*r->row->opening = (struct receipt_opening){ 5,
	    bytes(revealed, ENVELOPE_REVEALED) };
}

static void
add_value(struct receipt *r, unsigned field, const struct uuid *u,
    struct arena *a)
{
	if (!uuid_is_nil(*u))
		r->value[r->values++] = (struct receipt_value){ field,
		    arena_dup(a, uuid_bytes(u)) };
}

void
made_log_put(struct made_log *log, struct bytes leaf)
{
	assert_true(log->n < MADE_ENTRIES);
	log->leaf[log->n] = leaf;
	log->hash[log->n] = tree_leaf(leaf);
	log->n++;
}

void
made_log_reopen(struct made_log *log, size_t writer)
{
	struct made_writer *w = &log->writer[writer];

	w->id[0]++;
	w->next = 0;
	w->known = true;
}

void
made_log_add(struct made_log *log, size_t writer)
{
	struct made_writer *w = &log->writer[writer];
	struct receipt *r = &log->receipt[log->n];
	bool first = w->next == 0;
	struct entry entry = {
		.room = ROOM_VEHICLE,
		.sequence = w->next,
		.id = uuid_like(1, log->n),
		.at = YEAR_2026 * day + (int64_t)log->n * 1000,
		.type = first ? EVENT_WRITER_OPEN : EVENT_CREATE,
		.purpose = first ? PURPOSE_OPERATION : PURPOSE_APPLICATION,
		.previous = bytes(w->last.b, first && !w->known ? 0
		    : CRYPTO_HASH),
	};
	struct hash list, detail = { { (uint8_t)log->n } };
	static const uint8_t room[2] = { 0, ROOM_VEHICLE };

	memcpy(entry.writer, w->id, ENTRY_WRITER);
	memset(entry.salt.b, 0x40 + (int)(log->n % 64), SECRET_SIZE);
	if (!first) {
		add_rows(log, r);
		list = image_list(log->arena, r->image, r->images);
		entry.images = bytes(list.b, CRYPTO_HASH);
		entry.table = r->image[0].table;
		entry.row = r->image[0].row;
		entry.actor = uuid_like(7, log->n);
		entry.subject = uuid_like(8, log->n);
		entry.application = uuid_like(4, log->n);
	}
	r->leaf = entry_leaf(log->arena, &entry, detail);
	r->salt = entry.salt;
	if (first)
		r->value[r->values++] = (struct receipt_value){ 9,
		    bytes(room, sizeof room) };
	add_value(r, 9, &entry.actor, log->arena);
	add_value(r, 10, &entry.subject, log->arena);
	add_value(r, 12, &entry.row, log->arena);
	add_value(r, 15, &entry.application, log->arena);
	w->last = crypto_sha256(r->leaf);
	w->next++;
	made_log_put(log, r->leaf);
}

bool
made_log_get(void *arg, unsigned level, uint64_t index, struct hash *out,
    struct err *e)
{
	const struct made_log *log = arg;
	struct tree t = { 0 };

	(void)e;
	for (uint64_t i = index << level; i < (index + 1) << level; i++) {
		assert_true(i < log->n);
		tree_add(&t, &log->hash[i]);
	}
	*out = tree_root(&t);
	return true;
}

struct hash
made_log_root(const struct made_log *log, size_t size)
{
	struct tree t = { 0 };

	for (size_t i = 0; i < size; i++)
		tree_add(&t, &log->hash[i]);
	return tree_root(&t);
}

struct bytes
made_log_checkpoint(const struct made_log *log, size_t size, size_t witnesses)
{
	struct checkpoint c = { .origin = log->key.name, .size = size,
	    .root = made_log_root(log, size) };
	struct bytes text = checkpoint_text(log->arena, &c);
	const char *lines[1 + MADE_WITNESSES];

	lines[0] = note_sign(log->arena, &log->key, &log->seed, text);
	for (size_t i = 0; i < witnesses; i++)
		lines[1 + i] = cosign_sign(log->arena, &log->witness[i],
		    &log->witness_seed[i], 1767225600 + i, text);
	return note_join(log->arena, text, lines, 1 + witnesses);
}

struct bytes
made_log_receipt(const struct made_log *log, size_t index, size_t witnesses)
{
	struct proof p = { .has_extra = true, .index = index };

	p.extra = receipt_encode(log->arena, &log->receipt[index]);
	assert_true(tree_prove_inclusion(index, log->n, made_log_get,
	    (void *)(uintptr_t)log, &p.path, NULL));
	p.signed_note = made_log_checkpoint(log, log->n, witnesses);
	return proof_text(log->arena, &p);
}

void
made_log_file(const char *folder, const char *name, struct bytes b)
{
	char path[4096];
	int fd;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	for (char *s = path + strlen(folder) + 1; (s = strchr(s, '/')) != NULL;
	    *s++ = '/') {
		*s = '\0';
		assert_true(mkdir(path, 0755) == 0 || errno == EEXIST);
	}
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	assert_true(fd >= 0);
	assert_true(write(fd, b.p, b.n) == (ssize_t)b.n);
	close(fd);
}

static struct bytes
contents(const struct made_log *log, const struct tile *t)
{
	struct buf b = buf_new(log->arena, TILE_BYTES);
	struct hash h;

	for (uint64_t i = 0; i < t->width; i++) {
		uint64_t at = t->index * TILE_WIDTH + i;

		if (t->entries) {
			assert_true(tile_put_entry(&b, log->leaf[at], NULL));
			continue;
		}
		made_log_get((void *)(uintptr_t)log, TILE_HEIGHT * t->level,
		    at, &h, NULL);
		buf_put(&b, h.b, sizeof h.b);
	}
	return buf_bytes(&b);
}

void
made_log_save(const struct made_log *log, const char *folder,
    size_t witnesses)
{
	struct buf keys = buf_new(log->arena, 512);
	char name[TILE_PATH];
	struct tile t;

	for (bool more = tile_first(0, log->n, &t); more;
	    more = tile_next(0, log->n, &t))
		made_log_file(folder, tile_path(&t, name), contents(log, &t));
	made_log_file(folder, "checkpoint", made_log_checkpoint(log, log->n,
	    witnesses));
	buf_printf(&keys, "%s\n", note_key_text(log->arena, &log->key));
	for (size_t i = 0; i < MADE_WITNESSES; i++)
		buf_printf(&keys, "%s\n", note_key_text(log->arena,
		    &log->witness[i]));
	made_log_file(folder, "keys", buf_bytes(&keys));
}
