/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Posting. Nothing here adds up or checks a balance: that is done where it
 * cannot be left out.
 */
#include "services/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/room.h"

struct line {
	struct uuid	account;
	int64_t		amount;
};

static int
by_account(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	return memcmp(x->account.b, y->account.b, UUID_SIZE);
}

static bool
find_account(struct act *act, const char *code, const char *currency,
    struct uuid *out, bool *found, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(act_room(act)->db, act_arena(act), QUERY_LEDGER_ACCOUNT,
	    (struct db_value[]){ db_text(code), db_text(currency) }, 2,
	    &rows, e))
		return false;
	*found = db_count(rows) == 1;
	if (*found) {
		row = db_row(rows, 0);
		*out = db_take_uuid(&row);
	}
	return true;
}

static bool
resolve(struct act *act, const struct ledger_journal *j, struct line *lines,
    struct err *e)
{
	bool found;

	if (j->n < 2 || j->n > LEDGER_LINES)
		return err_set(e, ERR_SYSTEM, "a journal of %zu lines", j->n);
	for (size_t i = 0; i < j->n; i++) {
		lines[i].amount = j->lines[i].amount;
		if (!find_account(act, j->lines[i].account, j->currency,
		    &lines[i].account, &found, e))
			return false;
		if (!found)
			return err_set(e, ERR_SYSTEM, "no account %s in %s",
			    j->lines[i].account, j->currency);
	}
	qsort(lines, j->n, sizeof *lines, by_account);
	return true;
}

bool
ledger_post(struct act *act, const struct ledger_journal *j, struct err *e)
{
	struct line lines[LEDGER_LINES];
	struct uuid id = uuid_new();

	if (!resolve(act, j, lines, e))
		return false;
	act_put(act, QUERY_LEDGER_JOURNAL_INSERT, TABLE_LEDGER_JOURNAL,
	    (struct db_value[]){ db_uuid(id), db_int(1), db_uuid(uuid_new()),
	    db_text(j->idem_key), db_text(j->kind), db_uuid(j->ref),
	    db_null(), db_instant(j->event_at), db_instant(act_now(act)) },
	    9);
	for (size_t i = 0; i < j->n; i++)
		act_put(act, QUERY_LEDGER_POSTING_INSERT,
		    TABLE_LEDGER_POSTING, (struct db_value[]){
		    db_uuid(uuid_new()), db_int(1), db_uuid(uuid_new()),
		    db_uuid(id), db_int((int64_t)i + 1),
		    db_uuid(lines[i].account), db_text(j->currency),
		    db_int(lines[i].amount) }, 8);
	return true;
}

bool
ledger_open(struct act *act, const char *code, const char *kind,
    const char *role, const char *currency, int64_t floor, int64_t ceiling,
    struct err *e)
{
	struct uuid id;
	bool found;

	if (!find_account(act, code, currency, &id, &found, e))
		return false;
	if (found)
		return true;
	act_put(act, QUERY_LEDGER_ACCOUNT_INSERT, TABLE_LEDGER_ACCOUNT,
	    (struct db_value[]){ db_uuid(uuid_new()), db_int(1),
	    db_uuid(uuid_new()), db_text(code), db_text(kind), db_text(role),
	    db_text(currency),
	    floor == INT64_MIN ? db_null() : db_int(floor),
	    ceiling == INT64_MAX ? db_null() : db_int(ceiling) }, 9);
	return true;
}
