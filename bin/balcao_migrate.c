/* SPDX-License-Identifier: Apache-2.0 */
/*
 * balcao migrate. The migrations are files NNNN_name.sql, run by psql as the
 * owner of all objects; what is in is kept in the database with the hash of
 * its file, so that a file that was changed afterwards is found.
 */
#include "bin/balcao_migrate.h"

#include <stdio.h>
#include <string.h>

#include "bin/balcao.h"
#include "bin/balcao_args.h"
#include "bin/balcao_change.h"
#include "bin/balcao_chart.h"
#include "bin/balcao_enter.h"
#include "bin/balcao_file.h"
#include "bin/balcao_psql.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/conf.h"
#include "lib/crypto.h"
#include "lib/db.h"
#include "lib/err.h"
#include "lib/str.h"
#include "schema/statements.h"
#include "services/keyring.h"
#include "services/room.h"

enum {
	MIGRATIONS = 1000,
	NUMBER = 4		/* digits of it in a file's name */
};

struct database {
	const char	*name;		/* in the configuration */
	const char	*words;		/* for messages */
	const char	*folder;	/* of its migrations */
	const char	*book;		/* where they are kept */
	const char	*rights[4];	/* after all have been taken back */
};

static const struct database databases[] = {
	{
		.name = "keys",
		.words = "Key database",
		.folder = "keys",
		.book = "book=keys.migration",
		.rights = { "keys/grants.sql" },
	}, {
		.name = "data",
		.words = "Data database",
		.folder = "migration",
		.book = "book=ops.migration",
		.rights = { "grants.sql", "grants_generated.sql",
		    "comments_generated.sql" },
	},
};

struct migration {
	const char	*name;		/* "0003_casework" */
	int64_t		 number;
	struct bytes	 text;
	const char	*sha256;	/* in hexadecimal */
};

/* One database on its way. */
struct way {
	const struct balcao	*balcao;
	const struct database	*database;
	const char		*conninfo;
	struct migration	 file[MIGRATIONS];
	size_t			 files;
	struct migration	 in[MIGRATIONS];	/* without text */
	size_t			 ins;
};

/* ---- what there is ---- */

static bool
read_name(const char *name, struct migration *m)
{
	char digits[NUMBER + 1];
	const char *s;

	if (strlen(name) < NUMBER + 6 || name[NUMBER] != '_')
		return false;
	s = name + NUMBER + 1;
	s += strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");
	snprintf(digits, sizeof digits, "%.*s", NUMBER, name);
	s = str_equal(s, ".sql") ? digits + strspn(digits, "0") : "";
	return str_int(s, 1, 9999, &m->number, NULL);
}

static bool
list_files(struct way *w, struct err *e)
{
	struct arena *arena = w->balcao->arena;
	const char *folder = balcao_schema(w->balcao, w->database->folder);
	const char *const *names;
	struct hash hash;
	size_t n;

	if (!file_list(arena, folder, ".sql", &names, &n, e))
		return false;
	for (size_t i = 0; i < n && w->files < MIGRATIONS; i++) {
		struct migration *m = &w->file[w->files];

		if (strspn(names[i], "0123456789") == 0)
			continue;	/* grants.sql, for one */
		if (!read_name(names[i], m))
			return err_set(e, ERR_SYSTEM, "%.100s: a migration is "
			    "named NNNN_words.sql", names[i]);
		if (m->number != (int64_t)w->files + 1)
			return err_set(e, ERR_SYSTEM, "%.100s should be number "
			    "%zu: migrations are numbered without a gap",
			    names[i], w->files + 1);
		if (!file_read(arena, arena_printf(arena, "%s/%s", folder,
		    names[i]), &m->text, e))
			return false;
		hash = crypto_sha256(m->text);
		m->sha256 = str_hex(arena, bytes(hash.b, sizeof hash.b));
		m->name = arena_strndup(arena, names[i],
		    strlen(names[i]) - 4);
		w->files++;
	}
	return true;
}

