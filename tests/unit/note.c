/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signed notes, checkpoints, cosignatures and proofs: the published examples,
 * what is made here and read again, every malformed one refused, and every
 * flipped bit of a small one noticed.
 */
#include "audit/note.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "audit/checkpoint.h"
#include "audit/cosign.h"
#include "audit/proof.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "tests/unit/vectors.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))
#define DASH		"\xe2\x80\x94 "
#define SIGNED		DASH "a AAAAAAA=\n"
#define ROOT		"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

static struct arena *arena;
static struct secret seed = { { 1 } }, witness_seed = { { 2 } };
static struct note_key key, witness;

static int
setup(void **state)
{
	uint8_t public[CRYPTO_PUBLIC];

	(void)state;
	arena = arena_new(0);
	if (!crypto_init(NULL))
		return -1;
	crypto_sign_public(&seed, public);
	if (!note_key_init(&key, NOTE_ED25519, "town.example/log/2026",
	    public, NULL))
		return -1;
	crypto_sign_public(&witness_seed, public);
	return note_key_init(&witness, NOTE_COSIGNATURE, "witness.example/w1",
	    public, NULL) ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct bytes
joined(const char *text, const char *line)
{
	return note_join(arena, bytes_of(text), &line, 1);
}

static struct bytes
signed_checkpoint(void)
{
	struct checkpoint c = { .origin = key.name, .size = 7 };
	const char *lines[2];
	struct bytes text;

	c.root = tree_empty();
	text = checkpoint_text(arena, &c);
	lines[0] = note_sign(arena, &key, &seed, text);
	lines[1] = cosign_sign(arena, &witness, &witness_seed, 1700000000,
	    text);
	return note_join(arena, text, lines, 2);
}

static void
published_notes(void **state)
{
	json_t *all = vectors_load("c2sp-specs/signed-note.json"), *v;
	size_t i;

	(void)state;
	json_array_foreach(json_object_get(all, "vectors"), i, v) {
		struct note_key k;
		struct note note;
		struct bytes whole = joined(vectors_text(v, "text"),
		    arena_printf(arena, "%s\n", json_string_value(
		    json_array_get(vectors_in(v, "signature_lines"), 0))));

		assert_true(note_key_parse(arena, vectors_text(v, "vkey"), &k,
		    NULL));
		assert_string_equal(note_key_text(arena, &k),
		    vectors_text(v, "vkey"));
		assert_true(note_parse(arena, whole, &note, NULL));
		assert_int_equal(note_check(&note, &k, NULL), NOTE_GOOD);
		if (json_object_get(v, "skey_ed25519") != NULL) {
			struct secret s;
			struct bytes b;

			assert_true(str_unbase64(arena, vectors_text(v,
			    "skey_ed25519"), &b, NULL));
			assert_int_equal(b.n, 1 + SECRET_SIZE);
			memcpy(s.b, b.p + 1, SECRET_SIZE);
			assert_string_equal(note_sign(arena, &k, &s,
			    note.text), arena_strndup(arena,
			    (const char *)note.signature[0].line.p,
			    note.signature[0].line.n));
		}
	}
	assert_int_equal(i, 3);
	vectors_free(all);
}

static void
notes_refused(void **state)
{
	static const char *const facts[] = {
		"", "\n", "text\n", "text\n\n", "text\n" SIGNED,
		"text\n\n" DASH "a AAAAAAA=",		/* no newline */
		"text\n\n" DASH "a AAAAAAA",		/* no padding */
		"text\n\n" DASH "a AAAAAAB=\n",		/* bits left over */
		"text\n\n" DASH "a AAAAAA==\n",		/* a key id alone */
		"text\n\n" DASH "a AAAA\n",
		"text\n\n" DASH "a \n", "text\n\n" DASH "a\n",
		"text\n\n" DASH " AAAAAAA=\n",
		"text\n\n" DASH "a  AAAAAAA=\n",
		"text\n\n" DASH "a AAAAAAA= \n",
		"text\n\n" DASH "a+b AAAAAAA=\n",
		"text\n\n" DASH "a\xc2\xa0" "b AAAAAAA=\n",
		"text\n\n" DASH "a\xe2\x80\xa8" "b AAAAAAA=\n",
		"text\n\n- a AAAAAAA=\n",
		"text\n\n\xe2\x80\x93 a AAAAAAA=\n",
		"text\n\n" SIGNED "more\n",
		"text\n\n" SIGNED "\n",
		"te\txt\n\n" SIGNED, "te\rxt\n\n" SIGNED,
		"te\xffxt\n\n" SIGNED, "te\xc0\xafxt\n\n" SIGNED,
	};
	struct buf many = buf_new(arena, 0);
	struct note note;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		e.code = ERR_NONE;
		if (note_parse(arena, bytes_of(facts[i]), &note, &e))
			fail_msg("taken: \"%s\"", facts[i]);
		assert_int_equal(e.code, ERR_INPUT);
	}
	assert_false(note_parse(arena, bytes("a\0b\n\n" SIGNED, 22), &note,
	    &e));
	buf_puts(&many, "text\n\n");
	for (int i = 0; i < NOTE_SIGNATURES; i++)
		buf_puts(&many, SIGNED);
	assert_true(note_parse(arena, buf_bytes(&many), &note, &e));
	buf_puts(&many, SIGNED);
	assert_false(note_parse(arena, buf_bytes(&many), &note, &e));
	buf_put(&many, arena_alloc(arena, NOTE_MAX), NOTE_MAX);
	assert_false(note_parse(arena, buf_bytes(&many), &note, &e));
}

