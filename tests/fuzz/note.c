/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fuzz target: what is read as a note, a checkpoint or a proof is written
 * again to the same bytes; anything else is refused with a reason.
 */
#include "tests/fuzz/target.h"

#include "audit/checkpoint.h"
#include "audit/cosign.h"
#include "audit/proof.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"

static struct arena *arena;
static struct note_key witness;

static void
init(void)
{
	struct secret seed;
	uint8_t public[CRYPTO_PUBLIC];
	struct err e;

	require(crypto_init(&e), "OpenSSL starts");
	seed = crypto_new_key();
	crypto_sign_public(&seed, public);
	require(note_key_init(&witness, NOTE_COSIGNATURE, "w", public, &e),
	    "a key is made");
	arena = arena_new(0);
}

static void
note_again(struct bytes all, const struct note *note)
{
	struct buf b = buf_new(arena, all.n);
	uint64_t time;

	buf_put_bytes(&b, note->text);
	buf_u8(&b, '\n');
	for (size_t i = 0; i < note->n; i++) {
		struct note_key key = witness;

		require(note_check_name(note->signature[i].name, NULL),
		    "a name is fit");
		buf_put_bytes(&b, note->signature[i].line);
		key.name = note->signature[i].name;
		key.id = note->signature[i].id;
		require(note_is_by(&note->signature[i], &key)
		    && note_check(note, &key, NULL) == NOTE_BAD
		    && cosign_check(arena, note, &key, &time, NULL)
		    == NOTE_BAD, "nobody signed it");
	}
	require(bytes_equal(buf_bytes(&b), all),
	    "written again, a note is the same");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes all = bytes(data, size);
	struct err e = { 0 };
	struct note_key key;
	struct checkpoint c;
	struct proof proof;
	struct note note;
	const char *text;

	if (arena == NULL)
		init();
	if (note_parse(arena, all, &note, &e)) {
		note_again(all, &note);
		if (checkpoint_parse(arena, note.text, &c, NULL))
			require(bytes_equal(checkpoint_text(arena, &c),
			    note.text), "written again, a checkpoint is the "
			    "same");
	} else {
		require(e.code == ERR_INPUT && e.text[0] != '\0',
		    "a refusal says why");
	}
	e = (struct err){ 0 };
	if (proof_parse(arena, all, &proof, &e))
		require(bytes_equal(proof_text(arena, &proof), all),
		    "written again, a proof is the same");
	else
		require(e.code == ERR_INPUT && e.text[0] != '\0',
		    "a refusal says why");
	text = arena_strndup(arena, (const char *)data, size);
	if (note_key_parse(arena, text, &key, NULL))
		require(strcmp(note_key_text(arena, &key), text) == 0,
		    "written again, a key is the same");
	arena_reset(arena);
	return 0;
}
