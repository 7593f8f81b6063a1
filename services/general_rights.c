/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An approved request becomes a message; a person's objections lose them.
 */
#include "services/general_rights.h"

#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/casework.h"
#include "services/copy.h"
#include "services/erasure.h"
#include "services/erasure_run.h"
#include "services/general.h"
#include "services/message.h"
#include "services/room.h"

const char general_rights_form[] = "erasure";

bool
general_rights_start(struct act *act, const struct application *a,
    struct err *e)
{
	return message_send(act, ROOM_ACCOUNT, MESSAGE_ERASE_START,
	    a->applicant, INSTANT_NONE, erasure_run_encode(act_arena(act),
	    a->id), NULL, e);
}

bool
general_rights_erase(struct act *act, struct uuid subject,
    struct uuid message, struct err *e)
{
	struct db_rows *rows;

	(void)message;
	if (!db_ask(act_room(act)->db, act_arena(act),
	    QUERY_OBJECTION_OF, (struct db_value[]){ db_uuid(subject) }, 1,
	    &rows, e))
		return false;
	for (size_t i = 0; i < db_count(rows); i++) {
		struct db_row row = db_row(rows, i);
		struct uuid id = db_take_uuid(&row);
		int64_t version = db_take_int(&row);
		struct uuid application = db_take_uuid(&row);
		struct uuid event = db_take_uuid(&row);

		act_put(act, QUERY_CASEWORK_OBJECTION_UPDATE,
		    TABLE_CASEWORK_OBJECTION, (struct db_value[]){
		    db_uuid(id), db_int(version + 1), db_null(),
		    db_uuid(application), db_uuid(event),
		    db_uuid(db_take_uuid(&row)), db_null() }, 7);
	}
	return true;
}

bool
general_rights_asked(struct room *room, struct arena *arena,
    const struct message *m, struct err *e)
{
	return erasure_answer(room, arena, &general_service, m, e);
}

bool
general_rights_erased(struct room *room, struct arena *arena,
    const struct message *m, struct err *e)
{
	return erasure_erase(room, arena, &general_service, m, e);
}

bool
general_rights_copied(struct room *room, struct arena *arena,
    const struct message *m, struct err *e)
{
	return copy_answer(room, arena, &general_service, m, e);
}
