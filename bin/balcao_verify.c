/* SPDX-License-Identifier: Apache-2.0 */
/*
 * balcao-verify: is it as the log says? Receipts, checkpoints, whole logs and
 * writers' chains, checked by anybody, anywhere. This file reads the command
 * line and the keys; each mode has a file of its own.
 */
#include "bin/balcao_verify.h"

#include <stdio.h>
#include <string.h>

#include "audit/lines.h"
#include "bin/balcao_verify_file.h"
#include "lib/arena.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"

enum {
	KEY_FILE_MAX = 64 * 1024,
	NO_QUORUM = VERIFY_KEYS + 1
};

static const char usage[] =
    "usage: balcao-verify receipt FILE... [OPTION]...\n"
    "       balcao-verify checkpoint OLD NEW [--tiles DIR | --proof FILE]"
    " [OPTION]...\n"
    "       balcao-verify log DIR [--checkpoint FILE] [--opaque]"
    " [OPTION]...\n"
    "       balcao-verify chains DIR... [--from-start] [OPTION]...\n"
    "\n"
    "  --key VKEY|FILE      believe this key, or each in the file\n"
    "  --witness VKEY|FILE  believe this witness\n"
    "  --quorum N           want so many of the witnesses\n"
    "  --json               one JSON object instead of words\n"
    "\n"
    "Exit status: 0 it holds, 1 it is broken, 2 wrong usage or unreadable,\n"
    "3 nothing is wrong but something is missing. See balcao-verify(1).\n";

static const struct mode {
	const char	*name;
	size_t		 min, max;	/* files */
	bool		 each;		/* by itself */
	bool		(*run)(struct verify *, struct err *);
} modes[] = {
	{ "receipt", 1, SIZE_MAX, true, verify_receipt },
	{ "checkpoint", 2, 2, false, verify_checkpoint },
	{ "log", 1, 1, false, verify_log },
	{ "chains", 1, SIZE_MAX, false, verify_chains },
};

static bool
add_key(struct trust *t, const struct note_key *key, struct err *e)
{
	bool witness = key->type == NOTE_COSIGNATURE;
	size_t *n = witness ? &t->witnesses : &t->logs;

	if (*n == VERIFY_KEYS)
		return err_set(e, ERR_LIMIT, "too many keys");
	(witness ? t->witness : t->log)[(*n)++] = *key;
	return true;
}

/* A vkey a line; empty lines and those that begin with # say nothing. */
static bool
add_key_file(struct verify *v, const char *path, struct err *e)
{
	struct bytes all, line;
	struct note_key key;
	struct lines l;

	if (!file_read(v->arena, path, KEY_FILE_MAX, &all, e))
		return false;
	l = lines_of(all);
	while (lines_take(&l, &line)) {
		const char *text = arena_strndup(v->arena,
		    (const char *)line.p, line.n);

		if (*text == '\0' || *text == '#')
			continue;
		if (!note_key_parse(v->arena, text, &key, e)) {
			err_at(e, path);
			return false;
		}
		if (!add_key(&v->trust, &key, e))
			return false;
	}
	return true;
}

/* What parses as a key is one; a fault of a key that is none is the file's. */
static bool
add_keys(struct verify *v, const char *arg, struct err *e)
{
	struct note_key key;

	if (note_key_parse(v->arena, arg, &key, NULL))
		return add_key(&v->trust, &key, e);
	return add_key_file(v, arg, e);
}

static bool
set_quorum(struct verify *v, const char *arg, struct err *e)
{
	uint64_t n;

	if (!str_uint(arg, VERIFY_KEYS, &n, e)) {
		err_at(e, "--quorum");
		return false;
	}
	v->trust.quorum = (size_t)n;
	return true;
}

/* Options that stand alone. */
static bool
take_flag(struct verify *v, const char *arg)
{
	if (strcmp(arg, "--json") == 0)
		v->json = true;
	else if (strcmp(arg, "--opaque") == 0)
		v->opaque = true;
	else if (strcmp(arg, "--from-start") == 0)
		v->from_start = true;
	else
		return false;
	return true;
}

