/* SPDX-License-Identifier: Apache-2.0 */
/*
 * balcao-verify as it was built, run as a program: what it says of a sound
 * receipt and log, of each flipped bit of a receipt, of tampered tiles,
 * bundles and chains, and of somebody else's log.
 */
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "audit/tile.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "tests/unit/made_log.h"
#include "tests/unit/vectors.h"

enum {
	HOLDS,
	BROKEN,
	UNREADABLE,
	INCOMPLETE,
	ENTRIES = 700,
	FILING = 300,
	OUTPUT = 16 * 1024 * 1024
};

extern char **environ;

static struct arena *arena;
static struct made_log made;
static char folder[] = "/tmp/balcao-verify-XXXXXX";
static char *said;

static const char *
path_of(const char *name)
{
	return arena_printf(arena, "%s/%s", folder, name);
}

/* Its exit status; what it printed is in said. */
static int
run(const char *const *args)
{
	posix_spawn_file_actions_t files;
	const char **argv;
	size_t n = 0, at = 0;
	int ends[2], status;
	ssize_t got;
	pid_t pid;

	while (args[n] != NULL)
		n++;
	argv = arena_array(arena, n + 2, sizeof *argv);
	argv[0] = "balcao-verify";
	memcpy(argv + 1, args, n * sizeof *args);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, ends[1], 1);
	posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
	assert_int_equal(posix_spawn(&pid, "./balcao-verify", &files, NULL,
	    (char **)(uintptr_t)argv, environ), 0);
	posix_spawn_file_actions_destroy(&files);
	close(ends[1]);
	while ((got = read(ends[0], said + at, OUTPUT - 1 - at)) > 0)
		at += (size_t)got;
	said[at] = '\0';
	close(ends[0]);
	assert_true(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	return WEXITSTATUS(status);
}

#define RUN(...)	run((const char *const[]){ __VA_ARGS__, NULL })

static void
says(const char *what)
{
	if (strstr(said, what) == NULL)
		fail_msg("\"%s\" is not in:\n%s", what, said);
}

static void
place_is(const char *place)
{
	says(arena_printf(arena, "First broken place: %s\n", place));
}

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(0);
	said = arena_alloc(arena, OUTPUT);
	if (mkdtemp(folder) == NULL)
		return -1;
	made_log_init(&made, arena);
	for (size_t i = 0; i < ENTRIES; i++)
		made_log_add(&made, i / 3 % 2);
	made_log_save(&made, folder, 2);
	made_log_file(folder, "receipt", made_log_receipt(&made, FILING, 2));
	return 0;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *f)
{
	(void)st;
	(void)type;
	(void)f;
	return remove(path);
}

static int
teardown(void **state)
{
	(void)state;
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	arena_free(arena);
	return 0;
}

/* ---- receipts */

static void
a_receipt_holds(void **state)
{
	(void)state;
	assert_int_equal(RUN("receipt", path_of("receipt"), "--key",
	    path_of("keys")), HOLDS);
	says("The entry is number 300 of the log's 700.");
	says("a record was made");
	says("Row 1: casework.submission, version 1");
	says("<colour>azul</colour>");
	says("1 more rows");
	says("It holds.");
}

static void
a_receipt_may_lack_something(void **state)
{
	const char *vkey = note_key_text(arena, &made.key);

	(void)state;
	assert_int_equal(RUN("receipt", path_of("receipt")), INCOMPLETE);
	says("Who signed the checkpoint");
	assert_int_equal(RUN("receipt", path_of("receipt"), "--key", vkey),
	    HOLDS);
	says("Whether all are shown the same log");
	assert_int_equal(RUN("receipt", path_of("receipt"), "--key",
	    path_of("keys"), "--quorum", "3"), INCOMPLETE);
	says("2 of 3 wanted witnesses cosigned");
	assert_int_equal(RUN("receipt", path_of("receipt"), "--key", vkey,
	    "--witness", note_key_text(arena, &made.witness[2])), INCOMPLETE);
}

