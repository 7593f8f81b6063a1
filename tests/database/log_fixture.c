/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writers go round the rooms' programs on purpose: with statements of their
 * own, as superuser, so that they can sleep inside a transaction, undo a part
 * of it, or write what no program writes.
 */
#include "tests/database/log_fixture.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "audit/checkpoint.h"
#include "audit/tile.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/origin.h"
#include "services/room.h"
#include "services/shelf.h"
#include "services/signer.h"
#include "services/signing.h"
#include "tests/database/house.h"

enum {
	PUT_LEAF, SLEEP, SAVEPOINT, ROLLBACK_TO,
	STATEMENTS
};

static const struct db_statement statements[STATEMENTS] = {
	[PUT_LEAF] = { "put_leaf", "INSERT INTO audit.leaf (year, event_id, "
	    "leaf, mac, detail) VALUES ($1, $2, $3, $4, '\\x00')", DB_ONE, 4,
	    1 },
	[SLEEP] = { "nap", "SELECT pg_sleep($1::int8 / 1000.0)", DB_ONE, 1,
	    1 },
	[SAVEPOINT] = { "savepoint", "SAVEPOINT here", DB_NONE, 0, 1 },
	[ROLLBACK_TO] = { "rollback_to", "ROLLBACK TO SAVEPOINT here",
	    DB_NONE, 0, 1 },
};

int
log_year(void)
{
	return origin_year_at(clock_now());
}

/* ---- the signer ---- */

static _Noreturn void
sign_for_ever(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct arena *arena = arena_new(0);
	struct keyring ring;
	struct signer *signer;
	struct bytes question;
	int listening, fd;

	memcpy(address.sun_path, path, strlen(path) + 1);
	unlink(path);
	listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(listening, (struct sockaddr *)&address, sizeof address) != 0
	    || listen(listening, 16) != 0 ||
	    !keyring_load(conf_text(house.conf, "path", "keys"), "signer",
	    &ring, NULL) || !signer_open(arena, conf_text(house.conf, "path",
	    "signer"), conf_text(house.conf, "authority", "origin"),
	    &ring.sign_seed, &signer, NULL))
		_exit(1);
	for (;;) {
		struct arena *a = arena_new(0);

		fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
		if (signing_receive(fd, a, &question, NULL))
			signing_send(fd, a, signer_answer(signer, a,
			    question), NULL);
		close(fd);
		arena_free(a);
	}
}

pid_t
log_signer_start(int64_t shift_ms)
{
	const char *folder = arena_printf(house.arena, "%s/signer",
	    house.dir);
	const char *path = arena_printf(house.arena, "%s/socket", folder);
	struct stat st;
	pid_t pid;

	mkdir(folder, 0700);
	mkdir(conf_text(house.conf, "path", "signer"), 0700);
	unlink(path);
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		clock_shift(shift_ms);
		sign_for_ever(path);
	}
	for (int i = 0; i < 1000 && stat(path, &st) != 0; i++)
		usleep(5000);
	usleep(20000);
	return pid;
}

void
log_process_end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* ---- writers ---- */

struct log_writer *
log_writer_new(enum room_code room)
{
	struct log_writer *w = calloc(1, sizeof *w);
	struct db_conf conf = {
		.conninfo = conf_text(house.conf, "database", "data"),
		.statements = statements,
		.n = STATEMENTS,
		.role = 0,
		.timeout_ms = 60 * 1000,
	};
	struct err e;

	assert_non_null(w);
	w->room = room;
	w->arena = arena_new(0);
	writer_start(&w->writer, NULL);
	if (!keyring_load(conf_text(house.conf, "path", "keys"),
	    registry_room_name((uint16_t)room), &w->ring, &e) ||
	    !db_open(&conf, &w->db, &e))
		fail_msg("%s", e.text);
	return w;
}

void
log_writer_free(struct log_writer *w)
{
	db_close(w->db);
	arena_free(w->arena);
	free(w);
}

struct bytes
log_leaf(struct log_writer *w, struct entry *entry)
{
	struct hash detail = crypto_sha256(bytes("\0", 1));
	struct bytes leaf;

	entry->room = (uint16_t)w->room;
	memcpy(entry->writer, w->writer.id, sizeof entry->writer);
	entry->sequence = w->writer.sequence;
	if (uuid_is_nil(entry->id))
		entry->id = uuid_new();
	if (entry->at == 0)
		entry->at = clock_now();
	if (entry->type == 0)
		entry->type = entry->sequence == 0 ? EVENT_WRITER_OPEN :
		    EVENT_CREATE;
	entry->salt = crypto_new_key();
	if (entry->sequence > 0)
		entry->previous = bytes(w->writer.last.b, CRYPTO_HASH);
	leaf = entry_leaf(w->arena, entry, detail);
	w->writer.last = crypto_sha256(leaf);
	w->writer.sequence++;
	return leaf;
}

static struct bytes
mac_of(struct log_writer *w, struct bytes leaf)
{
	const struct keyring_epoch *key = keyring_newest(w->ring.mac,
	    w->ring.macs);
	struct hash h = crypto_hmac(secret_bytes(&key->key), leaf);
	struct buf b = buf_new(w->arena, 1 + sizeof h.b);

	buf_u8(&b, (uint8_t)key->epoch);
	buf_put(&b, h.b, sizeof h.b);
	return buf_bytes(&b);
}

static void
add_leaf(struct log_writer *w, struct db_act *act, const struct entry *entry,
    struct bytes leaf, struct bytes mac)
{
	db_act_add(act, PUT_LEAF, (struct db_value[]){
	    db_int(origin_year_at(entry->at)), db_uuid(entry->id),
	    db_bytes(leaf), db_bytes(mac) }, 4, NULL);
	(void)w;
}

