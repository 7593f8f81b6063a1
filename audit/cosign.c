/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cosignature/v1: what witnesses sign, and counting whom to believe. The
 * witness's rules (C2SP tlog-witness) are its own program's.
 */
#include "audit/cosign.h"

#include <inttypes.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"

struct bytes
cosign_message(struct arena *a, uint64_t time, struct bytes text)
{
	struct buf b = buf_new(a, 64 + text.n);

	buf_printf(&b, "cosignature/v1\ntime %" PRIu64 "\n", time);
	buf_put_bytes(&b, text);
	return buf_bytes(&b);
}

const char *
cosign_sign(struct arena *a, const struct note_key *key,
    const struct secret *seed, uint64_t time, struct bytes text)
{
	struct buf b = buf_new(a, COSIGN_BYTES);
	uint8_t signature[CRYPTO_SIGNATURE];

	crypto_sign(seed, cosign_message(a, time, text), signature);
	buf_u64(&b, time);
	buf_put(&b, signature, sizeof signature);
	return note_line(a, key, buf_bytes(&b));
}

static uint64_t
time_of(const uint8_t *p)
{
	uint64_t time = 0;

	for (int i = 0; i < 8; i++)
		time = time << 8 | p[i];
	return time;
}

static bool
holds(struct arena *a, const struct note_key *key, struct bytes text,
    struct bytes b, uint64_t *time)
{
	if (b.n != COSIGN_BYTES)
		return false;
	*time = time_of(b.p);
	return *time <= INT64_MAX && crypto_verify(key->public,
	    cosign_message(a, *time, text),
	    bytes(b.p + 8, CRYPTO_SIGNATURE));
}

enum note_verdict
cosign_check(struct arena *a, const struct note *note,
    const struct note_key *key, uint64_t *time,
    const struct note_signature **signature)
{
	enum note_verdict verdict = NOTE_ABSENT;
	uint64_t latest = 0, at = 0;

	for (size_t i = 0; i < note->n; i++) {
		const struct note_signature *s = &note->signature[i];

		if (!note_is_by(s, key) || verdict == NOTE_BAD)
			continue;
		if (signature != NULL)
			*signature = s;
		verdict = holds(a, key, note->text, s->bytes, &at)
		    ? NOTE_GOOD : NOTE_BAD;
		if (verdict == NOTE_GOOD && at > latest)
			latest = at;
	}
	if (verdict == NOTE_GOOD && time != NULL)
		*time = latest;
	return verdict;
}

/* Somebody who comes twice, under two names, is still one. */
static bool
counted(const struct note_key *const *good, size_t n,
    const struct note_key *key)
{
	for (size_t i = 0; i < n; i++)
		if (memcmp(good[i]->public, key->public, CRYPTO_PUBLIC) == 0)
			return true;
	return false;
}

size_t
cosign_count(struct arena *a, const struct note *note,
    const struct note_key *key, size_t n)
{
	const struct note_key **good = arena_array(a, n, sizeof *good);
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (!counted(good, count, &key[i]) && cosign_check(a, note,
		    &key[i], NULL, NULL) == NOTE_GOOD)
			good[count++] = &key[i];
	return count;
}
