/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing key files. balcao_key.c alone calls this; the folder should lie in
 * memory (tmpfs), which is for the configuration to say.
 */
#include "bin/balcao_unlock.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bin/balcao_root.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "services/macs.h"

static const char standard_prefix[] = "balcao-";

struct file {
	const char	*folder;
	const char	*name;
	mode_t		 mode;
	uid_t		 owner;		/* (uid_t)-1: this user */
	struct bytes	 content;
};

/* Everybody may pass, nobody lists. */
static bool
make_folder(const char *folder, struct err *e)
{
	struct stat st;

	if (mkdir(folder, 0711) != 0 && errno != EEXIST)
		return err_set(e, ERR_SYSTEM, "%.150s: %s", folder,
		    strerror(errno));
	if (lstat(folder, &st) != 0 || !S_ISDIR(st.st_mode))
		return err_set(e, ERR_SYSTEM, "%.150s is no folder", folder);
	if (st.st_uid != geteuid())
		return err_set(e, ERR_SYSTEM, "%.150s belongs to another user",
		    folder);
	if (chmod(folder, 0711) != 0)
		return err_set(e, ERR_SYSTEM, "%.150s: %s", folder,
		    strerror(errno));
	return true;
}

static bool
fill(int fd, const struct file *f)
{
	ssize_t put = write(fd, f->content.p, f->content.n);

	if (put < 0 || (size_t)put != f->content.n)
		return false;
	if (f->owner != (uid_t)-1 && fchown(fd, f->owner, (gid_t)-1) != 0)
		return false;
	return fchmod(fd, f->mode) == 0;
}

static bool
put_file(struct arena *arena, const struct file *f, struct err *e)
{
	const char *path = arena_printf(arena, "%s/%s", f->folder, f->name);
	const char *draft = arena_printf(arena, "%s/.%s.new", f->folder,
	    f->name);
	bool ok;
	int fd;

	unlink(draft);
	fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	    0400);
	ok = fd >= 0 && fill(fd, f);
	if (fd >= 0 && close(fd) != 0)
		ok = false;
	if (ok && rename(draft, path) == 0)
		return true;
	err_set(e, ERR_SYSTEM, "%.150s: %s", path, strerror(errno));
	unlink(draft);
	return false;
}

static uid_t
owner_of(struct arena *arena, const char *folder, const char *prefix,
    const char *room)
{
	const struct passwd *user;
	struct stat st;

	if (geteuid() != 0)
		return (uid_t)-1;
	if (prefix == NULL && lstat(arena_printf(arena, "%s/%s.key", folder,
	    room), &st) == 0 && S_ISREG(st.st_mode))
		return st.st_uid;
	user = getpwnam(arena_printf(arena, "%s%s",
	    prefix != NULL ? prefix : standard_prefix, room));
	return user != NULL ? user->pw_uid : (uid_t)-1;
}

static bool
put_public(struct arena *arena, const char *folder,
    const struct root_room *rooms, struct err *e)
{
	struct keyring_publics all = { .n = 0 };

	for (unsigned code = 1; code < ROOM__MAX; code++)
		all.room[all.n++] = keyring_public_of(&rooms[code].ring);
	return put_file(arena, &(struct file){
		.folder = folder,
		.name = "public",
		.mode = 0444,
		.owner = (uid_t)-1,
		.content = keyring_encode_public(arena, &all),
	}, e);
}

/* The sequencer checks what every room signs. */
static bool
put_macs(struct arena *arena, const char *folder, const char *prefix,
    const struct root_room *rooms, struct err *e)
{
	struct macs all = { .n = 0 };
	bool ok = true;

	for (unsigned code = 1; code < ROOM__MAX && ok; code++)
		ok = macs_add(&all, &rooms[code].ring, e);
	ok = ok && put_file(arena, &(struct file){
		.folder = folder,
		.name = MACS_FILE,
		.mode = 0400,
		.owner = owner_of(arena, folder, prefix,
		    registry_room_name(ROOM_SEALER)),
		.content = macs_encode(arena, &all),
	}, e);
	secret_wipe(&all, sizeof all);
	return ok;
}

bool
unlock_write(struct arena *arena, const char *folder, const char *prefix,
    const struct root_room *rooms, unsigned *foreign, struct err *e)
{
	struct file f = { .folder = folder, .mode = 0400 };
	const char *room;

	*foreign = 0;
	if (!make_folder(folder, e))
		return false;
	for (unsigned code = 1; code < ROOM__MAX; code++) {
		room = registry_room_name(code);
		f.name = arena_printf(arena, "%s.key", room);
		f.owner = owner_of(arena, folder, prefix, room);
		f.content = keyring_encode(arena, &rooms[code].ring);
		*foreign += f.owner != (uid_t)-1 && f.owner != geteuid();
		if (!put_file(arena, &f, e))
			return false;
	}
	return put_macs(arena, folder, prefix, rooms, e) &&
	    put_public(arena, folder, rooms, e);
}