void
log_put(struct log_writer *w, const struct entry *entry, struct bytes leaf,
    const struct bytes *mac)
{
	struct db_act *act = db_act_new(w->db, w->arena);
	struct err e;

	add_leaf(w, act, entry, leaf, mac != NULL ? *mac : mac_of(w, leaf));
	if (!db_act_fly(act, &e) || !db_act_commit(act, &e))
		fail_msg("%s", e.text);
}

static void
add_entry(struct log_writer *w, struct db_act *act, int sleep_ms)
{
	struct entry entry = { .purpose = PURPOSE_OPERATION };
	struct bytes leaf = log_leaf(w, &entry);

	add_leaf(w, act, &entry, leaf, mac_of(w, leaf));
	if (sleep_ms > 0)
		db_act_add(act, SLEEP, (struct db_value[]){
		    db_int(sleep_ms) }, 1, NULL);
}

bool
log_write(struct log_writer *w, int entries, int sleep_ms,
    enum log_fate fate)
{
	struct writer before = w->writer;
	struct db_act *act = db_act_new(w->db, w->arena);
	struct err e;
	bool ok;

	for (int i = 0; i < entries; i++)
		add_entry(w, act, sleep_ms);
	if (fate == LOG_SAVEPOINT) {
		struct writer kept = w->writer;

		db_act_add(act, SAVEPOINT, NULL, 0, NULL);
		add_entry(w, act, sleep_ms);
		db_act_add(act, ROLLBACK_TO, NULL, 0, NULL);
		w->writer = kept;
		add_entry(w, act, 0);
	}
	ok = db_act_fly(act, &e);
	if (ok && fate == LOG_ROLLBACK)
		db_act_abandon(act);
	else
		ok = ok && db_act_commit(act, &e);
	if (!ok || fate == LOG_ROLLBACK)
		w->writer = before;
	arena_reset(w->arena);
	return ok;
}

struct db_act *
log_hold(struct log_writer *w, int entries)
{
	struct db_act *act = db_act_new(w->db, w->arena);
	struct err e;

	for (int i = 0; i < entries; i++)
		add_entry(w, act, 0);
	if (!db_act_fly(act, &e))
		fail_msg("%s", e.text);
	return act;
}

void
log_release(struct db_act *act)
{
	struct err e;

	if (!db_act_commit(act, &e))
		fail_msg("%s", e.text);
}

/* ---- the sequencer ---- */

struct sealer *
log_sealer(void)
{
	struct sealer *s;
	struct err e;

	if (!sealer_new(house.arena, house_room(ROOM_SEALER), &s, &e))
		fail_msg("%s", e.text);
	return s;
}

void
log_settle(struct sealer *s)
{
	struct arena *arena;
	size_t n = 1;
	struct err e;
	bool ok;

	for (int i = 0; i < 1000 && n > 0; i++) {
		arena = arena_new(0);
		ok = sealer_seal(s, arena, &n, &e) &&
		    sealer_publish(s, arena, &e) &&
		    sealer_close_years(s, arena, &e);
		arena_free(arena);
		if (!ok)
			fail_msg("%s", e.text);
	}
	assert_int_equal(n, 0);
}

/* ---- what was published ---- */

static struct bytes
published(struct arena *arena, int year, const char *name)
{
	struct bytes b;

	if (!shelf_read(arena, arena_printf(arena, "%s/tiles/%d/%s",
	    house.dir, year, name), &b, NULL))
		fail_msg("%s cannot be read", name);
	return b;
}

static void
check_bundle(struct arena *arena, int year, const struct tile *t,
    struct tree *tree)
{
	const struct tile twin = { .index = t->index, .width = t->width };
	char path[TILE_PATH];
	struct bytes all = published(arena, year, tile_path(t, path));
	struct bytes hashes = published(arena, year, tile_path(&twin, path));
	size_t at = 0;

	assert_non_null(all.p);
	assert_int_equal(hashes.n, t->width * CRYPTO_HASH);
	for (unsigned i = 0; i < t->width; i++) {
		struct bytes entry;
		struct hash hash;

		assert_true(tile_take_entry(all, &at, &entry, NULL));
		hash = tree_leaf(entry);
		assert_memory_equal(hash.b, hashes.p + i * CRYPTO_HASH,
		    CRYPTO_HASH);
		tree_add(tree, &hash);
	}
	assert_int_equal(at, all.n);
}

void
log_check_files(int year, uint64_t *size)
{
	struct arena *arena = arena_new(0);
	struct tree tree = { .size = 0 };
	struct checkpoint c;
	struct bytes note = published(arena, year, "checkpoint");
	struct bytes record;
	struct hash root;
	struct tile t;
	bool more;

	assert_non_null(note.p);
	assert_true(checkpoint_read(arena, note, &c, NULL, NULL));
	for (more = tile_first(0, c.size, &t); more && t.entries;
	    more = tile_next(0, c.size, &t))
		check_bundle(arena, year, &t, &tree);
	root = tree_root(&tree);
	assert_int_equal(tree.size, c.size);
	assert_true(tree_same(&root, &c.root));
	/* The signer's record ends with the same note. */
	assert_true(shelf_read(arena, arena_printf(arena, "%s/%d",
	    conf_text(house.conf, "path", "signer"), year), &record, NULL));
	assert_true(record.n > note.n);
	assert_memory_equal(record.p + record.n - note.n, note.p, note.n);
	*size = c.size;
	arena_free(arena);
}
