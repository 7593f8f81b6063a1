/* SPDX-License-Identifier: Apache-2.0 */
/*
 * balcao-verify over logs: made ones, tampered ones, broken chains, and
 * somebody else's log.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "tests/conformance/verifier.h"
#include "tests/unit/vectors.h"

static void
a_log_holds(void **state)
{
	(void)state;
	assert_int_equal(RUN("log", verifier_folder, "--key", verifier_path("keys")), HOLDS);
	verifier_says("All 700 entries make the root");
	verifier_says("Every tile is what the entries make.");
	verifier_says("in its one right form");
	assert_int_equal(RUN("chains", verifier_folder, "--key", verifier_path("keys"),
	    "--from-start"), HOLDS);
	verifier_says("700 entries of 2 writers");
}

/* One byte of a file changed, what is verifier_said, and the file as it was. */
static void
tamper(const char *name, size_t at, const char *place)
{
	struct bytes whole;
	uint8_t *p;
	FILE *f = fopen(verifier_path(name), "rbe");
	size_t n;

	assert_non_null(f);
	p = arena_alloc(verifier_arena, 1024 * 1024);
	n = fread(p, 1, 1024 * 1024, f);
	fclose(f);
	whole = bytes(p, n);
	assert_true(at < n);
	p[at] ^= 4;
	made_log_file(verifier_folder, name, whole);
	assert_int_equal(RUN("log", verifier_folder, "--key", verifier_path("keys")),
	    BROKEN);
	p[at] ^= 4;
	made_log_file(verifier_folder, name, whole);
	verifier_names(place);
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
	assert_int_equal(RUN("log", verifier_folder, "--key", verifier_path("keys")), HOLDS);
}

static void
missing_and_cut_files_are_named(void **state)
{
	static const char *const names[] = { "tile/0/001", "tile/1/000.p/2",
	    "tile/entries/001" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *path = verifier_path(names[i]), *gone = verifier_path("gone");

		assert_int_equal(rename(path, gone), 0);
		assert_int_equal(RUN("log", verifier_folder), BROKEN);
		verifier_names(names[i]);
		made_log_file(verifier_folder, names[i], bytes("\1\0short", 7));
		assert_int_equal(RUN("log", verifier_folder), BROKEN);
		verifier_names(names[i]);
		assert_int_equal(rename(gone, path), 0);
	}
	assert_int_equal(RUN("log", verifier_path("nowhere")), UNREADABLE);
}

/* An older checkpoint with the newer one's tiles: the full tile stands in
 * for a partial one that is gone. */
static void
an_older_checkpoint(void **state)
{
	(void)state;
	made_log_file(verifier_folder, "older", made_log_checkpoint(&verifier_log, 512, 3));
	assert_int_equal(RUN("log", verifier_folder, "--checkpoint", verifier_path("older"),
	    "--key", verifier_path("keys")), HOLDS);
	verifier_says("All 512 entries");
	assert_int_equal(RUN("checkpoint", verifier_path("older"),
	    verifier_path("checkpoint"), "--tiles", verifier_folder, "--key",
	    verifier_path("keys")), HOLDS);
	verifier_says("512 entries are the first of the newer one's 700");
	assert_int_equal(RUN("checkpoint", verifier_path("older"),
	    verifier_path("checkpoint")), INCOMPLETE);
	assert_int_equal(RUN("checkpoint", verifier_path("checkpoint"),
	    verifier_path("older")), BROKEN);
	verifier_says("smaller one");
}

static void
a_proof_of_consistency(void **state)
{
	struct buf b = buf_new(verifier_arena, 0);
	struct tree_path path;

	(void)state;
	made_log_file(verifier_folder, "older", made_log_checkpoint(&verifier_log, 300, 0));
	assert_true(tree_prove_consistency(300, VERIFIER_ENTRIES, made_log_get, &verifier_log,
	    &path, NULL));
	buf_puts(&b, "old 300\n");
	for (size_t i = 0; i < path.n; i++)
		buf_printf(&b, "%s\n", str_base64(verifier_arena,
		    bytes(path.hash[i].b, CRYPTO_HASH)));
	buf_puts(&b, "\n");
	made_log_file(verifier_folder, "proof", buf_bytes(&b));
	assert_int_equal(RUN("checkpoint", verifier_path("older"),
	    verifier_path("checkpoint"), "--proof", verifier_path("proof"), "--key",
	    verifier_path("keys")), INCOMPLETE);	/* OLD has no witness */
	verifier_says("300 entries are the first");
	made_log_file(verifier_folder, "proof", bytes(b.p, b.n - 46));
	assert_int_equal(RUN("checkpoint", verifier_path("older"),
	    verifier_path("checkpoint"), "--proof", verifier_path("proof")), BROKEN);
	verifier_names(verifier_path("proof"));
}

