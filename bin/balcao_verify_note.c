/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose signatures a checkpoint carries, for all modes of balcao-verify.
 */
#include "bin/balcao_verify.h"

#include <inttypes.h>
#include <string.h>

#include "audit/cosign.h"
#include "bin/balcao_verify_file.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/crypto.h"
#include "lib/err.h"

bool
verify_read_checkpoint(struct verify *v, const char *path,
    struct signed_checkpoint *out, bool *good, struct err *e)
{
	struct err why = { 0 };
	struct bytes all;

	*out = (struct signed_checkpoint){ .file = path, .first_line = 1 };
	if (!file_read(v->arena, path, NOTE_MAX, &all, e))
		return false;
	*good = checkpoint_read(v->arena, all, &out->checkpoint, &out->note,
	    &why);
	if (!*good)
		report_broken(&v->report, path, "%s is no signed checkpoint: "
		    "%s.", path, why.text);
	return true;
}

static size_t
line_of(const struct signed_checkpoint *c, const struct note_signature *s)
{
	return c->first_line + s->number - 1;
}

/* "checkpoint, line 5", "line 5". */
static const char *
place(struct verify *v, const struct signed_checkpoint *c,
    const struct note_signature *s)
{
	return arena_printf(v->arena, "%s%sline %zu", c->file,
	    *c->file != '\0' ? ", " : "", line_of(c, s));
}

/* A log may have several keys of its name; each line of any must hold. */
enum note_verdict
verify_is_signed(const struct trust *t, const struct note *note,
    const char *origin, const struct note_signature **s)
{
	enum note_verdict verdict = NOTE_ABSENT;

	for (size_t i = 0; i < t->logs && verdict != NOTE_BAD; i++) {
		enum note_verdict one = NOTE_ABSENT;

		if (strcmp(t->log[i].name, origin) == 0)
			one = note_check(note, &t->log[i], s);
		if (one != NOTE_ABSENT)
			verdict = one;
	}
	return verdict;
}

/* Does any key we know by its name and id claim the line? */
static bool
is_known(const struct trust *t, const struct note_signature *s)
{
	for (size_t i = 0; i < t->logs; i++)
		if (note_is_by(s, &t->log[i]))
			return true;
	for (size_t i = 0; i < t->witnesses; i++)
		if (note_is_by(s, &t->witness[i]))
			return true;
	return false;
}

/* Whose signature is this line, with one bit of it changed back? */
static const char *
maker_of(struct arena *a, const struct trust *t, struct bytes text,
    struct bytes line)
{
	struct buf b = buf_new(a, text.n + 1 + line.n);
	struct note one;
	uint64_t time;

	buf_put_bytes(&b, text);
	buf_u8(&b, '\n');
	buf_put_bytes(&b, line);
	if (!note_parse(a, buf_bytes(&b), &one, NULL) || one.n != 1)
		return NULL;
	for (size_t i = 0; i < t->logs; i++)
		if (note_check(&one, &t->log[i], NULL) == NOTE_GOOD)
			return t->log[i].name;
	for (size_t i = 0; i < t->witnesses; i++)
		if (cosign_check(a, &one, &t->witness[i], &time, NULL)
		    == NOTE_GOOD)
			return t->witness[i].name;
	return NULL;
}

static const char *
mended_maker(struct verify *v, struct bytes text, struct bytes line)
{
	uint8_t *p = arena_alloc(v->arena, line.n);
	struct arena *scratch = arena_new(0);
	const char *maker = NULL;

	memcpy(p, line.p, line.n);
	for (size_t bit = 0; bit < 8 * line.n && maker == NULL; bit++) {
		p[bit / 8] ^= (uint8_t)(1 << bit % 8);
		maker = maker_of(scratch, &v->trust, text, bytes(p, line.n));
		p[bit / 8] ^= (uint8_t)(1 << bit % 8);
		arena_reset(scratch);
	}
	arena_free(scratch);
	return maker;
}

/* A changed name or id makes one of our own seem a stranger's, whose lines
 * are nobody's to judge. */
static void
check_strangers(struct verify *v, const struct signed_checkpoint *c)
{
	for (size_t i = 0; i < c->note.n; i++) {
		const struct note_signature *s = &c->note.signature[i];
		const char *maker = is_known(&v->trust, s) ? NULL
		    : mended_maker(v, c->note.text, s->line);

		if (maker != NULL)
			report_broken(&v->report, place(v, c, s), "One bit "
			    "was changed in line %zu: with it changed back, "
			    "the signature of %s holds.", line_of(c, s),
			    maker);
	}
}

static void
check_log(struct verify *v, const struct signed_checkpoint *c)
{
	const struct note_signature *s = NULL;
	const char *origin = c->checkpoint.origin;

	switch (verify_is_signed(&v->trust, &c->note, origin, &s)) {
	case NOTE_GOOD:
		report_put(&v->report, FINDING_PROVED, "The log %s signed a "
		    "tree of %" PRIu64 " entries.", origin,
		    c->checkpoint.size);
		return;
	case NOTE_BAD:
		report_broken(&v->report, place(v, c, s), "The signature of "
		    "%s in line %zu does not hold for this checkpoint.",
		    s->name, line_of(c, s));
		return;
	case NOTE_ABSENT:
		break;
	}
	if (v->trust.logs == 0)
		report_put(&v->report, FINDING_MISSING, "Who signed the "
		    "checkpoint: give the key of %s with --key.", origin);
	else
		report_broken(&v->report, arena_printf(v->arena,
		    "%s%sline %zu", c->file, *c->file != '\0' ? ", " : "",
		    c->first_line), "No key that you gave has signed as %s.",
		    origin);
}

static void
check_witnesses(struct verify *v, const struct signed_checkpoint *c)
{
	const struct trust *t = &v->trust;
	const struct note_signature *s = NULL;
	char when[INSTANT_TEXT];
	uint64_t time;
	size_t n;

	for (size_t i = 0; i < t->witnesses; i++) {
		switch (cosign_check(v->arena, &c->note, &t->witness[i],
		    &time, &s)) {
		case NOTE_ABSENT:
			break;
		case NOTE_GOOD:
			report_put(&v->report, FINDING_FACT, "Cosigned by %s "
			    "at %s.", t->witness[i].name,
			    time > INT64_MAX / 1000 ? "a time out of reach"
			    : instant_text((instant)time * 1000, when));
			break;
		case NOTE_BAD:
			report_broken(&v->report, place(v, c, s), "The "
			    "cosignature of %s in line %zu does not hold.",
			    s->name, line_of(c, s));
			break;
		}
	}
	n = cosign_count(v->arena, &c->note, t->witness, t->witnesses);
	if (t->quorum == 0)
		report_put(&v->report, FINDING_ASIDE, "Whether all are shown "
		    "the same log: that is what witnesses cosign (--witness)."
		    );
	else if (n < t->quorum)
		report_put(&v->report, FINDING_MISSING, "That all are shown "
		    "the same log: %zu of %zu wanted witnesses cosigned.", n,
		    t->quorum);
	else
		report_put(&v->report, FINDING_PROVED, "All are shown the "
		    "same log: %zu witnesses cosigned it.", n);
}

void
verify_signatures(struct verify *v, const struct signed_checkpoint *c)
{
	check_log(v, c);
	check_witnesses(v, c);
	check_strangers(v, c);
}