static void
a_text_may_have_empty_lines(void **state)
{
	struct note note;

	(void)state;
	assert_true(note_parse(arena, bytes_of("one\n\n\ntwo\n\n" SIGNED
	    DASH "b AAAAAAAA\n"), &note, NULL));
	assert_true(bytes_equal(note.text, bytes_of("one\n\n\ntwo\n")));
	assert_int_equal(note.n, 2);
	assert_string_equal(note.signature[1].name, "b");
	assert_int_equal(note.signature[1].number, 7);
	assert_int_equal(note.signature[1].bytes.n, 2);
}

static void
keys_refused(void **state)
{
	static const char *const facts[] = {
		"", "a", "a+", "a++", "a+530d903a",
		"example.com/foo+530d903a",
		"example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYc"
		    "rnKv3U2k",
		"example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYc"
		    "rnKv3U2k",
		"example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYc"
		    "rnKv3U2k",
		"example.com/foo+0530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANY"
		    "crnKv3U2k",
		"example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYc"
		    "rnKv3U0=",
		"example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYc"
		    "rnKv3U2k",
		" example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANY"
		    "crnKv3U2k",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct note_key k;
		struct err e = { 0 };

		if (note_key_parse(arena, facts[i], &k, &e))
			fail_msg("taken: \"%s\"", facts[i]);
		assert_int_equal(e.code, ERR_INPUT);
	}
}

static void
whose_signature(void **state)
{
	const char *text = "text\n", *lines[3];
	struct note_key other = key;
	struct secret wrong = { { 9 } };
	struct note note;

	(void)state;
	lines[0] = note_sign(arena, &key, &seed, bytes_of(text));
	other.name = "town.example/other";
	lines[1] = note_sign(arena, &other, &wrong, bytes_of(text));
	lines[2] = note_sign(arena, &key, &wrong, bytes_of(text));
	assert_true(note_parse(arena, note_join(arena, bytes_of(text), lines,
	    2), &note, NULL));
	assert_int_equal(note_check(&note, &key, NULL), NOTE_GOOD);
	assert_int_equal(note_check(&note, &other, NULL), NOTE_BAD);
	other.id++;
	assert_int_equal(note_check(&note, &other, NULL), NOTE_ABSENT);
	/* One of its lines that fails spoils those that hold. */
	assert_true(note_parse(arena, note_join(arena, bytes_of(text), lines,
	    3), &note, NULL));
	assert_int_equal(note_check(&note, &key, NULL), NOTE_BAD);
}

