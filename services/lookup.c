/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Look-ups of people. The entry names whom was found, so that they see who
 * asked for them; the reason lies in its sealed detail.
 */
#include "services/lookup.h"

#include <string.h>

#include "forms/cpf.h"
#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/account_row.h"
#include "services/act.h"
#include "services/email.h"
#include "services/person.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vault.h"

/* As on the card: dots, hyphen and blanks are nobody's. */
static const char *
squeeze(struct arena *arena, const char *typed)
{
	char *out = arena_strdup(arena, typed);
	size_t n = 0;

	for (const char *c = typed; *c != '\0'; c++)
		if (strchr(" -.", *c) == NULL)
			out[n++] = *c;
	out[n] = '\0';
	return out;
}

const char *
lookup_canonical(struct arena *arena, const char *typed, enum lookup_by *by)
{
	const char *value = squeeze(arena, typed);

	*by = LOOKUP_NATIONAL_ID;
	if (cpf_valid(value))
		return value;
	*by = LOOKUP_EMAIL;
	return email_parse(arena, typed, &value, NULL) ? value : NULL;
}

static bool
may(struct room *room, struct arena *arena, const struct session *session,
    unsigned roles, struct err *e)
{
	bool allowed;

	if ((session->roles & roles) == 0)
		return err_rule(e, "guard_role", "another role looks this up");
	if (!room_try(room, arena, "lookup", uuid_bytes(&session->account),
	    LOOKUP_S, LOOKUPS, &allowed, e))
		return false;
	if (allowed)
		return true;
	err_rule(e, "lookup", "too many look-ups");
	if (e != NULL)
		e->code = ERR_LIMIT;
	return false;
}

static bool
note(struct room *room, struct arena *arena, const struct session *session,
    enum table_code table, struct uuid row, struct uuid subject,
    const struct entry_value *typed, const char *reason, struct err *e)
{
	struct db_value why = db_text(reason);
	const struct entry_value values[] = {
		*typed,
		{ (uint32_t)COLUMN_AUDITOR_DETAIL_REQUEST_REASON, &why },
	};

	return act_note(room, arena, session, &(struct act_entry){
	    .type = EVENT_READ,
	    .purpose = session->roles & ROLE_AUDITOR ? PURPOSE_AUDIT
	        : PURPOSE_SUPERVISION,
	    .subject = subject, .table = table, .row = row,
	    .values = values, .n = 2 }, NULL, e);
}

static bool
find(struct room *room, struct arena *arena, struct db_value national_id,
    struct db_value email, struct uuid *subject, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_LOOKUP_PERSON,
	    (struct db_value[]){ national_id, email }, 2, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	*subject = db_take_uuid(&row);
	return true;
}

bool
lookup_person(struct room *room, struct arena *arena,
    const struct session *session, enum lookup_by by, const char *value,
    const char *reason, struct uuid *subject, struct err *e)
{
	bool number = by == LOOKUP_NATIONAL_ID;
	struct db_value index = db_bytes(number ? vault_index(room->vault,
	    arena, COLUMN_IDENTITY_PERSON_NATIONAL_ID, bytes_of(value))
	    : account_index(room, arena, value));
	const struct entry_value typed = { number
	    ? (uint32_t)COLUMN_IDENTITY_PERSON_NATIONAL_ID
	    : (uint32_t)COLUMN_IDENTITY_ACCOUNT_EMAIL, &index };

	*subject = (struct uuid){ { 0 } };
	return may(room, arena, session, ROLE_AUDITOR, e)
	    && find(room, arena, number ? index : db_null(),
	    number ? db_null() : index, subject, e)
	    && note(room, arena, session, TABLE_IDENTITY_PERSON, *subject,
	    *subject, &typed, reason, e);
}

static bool
find_staff(struct room *room, struct arena *arena, const char *handle,
    struct uuid *account, struct uuid *person, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_LOOKUP_STAFF,
	    (struct db_value[]){ db_text(handle) }, 1, &rows, e))
		return false;
	if (db_count(rows) == 0)
		return true;
	row = db_row(rows, 0);
	*account = db_take_uuid(&row);
	*person = db_take_uuid(&row);
	return true;
}

bool
lookup_staff(struct room *room, struct arena *arena,
    const struct session *session, const char *handle, const char *reason,
    const char **name, struct err *e)
{
	struct uuid account = { { 0 } }, person = { { 0 } };
	struct db_value which;
	const struct entry_value typed = {
	    (uint32_t)COLUMN_IDENTITY_ACCOUNT_ID, &which };
	struct person p;

	*name = NULL;
	if (!may(room, arena, session, ROLE_AUDITOR | ROLE_SUPERVISOR, e)
	    || !find_staff(room, arena, handle, &account, &person, e))
		return false;
	which = db_uuid(account);
	if (!note(room, arena, session, TABLE_IDENTITY_ACCOUNT, account,
	    person, &typed, reason, e))
		return false;
	if (uuid_is_nil(person))
		return true;
	if (!person_get(room, arena, person, &p, e))
		return false;
	*name = p.name;
	return true;
}
