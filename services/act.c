/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Acts. The order inside one: writer-open if this process has said nothing
 * yet, then whatever the body adds, then a key-new entry for each key used
 * for the first time, then the deferred rules; COMMIT goes alone.
 */
#include "services/act.h"

#include <stdlib.h>
#include <string.h>

#include "audit/image.h"
#include "audit/writer.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/log.h"
#include "schema/statements.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vault.h"

enum {
	TRIES = 3,
	IMAGES = 256,	/* of one act */
	KEYS = 64,
	MESSAGES = 64	/* before one entry */
};

struct act {
	struct room		*room;
	struct arena		*arena;
	const struct session	*session;
	struct db_act		*db;
	instant			 now;
	struct writer		 writer;	/* moves on commit only */
	struct image		*image;
	size_t			 images;
	size_t			 told;		/* images in an entry already */
	struct vault_key	 key[KEYS];	/* used in this act */
	size_t			 keys;
	struct uuid		 message[MESSAGES];	/* no entry names it yet */
	size_t			 messages;
};

static _Noreturn void
fault(const char *what)
{
	log_event(LOG_ALARM, "act-fault", "what", what, NULL);
	abort();
}

struct room *
act_room(const struct act *act)
{
	return act->room;
}

struct arena *
act_arena(const struct act *act)
{
	return act->arena;
}

const struct session *
act_session(const struct act *act)
{
	return act->session;
}

instant
act_now(const struct act *act)
{
	return act->now;
}

date
act_today(const struct act *act)
{
	return clock_date(act->now);
}

void
act_become(struct act *act, const struct session *session)
{
	act->session = session;
}

void
act_add(struct act *act, unsigned statement, const struct db_value *values,
    size_t n, struct db_rows **rows)
{
	db_act_add(act->db, statement, values, n, rows);
}

void
act_image(struct act *act, enum table_code table,
    const struct db_value *values, size_t n)
{
	if (act->images == IMAGES)
		fault("too many rows in one act");
	act->image[act->images++] =
	    image_of(act->arena, (uint16_t)table, values, n);
}

void
act_put(struct act *act, unsigned statement, enum table_code table,
    const struct db_value *values, size_t n)
{
	act_add(act, statement, values, n, NULL);
	act_image(act, table, values, n);
}

void
act_sent(struct act *act, struct uuid message)
{
	if (act->messages == MESSAGES)
		fault("too many messages before an entry");
	act->message[act->messages++] = message;
}

/* Note that the act uses this key: a fresh one must be named. */
static void
use_key(struct act *act, const struct vault_key *key)
{
	for (size_t i = 0; i < act->keys; i++)
		if (act->key[i].id == key->id)
			return;
	if (act->keys == KEYS)
		fault("too many keys in one act");
	act->key[act->keys++] = *key;
}

bool
act_seal(struct act *act, struct uuid unit, struct envelope_place place,
    struct bytes plain, struct bytes *sealed, struct err *e)
{
	struct vault_key *key;

	if (!vault_key(act->room->vault, act->arena, unit, &key, e))
		return false;
	use_key(act, key);
	return vault_seal(act->room->vault, act->arena, key, place, plain,
	    sealed, e);
}

/* A detail lies under its subject's key, or under the room's own. */
static bool
seal_detail(struct act *act, const struct entry *entry, struct bytes plain,
    struct bytes *sealed, struct err *e)
{
	struct uuid unit = entry->subject;

	if (uuid_is_nil(unit))
		unit = vault_own_unit(act->room->code,
		    date_civil((date)(entry->at / 86400000)).year);
	return act_seal(act, unit, (struct envelope_place){
	    .table = TABLE_AUDIT_LEAF, .class = CLASS_DETAIL,
	    .row = entry->id, .version = 1 }, plain, sealed, e);
}

static struct bytes
mac_of(struct act *act, struct bytes leaf)
{
	const struct keyring_epoch *mac =
	    keyring_newest(act->room->ring.mac, act->room->ring.macs);
	struct hash h = crypto_hmac(secret_bytes(&mac->key), leaf);
	struct buf b = buf_new(act->arena, 1 + sizeof h.b);

	buf_u8(&b, (uint8_t)mac->epoch);
	buf_put(&b, h.b, sizeof h.b);
	return buf_bytes(&b);
}