/* A line: number|name|sha256 */
static bool
read_line(struct arena *arena, const char *line, size_t n,
    struct migration *m)
{
	const char *text = arena_strndup(arena, line, n);
	const char *first = strchr(text, '|'), *second;

	second = first != NULL ? strchr(first + 1, '|') : NULL;
	if (second == NULL)
		return false;
	m->name = arena_strndup(arena, first + 1,
	    (size_t)(second - first - 1));
	m->sha256 = second + 1;
	return str_int(arena_strndup(arena, text, (size_t)(first - text)), 1,
	    9999, &m->number, NULL);
}

static bool
list_applied(struct way *w, struct err *e)
{
	struct arena *arena = w->balcao->arena;
	const char *output, *const variables[] = { w->database->book, NULL };
	const char *const files[] = {
	    balcao_schema(w->balcao, "admin/applied.sql"), NULL };

	if (!psql_run(arena, &(struct psql){ .conninfo = w->conninfo,
	    .variables = variables, .files = files }, &output, e))
		return err_at(e, w->database->words);
	w->ins = 0;
	while (w->ins < MIGRATIONS) {
		size_t n = strcspn(output, "\n");

		/* the lock's empty row is no migration */
		if (read_line(arena, output, n, &w->in[w->ins]))
			w->ins++;
		if (output[n] == '\0')
			break;
		output += n + 1;
	}
	return true;
}

/* What is in must be what the files say, as far as they go. */
static bool
check_applied(const struct way *w, struct err *e)
{
	for (size_t i = 0; i < w->ins; i++) {
		const struct migration *in = &w->in[i];

		if (i >= w->files || in->number != w->file[i].number)
			return err_set(e, ERR_SYSTEM, "%s: migration %.60s is "
			    "in, but this program has no such file: it is "
			    "older than its database", w->database->words,
			    in->name);
		if (!str_equal(in->sha256, w->file[i].sha256))
			return err_set(e, ERR_SYSTEM, "%s: the file of "
			    "migration %.60s was changed after it was applied. "
			    "Put it back as it was; a change is a new "
			    "migration", w->database->words, in->name);
	}
	return true;
}

/* ---- doing it ---- */

static bool
run_files(const struct way *w, bool as_owner, const char *const *names,
    struct err *e)
{
	const char *paths[PSQL_WORDS] = { NULL };

	for (size_t i = 0; names[i] != NULL; i++)
		paths[i] = balcao_schema(w->balcao, names[i]);
	return psql_run(w->balcao->arena, &(struct psql){
	    .conninfo = w->conninfo, .as_owner = as_owner,
	    .files = paths }, NULL, e) || err_at(e, names[0]);
}

static bool
apply(const struct way *w, const struct migration *m, struct err *e)
{
	struct arena *arena = w->balcao->arena;
	struct buf script = buf_new(arena, m->text.n + 1024);
	const char *const variables[] = {
		w->database->book,
		arena_printf(arena, "number=%d", (int)m->number),
		arena_printf(arena, "name=%s", m->name),
		arena_printf(arena, "sha256=%s", m->sha256),
		NULL
	};
	struct bytes book;

	if (!file_read(arena, balcao_schema(w->balcao,
	    "admin/applied_put.sql"), &book, e))
		return false;
	buf_put_bytes(&script, m->text);
	buf_puts(&script, "\n");
	buf_put_bytes(&script, book);
	return psql_run(arena, &(struct psql){ .conninfo = w->conninfo,
	    .as_owner = true, .variables = variables,
	    .script = buf_bytes(&script) }, NULL, e) || err_at(e, m->name);
}

/* What fails because another run of this program was first is in. */
static bool
apply_pending(struct way *w, size_t *applied, struct err *e)
{
	size_t before = w->ins;
	struct err why;

	for (size_t i = before; i < w->files; i++) {
		if (apply(w, &w->file[i], &why)) {
			printf("%s: %s\n", w->database->words,
			    w->file[i].name);
			++*applied;
			continue;
		}
		if (!list_applied(w, e))
			return false;
		if (w->ins <= i) {
			*e = why;
			return false;
		}
		if (!check_applied(w, e))
			return false;
	}
	return true;
}

