/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Taking over what witnesses have signed. The file comes from the process
 * that speaks to the network: its text has to be a checkpoint of ours, and
 * every cosignature is checked against the policy before it is kept.
 */
#include "services/sealer.h"

#include "audit/checkpoint.h"
#include "audit/note.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/conf.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "schema/statements.h"
#include "services/origin.h"
#include "services/room.h"
#include "services/sealer_state.h"
#include "services/shelf.h"
#include "services/witnessing.h"

/* The note that witnesses were shown is the one that the log signed. */
static bool
is_ours(struct sealer *s, struct arena *arena, const struct shard *shard,
    struct bytes whole, struct checkpoint *c, struct note *note)
{
	const char *origin = origin_of(arena, s->authority, shard->year);
	struct note_key key;

	return checkpoint_read(arena, whole, c, note, NULL) &&
	    str_equal(c->origin, origin) && c->size <= shard->published &&
	    origin_key(origin, s->public, &key, NULL) &&
	    note_check(note, &key, NULL) == NOTE_GOOD;
}

static bool
keep(struct sealer *s, struct arena *arena, struct shard *shard,
    const struct checkpoint *c, const struct note *note, struct bytes whole,
    struct err *e)
{
	const char *folder = sealer_folder(s, arena, shard->year);
	bool met;
	size_t n = quorum_count(arena, &s->quorum, note, &met);

	if (n == 0 && !s->quorum.none)
		return true;
	if (!db_ask(s->room->db, arena, QUERY_SEALER_COSIGNED,
	    (struct db_value[]){ db_int(shard->year),
	    db_int((int64_t)c->size), db_int((int64_t)n), db_bool(met),
	    db_bytes(whole), db_instant(clock_now()) }, 6, NULL, e))
		return false;
	if (met && !shelf_replace(arena, arena_printf(arena,
	    "%s/checkpoint.cosigned", folder), whole, 0444, e))
		return false;
	/* The newest may carry them too. */
	return c->size != shard->published || shelf_replace(arena,
	    arena_printf(arena, "%s/checkpoint", folder), whole, 0444, e);
}

static bool
take(struct sealer *s, struct arena *arena, struct shard *shard,
    struct err *e)
{
	/* Nobody is to be asked: the log's own signature is enough. */
	const char *name = s->quorum.none && s->quorum.n == 0 ?
	    "checkpoint" : WITNESSING_FILE;
	struct checkpoint c;
	struct bytes whole;
	struct note note;
	struct hash hash;

	if (!shelf_read(arena, arena_printf(arena, "%s/%s", sealer_folder(s,
	    arena, shard->year), name), &whole, e))
		return false;
	if (whole.p == NULL)
		return true;
	hash = crypto_sha256(whole);
	if (tree_same(&hash, &shard->taken))
		return true;
	shard->taken = hash;
	if (!is_ours(s, arena, shard, whole, &c, &note)) {
		log_event(LOG_ALARM, "foreign-cosignature", NULL);
		return true;
	}
	return keep(s, arena, shard, &c, &note, whole, e);
}

bool
sealer_cosigned(struct sealer *s, struct arena *arena, struct err *e)
{
	for (size_t i = 0; i < s->shards && s->loaded; i++)
		if (s->shard[i].published > 0 &&
		    !take(s, arena, &s->shard[i], e))
			return false;
	return true;
}