static void
a_receipt_as_json(void **state)
{
	(void)state;
	assert_int_equal(RUN("receipt", path_of("receipt"), "--key",
	    path_of("keys"), "--json"), HOLDS);
	assert_true(str_starts(said, "{\"mode\":\"receipt\",\"file\":null,"
	    "\"result\":\"holds\",\"place\":null,"));
	assert_int_equal(RUN("receipt", path_of("keys"), "--json"), BROKEN);
	says("\"result\":\"broken\",\"place\":\"line 1\"");
}

static void
another_key_is_no_key(void **state)
{
	struct note_key other = made.key;

	(void)state;
	other.public[0] ^= 1;
	assert_true(note_key_init(&other, NOTE_ED25519, made.key.name,
	    other.public, NULL));
	assert_int_equal(RUN("receipt", path_of("receipt"), "--key",
	    note_key_text(arena, &other)), BROKEN);
	assert_true(note_key_init(&other, NOTE_ED25519, "town.example/other",
	    made.key.public, NULL));
	assert_int_equal(RUN("receipt", path_of("receipt"), "--key",
	    note_key_text(arena, &other)), BROKEN);
}

static size_t
line_at(struct bytes text, size_t at)
{
	size_t line = 1;

	for (size_t i = 0; i < at; i++)
		line += text.p[i] == '\n';
	return line;
}

/* One line of JSON a file: broken, at a place. Is it the very line? */
static bool
names_line(const char *json, size_t bit, size_t line)
{
	static const char found[] = "\"result\":\"broken\",\"place\":\"";
	const char *place = strstr(json, found);
	char want[32];

	if (place == NULL || strchr(place, '\n') != strchr(json, '\n'))
		fail_msg("bit %zu flipped: %.*s", bit, (int)strcspn(json,
		    "\n"), json);
	snprintf(want, sizeof want, "line %zu", line);
	place += strlen(found);
	return str_starts(place, want)
	    && strchr("\",", place[strlen(want)]) != NULL;
}

enum {
	BATCH = 2000
};

/* Some bits flipped, in a file each, all looked at by one run. */
static size_t
flip_some(struct bytes text, const size_t *bits, size_t n)
{
	const char **args = arena_array(arena, n + 5, sizeof *args);
	uint8_t *p = arena_alloc(arena, text.n);
	const char *json;
	size_t exact = 0;

	memcpy(p, text.p, text.n);
	args[0] = "receipt";
	args[1] = "--json";
	args[2] = "--key";
	args[3] = path_of("keys");
	for (size_t i = 0; i < n; i++) {
		char name[32];

		snprintf(name, sizeof name, "flip/%zu", bits[i]);
		p[bits[i] / 8] ^= (uint8_t)(1 << bits[i] % 8);
		made_log_file(folder, name, bytes(p, text.n));
		p[bits[i] / 8] ^= (uint8_t)(1 << bits[i] % 8);
		args[4 + i] = path_of(name);
	}
	assert_int_equal(run(args), BROKEN);
	json = said;
	for (size_t i = 0; i < n; i++) {
		exact += names_line(json, bits[i], line_at(text,
		    bits[i] / 8));
		json = strchr(json, '\n') + 1;
		assert_int_equal(remove(args[4 + i]), 0);
	}
	return exact;
}

/* Each step-th bit: it never holds, it always has a place, and nearly always
 * that is the very line. */
static void
flip(struct bytes text, size_t step)
{
	size_t bits[BATCH], n = 0, tried = 0, exact = 0;

	for (size_t bit = 0; bit < 8 * text.n; bit += step) {
		bits[n++] = bit;
		if (n < BATCH && bit + step < 8 * text.n)
			continue;
		exact += flip_some(text, bits, n);
		tried += n;
		n = 0;
	}
	print_message("# %zu bits, %zu of them named by their line\n", tried,
	    exact);
	assert_int_equal(tried, (8 * text.n + step - 1) / step);
	assert_true(exact * 100 >= tried * 95);
}

