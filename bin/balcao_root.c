/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading and making the root key's file, wrapping and unwrapping bundles.
 * Whoever asks wipes what they got.
 */
#include "bin/balcao_root.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bin/balcao.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/crypto.h"
#include "lib/db.h"
#include "lib/envelope.h"
#include "lib/err.h"
#include "schema/key_statements.h"

enum {
	TIMEOUT_MS = 60 * 1000
};

static bool
check_root_file(int fd, const char *path, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_set(e, ERR_SYSTEM, "%.150s: %s", path,
		    strerror(errno));
	if (!S_ISREG(st.st_mode) || st.st_size != SECRET_SIZE)
		return err_set(e, ERR_SYSTEM, "%.150s is no root key: it must "
		    "be a file of %d bytes", path, SECRET_SIZE);
	if ((st.st_mode & 077) != 0)
		return err_set(e, ERR_SYSTEM, "%.150s: others may read it; "
		    "chmod 400 it, and ask who has", path);
	return true;
}

bool
root_load(const char *path, struct secret *root, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool ok;

	if (fd < 0 && errno == ENOENT)
		return err_set(e, ERR_ABSENT, "%.150s: there is no root key; "
		    "run balcao init", path);
	if (fd < 0)
		return err_set(e, ERR_SYSTEM, "%.150s: %s", path,
		    strerror(errno));
	ok = check_root_file(fd, path, e);
	if (ok && read(fd, root->b, SECRET_SIZE) != SECRET_SIZE)
		ok = err_set(e, ERR_SYSTEM, "%.150s cannot be read", path);
	close(fd);
	return ok;
}

/* The name of a file is safe once its folder is. */
static bool
sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[512];
	int fd;
	bool ok;

	snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
	fd = open(folder[0] != '\0' ? folder : "/", O_RDONLY | O_DIRECTORY |
	    O_CLOEXEC);
	ok = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool
write_draft(const char *draft, const struct secret *root)
{
	int fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC |
	    O_NOFOLLOW, 0400);
	bool ok;

	if (fd < 0)
		return false;
	ok = write(fd, root->b, SECRET_SIZE) == SECRET_SIZE && fsync(fd) == 0;
	return close(fd) == 0 && ok;
}

/* link() does not overwrite, and the name appears with all bytes or not. */
bool
root_make(const char *path, struct secret *root, struct err *e)
{
	char draft[512];
	bool ok;

	snprintf(draft, sizeof draft, "%s.new", path);
	unlink(draft);
	*root = crypto_new_key();
	ok = write_draft(draft, root) && link(draft, path) == 0;
	if (!ok)
		err_set(e, ERR_SYSTEM, "%.150s: %s", path, strerror(errno));
	unlink(draft);
	if (ok && !sync_folder(path))
		ok = err_set(e, ERR_SYSTEM, "%.150s: not on disk for sure: %s",
		    path, strerror(errno));
	if (!ok)
		secret_wipe(root, sizeof *root);
	return ok;
}

bool
root_connect(const struct balcao *b, struct db **db, struct err *e)
{
	struct db_conf conf = {
		.conninfo = arena_printf(b->arena, "%s user=room_balcao "
		    "gssencmode=disable", conf_text(b->conf, "database",
		    "keys")),
		.statements = key_statements,
		.n = KEY_QUERY__MAX,
		.role = ROOM_BALCAO,
		.timeout_ms = TIMEOUT_MS,
	};

	return db_open(&conf, db, e) || err_at(e, "key database");
}

static struct envelope_place
place_of(uint32_t epoch)
{
	return (struct envelope_place){
		.table = TABLE_KEYS_ROOM_KEY,
		.class = CLASS_KEY,
		.version = epoch,
	};
}

static bool
unwrap(struct arena *arena, const struct secret *root, uint16_t code,
    uint32_t epoch, struct bytes wrapped, struct keyring *ring, struct err *e)
{
	struct bytes plain;
	bool ok;

	if (!envelope_open(arena, root, place_of(epoch), wrapped, &plain,
	    NULL))
		return err_set(e, ERR_SYSTEM, "the root key does not open the "
		    "keys of room %s: it is another installation's, or the "
		    "key database was changed", registry_room_name(code));
	ok = keyring_decode(plain, ring, e) ||
	    err_at(e, registry_room_name(code));
	if (ok && (ring->room != code || ring->epoch != epoch))
		ok = err_set(e, ERR_SYSTEM, "the keys stored for room %s are "
		    "another room's: the key database was changed",
		    registry_room_name(code));
	return ok;
}

/* Rows come by room and epoch: the last of a room is its newest. */
bool
root_list(struct db *db, struct arena *arena, const struct secret *root,
    struct root_room rooms[ROOM__MAX], struct err *e)
{
	struct db_rows *rows;

	memset(rooms, 0, ROOM__MAX * sizeof *rooms);
	if (!db_ask(db, arena, KEY_QUERY_ROOM_ALL, NULL, 0, &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		uint16_t code = (uint16_t)db_take_int(&row);
		uint32_t epoch = (uint32_t)db_take_int(&row);
		struct root_room *r;

		if (code == 0 || code >= ROOM__MAX)
			return err_set(e, ERR_SYSTEM, "the key database has "
			    "keys of an unknown room, %u", code);
		r = &rooms[code];
		r->turning = r->there;
		r->there = true;
		r->epoch = epoch;
		if (root != NULL && !unwrap(arena, root, code, epoch,
		    db_take_bytes(&row), &r->ring, e))
			return false;
	}
	return true;
}

bool
root_open(struct db *db, struct arena *arena, const struct secret *root,
    struct root_room rooms[ROOM__MAX], struct err *e)
{
	if (!root_list(db, arena, root, rooms, e))
		return false;
	for (unsigned code = 1; code < ROOM__MAX; code++)
		if (!rooms[code].there)
			return err_set(e, ERR_ABSENT, "room %s has no keys "
			    "yet; run balcao init", registry_room_name(code));
	return true;
}

bool
root_put(struct db *db, struct arena *arena, const struct secret *root,
    const struct keyring *ring, struct err *e)
{
	struct bytes wrapped;

	if (!envelope_seal(arena, root, ring->room, 0, place_of(ring->epoch),
	    keyring_encode(arena, ring), &wrapped, e))
		return false;
	return db_ask(db, arena, KEY_QUERY_ROOM_PUT, (struct db_value[]){
	    db_int(ring->room), db_int(ring->epoch), db_bytes(wrapped) }, 3,
	    NULL, e);
}
