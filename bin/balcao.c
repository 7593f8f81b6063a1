/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The administration program: for whoever installs and runs the house, as
 * root or as the installing user. Here are its start, its end and its help;
 * the verbs are in balcao_*.c. It opens no record: it holds the root key for
 * as long as it wraps other keys, and no key of a service's.
 */
#include "bin/balcao.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "audit/writer.h"
#include "bin/balcao_args.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/conf.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/sandbox.h"
#include "lib/str.h"
#include "lib/text.h"
#include "lib/xml.h"
#include "schema/registry.h"
#include "services/pulse.h"
#include "services/room.h"
#include "services/settings.h"
#include "services/standing.h"

enum {
	EXIT_FOUND = 1,
	EXIT_NOT_DONE = 2
};

static const char standard_conf[] = "/etc/balcao/balcao.conf";

static const struct verb *const groups[] = {
	key_verbs, migrate_verbs, office_verbs, staff_verbs, form_verbs,
	demo_verbs, audit_verbs,
};

/* ---- rooms ---- */

/* This program's chain of entries goes on from run to run, so only one run
 * at a time writes entries. */
static bool
open_slot(struct balcao *b, struct err *e)
{
	const char *state = conf_text(b->conf, "path", "state");
	const char *lock = arena_printf(b->arena, "%s/balcao.lock", state);

	b->slot = arena_alloc(b->arena, WRITER_SLOT);
	b->slot_lock = open(lock, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (b->slot_lock < 0 || flock(b->slot_lock, LOCK_EX) != 0)
		return err_set(e, ERR_SYSTEM, "%.150s: %s", lock,
		    strerror(errno));
	return writer_slots_load(arena_printf(b->arena, "%s/balcao.slots",
	    state), b->slot, 1, e);
}

static bool
open_room(struct balcao *b, enum room_code code, struct writer_slot *slot,
    struct room **room, struct err *e)
{
	if (*room != NULL)
		return true;
	return room_open(b->arena, b->conf, (uint16_t)code, slot, room, e) &&
	    (b->anyway || standing_check(*room, b->arena, e));
}

bool
balcao_room(struct balcao *b, struct room **room, struct err *e)
{
	if (b->slot == NULL && !open_slot(b, e))
		return false;
	if (!open_room(b, ROOM_BALCAO, b->slot, &b->room, e))
		return false;
	*room = b->room;
	return true;
}

bool
balcao_account(struct balcao *b, struct room **room, struct err *e)
{
	if (!open_room(b, ROOM_ACCOUNT, NULL, &b->account, e))
		return false;
	*room = b->account;
	return true;
}

bool
balcao_sealer(struct balcao *b, struct room **room, struct err *e)
{
	if (!open_room(b, ROOM_SEALER, NULL, &b->sealer, e))
		return false;
	*room = b->sealer;
	return true;
}

static void
close_room(struct balcao *b, struct room *room)
{
	pulse_close(room, b->arena);
	room_close(room);
}

static bool
close_rooms(struct balcao *b, struct err *e)
{
	bool ok = true;

	if (b->sealer != NULL)
		close_room(b, b->sealer);
	if (b->account != NULL)
		close_room(b, b->account);
	if (b->room != NULL) {
		close_room(b, b->room);
		ok = writer_slots_save(arena_printf(b->arena,
		    "%s/balcao.slots", conf_text(b->conf, "path", "state")),
		    b->slot, 1, e);
	}
	if (b->slot_lock >= 0)
		close(b->slot_lock);
	return ok;
}

const char *
balcao_schema(const struct balcao *b, const char *name)
{
	return arena_printf(b->arena, "%s/%s",
	    conf_text(b->conf, "path", "schema"), name);
}

/* ---- help ---- */

static const char help_head[] =
    "Usage: balcao [-c CONFIGURATION] VERB ...\n\n";
static const char help_tail[] =
    "\nbalcao help VERB says how one is written; balcao(1) says more.\n"
    "The configuration is " "/etc/balcao/balcao.conf" " unless -c names"
    " another.\n";

static void
print_help(void)
{
	fputs(help_head, stdout);
	for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
		for (const struct verb *v = groups[g]; v->name != NULL; v++)
			printf("  %-14s %s\n", v->name, v->what);
	fputs(help_tail, stdout);
}

static void
print_usage(FILE *f, const struct verb *v)
{
	fprintf(f, "Usage: balcao [-c CONFIGURATION] %s%s%s\n", v->name,
	    v->usage[0] != '\0' ? " " : "", v->usage);
}

/* ---- the verb ---- */

/* A verb of two words wins over one of one. */
static const struct verb *
find_verb(struct args *args)
{
	char two[64] = "";

	if (args->n > 1)
		snprintf(two, sizeof two, "%s %s", args->word[0],
		    args->word[1]);
	for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
		for (const struct verb *v = groups[g]; v->name != NULL; v++) {
			int words = strchr(v->name, ' ') != NULL ? 2 : 1;

			if (!str_equal(v->name, words == 2 ? two :
			    args->word[0]))
				continue;
			args->n -= words;
			args->word += words;
			return v;
		}
	return NULL;
}

static int
help(struct args *args)
{
	const struct verb *v;

	args->n--;
	args->word++;
	if (args->n == 0) {
		print_help();
		return EX_OK;
	}
	v = find_verb(args);
	if (v == NULL) {
		fprintf(stderr, "balcao: there is no such verb; balcao help "
		    "lists them\n");
		return EX_USAGE;
	}
	print_usage(stdout, v);
	printf("%s\n", v->what);
	return EX_OK;
}

static bool
prepare(struct balcao *b, struct err *e)
{
	struct conf *conf;

	if (!conf_load(b->arena, b->conf_path, settings, &conf, e))
		return false;
	b->conf = conf;
	if (conf_bool(conf, "test", "clock"))
		clock_from_environment();
	xml_init();
	return clock_zone(conf_text(conf, "authority", "zone"), e) &&
	    crypto_init(e) && sandbox_hide(e);
}

static int
run(struct balcao *b, const struct verb *v, struct args *args)
{
	struct err e = { 0 };
	bool ok = prepare(b, &e) && v->run(b, args, &e);

	if (b->conf != NULL && !close_rooms(b, ok ? &e : NULL))
		ok = false;
	fflush(stdout);
	if (ok)
		return b->found ? EXIT_FOUND : EX_OK;
	if (str_equal(e.constraint, "usage")) {
		fprintf(stderr, "balcao: %s\n", e.text);
		print_usage(stderr, v);
		return EX_USAGE;
	}
	fprintf(stderr, "balcao: %s\n", e.text);
	return EXIT_NOT_DONE;
}

int
main(int argc, char **argv)
{
	struct balcao b = { .conf_path = standard_conf, .slot_lock = -1 };
	const struct verb *v;
	struct args args;
	int c, status;

	log_init("balcao", LOG_WARNING);
	umask(022);
	while ((c = getopt(argc, argv, "+c:h")) != -1) {
		if (c != 'c') {
			print_help();
			return c == 'h' ? EX_OK : EX_USAGE;
		}
		b.conf_path = optarg;
	}
	args = (struct args){ argc - optind, argv + optind };
	if (args.n == 0 || str_equal(args.word[0], "help")) {
		if (args.n > 0)
			return help(&args);
		print_help();
		return EX_USAGE;
	}
	v = find_verb(&args);
	if (v == NULL) {
		fprintf(stderr, "balcao: there is no verb \"%s\"; balcao help"
		    " lists them\n", args.word[0]);
		return EX_USAGE;
	}
	b.arena = arena_new(0);
	status = run(&b, v, &args);
	arena_free(b.arena);
	return status;
}