/* Nothing in it but the leaf: every bit. */
static void
each_flipped_bit_of_a_small_receipt(void **state)
{
	struct made_log small;

	(void)state;
	made_log_init(&small, arena);
	for (int i = 0; i < 5; i++)
		made_log_add(&small, 0);
	flip(made_log_receipt(&small, 0, 2), 1);
}

static void
flipped_bits_of_a_receipt_with_answers(void **state)
{
	(void)state;
	flip(made_log_receipt(&made, FILING, 2), 17);
}

static void
a_forged_receipt(void **state)
{
	struct made_log other;

	(void)state;
	made_log_init(&other, arena);
	other.writer[0].id[0] = 1;
	for (size_t i = 0; i < ENTRIES; i++)
		made_log_add(&other, i / 3 % 2);
	/* True contents under a root that was never signed. */
	other.seed.b[0] ^= 1;
	made_log_file(folder, "forged", made_log_receipt(&other, FILING, 2));
	assert_int_equal(RUN("receipt", path_of("forged"), "--key",
	    path_of("keys")), BROKEN);
	says("does not hold for this checkpoint");
}

/* ---- logs */

static void
a_log_holds(void **state)
{
	(void)state;
	assert_int_equal(RUN("log", folder, "--key", path_of("keys")), HOLDS);
	says("All 700 entries make the root");
	says("Every tile is what the entries make.");
	says("in its one right form");
	assert_int_equal(RUN("chains", folder, "--key", path_of("keys"),
	    "--from-start"), HOLDS);
	says("700 entries of 2 writers");
}

/* One byte of a file changed, what is said, and the file as it was. */
static void
tamper(const char *name, size_t at, const char *place)
{
	struct bytes whole;
	uint8_t *p;
	FILE *f = fopen(path_of(name), "rbe");
	size_t n;

	assert_non_null(f);
	p = arena_alloc(arena, 1024 * 1024);
	n = fread(p, 1, 1024 * 1024, f);
	fclose(f);
	whole = bytes(p, n);
	assert_true(at < n);
	p[at] ^= 4;
	made_log_file(folder, name, whole);
	assert_int_equal(RUN("log", folder, "--key", path_of("keys")),
	    BROKEN);
	p[at] ^= 4;
	made_log_file(folder, name, whole);
	place_is(place);
}

static void
tampered_files_are_named(void **state)
{
	(void)state;
	tamper("tile/0/000", 0, "tile/0/000");
	tamper("tile/0/001", 8191, "tile/0/001");
	tamper("tile/0/002.p/188", 5, "tile/0/002.p/188");
	tamper("tile/1/000.p/2", 33, "tile/1/000.p/2");
	/* Within the first entry's writer id, and the last entry's end. */
	tamper("tile/entries/000", 9, "tile/entries/000, entry 1");
	tamper("tile/entries/002.p/188", 10, "tile/entries/002.p/188, entry "
	    "1");
	assert_int_equal(RUN("log", folder, "--key", path_of("keys")), HOLDS);
}

static void
missing_and_cut_files_are_named(void **state)
{
	static const char *const names[] = { "tile/0/001", "tile/1/000.p/2",
	    "tile/entries/001" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *path = path_of(names[i]), *gone = path_of("gone");

		assert_int_equal(rename(path, gone), 0);
		assert_int_equal(RUN("log", folder), BROKEN);
		place_is(names[i]);
		made_log_file(folder, names[i], bytes("\1\0short", 7));
		assert_int_equal(RUN("log", folder), BROKEN);
		place_is(names[i]);
		assert_int_equal(rename(gone, path), 0);
	}
	assert_int_equal(RUN("log", path_of("nowhere")), UNREADABLE);
}

/* An older checkpoint with the newer one's tiles: the full tile stands in
 * for a partial one that is gone. */