static void
checkpoints_refused(void **state)
{
	static const char *const facts[] = {
		"", "\n", "a\n", "a\n1\n", "a\n1\n" ROOT, "\n1\n" ROOT "\n",
		"a\n\n" ROOT "\n", "a\n01\n" ROOT "\n", "a\n-1\n" ROOT "\n",
		"a\n+1\n" ROOT "\n", "a\n1 \n" ROOT "\n",
		"a\n9223372036854775809\n" ROOT "\n",
		"a\n18446744073709551617\n" ROOT "\n",
		"a\n1\nAAAA\n", "a\n1\n" ROOT "=\n", "a\n1\n " ROOT "\n",
		"a\n1\n" ROOT "\n\n", "a\n1\n" ROOT "\nx\n\ny\n",
	};
	static const char *const fit[] = {
		"a\n0\n" ROOT "\n", "a b\n1\n" ROOT "\nx\ny\n",
		"a\n9223372036854775808\n" ROOT "\n",
	};
	struct checkpoint c;

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		struct err e = { 0 };

		if (checkpoint_parse(arena, bytes_of(facts[i]), &c, &e))
			fail_msg("taken: \"%s\"", facts[i]);
		assert_int_equal(e.code, ERR_INPUT);
	}
	for (size_t i = 0; i < COUNT(fit); i++) {
		assert_true(checkpoint_parse(arena, bytes_of(fit[i]), &c,
		    NULL));
		assert_true(bytes_equal(checkpoint_text(arena, &c),
		    bytes_of(fit[i])));
	}
}

static void
cosignatures(void **state)
{
	struct note_key keys[3] = { witness, witness, witness };
	struct bytes whole = signed_checkpoint();
	const struct note_signature *s = NULL;
	uint64_t time = 0;
	struct note note;

	(void)state;
	assert_true(note_parse(arena, whole, &note, NULL));
	assert_int_equal(cosign_check(arena, &note, &witness, &time, &s),
	    NOTE_GOOD);
	assert_true(time == 1700000000 && s == &note.signature[1]);
	/* The same key again, under its name and under another: one. */
	assert_true(note_key_init(&keys[1], NOTE_COSIGNATURE, "w2",
	    witness.public, NULL));
	keys[2].public[0] ^= 1;
	assert_int_equal(cosign_count(arena, &note, keys, 3), 1);
	assert_int_equal(cosign_check(arena, &note, &keys[2], NULL, NULL),
	    NOTE_BAD);
	assert_int_equal(cosign_check(arena, &note, &keys[1], NULL, NULL),
	    NOTE_ABSENT);
	assert_true(bytes_equal(cosign_message(arena, 5, bytes_of("a\n")),
	    bytes_of("cosignature/v1\ntime 5\na\n")));
}