/* What audit.append is given beside the leaf: the row of audit.q. */
static void
append(struct act *act, const struct entry *entry, struct bytes leaf,
    struct bytes detail, const struct image *first, size_t images)
{
	struct buf packed = buf_new(act->arena, IMAGE_PACKED * images);

	for (size_t i = 0; i < images; i++)
		image_pack(&packed, &first[i]);
	act_add(act, QUERY_AUDIT_APPEND, (struct db_value[]){
	    act->session != NULL
	        ? db_bytes(secret_bytes(&act->session->token)) : db_null(),
	    db_bytes(leaf),
	    db_bytes(mac_of(act, leaf)),
	    db_bytes(detail),
	    db_bytes(buf_bytes(&packed)),
	    db_uuid(entry->id),
	    db_instant(entry->at),
	    db_int(entry->room),
	    db_int(entry->type),
	    db_int(entry->outcome),
	    db_int(entry->purpose),
	    db_uuid(entry->actor),
	    act->session != NULL ? db_uuid(act->session->office) : db_null(),
	    db_uuid(entry->subject),
	    db_uuid(entry->application),
	    entry->table != 0 ? db_int(entry->table) : db_null(),
	    db_uuid(entry->row),
	    images > 0 ? db_int(first->version) : db_null(),
	}, 18, NULL);
}

/* An entry's values, and what no commitment of the leaf holds: the office
 * that audit.q names, and the messages that go with the act. */
static struct bytes
detail_of(struct act *act, const struct entry *entry,
    const struct entry_value *values, size_t n)
{
	size_t room = n + act->messages + 1;
	struct entry_value *all = arena_array(act->arena, room, sizeof *all);
	struct db_value *more = arena_array(act->arena, room, sizeof *more);

	if (n > 0)
		memcpy(all, values, n * sizeof *all);
	if (act->session != NULL && !uuid_is_nil(act->session->office)) {
		more[n] = db_uuid(act->session->office);
		all[n] = (struct entry_value){ COLUMN_CASEWORK_EVENT_OFFICE,
		    &more[n] };
		n++;
	}
	for (size_t i = 0; i < act->messages; i++, n++) {
		more[n] = db_uuid(act->message[i]);
		all[n] = (struct entry_value){ COLUMN_OPS_MESSAGE_ID,
		    &more[n] };
	}
	act->messages = 0;
	return entry_detail(act->arena, entry, all, n);
}

static bool
chain(struct act *act, struct entry *entry, const struct entry_value *values,
    size_t n, const struct image *first, size_t images, struct err *e)
{
	struct bytes detail, leaf;

	entry->room = act->room->code;
	memcpy(entry->writer, act->writer.id, sizeof entry->writer);
	entry->sequence = act->writer.sequence;
	entry->at = act->now;
	entry->salt = crypto_new_key();
	if (entry->sequence > 0)
		entry->previous = bytes(act->writer.last.b, CRYPTO_HASH);
	if (!seal_detail(act, entry, detail_of(act, entry, values, n), &detail,
	    e))
		return false;
	leaf = entry_leaf(act->arena, entry, crypto_sha256(detail));
	append(act, entry, leaf, detail, first, images);
	act->writer.last = crypto_sha256(leaf);
	act->writer.sequence++;
	secret_wipe(&entry->salt, sizeof entry->salt);
	return true;
}

/* The first entry of a process ties its chain to the slot's last. The
 * session stands aside: it is the process that speaks. */
static bool
open_writer(struct act *act, struct err *e)
{
	const struct session *session = act->session;
	struct entry entry = {
		.id = uuid_new(),
		.type = EVENT_WRITER_OPEN,
		.purpose = PURPOSE_OPERATION,
		.previous = writer_known(&act->room->writer),
		.maybe = writer_maybe(&act->room->writer),
	};
	bool ok;

	act->session = NULL;
	ok = chain(act, &entry, NULL, 0, NULL, 0, e);
	act->session = session;
	act->writer.open = true;
	return ok;
}

bool
act_say(struct act *act, const struct act_entry *said, struct uuid *event,
    struct err *e)
{
	const struct image *first = act->image + act->told;
	size_t images = act->images - act->told;
	struct hash list = { { 0 } };
	struct entry entry = {
		.id = uuid_new(),
		.type = (uint16_t)said->type,
		.outcome = said->outcome,
		.purpose = (uint16_t)said->purpose,
		.actor = act->session != NULL ? act->session->account
		    : (struct uuid){ { 0 } },
		.subject = said->subject,
		.application = said->application,
		.table = (uint16_t)said->table,
		.row = said->row,
	};

