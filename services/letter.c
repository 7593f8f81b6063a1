/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Filling a letter's text. The sentences are the definition's; here stand
 * only the parts that every letter has: dates, reasons, appeal.
 */
#include "services/letter.h"

#include "forms/answer.h"
#include "forms/definition.h"
#include "forms/form.h"
#include "forms/words.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/casework.h"

enum {
	LAYOUT = 1,
	PARTS = 6,
	PARTS_MAX = 64
};

/* A date as the language writes it: day first, the month as a word. */
static const char *
written(struct arena *arena, date d)
{
	static const char *const months[] = {
		N_("January"), N_("February"), N_("March"), N_("April"),
		N_("May"), N_("June"), N_("July"), N_("August"),
		N_("September"), N_("October"), N_("November"),
		N_("December"),
	};
	struct civil c;

	if (d == DATE_NONE)
		return "";
	c = date_civil(d);
	/* TRANSLATORS: a date: day, month as a word, year */
	return arena_printf(arena, _("%d %s %d"), c.day,
	    _(months[c.month - 1]), c.year);
}

static const char *
reasons(struct arena *arena, const struct letter_facts *facts)
{
	const struct definition *d = form_definition(facts->form);
	struct buf b = buf_new(arena, 256);

	for (size_t i = 0; i < facts->n_reasons; i++) {
		const struct policy_reason *reason =
		    definition_reason(d, (unsigned)facts->reasons[i]);

		if (reason != NULL)
			buf_printf(&b, "%s– %s", b.n > 0 ? "\n" : "",
			    words_read(reason->words));
	}
	if (!str_empty(facts->remark))
		buf_printf(&b, "%s%s", b.n > 0 ? "\n\n" : "", facts->remark);
	return buf_text(&b);
}

/* Every answer is a part of its own: {answer:model}. */
static size_t
answers(struct arena *arena, const struct letter_facts *facts,
    struct words_part *part, size_t n)
{
	const struct definition *d = form_definition(facts->form);

	for (size_t i = 0; i < d->n_items && n < PARTS_MAX; i++) {
		if (d->items[i].repeat != NULL)
			continue;
		part[n++] = (struct words_part){
		    arena_printf(arena, "answer:%s", d->items[i].name),
		    answer_read(arena, facts->form, &d->items[i], 0) };
	}
	return n;
}

static void
put_one(struct arena *arena, struct buf *b,
    const struct letter_facts *facts)
{
	const struct definition_letter *letter = definition_letter(
	    form_definition(facts->form),
	    facts->approved ? "approved" : "refused");
	struct words_part part[PARTS_MAX] = {
		{ "reference", facts->application->reference },
		{ "name", facts->name != NULL ? facts->name : "" },
		{ "date", written(arena, facts->on) },
		{ "reasons", reasons(arena, facts) },
		{ "appeal-until", written(arena, facts->appeal_until) },
		{ "office", facts->office },
	};
	size_t n = answers(arena, facts, part, PARTS);

	cbor_put_array(b, 3);
	cbor_put_text(b, text_tag());
	cbor_put_text(b, letter == NULL ? (facts->approved ? _("Approved")
	    : _("Refused")) : words_fill(arena, words_read(letter->title),
	    part, n));
	cbor_put_text(b, letter == NULL ? reasons(arena, facts)
	    : words_fill(arena, words_read(letter->body), part, n));
}

struct bytes
letter_write(struct arena *arena, const struct letter_facts *facts)
{
	struct buf b = buf_new(arena, 4096);
	const char *language = text_tag();
	size_t n = 0;

	while (text_languages[n].tag != NULL)
		n++;
	cbor_put_array(&b, 2);
	cbor_put_uint(&b, LAYOUT);
	cbor_put_array(&b, n);
	for (size_t i = 0; i < n; i++) {
		text_use(text_languages[i].tag);
		put_one(arena, &b, facts);
	}
	text_use(language);
	return buf_bytes(&b);
}

static const char *
take_text(struct arena *arena, struct cbor *c)
{
	struct bytes b = cbor_text(c);

	return arena_strndup(arena, (const char *)b.p, b.n);
}

bool
letter_read(struct arena *arena, struct bytes encoded, struct letter *out,
    struct err *e)
{
	struct cbor c = cbor_read(encoded);
	size_t n;

	cbor_array_of(&c, 2);
	if (cbor_uint(&c) != LAYOUT)
		return err_set(e, ERR_INPUT, "no letter of a known layout");
	n = cbor_array(&c);
	for (size_t i = 0; i < n; i++) {
		struct letter one;

		cbor_array_of(&c, 3);
		one.language = take_text(arena, &c);
		one.title = take_text(arena, &c);
		one.body = take_text(arena, &c);
		if (i == 0 || str_equal(one.language, text_tag()))
			*out = one;
	}
	return cbor_end(&c, e);
}