static void
an_older_checkpoint(void **state)
{
	(void)state;
	made_log_file(folder, "older", made_log_checkpoint(&made, 512, 3));
	assert_int_equal(RUN("log", folder, "--checkpoint", path_of("older"),
	    "--key", path_of("keys")), HOLDS);
	says("All 512 entries");
	assert_int_equal(RUN("checkpoint", path_of("older"),
	    path_of("checkpoint"), "--tiles", folder, "--key",
	    path_of("keys")), HOLDS);
	says("512 entries are the first of the newer one's 700");
	assert_int_equal(RUN("checkpoint", path_of("older"),
	    path_of("checkpoint")), INCOMPLETE);
	assert_int_equal(RUN("checkpoint", path_of("checkpoint"),
	    path_of("older")), BROKEN);
	says("smaller one");
}

static void
a_proof_of_consistency(void **state)
{
	struct buf b = buf_new(arena, 0);
	struct tree_path path;

	(void)state;
	made_log_file(folder, "older", made_log_checkpoint(&made, 300, 0));
	assert_true(tree_prove_consistency(300, ENTRIES, made_log_get, &made,
	    &path, NULL));
	buf_puts(&b, "old 300\n");
	for (size_t i = 0; i < path.n; i++)
		buf_printf(&b, "%s\n", str_base64(arena,
		    bytes(path.hash[i].b, CRYPTO_HASH)));
	buf_puts(&b, "\n");
	made_log_file(folder, "proof", buf_bytes(&b));
	assert_int_equal(RUN("checkpoint", path_of("older"),
	    path_of("checkpoint"), "--proof", path_of("proof"), "--key",
	    path_of("keys")), INCOMPLETE);	/* OLD has no witness */
	says("300 entries are the first");
	made_log_file(folder, "proof", bytes(b.p, b.n - 46));
	assert_int_equal(RUN("checkpoint", path_of("older"),
	    path_of("checkpoint"), "--proof", path_of("proof")), BROKEN);
	place_is(path_of("proof"));
}

/* A log that was signed twice with the same size, and one that forgot. */
static void
a_fork(void **state)
{
	struct made_log other;

	(void)state;
	made_log_init(&other, arena);
	for (size_t i = 0; i < ENTRIES; i++)
		made_log_add(&other, i % 2);
	made_log_file(folder, "fork", made_log_checkpoint(&other, ENTRIES,
	    3));
	assert_int_equal(RUN("checkpoint", path_of("fork"),
	    path_of("checkpoint")), BROKEN);
	says("different things to different people");
	made_log_file(folder, "fork", made_log_checkpoint(&other, 600, 3));
	assert_int_equal(RUN("checkpoint", path_of("fork"),
	    path_of("checkpoint"), "--tiles", folder), BROKEN);
	says("the path leads to another old root");
}

/* ---- chains */

enum {
	CHAINED = 12,
	REOPENED = 9		/* this entry opens writer 0's second chain */
};

/* Entries 0 to 2 and 6 to 8 of writer 0, then its next chain; the others of
 * writer 1. */
static void
make_chains(struct made_log *log)
{
	made_log_init(log, arena);
	for (size_t i = 0; i < CHAINED; i++) {
		if (i == REOPENED)
			made_log_reopen(log, 0);
		made_log_add(log, i < REOPENED ? i / 3 % 2 : 0);
	}
}

