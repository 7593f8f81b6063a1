/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How fast the sequencer is, by itself:
 *
 *	seal CONFIGURATION fill N	put N leaves into the log's table, as
 *					superuser, in chains with valid MACs
 *	seal CONFIGURATION run		give them their places, sign and
 *					publish; print how many, the seconds,
 *					and how many a second
 *
 * The sealer itself must not run. "run" becomes the sealer's user, for the
 * signer answers nobody else.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "audit/entry.h"
#include "audit/writer.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/conf.h"
#include "lib/crypto.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/sandbox.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "services/keyring.h"
#include "services/room.h"
#include "services/sealer.h"
#include "services/settings.h"

enum {
	PUT,
	STATEMENTS
};

enum {
	TIMEOUT_MS = 60 * 1000,
	SOME = 1000		/* leaves of a transaction */
};

static const struct db_statement statements[STATEMENTS] = {
	[PUT] = { "put", "INSERT INTO audit.leaf (year, event_id, leaf, mac,"
	    " detail) VALUES ($1, $2, $3, $4, sha256($3))", DB_ONE, 4, 1 },
};

struct filling {
	struct db	*db;
	struct keyring	 ring;
	struct writer	 writer;
};

/* ---- fill ---- */

static void
add(struct filling *f, struct arena *arena, struct db_act *act)
{
	const struct keyring_epoch *mac = keyring_newest(f->ring.mac,
	    f->ring.macs);
	struct entry entry = {
		.room = ROOM_DESK,
		.sequence = f->writer.sequence,
		.id = uuid_new(),
		.at = clock_now(),
		.type = f->writer.sequence == 0 ? EVENT_WRITER_OPEN :
		    EVENT_UPDATE,
		.purpose = PURPOSE_CASEWORK,
		.actor = uuid_new(),
		.subject = uuid_new(),
		.application = uuid_new(),
		.row = uuid_new(),
		.salt = crypto_new_key(),
	};
	struct buf b = buf_new(arena, 1 + CRYPTO_HASH);
	struct bytes leaf;
	struct hash h;

	memcpy(entry.writer, f->writer.id, sizeof entry.writer);
	if (entry.sequence > 0)
		entry.previous = bytes(f->writer.last.b, CRYPTO_HASH);
	leaf = entry_leaf(arena, &entry, crypto_sha256(bytes_of("")));
	h = crypto_hmac(secret_bytes(&mac->key), leaf);
	buf_u8(&b, (uint8_t)mac->epoch);
	buf_put(&b, h.b, sizeof h.b);
	f->writer.last = crypto_sha256(leaf);
	f->writer.sequence++;
	db_act_add(act, PUT, (struct db_value[]){
	    db_int(date_civil((date)(entry.at / 86400000)).year),
	    db_uuid(entry.id), db_bytes(leaf), db_bytes(buf_bytes(&b)) }, 4,
	    NULL);
}

static bool
fill(struct arena *arena, const struct conf *conf, int64_t n, struct err *e)
{
	struct db_conf how = {
		.conninfo = arena_printf(arena, "%s user=postgres",
		    conf_text(conf, "database", "data")),
		.statements = statements,
		.n = STATEMENTS,
		.timeout_ms = TIMEOUT_MS,
	};
	struct filling f = { .db = NULL };
	bool ok = true;

	if (!keyring_load(conf_text(conf, "path", "keys"), "desk", &f.ring,
	    e) || !db_open(&how, &f.db, e))
		return false;
	writer_start(&f.writer, NULL);
	while (ok && n > 0) {
		struct arena *a = arena_new(0);
		struct db_act *act = db_act_new(f.db, a);

		for (int i = 0; i < SOME && n > 0; i++, n--)
			add(&f, a, act);
		ok = db_act_fly(act, e) && db_act_commit(act, e);
		arena_free(a);
	}
	db_close(f.db);
	return ok;
}

/* ---- run ---- */

static bool
seal_all(struct arena *arena, struct room *room, size_t *all, struct err *e)
{
	struct sealer *s;
	size_t n = 1;
	bool ok;

	if (!sealer_new(arena, room, &s, e) || !sealer_ready(s, arena, e))
		return false;
	do {
		struct arena *a = arena_new(0);

		ok = sealer_seal(s, a, &n, e);
		*all += n;
		arena_free(a);
	} while (ok && n > 1);
	return ok && sealer_publish(s, arena, e);
}

static bool
run(struct arena *arena, const struct conf *conf, struct err *e)
{
	const char *user = conf_text(conf, "log", "sealer");
	struct room *room;
	int64_t began;
	size_t n = 0;
	double seconds;

	umask(022);
	if ((!str_empty(user) && !sandbox_become(user, e)) ||
	    !room_open(arena, conf, ROOM_SEALER, NULL, &room, e))
		return false;
	began = clock_monotonic();
	if (!seal_all(arena, room, &n, e))
		return false;
	seconds = (double)(clock_monotonic() - began) / 1000;
	printf("%zu %.3f %.1f\n", n, seconds, (double)n / seconds);
	room_close(room);
	return true;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new(0);
	struct conf *conf;
	int64_t n = 0;
	struct err e;
	bool ok;

	log_init("seal", LOG_WARNING);
	if (argc < 3 || (argc == 4) != str_equal(argv[2], "fill") ||
	    (argc == 4 && !str_int(argv[3], 1, 100000000, &n, NULL))) {
		fprintf(stderr, "usage: seal CONFIGURATION fill N | run\n");
		return EX_USAGE;
	}
	ok = conf_load(arena, argv[1], settings, &conf, &e) &&
	    clock_zone(conf_text(conf, "authority", "zone"), &e) &&
	    crypto_init(&e) && (n > 0 ? fill(arena, conf, n, &e) :
	    run(arena, conf, &e));
	if (!ok)
		log_error("failed", &e);
	arena_free(arena);
	return ok ? EX_OK : EX_SOFTWARE;
}
