/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the pages of applicants ask for. It reads, and leaves every change to
 * intake.c; who may see an application is asked of casework_open().
 */
#include "services/apply.h"

#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/db.h"
#include "lib/err.h"
#include "schema/registry.h"
#include "schema/statements.h"
#include "services/casework.h"
#include "services/form_store.h"
#include "services/intake.h"
#include "services/party.h"
#include "services/room.h"
#include "services/session.h"

/* Begun, saved by nothing but its beginning, and not long ago. */
static bool
is_fresh(const struct draft *d)
{
	return d->saved == 1
	    && clock_now() - d->started_at < APPLY_AGAIN_S * INT64_C(1000);
}

static bool
is_same(const struct session *session, const struct draft *d,
    const struct definition *wanted, struct uuid thing)
{
	if (session->kind == SESSION_LINK)
		return uuid_equal(d->id, session->application);
	return d->definition == wanted && uuid_equal(d->thing, thing)
	    && is_fresh(d);
}

bool
apply_begin(struct room *room, struct arena *arena,
    const struct session *session, const struct service *service,
    const char *form, struct uuid thing, struct draft *out, struct err *e)
{
	const struct definition *wanted = form_store_find(room, form);
	struct draft *mine;
	size_t n;

	if (!intake_list(room, arena, session, &mine, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (is_same(session, &mine[i], wanted, thing))
			return apply_load(room, arena, session, mine[i].id,
			    out, e);
	return intake_begin(room, arena, session, service, form, thing, out,
	    e);
}

static bool
prefill(struct room *room, struct arena *arena, const struct session *session,
    struct form *form, struct err *e)
{
	char born[DATE_TEXT];
	struct party p;
	bool found;

	if (session->kind == SESSION_LINK)
		return true;
	if (!party_get(room, arena, session->subject, &p, &found, e))
		return false;
	if (!found)
		return true;
	form_prefill(form, "name", p.name);
	if (p.national_id != NULL)
		form_prefill(form, "national-id", p.national_id);
	if (p.born != DATE_NONE)
		form_prefill(form, "birth-date", date_text(p.born, born));
	return true;
}

bool
apply_load(struct room *room, struct arena *arena,
    const struct session *session, struct uuid id, struct draft *d,
    struct err *e)
{
	if (!intake_load(room, arena, session, id, d, e))
		return false;
	if (d->saved > 1 || prefill(room, arena, session, d->form, e))
		return true;
	form_free(d->form);
	return false;
}

/* Whose it is, is for the database to say; a refusal is an entry of the log,
 * and to the one who asked there is no such application. */
static bool
open_own(struct room *room, struct arena *arena,
    const struct session *session, const struct application *a,
    struct err *e)
{
	struct err why = { 0 };

	if (casework_open(room, arena, session, a, PURPOSE_APPLICATION, NULL,
	    &why))
		return true;
	if (err_is(&why, "not_applicant"))
		why.code = ERR_ABSENT;
	if (e != NULL)
		*e = why;
	return false;
}

bool
apply_find(struct room *room, struct arena *arena,
    const struct session *session, const char *reference,
    struct application *a, struct err *e)
{
	bool found;

	if (!casework_find(room, arena, reference, a, &found, e))
		return false;
	if (!found)
		return err_set(e, ERR_ABSENT, "no such application");
	return open_own(room, arena, session, a, e);
}

bool
apply_filed(struct room *room, struct arena *arena,
    const struct session *session, struct uuid draft, struct application *a,
    struct err *e)
{
	return casework_get(room, arena, draft, a, e)
	    && open_own(room, arena, session, a, e);
}

bool
apply_list(struct room *room, struct arena *arena,
    const struct session *session, struct application **out, size_t *n,
    struct err *e)
{
	struct db_rows *rows;

	if (!db_ask(room->db, arena, QUERY_APPLY_LIST, (struct db_value[]){
	    db_uuid(session->subject), session->kind == SESSION_LINK
	    ? db_uuid(session->application) : db_null() }, 2, &rows, e))
		return false;
	*n = db_count(rows);
	*out = arena_array(arena, *n, sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct db_row row = db_row(rows, i);

		casework_take(&row, &(*out)[i]);
	}
	return true;
}

bool
apply_office(struct room *room, struct arena *arena,
    const struct application *a, const char **name, struct err *e)
{
	struct db_rows *rows;
	struct db_row row;

	if (!db_ask(room->db, arena, QUERY_APPLY_OFFICE, (struct db_value[]){
	    db_uuid(a->office) }, 1, &rows, e))
		return false;
	row = db_row(rows, 0);
	*name = db_take_text(&row);
	return true;
}