/* The log without entry `left_out`, and with entry `again` at its end. */
static int
chains_of(size_t left_out, size_t again, const char *option)
{
	struct made_log all, log;
	char name[] = "chains-XXXXXX";

	make_chains(&all);
	made_log_init(&log, arena);
	for (size_t i = 0; i < CHAINED; i++)
		if (i != left_out)
			made_log_put(&log, all.leaf[i]);
	if (again < CHAINED)
		made_log_put(&log, all.leaf[again]);
	assert_non_null(mkdtemp(name));
	made_log_save(&log, name, 3);
	int status = RUN("chains", name, "--key", path_of("keys"), option);
	nftw(name, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return status;
}

static void
chains(void **state)
{
	(void)state;
	assert_int_equal(chains_of(CHAINED, CHAINED, "--from-start"), HOLDS);
	says("12 entries of 3 writers: 0 closed, 1 followed by another chain, "
	    "2 open-ended.");
	/* In the middle of a chain. */
	assert_int_equal(chains_of(7, CHAINED, NULL), BROKEN);
	says("entry 7\n");
	says("number 5 where 4 should be");
	/* Before its chain's end. */
	assert_int_equal(chains_of(CHAINED, 4, NULL), BROKEN);
	says("number 1 where 3 should be");
	/* The end of a chain, which the next one names. */
	assert_int_equal(chains_of(8, CHAINED, "--from-start"), BROKEN);
	says("entries were dropped");
	assert_int_equal(chains_of(8, CHAINED, NULL), INCOMPLETE);
	/* Its beginning. */
	assert_int_equal(chains_of(0, CHAINED, "--from-start"), BROKEN);
	says("do not begin with a writer-open");
	assert_int_equal(chains_of(0, CHAINED, NULL), INCOMPLETE);
}

/* ---- others' logs, and usage */

static void
somebody_elses_log(void **state)
{
	char *where = vectors_path_or_skip("tessera-log/checkpoint");
	const char *key = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc"
	    "6fASMsq3rKNx280NI+oO5xCFkkSx";
	size_t pairs = 0;

	(void)state;
	*strrchr(where, '/') = '\0';
	for (int size = 0; size <= 15; size++) {
		const char *new = arena_printf(arena, "%s/checkpoint.%d",
		    where, size);

		assert_int_equal(RUN("log", where, "--checkpoint", new,
		    "--key", key), HOLDS);
		for (int old = 0; old <= size; old++, pairs++)
			assert_int_equal(RUN("checkpoint", arena_printf(arena,
			    "%s/checkpoint.%d", where, old), new, "--tiles",
			    where, "--key", key), HOLDS);
	}
	assert_int_equal(RUN("log", where, "--key", key), HOLDS);
	says("not of our kind");
	assert_int_equal(RUN("chains", where, "--key", key), INCOMPLETE);
	print_message("# 16 checkpoints, %zu pairs\n", pairs);
	free(where);
}

static void
usage(void **state)
{
	(void)state;
	assert_int_equal(RUN("--help"), HOLDS);
	assert_int_equal(RUN(NULL), UNREADABLE);
	assert_int_equal(RUN("nothing"), UNREADABLE);
	assert_int_equal(RUN("receipt"), UNREADABLE);
	assert_int_equal(RUN("receipt", path_of("receipt"), path_of("none")),
	    UNREADABLE);
	assert_int_equal(RUN("log", folder, folder), UNREADABLE);
	assert_int_equal(RUN("receipt", path_of("none")), UNREADABLE);
	assert_int_equal(RUN("receipt", folder), UNREADABLE);
	assert_int_equal(RUN("receipt", path_of("receipt"), "--key"),
	    UNREADABLE);
	assert_int_equal(RUN("receipt", path_of("receipt"), "--key", "none"),
	    UNREADABLE);
	assert_int_equal(RUN("receipt", path_of("receipt"), "--quorum", "x"),
	    UNREADABLE);
	assert_int_equal(RUN("receipt", path_of("receipt"), "--more", "x"),
	    UNREADABLE);
	assert_int_equal(RUN("receipt", path_of("none"), "--json"),
	    UNREADABLE);
	says("\"result\":\"unreadable\"");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_receipt_holds),
		cmocka_unit_test(a_receipt_may_lack_something),
		cmocka_unit_test(a_receipt_as_json),
		cmocka_unit_test(another_key_is_no_key),
		cmocka_unit_test(each_flipped_bit_of_a_small_receipt),
		cmocka_unit_test(flipped_bits_of_a_receipt_with_answers),
		cmocka_unit_test(a_forged_receipt),
		cmocka_unit_test(a_log_holds),
		cmocka_unit_test(tampered_files_are_named),
		cmocka_unit_test(missing_and_cut_files_are_named),
		cmocka_unit_test(an_older_checkpoint),
		cmocka_unit_test(a_proof_of_consistency),
		cmocka_unit_test(a_fork),
		cmocka_unit_test(chains),
		cmocka_unit_test(somebody_elses_log),
		cmocka_unit_test(usage),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("verify", tests, setup, teardown);
}
