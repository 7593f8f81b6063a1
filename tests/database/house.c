/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Making and unmaking the house of a test program. It goes round the
 * programs on purpose, as superuser by psql: what a test is about is made by
 * the code under test, everything else here.
 */
#include "tests/database/house.h"

#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/conf.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/act.h"
#include "services/keyring.h"
#include "services/macs.h"
#include "services/message.h"
#include "services/party.h"
#include "services/room.h"
#include "services/session.h"
#include "services/settings.h"

extern char **environ;

struct house house;

static const char *cluster;	/* conninfo as superuser; NULL: none */
static const char *name;	/* of the data database */
static struct room *rooms[ROOM__MAX];

static const char *
source(void)
{
	const char *dir = getenv("srcdir");

	return dir != NULL ? dir : ".";
}

/* Its exit status, or -1; out: a file for what it says, or NULL. */
static int
run(const char *const *words, const char *out)
{
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int status, rc;

	posix_spawn_file_actions_init(&actions);
	if (out != NULL)
		posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO,
		    out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	rc = posix_spawnp(&pid, words[0], &actions, NULL,
	    (char *const *)(uintptr_t)words, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (rc != 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static void
script(const char *verb)
{
	const char *words[] = {
		arena_printf(house.arena, "%s/tests/database/house.sh",
		    source()), verb, cluster, name, NULL
	};

	if (run(words, NULL) != 0)
		fail_msg("house.sh %s", verb);
}

static const char *
read_whole(const char *path)
{
	struct buf b = buf_new(house.arena, 4096);
	FILE *f = fopen(path, "re");
	char block[4096];
	size_t n;

	assert_non_null(f);
	while ((n = fread(block, 1, sizeof block, f)) > 0)
		buf_put(&b, block, n);
	fclose(f);
	return buf_text(&b);
}

static void
write_as(const char *path, const char *mode, struct bytes what)
{
	FILE *f = fopen(path, mode);

	assert_non_null(f);
	assert_int_equal(fwrite(what.p, 1, what.n, f), what.n);
	assert_int_equal(fclose(f), 0);
}

static void
write_whole(const char *path, struct bytes what)
{
	write_as(path, "wxe", what);
}

/* Over what is there. */
static void
write_anew(const char *path, struct bytes what)
{
	write_as(path, "we", what);
}

static const char *
ask(const char *database, const char *sql)
{
	const char *out = arena_printf(house.arena, "%s/psql.out", house.dir);
	const char *words[] = { "psql", "-X", "-q", "-A", "-t", "-v",
	    "ON_ERROR_STOP=1", "-d", arena_printf(house.arena,
	    "%s dbname=%s", cluster, database), "-c", sql, NULL };
	char *text;
	size_t n;

	if (run(words, out) != 0)
		fail_msg("%s", sql);
	text = arena_strdup(house.arena, read_whole(out));
	n = strlen(text);
	if (n > 0 && text[n - 1] == '\n')
		text[n - 1] = '\0';
	return text;
}

const char *
house_sql(const char *fmt, ...)
{
	struct buf b = buf_new(house.arena, 256);
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	return ask(name, buf_text(&b));
}

const char *
house_key_sql(const char *fmt, ...)
{
	struct buf b = buf_new(house.arena, 256);
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	return ask(arena_printf(house.arena, "%s_keys", name), buf_text(&b));
}

/* The text behind a label of psql's verbose errors, to its line's end. */
static const char *
labelled(const char *text, const char *label)
{
	const char *at = strstr(text, label);

	if (at == NULL)
		return NULL;
	at += strlen(label);
	return arena_strndup(house.arena, at, strcspn(at, ": \n"));
}

const char *
house_refusal(enum room_code code, const char *fmt, ...)
{
	const char *out = arena_printf(house.arena, "%s/psql.err", house.dir);
	struct buf b = buf_new(house.arena, 256);
	const char *text, *rule;
	va_list ap;

	buf_puts(&b, "\\set VERBOSITY verbose\n");
	if (code != ROOM_NONE)
		buf_printf(&b, "SET SESSION AUTHORIZATION room_%s;\n",
		    registry_room_name(code));
	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	write_anew(arena_printf(house.arena, "%s/attack.sql", house.dir),
	    buf_bytes(&b));
	if (run((const char *[]){ "sh", "-c", "exec psql -X -q -o /dev/null "
	    "-v ON_ERROR_STOP=1 --single-transaction -d \"$1\" -f \"$2\" 2>&1",
	    "sh", arena_printf(house.arena, "%s dbname=%s", cluster, name),
	    arena_printf(house.arena, "%s/attack.sql", house.dir), NULL },
	    out) == 0)
		return "";
	text = read_whole(out);
	rule = labelled(text, "CONSTRAINT NAME:  ");
	return rule != NULL ? rule : labelled(text, "ERROR:  ");
}

static const char *
folder(const char *leaf)
{
	const char *path = arena_printf(house.arena, "%s/%s", house.dir,
	    leaf);

	assert_int_equal(mkdir(path, 0700), 0);
	return path;
}

static void
make_keys(void)
{
	const char *dir = folder("keys");
	struct keyring_publics all = { .n = 0 };
	struct macs macs = { .n = 0 };

	for (uint16_t code = 1; code < ROOM__MAX; code++) {
		struct keyring ring = { 0 };

		keyring_new(&ring, code);
		write_whole(arena_printf(house.arena, "%s/%s.key", dir,
		    registry_room_name(code)),
		    keyring_encode(house.arena, &ring));
		all.room[all.n++] = keyring_public_of(&ring);
		assert_true(macs_add(&macs, &ring, NULL));
	}
	write_whole(arena_printf(house.arena, "%s/" MACS_FILE, dir),
	    macs_encode(house.arena, &macs));
	write_whole(arena_printf(house.arena, "%s/public", dir),
	    keyring_encode_public(house.arena, &all));
}

static void
make_conf(void)
{
	const char *path = arena_printf(house.arena, "%s/balcao.conf",
	    house.dir);
	struct buf b = buf_new(house.arena, 2048);
	struct err e;

	buf_printf(&b, "[authority]\nname = Municipality of Testing\n"
	    "origin = log.test.example\nzone = America/Sao_Paulo\n"
	    "currency = BRL\ncountry = BR\ninstance = test\n"
	    "[web]\nurl = https://portal.test.example\n");
	buf_printf(&b, "[database]\ndata = %s dbname=%s\n"
	    "keys = %s dbname=%s_keys\n", cluster, name, cluster, name);
	buf_printf(&b, "[path]\nrun = %s\nkeys = %s/keys\nroot = %s/root\n"
	    "locale = %s\nstate = %s\nmail = %s/mail\nassets = %s\n"
	    "schema = %s\nforms = %s\n", house.dir, house.dir, house.dir,
	    house.dir, house.dir, house.dir, house.dir, house.dir, house.dir);
	buf_printf(&b, "tiles = %s/tiles\nsigner = %s/signed\n[log]\n"
	    "witnesses = %s/witnesses\n", house.dir, house.dir, house.dir);
	buf_puts(&b, "[mail]\nfrom = portal@test.example\n");
	write_whole(path, buf_bytes(&b));
	if (!conf_load(house.arena, path, settings, &house.conf, &e))
		fail_msg("%s", e.text);
}

static void
make_office(void)
{
	char id[UUID_TEXT];

	house.office = uuid_new();
	house_sql("UPDATE casework.setting SET row_version = row_version + 1,"
	    " zone = 'America/Sao_Paulo';"
	    " INSERT INTO identity.office (id, row_version, nonce, code, name)"
	    " VALUES ('%s', 1, gen_random_uuid(), 'test', 'Office of Tests')",
	    uuid_text(house.office, id));
}

int
house_start(void **state)
{
	char dir[] = "/tmp/balcao-house-XXXXXX";
	struct err e;

	(void)state;
	cluster = getenv("BALCAO_TEST_DB");
	if (cluster == NULL)
		return 0;
	log_init("test", LOG_ALARM);
	if (!crypto_init(&e) || !clock_zone("America/Sao_Paulo", &e)) {
		print_error("%s\n", e.text);
		return 1;
	}
	house.arena = arena_new(0);
	if (mkdtemp(dir) == NULL)
		return 1;
	house.dir = arena_strdup(house.arena, dir);
	/* No catalogues here: sentences stay as they are in the source. */
	(void)text_init(house.dir, NULL);
	text_use("en");
	name = arena_printf(house.arena, "house_%ld", (long)getpid());
	script("make");
	folder("mail");
	make_keys();
	make_conf();
	make_office();
	return 0;
}

static int
drop_file(const char *path, const struct stat *s, int type, struct FTW *f)
{
	(void)s;
	(void)type;
	(void)f;
	return remove(path);
}

int
house_stop(void **state)
{
	(void)state;
	if (cluster == NULL)
		return 0;
	for (size_t i = 0; i < ROOM__MAX; i++)
		if (rooms[i] != NULL)
			room_close(rooms[i]);
	script("drop");
	nftw(house.dir, drop_file, 8, FTW_DEPTH | FTW_PHYS);
	arena_free(house.arena);
	return 0;
}

void
house_wanted(void)
{
	if (cluster == NULL)
		skip();
}

struct room *
house_room(enum room_code code)
{
	struct err e;

	if (rooms[code] == NULL && !room_open(house.arena, house.conf,
	    (uint16_t)code, NULL, &rooms[code], &e))
		fail_msg("room %u: %s", code, e.text);
	return rooms[code];
}

static struct house_person
make_person(const char *kind, const char *handle, const char *office)
{
	struct house_person p = { uuid_new(), uuid_new(), false };
	char subject[UUID_TEXT], account[UUID_TEXT];

	house_sql("INSERT INTO identity.person"
	    " (id, row_version, profile_version, data)"
	    " VALUES ('%s', 1, 1, '\\x00');"
	    " INSERT INTO identity.account (id, row_version, person, kind,"
	    " state, email, credential, handle, office, language, created_at)"
	    " VALUES ('%s', 1, '%s', '%s', 'active',"
	    " uuid_send(gen_random_uuid()), '\\x00', %s, %s, 'en', now())",
	    uuid_text(p.subject, subject), uuid_text(p.account, account),
	    subject, kind, handle, office);
	return p;
}

struct house_person
house_citizen(void)
{
	return make_person("citizen", "NULL", "NULL");
}

struct house_person
house_staff(unsigned roles)
{
	static const char *const names[] = { "clerk", "supervisor",
	    "auditor", "administrator" };
	static int number;
	char office[UUID_TEXT], account[UUID_TEXT];
	struct house_person p = make_person("staff",
	    arena_printf(house.arena, "'TST-%03d'", ++number),
	    arena_printf(house.arena, "'%s'",
	    uuid_text(house.office, office)));

	p.staff = true;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if ((roles >> i & 1) != 0)
			house_sql("INSERT INTO identity.staff_role (id,"
			    " row_version, nonce, account, role, from_at)"
			    " VALUES (gen_random_uuid(), 1,"
			    " gen_random_uuid(), '%s', '%s', now())",
			    uuid_text(p.account, account), names[i]);
	return p;
}

static struct session *
make_session(const char *kind, const char *account, struct uuid subject,
    const char *application, enum room_code room)
{
	struct secret token = crypto_new_key();
	struct hash hash = crypto_sha256(secret_bytes(&token));
	char id[UUID_TEXT], person[UUID_TEXT];
	struct session *s;
	struct err e;

	house_sql("INSERT INTO identity.session (id, kind, account, person,"
	    " application, language, created_at, idle_until, expires_at)"
	    " VALUES ('%s', '%s', %s, '%s', %s, 'en', now(),"
	    " now() + interval '1 hour', now() + interval '8 hours');"
	    " INSERT INTO identity.session_token (token_hash, session, room)"
	    " VALUES ('\\x%s', '%s', %d)", uuid_text(uuid_new(), id), kind,
	    account, uuid_text(subject, person), application,
	    str_hex(house.arena, bytes(hash.b, sizeof hash.b)), id, room);
	if (!session_find(house_room(room), house.arena, str_base64url(
	    house.arena, secret_bytes(&token)), &s, &e))
		fail_msg("session: %s", e.text);
	assert_non_null(s);
	return s;
}

static const char *
quoted(struct uuid id)
{
	char text[UUID_TEXT];

	return arena_printf(house.arena, "'%s'", uuid_text(id, text));
}

struct session *
house_session(struct house_person p, enum room_code room)
{
	return make_session(p.staff ? "staff" : "citizen", quoted(p.account),
	    p.subject, "NULL", room);
}

struct session *
house_link(struct uuid subject, struct uuid application, enum room_code room)
{
	return make_session("link", "NULL", subject, quoted(application),
	    room);
}

struct given {
	struct uuid		 subject;
	enum room_code		 room;
	const struct party	*party;
};

static bool
give(struct act *act, void *arg, struct err *e)
{
	static int32_t version;
	const struct given *g = arg;

	return message_send(act, g->room, MESSAGE_PROFILE, g->subject,
	    INSTANT_NONE, party_encode(act_arena(act), g->party, ++version),
	    NULL, e) && act_say(act, &(struct act_entry){
	    .type = EVENT_EXPORT, .purpose = PURPOSE_ACCOUNT,
	    .subject = g->subject }, NULL, e);
}

void
house_profile(struct uuid subject, enum room_code room,
    const struct party *party)
{
	struct given g = { subject, room, party };
	struct err e;

	if (!act_run(house_room(ROOM_ACCOUNT), house.arena, NULL, give, &g,
	    &e))
		fail_msg("profile: %s", e.text);
}
