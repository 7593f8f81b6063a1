/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes down what our program would send for each request on standard
 * input, and sends none of it that writes: the linker leads the calls of
 * lib/db.h through here (--wrap), and the one flight of a filing is put on
 * the tape instead. So the bare responder sends the very same statements.
 *
 *	record CONFIGURATION TAPE submit|page
 *
 * For a page only the two SELECTs are kept that no page can be without: the
 * session and the draft. Called by bench/run.
 */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "bench/filer.h"
#include "bench/tape.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/act.h"
#include "services/casework.h"
#include "services/form_store.h"
#include "services/intake.h"
#include "services/party.h"
#include "services/room.h"
#include "services/session.h"
#include "services/vehicle.h"

static struct filer filer;
static struct tape_reel *reel;		/* NULL: nothing is recorded */

bool	__real_db_ask(struct db *, struct arena *, unsigned,
	    const struct db_value *, size_t, struct db_rows **, struct err *);
bool	__wrap_db_ask(struct db *, struct arena *, unsigned,
	    const struct db_value *, size_t, struct db_rows **, struct err *);
void	__real_db_act_add(struct db_act *, unsigned, const struct db_value *,
	    size_t, struct db_rows **);
void	__wrap_db_act_add(struct db_act *, unsigned, const struct db_value *,
	    size_t, struct db_rows **);
bool	__real_db_act_fly(struct db_act *, struct err *);
bool	__wrap_db_act_fly(struct db_act *, struct err *);

bool
__wrap_db_ask(struct db *db, struct arena *arena, unsigned statement,
    const struct db_value *value, size_t n, struct db_rows **rows,
    struct err *e)
{
	if (reel != NULL)
		tape_add(reel, filer.work, db == filer.room->keys
		    ? TAPE_ASK_KEYS : TAPE_ASK, statement, value, n);
	return __real_db_ask(db, arena, statement, value, n, rows, e);
}

void
__wrap_db_act_add(struct db_act *act, unsigned statement,
    const struct db_value *value, size_t n, struct db_rows **rows)
{
	if (reel != NULL)
		tape_add(reel, filer.work, TAPE_ACT, statement, value, n);
	__real_db_act_add(act, statement, value, n, rows);
}

/* ERR_LIMIT is no reason for anybody to try again or to look. */
bool
__wrap_db_act_fly(struct db_act *act, struct err *e)
{
	if (reel == NULL)
		return __real_db_act_fly(act, e);
	return err_set(e, ERR_LIMIT, "recorded");
}

static void
record_submit(const struct filer_line *line, struct tape_reel *r)
{
	struct intake_refusal refusal;
	struct application a;
	struct session *session;
	struct uuid event;
	char id[UUID_TEXT];
	struct draft d;
	struct err e;

	reel = r;
	if (!filer_enter(&filer, line->token, &session, &e) ||
	    !party_apply(filer.room, filer.work, session, &e) ||
	    !intake_load(filer.room, filer.work, session, line->draft, &d,
	    &e))
		filer_fail("a draft does not open", &e);
	if (intake_submit(filer.room, filer.work, session, &vehicle_service,
	    &d, &a, &event, &refusal, &e) || e.code != ERR_LIMIT)
		filer_fail("a filing was not recorded", &e);
	reel = NULL;
	form_free(d.form);
	r->location = arena_printf(filer.work,
	    "/vehicles/applications/%s/submitted?receipt=%s", a.reference,
	    uuid_text(event, id));
}

static void
record_page(const struct filer_line *line, struct tape_reel *r)
{
	struct session *session;
	struct draft d;
	struct err e;

	reel = r;
	if (!filer_enter(&filer, line->token, &session, &e) ||
	    !intake_load(filer.room, filer.work, session, line->draft, &d,
	    &e))
		filer_fail("a draft does not open", &e);
	reel = NULL;
	form_free(d.form);
	for (size_t i = 0; i < r->n; i++)
		if (r->step[i].statement == QUERY_DRAFT_GET &&
		    r->step[i].kind == TAPE_ASK)
			r->n = i + 1;
}

/* The chain of this process begins with an entry of its own, which is on no
 * tape; forms are loaded, as they are in a program that serves. */
static void
warm_up(void)
{
	struct uuid event;
	struct err e;

	form_store_refresh(filer.room);
	if (!act_note(filer.room, filer.work, NULL, &(struct act_entry){
	    .type = EVENT_EXPORT, .purpose = PURPOSE_OPERATION }, &event, &e))
		filer_fail("an entry cannot be written", &e);
}

int
main(int argc, char **argv)
{
	struct filer_line line;
	struct err e;
	bool page;
	FILE *out;

	if (argc != 4) {
		fprintf(stderr,
		    "usage: record CONFIGURATION TAPE submit|page\n");
		return EX_USAGE;
	}
	page = str_equal(argv[3], "page");
	if (!filer_open(&filer, "record", argv[1], &e))
		filer_fail("room vehicle does not open", &e);
	out = fopen(argv[2], "wbe");
	if (out == NULL)
		filer_fail(argv[2], NULL);
	warm_up();
	while (filer_read(&filer, stdin, &line)) {
		struct tape_reel r = { .path = line.path };

		(page ? record_page : record_submit)(&line, &r);
		if (!tape_write(out, filer.work, &r, &e))
			filer_fail(argv[2], &e);
		arena_reset(filer.work);
	}
	if (fclose(out) != 0)
		filer_fail(argv[2], NULL);
	return EX_OK;
}
