/* SPDX-License-Identifier: Apache-2.0 */
/*
 * key rotate. A rotation has two steps with the programs' reload between
 * them, since a program cannot open what is wrapped by a key that it has not
 * read: first the new epoch is made and unlocked, then the data keys are
 * wrapped anew and the old bundle is retired. While two epochs of a room are
 * active its rotation is not at its end, whatever stopped it.
 */
#include "bin/balcao_key.h"

#include <stdio.h>

#include "bin/balcao.h"
#include "bin/balcao_args.h"
#include "bin/balcao_rewrap.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/str.h"

/* Those that are meant: one, or all. */
struct turn {
	unsigned	 first, last;
	const char	*prefix;
	bool		 now;		/* no program runs that must reload */
};

static bool
is_turning(const struct key_work *w, const struct turn *t)
{
	for (unsigned code = t->first; code <= t->last; code++)
		if (w->rooms[code].turning)
			return true;
	return false;
}

static bool
begin_turn(struct key_work *w, const struct turn *t, struct err *e)
{
	for (unsigned code = t->first; code <= t->last; code++) {
		struct root_room *r = &w->rooms[code];

		if (!keyring_rotate(&r->ring, e) ||
		    !root_put(w->db, w->balcao->arena, &w->root, &r->ring, e))
			return false;
		r->epoch = r->ring.epoch;
		r->turning = true;
		printf("Room %s: epoch %u begins.\n", registry_room_name(code),
		    r->epoch);
	}
	return true;
}

static bool
end_turn(struct key_work *w, const struct turn *t, struct err *e)
{
	for (unsigned code = t->first; code <= t->last; code++) {
		struct root_room *r = &w->rooms[code];
		size_t keys;

		if (!r->turning)
			continue;
		if (!rewrap_room(w->db, &r->ring, &keys, e))
			return err_at(e, registry_room_name(code));
		r->turning = false;
		printf("Room %s: %zu data keys are wrapped anew, epoch %u is "
		    "the only one.\n", registry_room_name(code), keys,
		    r->epoch);
	}
	return true;
}

/* Has each room's file the epoch that is to wrap its keys? */
static bool
is_unlocked(const struct key_work *w, const struct turn *t)
{
	const char *folder = conf_text(w->balcao->conf, "path", "keys");
	struct keyring ring;
	bool same = true;

	for (unsigned code = t->first; code <= t->last && same; code++) {
		same = keyring_load(folder, registry_room_name(code), &ring,
		    NULL) && ring.epoch == w->rooms[code].epoch;
		secret_wipe(&ring, sizeof ring);
	}
	return same;
}

static bool
turn(struct key_work *w, const struct turn *t, struct err *e)
{
	bool begun = is_turning(w, t);

	if (!begun && !begin_turn(w, t, e))
		return false;
	if (!begun || !is_unlocked(w, t)) {
		if (!key_unlock(w, t->prefix, e))
			return false;
		if (!t->now) {
			printf("Next: let the programs read the new keys "
			    "(SIGHUP to each), then run this again.\n");
			return true;
		}
	}
	return end_turn(w, t, e);
}

static bool
find_room(const char *name, struct turn *t, struct err *e)
{
	for (unsigned code = 1; code < ROOM__MAX; code++)
		if (str_equal(registry_room_name(code), name)) {
			t->first = t->last = code;
			return true;
		}
	return args_fault(e, "there is no room %.40s", name);
}

bool
rotate_run(struct balcao *b, struct args *args, struct err *e)
{
	struct turn t = { .first = 1, .last = ROOM__MAX - 1 };
	const struct args_option options[] = {
		{ .name = "--owner-prefix", .value = &t.prefix },
		{ .name = "--now", .flag = &t.now },
		{ .name = NULL }
	};
	struct key_work w;
	bool ok;

	if (!args_read(args, options, 0, 1, e) ||
	    (args->n == 1 && !find_room(args->word[0], &t, e)) ||
	    !key_begin(&w, b, e))
		return false;
	ok = turn(&w, &t, e);
	key_end(&w);
	return ok;
}
