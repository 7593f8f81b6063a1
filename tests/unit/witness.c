/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A witness's answers, one by one, against the list of C2SP tlog-witness; and
 * that several processes of it agree. Each test begins with a new witness.
 */
#include "services/witness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "audit/checkpoint.h"
#include "audit/cosign.h"
#include "audit/note.h"
#include "audit/tree.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/str.h"
#include "services/quorum.h"
#include "services/shelf.h"

enum {
	LEAVES = 40,
	RACERS = 6
};

static const char origin[] = "log.example/1";

static struct arena *arena;
static const char *folder;
static const char *vkey;
static struct witness *witness;
static struct secret seed, stranger;
static struct hash leaf[LEAVES];

static int
start(void **state)
{
	struct err e;

	(void)state;
	log_init("test", LOG_ALARM + 1);
	if (!crypto_init(&e))
		return 1;
	arena = arena_new(0);
	memset(seed.b, 7, sizeof seed.b);
	memset(stranger.b, 8, sizeof stranger.b);
	for (unsigned i = 0; i < LEAVES; i++)
		leaf[i] = tree_leaf(bytes(&i, sizeof i));
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct note_key
key_of(const struct secret *s, const char *name)
{
	uint8_t public[CRYPTO_PUBLIC];
	struct note_key key;

	crypto_sign_public(s, public);
	assert_true(note_key_init(&key, NOTE_ED25519, name, public, NULL));
	return key;
}

static int
each(void **state)
{
	char dir[] = "/tmp/balcao-witness-XXXXXX";
	struct note_key key = key_of(&seed, origin);
	struct err e;

	(void)state;
	if (mkdtemp(dir) == NULL)
		return 1;
	folder = arena_strdup(arena, dir);
	if (!witness_init(arena, folder, "w.example/1", &vkey, &e) ||
	    !shelf_replace(arena, arena_printf(arena, "%s/logs", folder),
	    bytes_of(arena_printf(arena, "# ours\n%s\n", note_key_text(arena,
	    &key))), 0600, &e) || !witness_open(arena, folder, &witness, &e))
		fail_msg("%s", e.text);
	return 0;
}

static int
after(void **state)
{
	(void)state;
	shelf_clear(arena, folder);
	return 0;
}

/* ---- requests ---- */

static bool
get(void *arg, unsigned level, uint64_t index, struct hash *out,
    struct err *e)
{
	struct tree t = { .size = 0 };
	uint64_t first = index << level;

	(void)e;
	(void)arg;
	for (uint64_t i = first; i < first + (UINT64_C(1) << level); i++)
		tree_add(&t, &leaf[i]);
	*out = tree_root(&t);
	return true;
}

static struct hash
root_of(uint64_t size)
{
	struct tree t = { .size = 0 };

	for (uint64_t i = 0; i < size; i++)
		tree_add(&t, &leaf[i]);
	return tree_root(&t);
}

static struct bytes
note_of(const char *name, uint64_t size, struct hash root,
    const struct secret *s)
{
	struct bytes text = checkpoint_text(arena, &(struct checkpoint){
	    .origin = name, .size = size, .root = root });
	struct note_key key = key_of(s, name);
	const char *line = note_sign(arena, &key, s, text);

	return note_join(arena, text, &line, 1);
}

static struct bytes
body(uint64_t old, const struct tree_path *path, struct bytes note)
{
	struct buf b = buf_new(arena, 1024);

	buf_printf(&b, "old %llu\n", (unsigned long long)old);
	for (size_t i = 0; path != NULL && i < path->n; i++)
		buf_printf(&b, "%s\n", str_base64(arena, bytes(
		    path->hash[i].b, CRYPTO_HASH)));
	buf_puts(&b, "\n");
	buf_put_bytes(&b, note);
	return buf_bytes(&b);
}

static struct tree_path
path_of(uint64_t old, uint64_t size)
{
	struct tree_path path = { .n = 0 };

	if (old > 0 && old < size)
		assert_true(tree_prove_consistency(old, size, get, NULL,
		    &path, NULL));
	return path;
}

static struct witness_answer
add(uint64_t old, uint64_t size)
{
	struct tree_path path = path_of(old, size);

	return witness_add(witness, arena, body(old, &path, note_of(origin,
	    size, root_of(size), &seed)));
}

/* ---- facts ---- */

static void
it_cosigns_what_goes_on(void **state)
{
	struct witness_answer a;
	struct note_key key;
	struct note note;
	struct buf whole;

	(void)state;
	a = add(0, 3);
	assert_int_equal(a.status, 200);
	a = add(3, 17);
	assert_int_equal(a.status, 200);
	whole = buf_new(arena, 1024);
	buf_put_bytes(&whole, note_of(origin, 17, root_of(17), &seed));
	buf_put_bytes(&whole, a.body);
	assert_true(note_key_parse(arena, vkey, &key, NULL));
	assert_int_equal(key.type, NOTE_COSIGNATURE);
	assert_true(note_parse(arena, buf_bytes(&whole), &note, NULL));
	assert_int_equal(cosign_check(arena, &note, &key, NULL, NULL),
	    NOTE_GOOD);
	/* The same again is no conflict. */
	assert_int_equal(add(17, 17).status, 200);
}

static void
its_record_outlives_it(void **state)
{
	struct witness_answer a;
	const char *same;

	(void)state;
	assert_int_equal(add(0, 5).status, 200);
	assert_true(witness_open(arena, folder, &witness, NULL));
	a = add(0, 9);
	assert_int_equal(a.status, 409);
	assert_string_equal(a.type, "text/x.tlog.size");
	assert_int_equal(a.body.n, 2);
	assert_memory_equal(a.body.p, "5\n", 2);
	assert_int_equal(add(5, 9).status, 200);
	/* Made again, it is the same witness. */
	assert_true(witness_init(arena, folder, "w.example/1", &same, NULL));
	assert_string_equal(same, vkey);
	assert_false(witness_init(arena, folder, "w.example/2", &same,
	    NULL));
}

static void
what_it_answers_else(void **state)
{
	struct tree_path path;
	struct hash other = root_of(20);

	(void)state;
	other.b[0] ^= 1;
	assert_int_equal(add(0, 20).status, 200);
	/* 409: another size, or another tree of the same size. */
	assert_int_equal(add(16, 30).status, 409);
	assert_int_equal(add(20, 20).status, 200);
	assert_int_equal(witness_add(witness, arena, body(20, NULL,
	    note_of(origin, 20, other, &seed))).status, 409);
	/* 422: a proof that does not hold, is missing, or is too much. */
	path = path_of(20, 30);
	path.hash[0].b[0] ^= 1;
	assert_int_equal(witness_add(witness, arena, body(20, &path,
	    note_of(origin, 30, root_of(30), &seed))).status, 422);
	path.n = 0;
	assert_int_equal(witness_add(witness, arena, body(20, &path,
	    note_of(origin, 30, root_of(30), &seed))).status, 422);
	path = path_of(20, 30);
	assert_int_equal(witness_add(witness, arena, body(20, &path,
	    note_of(origin, 20, root_of(20), &seed))).status, 422);
	/* 403: another key, or none. */
	path = path_of(20, 30);
	assert_int_equal(witness_add(witness, arena, body(20, &path,
	    note_of(origin, 30, root_of(30), &stranger))).status, 403);
	/* 404: another log, though signed by this key. */
	assert_int_equal(witness_add(witness, arena, body(0, NULL,
	    note_of("log.example/2", 3, root_of(3), &seed))).status, 404);
	/* 400: smaller than the old size. */
	assert_int_equal(witness_add(witness, arena, body(20, NULL,
	    note_of(origin, 19, root_of(19), &seed))).status, 400);
	/* None of it moved the record. */
	assert_int_equal(add(20, 30).status, 200);
}

static void
what_is_malformed(void **state)
{
	static const char hash[] =
	    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
	struct bytes note = note_of(origin, 3, root_of(3), &seed);
	const char *text = arena_strndup(arena, (const char *)note.p,
	    note.n);
	struct buf many = buf_new(arena, 4096);
	const char *cases[] = {
		"",
		"old 0",
		"old 0\n",
		"old 0\n\n",
		"old 00\n\n%s",
		"old -1\n\n%s",
		"old +1\n\n%s",
		"old  0\n\n%s",
		"old 0 \n\n%s",
		"Old 0\n\n%s",
		"old 99999999999999999999\n\n%s",
		"old 0\r\n\r\n%s",
		"old 0\n%s",
		"old 0\nAAAA\n\n%s",
		"old 0\nnot base64 at all, but as long as a hash is\n\n%s",
		"old 0\n\n\n%s",
		"old 0\n\nlog.example/1\n3\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *at = strstr(cases[i], "%s");
		struct buf b = buf_new(arena, 1024);

		buf_put(&b, cases[i], at != NULL ? (size_t)(at - cases[i]) :
		    strlen(cases[i]));
		if (at != NULL)
			buf_puts(&b, text);
		if (witness_add(witness, arena, buf_bytes(&b)).status != 400)
			fail_msg("case %zu", i);
	}
	buf_puts(&many, "old 0\n");
	for (int i = 0; i < 64; i++)
		buf_puts(&many, hash);
	buf_printf(&many, "\n%s", text);
	assert_int_equal(witness_add(witness, arena, buf_bytes(&many)).status,
	    400);
	assert_int_equal(add(0, 3).status, 200);
}

/* Several processes are shown trees that all go on from the same old one:
 * one of them is signed. */
static void
of_many_at_once_one_wins(void **state)
{
	unsigned signed_ones = 0;
	pid_t pid[RACERS];
	int go[2];

	(void)state;
	assert_int_equal(add(0, 8).status, 200);
	assert_int_equal(pipe(go), 0);
	for (unsigned i = 0; i < RACERS; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			char c;

			close(go[1]);
			if (read(go[0], &c, 1) != 0)
				_exit(9);
			_exit(add(8, 10 + i).status == 200 ? 1 : 0);
		}
	}
	close(go[0]);
	close(go[1]);
	for (unsigned i = 0; i < RACERS; i++) {
		int status;

		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_true(WIFEXITED(status));
		assert_true(WEXITSTATUS(status) <= 1);
		signed_ones += WEXITSTATUS(status) == 1;
	}
	assert_int_equal(signed_ones, 1);
}