static bool
give_rights(const struct way *w, struct err *e)
{
	const char *names[PSQL_WORDS] = { "admin/revoke.sql" };

	for (size_t i = 0; i < sizeof w->database->rights /
	    sizeof *w->database->rights; i++)
		names[1 + i] = w->database->rights[i];
	return run_files(w, true, names, e);
}

static bool
migrate_database(struct balcao *b, const struct database *d, size_t *applied,
    struct err *e)
{
	static const char *const first[] = { "roles.sql",
		"admin/database.sql", NULL };
	struct way *w = arena_alloc(b->arena, sizeof *w);

	w->balcao = b;
	w->database = d;
	w->conninfo = arena_printf(b->arena, "%s user=postgres",
	    conf_text(b->conf, "database", d->name));
	*applied = 0;
	if (!list_files(w, e) || !run_files(w, false, first, e) ||
	    !list_applied(w, e) || !check_applied(w, e) ||
	    !apply_pending(w, applied, e) || !give_rights(w, e))
		return false;
	if (str_equal(d->name, "data")) {
		static const char *const years[] = { "admin/years.sql", NULL };

		if (!run_files(w, true, years, e))
			return false;
	}
	printf("%s: %zu migrations, %zu of them new.\n", d->words, w->files,
	    *applied);
	return true;
}

bool
migrate_keys(struct balcao *b, struct err *e)
{
	size_t applied;

	return migrate_database(b, &databases[0], &applied, e);
}

/* ---- the configuration that comes with it ---- */

/* The database counts days in the zone that the configuration names. */
static bool
set_zone(struct balcao *b, struct room *room, struct err *e)
{
	const char *zone = conf_text(b->conf, "authority", "zone");
	struct db_rows *rows;
	struct db_row row;
	struct uuid id;
	int64_t version;

	if (!db_ask(room->db, b->arena, QUERY_BALCAO_SETTING, NULL, 0, &rows,
	    e))
		return false;
	row = db_row(rows, 0);
	id = db_take_uuid(&row);
	version = db_take_int(&row);
	if (str_equal(db_take_text(&row), zone))
		return true;
	printf("The database's time zone is now %s.\n", zone);
	return change_run(room, b->arena, &(struct change){
	    .statement = QUERY_CASEWORK_SETTING_UPDATE,
	    .table = TABLE_CASEWORK_SETTING,
	    .values = (struct db_value[]){ db_uuid(id), db_int(version + 1),
	        db_uuid(uuid_new()), db_text(zone),
	        db_int(db_take_int(&row)) },
	    .n = 5 }, 1, e);
}

/* Without its keys the room could not write the entry; better to say so
 * before anything is done. */
static bool
check_unlocked(const struct balcao *b, struct err *e)
{
	struct keyring ring;
	bool ok = keyring_load(conf_text(b->conf, "path", "keys"), "balcao",
	    &ring, e);

	secret_wipe(&ring, sizeof ring);
	return ok;
}

static bool
migrate(struct balcao *b, struct args *args, struct err *e)
{
	bool enter = false;
	const struct args_option options[] = {
		{ .name = "--enter", .flag = &enter },
		{ .name = NULL }
	};
	size_t applied, entered;
	struct room *room;

	if (!args_read(args, options, 0, 0, e) || !check_unlocked(b, e) ||
	    !migrate_keys(b, e) ||
	    !migrate_database(b, &databases[1], &applied, e) ||
	    !balcao_room(b, &room, e) ||
	    !enter_rows(room, b->arena, enter || applied > 0, &entered, e) ||
	    !set_zone(b, room, e) || !chart_services(b, e))
		return false;
	if (entered > 0)
		printf("The audit log has an entry for %zu rows that "
		    "migrations wrote.\n", entered);
	return true;
}

const struct verb migrate_verbs[] = {
	{ "migrate", "[--enter]", "bring both databases up to date", migrate },
	{ .name = NULL }
};