	if (images > 0) {
		list = image_list(act->arena, first, images);
		entry.images = bytes(list.b, sizeof list.b);
		entry.table = first->table;
		entry.row = first->row;
	} else if (said->commits != NULL) {
		entry.images = bytes(said->commits->b, CRYPTO_HASH);
	}
	act->told = act->images;
	if (event != NULL)
		*event = entry.id;
	return chain(act, &entry, said->values, said->n, first, images, e);
}

/* Names each key that the act uses for the first time. The room's own key
 * may become one of them on the way, so the list is walked by index. */
static bool
name_keys(struct act *act, struct err *e)
{
	const struct session *session = act->session;
	bool ok = true;

	act->session = NULL;
	for (size_t i = 0; i < act->keys && ok; i++) {
		struct vault_key *key = &act->key[i];
		struct db_value id = db_int((int64_t)key->id);
		struct entry_value value = {
		    (uint32_t)COLUMN_KEYS_SUBJECT_KEY_KEY_ID, &id };
		struct uuid event;

		if (!key->fresh)
			continue;
		ok = act_say(act, &(struct act_entry){
		    .type = EVENT_KEY_NEW, .purpose = PURPOSE_OPERATION,
		    .values = &value, .n = 1 }, &event, e);
		act_add(act, QUERY_AUDIT_SEE_KEY, (struct db_value[]){ id,
		    db_bytes(bytes(key->kcv.b, CRYPTO_HASH)),
		    db_uuid(event) }, 3, NULL);
	}
	act->session = session;
	return ok;
}

static bool
commit(struct act *act, struct err *e)
{
	struct err why = { 0 };

	if (act->told != act->images)
		fault("a row was written that no entry tells of");
	if (!name_keys(act, e)) {
		db_act_abandon(act->db);
		return false;
	}
	act_add(act, QUERY_ACT_SETTLE, NULL, 0, NULL);
	if (!db_act_fly(act->db, e))
		return false;
	if (!db_act_commit(act->db, &why)) {
		if (why.code == ERR_UNKNOWN)
			writer_unknown(&act->room->writer, &act->writer);
		if (e != NULL)
			*e = why;
		return false;
	}
	if (act->writer.sequence != act->room->writer.sequence)
		act->room->spoke = clock_monotonic();
	writer_committed(&act->room->writer, &act->writer);
	for (size_t i = 0; i < act->keys; i++)
		vault_named(act->room->vault, act->key[i].id);
	return true;
}

static bool
run_once(struct act *act, act_body body, void *arg, struct err *e)
{
	act->now = clock_now();
	act->writer = act->room->writer;
	act->images = act->told = act->keys = act->messages = 0;
	act->db = db_act_new(act->room->db, act->arena);
	if ((!act->writer.open && !open_writer(act, e))
	    || !body(act, arg, e)) {
		db_act_abandon(act->db);
		return false;
	}
	return commit(act, e);
}

bool
act_run(struct room *room, struct arena *arena, const struct session *session,
    act_body body, void *arg, struct err *e)
{
	struct act act = { .room = room, .arena = arena };
	struct err why = { 0 };
	bool lost = false;

	act.image = arena_array(arena, IMAGES, sizeof *act.image);
	for (int i = 0; i < TRIES; i++) {
		act.session = session;
		if (run_once(&act, body, arg, &why)) {
			secret_wipe(act.key, sizeof act.key);
			return true;
		}
		if (why.code == ERR_LOST && !lost) {
			lost = true;
			continue;
		}
		if (why.code != ERR_BUSY)
			break;
	}
	secret_wipe(act.key, sizeof act.key);
	if (e != NULL)
		*e = why;
	return false;
}

struct note {
	const struct act_entry	*entry;
	struct uuid		*event;
};

static bool
note_body(struct act *act, void *arg, struct err *e)
{
	struct note *note = arg;

	return act_say(act, note->entry, note->event, e);
}

bool
act_note(struct room *room, struct arena *arena,
    const struct session *session, const struct act_entry *entry,
    struct uuid *event, struct err *e)
{
	struct note note = { entry, event };

	return act_run(room, arena, session, note_body, &note, e);
}