/* ---- policies ---- */

static void
policies_that_are_none(void **state)
{
	static const char *const cases[] = {
		"",
		"witness a %s\n",
		"quorum a\n",
		"witness a %s\nquorum b\n",
		"witness a %s\nquorum a\nquorum a\n",
		"witness a not-a-key\nquorum a\n",
		"witness none %s\nquorum none\n",
		"witness a %s\nwitness b %s\nquorum a\n",
		"witness a %s\ngroup g 2 a\nquorum g\n",
		"witness a %s\ngroup g 0 a\nquorum g\n",
		"witness a %s\ngroup g all a a\nquorum g\n",
		"witness a %s\ngroup g all g\nquorum g\n",
		"witness a %s\ngroup a all a\nquorum a\n",
		"frobnicate\nquorum none\n",
	};
	struct quorum q;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = buf_new(arena, 512);

		for (const char *s = cases[i]; *s != '\0'; s++) {
			if (*s == '%')
				buf_puts(&b, vkey);
			else if (s == cases[i] || s[-1] != '%')
				buf_put(&b, s, 1);
		}
		if (quorum_parse(arena, buf_bytes(&b), &q, NULL))
			fail_msg("case %zu", i);
	}
}

static void
two_of_three_are_enough(void **state)
{
	struct bytes text = checkpoint_text(arena, &(struct checkpoint){
	    .origin = origin, .size = 3, .root = root_of(3) });
	struct buf policy = buf_new(arena, 1024);
	struct secret s[3];
	const char *line[3];
	struct quorum q;
	bool met;

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		const char *name = arena_printf(arena, "w%u", i);
		uint8_t public[CRYPTO_PUBLIC];
		struct note_key key;

		s[i] = crypto_new_key();
		crypto_sign_public(&s[i], public);
		assert_true(note_key_init(&key, NOTE_COSIGNATURE, name,
		    public, NULL));
		buf_printf(&policy, "witness %s %s https://%s.example\n",
		    name, note_key_text(arena, &key), name);
		line[i] = cosign_sign(arena, &key, &s[i], 1000 + i, text);
	}
	buf_puts(&policy, "# two\n\ngroup g 2 w0 w1 w2\nquorum g\n");
	assert_true(quorum_parse(arena, buf_bytes(&policy), &q, NULL));
	for (unsigned n = 1; n <= 3; n++) {
		struct note note;

		assert_true(note_parse(arena, note_join(arena, text, line,
		    n), &note, NULL));
		assert_int_equal(quorum_count(arena, &q, &note, &met), n);
		assert_int_equal(met, n >= 2);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_cosigns_what_goes_on,
		    each, after),
		cmocka_unit_test_setup_teardown(its_record_outlives_it, each,
		    after),
		cmocka_unit_test_setup_teardown(what_it_answers_else, each,
		    after),
		cmocka_unit_test_setup_teardown(what_is_malformed, each,
		    after),
		cmocka_unit_test_setup_teardown(of_many_at_once_one_wins,
		    each, after),
		cmocka_unit_test_setup_teardown(policies_that_are_none, each,
		    after),
		cmocka_unit_test_setup_teardown(two_of_three_are_enough,
		    each, after),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("witness", tests, start, end);
}