/* An option with its value. */
static bool
take_option(struct verify *v, const char *arg, const char *value,
    struct err *e)
{
	if (value == NULL)
		return err_set(e, ERR_INPUT, "%s wants a value", arg);
	if (strcmp(arg, "--key") == 0 || strcmp(arg, "--witness") == 0)
		return add_keys(v, value, e);
	if (strcmp(arg, "--quorum") == 0)
		return set_quorum(v, value, e);
	if (strcmp(arg, "--tiles") == 0)
		v->tiles = value;
	else if (strcmp(arg, "--proof") == 0)
		v->proof = value;
	else if (strcmp(arg, "--checkpoint") == 0)
		v->checkpoint = value;
	else
		return err_set(e, ERR_INPUT, "%s: no such option", arg);
	return true;
}

static bool
take_args(struct verify *v, char **args, struct err *e)
{
	for (; *args != NULL; args++) {
		if (take_flag(v, *args))
			continue;
		if (str_starts(*args, "--")) {
			if (!take_option(v, args[0], args[1], e))
				return false;
			args++;
			continue;
		}
		v->file[v->files++] = *args;
	}
	/* Without a word of the caller, more than half of those known. */
	if (v->trust.quorum == NO_QUORUM)
		v->trust.quorum = v->trust.witnesses == 0 ? 0
		    : v->trust.witnesses / 2 + 1;
	return true;
}

static const struct mode *
find_mode(const char *name)
{
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
		if (name != NULL && strcmp(name, modes[i].name) == 0)
			return &modes[i];
	return NULL;
}

static int
run_once(struct verify *v, const struct mode *mode, const char *file)
{
	struct err e = { 0 };

	report_init(&v->report, v->arena, mode->name, file, v->json);
	return mode->run(v, &e) ? report_end(&v->report)
	    : report_unreadable(&v->report, e.text);
}

static int
worse(int a, int b)
{
	static const int order[] = {
		[RESULT_HOLDS] = 0,
		[RESULT_INCOMPLETE] = 1,
		[RESULT_UNREADABLE] = 2,
		[RESULT_BROKEN] = 3,
	};

	return order[a] > order[b] ? a : b;
}

/* Each file in memory of its own. */
static int
run_each(const struct verify *v, const struct mode *mode)
{
	int status = RESULT_HOLDS;

	for (size_t i = 0; i < v->files; i++) {
		struct verify one = *v;

		one.file = v->file + i;
		one.files = 1;
		one.arena = arena_new(0);
		status = worse(status, run_once(&one, mode,
		    v->files > 1 ? *one.file : NULL));
		arena_free(one.arena);
	}
	return status;
}

static int
run(struct verify *v, const struct mode *mode, char **args)
{
	struct err e = { 0 };

	report_init(&v->report, v->arena, mode->name, NULL, false);
	if (!crypto_init(&e) || !take_args(v, args, &e))
		return report_unreadable(&v->report, e.text);
	if (v->files < mode->min || v->files > mode->max) {
		fputs(usage, stderr);
		return RESULT_UNREADABLE;
	}
	return mode->each ? run_each(v, mode) : run_once(v, mode, NULL);
}

int
main(int argc, char **argv)
{
	static struct verify v;
	const struct mode *mode = argc < 2 ? NULL : find_mode(argv[1]);
	int status;

	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		fputs(usage, stdout);
		return RESULT_HOLDS;
	}
	if (mode == NULL) {
		fputs(usage, stderr);
		return RESULT_UNREADABLE;
	}
	log_init("balcao-verify", LOG_WARNING);
	v.arena = arena_new(0);
	v.file = arena_array(v.arena, (size_t)argc, sizeof *v.file);
	v.trust.quorum = NO_QUORUM;
	status = run(&v, mode, argv + 2);
	if (fflush(stdout) != 0)
		status = RESULT_UNREADABLE;
	arena_free(v.arena);
	return status;
}