/* A log that was signed twice with the same size, and one that forgot. */
static void
a_fork(void **state)
{
	struct made_log other;

	(void)state;
	made_log_init(&other, verifier_arena);
	for (size_t i = 0; i < VERIFIER_ENTRIES; i++)
		made_log_add(&other, i % 2);
	made_log_file(verifier_folder, "fork", made_log_checkpoint(&other, VERIFIER_ENTRIES,
	    3));
	assert_int_equal(RUN("checkpoint", verifier_path("fork"),
	    verifier_path("checkpoint")), BROKEN);
	verifier_says("different things to different people");
	made_log_file(verifier_folder, "fork", made_log_checkpoint(&other, 600, 3));
	assert_int_equal(RUN("checkpoint", verifier_path("fork"),
	    verifier_path("checkpoint"), "--tiles", verifier_folder), BROKEN);
	verifier_says("the path leads to another old root");
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
	made_log_init(log, verifier_arena);
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
	made_log_init(&log, verifier_arena);
	for (size_t i = 0; i < CHAINED; i++)
		if (i != left_out)
			made_log_put(&log, all.leaf[i]);
	if (again < CHAINED)
		made_log_put(&log, all.leaf[again]);
	assert_non_null(mkdtemp(name));
	made_log_save(&log, name, 3);
	int status = RUN("chains", name, "--key", verifier_path("keys"), option);
	verifier_remove(name);
	return status;
}

static void
chains(void **state)
{
	(void)state;
	assert_int_equal(chains_of(CHAINED, CHAINED, "--from-start"), HOLDS);
	verifier_says("12 entries of 3 writers: 0 closed, 1 followed by another chain, "
	    "2 open-ended.");
	/* In the middle of a chain. */
	assert_int_equal(chains_of(7, CHAINED, NULL), BROKEN);
	verifier_says("entry 7\n");
	verifier_says("number 5 where 4 should be");
	/* Before its chain's end. */
	assert_int_equal(chains_of(CHAINED, 4, NULL), BROKEN);
	verifier_says("number 1 where 3 should be");
	/* The end of a chain, which the next one names. */
	assert_int_equal(chains_of(8, CHAINED, "--from-start"), BROKEN);
	verifier_says("entries were dropped");
	assert_int_equal(chains_of(8, CHAINED, NULL), INCOMPLETE);
	/* Its beginning. */
	assert_int_equal(chains_of(0, CHAINED, "--from-start"), BROKEN);
	verifier_says("do not begin with a writer-open");
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
		const char *new = arena_printf(verifier_arena, "%s/checkpoint.%d",
		    where, size);

		assert_int_equal(RUN("log", where, "--checkpoint", new,
		    "--key", key), HOLDS);
		for (int old = 0; old <= size; old++, pairs++)
			assert_int_equal(RUN("checkpoint", arena_printf(verifier_arena,
			    "%s/checkpoint.%d", where, old), new, "--tiles",
			    where, "--key", key), HOLDS);
	}
	assert_int_equal(RUN("log", where, "--key", key), HOLDS);
	verifier_says("not of our kind");
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
	assert_int_equal(RUN("receipt", verifier_path("receipt"), verifier_path("none")),
	    UNREADABLE);
	assert_int_equal(RUN("log", verifier_folder, verifier_folder), UNREADABLE);
	assert_int_equal(RUN("receipt", verifier_path("none")), UNREADABLE);
	assert_int_equal(RUN("receipt", verifier_folder), UNREADABLE);
	assert_int_equal(RUN("receipt", verifier_path("receipt"), "--key"),
	    UNREADABLE);
	assert_int_equal(RUN("receipt", verifier_path("receipt"), "--key", "none"),
	    UNREADABLE);
	assert_int_equal(RUN("receipt", verifier_path("receipt"), "--quorum", "x"),
	    UNREADABLE);
	assert_int_equal(RUN("receipt", verifier_path("receipt"), "--more", "x"),
	    UNREADABLE);
	assert_int_equal(RUN("receipt", verifier_path("none"), "--json"),
	    UNREADABLE);
	verifier_says("\"result\":\"unreadable\"");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
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
	return cmocka_run_group_tests_name("verify", tests,
	    verifier_setup, verifier_teardown);
}