static void
each_flipped_bit_of_a_checkpoint_shows(void **state)
{
	struct bytes whole = signed_checkpoint();
	uint8_t *p = arena_alloc(arena, whole.n);
	size_t unread = 0, unsigned_ = 0, uncosigned = 0;
	struct arena *a = arena_new(0);

	(void)state;
	memcpy(p, whole.p, whole.n);
	for (size_t bit = 0; bit < 8 * whole.n; bit++) {
		struct checkpoint c;
		struct note note;
		bool good, cosigned;

		p[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (!checkpoint_read(a, bytes(p, whole.n), &c, &note, NULL)) {
			unread++;
		} else {
			good = note_check(&note, &key, NULL) == NOTE_GOOD;
			cosigned = cosign_check(a, &note, &witness, NULL,
			    NULL) == NOTE_GOOD;
			unsigned_ += !good;
			uncosigned += !cosigned;
			assert_false(good && cosigned);
		}
		p[bit / 8] ^= (uint8_t)(1 << bit % 8);
		arena_reset(a);
	}
	assert_true(unread > 0 && unsigned_ > 0 && uncosigned > 0);
	arena_free(a);
}

static void
proofs(void **state)
{
	struct proof p = { .has_extra = true, .extra = bytes_of("more"),
	    .index = 5, .path = { .n = 3 } }, again;
	struct bytes text;

	(void)state;
	p.signed_note = signed_checkpoint();
	p.path.hash[1].b[7] = 9;
	text = proof_text(arena, &p);
	assert_true(proof_parse(arena, text, &again, NULL));
	assert_true(again.has_extra && bytes_equal(again.extra, p.extra));
	assert_true(again.index == 5 && again.path.n == 3
	    && again.path.hash[1].b[7] == 9 && again.checkpoint.size == 7);
	assert_int_equal(again.first_line, 8);
	assert_true(bytes_equal(again.signed_note, p.signed_note));
	assert_true(bytes_equal(proof_text(arena, &again), text));
	p.has_extra = false;
	p.path.n = 0;
	assert_true(proof_parse(arena, proof_text(arena, &p), &again, NULL));
	assert_true(!again.has_extra && again.path.n == 0);
	for (size_t cut = 0; cut < text.n; cut++)
		if (proof_parse(arena, bytes(text.p, cut), &again, NULL))
			assert_true(text.p[cut - 1] == '\n');
}

static void
proofs_refused(void **state)
{
	static const char *const heads[] = {
		"c2sp.org/tlog-proof@v2\nindex 0\n\n",
		"c2sp.org/tlog-proof@v1\n\n",
		"c2sp.org/tlog-proof@v1\nindex 00\n\n",
		"c2sp.org/tlog-proof@v1\nindex\n\n",
		"c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\n",
		"c2sp.org/tlog-proof@v1\nextra\nindex 0\n\n",
		"c2sp.org/tlog-proof@v1\nextra A\nindex 0\n\n",
		"c2sp.org/tlog-proof@v1\nextra AAAA\nextra AAAA\nindex 0\n\n",
		"c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\n",
		"c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n",
		"c2sp.org/tlog-proof@v1\nindex 0\n" ROOT "\n",
		"c2sp.org/tlog-proof@v1\nindex 0\n\n\n",
		" c2sp.org/tlog-proof@v1\nindex 0\n\n",
	};
	struct buf many = buf_new(arena, 0);
	struct bytes note = signed_checkpoint();
	struct proof p;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(heads); i++) {
		struct buf b = buf_new(arena, 0);

		buf_puts(&b, heads[i]);
		buf_put_bytes(&b, note);
		e.code = ERR_NONE;
		if (proof_parse(arena, buf_bytes(&b), &p, &e))
			fail_msg("taken: \"%s\"", heads[i]);
		assert_int_equal(e.code, ERR_INPUT);
	}
	buf_puts(&many, "c2sp.org/tlog-proof@v1\nindex 0\n");
	for (int i = 0; i <= TREE_PATH; i++)
		buf_puts(&many, ROOT "\n");
	buf_puts(&many, "\n");
	buf_put_bytes(&many, note);
	assert_false(proof_parse(arena, buf_bytes(&many), &p, &e));
	assert_string_equal(e.text, "line 68: too many hashes");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_notes),
		cmocka_unit_test(notes_refused),
		cmocka_unit_test(a_text_may_have_empty_lines),
		cmocka_unit_test(keys_refused),
		cmocka_unit_test(whose_signature),
		cmocka_unit_test(checkpoints_refused),
		cmocka_unit_test(cosignatures),
		cmocka_unit_test(each_flipped_bit_of_a_checkpoint_shows),
		cmocka_unit_test(proofs),
		cmocka_unit_test(proofs_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("note", tests, setup, teardown);
}
