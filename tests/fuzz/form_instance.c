/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fuzz target: answers to a form with every type. Bytes that begin with "<"
 * are an instance to be loaded, any others are posted fields, one "name=value"
 * a line. Whatever a form took, its draft loads again to the same bytes.
 */
#include "tests/fuzz/target.h"

#include <string.h>

#include "forms/answer.h"
#include "forms/form.h"
#include "forms/sentence.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "lib/xml.h"

enum {
	FIELDS = 64
};

#define LABEL	"<label lang='en'>L</label>"
#define ITEM(name, type) \
	"<item name='" name "' type='" type "'>" LABEL "</item>"
/* clang-format off */
static const char source[] =
    "<form name='f' version='1' languages='en'><title lang='en'>T</title>"
    "<summary lang='en'>S</summary>"
    "<service prefix='FF' office='o' room='r'><purpose number='1'>"
    "<text lang='en'>P</text></purpose><retention years='1'>"
    "<text lang='en'>R</text></retention></service>"
    "<page name='p'><title lang='en'>T</title>"
    ITEM("text", "text") ITEM("name", "name") ITEM("email", "email")
    ITEM("phone", "phone") ITEM("date", "date") ITEM("money", "money")
    ITEM("yesno", "yesno") ITEM("address", "address") ITEM("vin", "vin")
    ITEM("plate", "plate") ITEM("cpf", "cpf") ITEM("yes", "declaration")
    "<item name='long' type='text' lines='9'>" LABEL "</item>"
    "<item name='one' type='choice'>" LABEL
    "<choice code='a'>" LABEL "</choice></item>"
    "<item name='many' type='choices'>" LABEL
    "<choice code='a'>" LABEL "</choice>"
    "<choice code='b'>" LABEL "</choice></item>"
    "<item name='sum' type='integer' calculate='sum0(entry/n) + number'>"
    LABEL "</item>"
    "<item name='number' type='integer' required=\"one = 'a'\" min='-9'"
    " relevant=\"many != 'b'\" constraint='day(date) > number'>" LABEL
    "</item></page>"
    "<page name='q' relevant=\"yesno != 'false'\"><title lang='en'>T</title>"
    "<repeat name='entry' max='3'>" LABEL "<add lang='en'>A</add>"
    ITEM("n", "integer")
    "<item name='why' type='text' relevant=\"n > ../number\">" LABEL
    "</item></repeat></page></form>";
/* clang-format on */

static const struct form_world world = { .today = 20000 };

static void
hold(struct arena *a, struct form *f)
{
	struct bytes draft = form_draft(a, f);
	struct form *again;
	size_t n;

	answer_list(a, f, &n);
	form_submission(a, f);
	for (const struct form_error *e = form_check(f); e; e = e->next)
		require(sentence_error(a, e)[0] != '\0', "a fault is said");
	require(form_load(a, form_definition(f), &world, draft, &again, NULL),
	    "a draft can be loaded");
	require(bytes_equal(form_draft(a, again), draft),
	    "and is the same again");
	form_free(again);
}

static void
load(struct arena *a, const struct definition *d, struct bytes input)
{
	struct form *f;
	struct err e;

	if (!form_load(a, d, &world, input, &f, &e))
		return;
	hold(a, f);
	form_free(f);
}

static size_t
split(char *text, struct form_field *fields)
{
	size_t n = 0;

	for (char *line; n < FIELDS && text != NULL; n++) {
		line = strsep(&text, "\n");
		fields[n].name = strsep(&line, "=");
		fields[n].value = line != NULL ? line : "";
	}
	return n;
}

static void
post(struct arena *a, const struct definition *d, struct bytes input)
{
	struct form_field fields[FIELDS];
	struct form *f = form_new(a, d, &world);
	unsigned entry;
	size_t n;

	n = split(arena_strndup(a, (const char *)input.p, input.n), fields);
	form_add_entry(f, d->repeats, &entry, NULL);
	for (size_t i = 0; i < d->n_pages; i++)
		form_take(f, &d->pages[i], d->pages[i].repeat != NULL, fields,
		    n);
	hold(a, f);
	form_free(f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct definition *d;
	static struct arena *process;
	struct arena *a = arena_new(0);

	if (process == NULL) {
		xml_init();
		process = arena_new(0);
		require(definition_parse(process, bytes_of(source), &d, NULL),
		    "the definition is sound");
	}
	if (size > 0 && data[0] == '<')
		load(a, d, bytes(data, size));
	else if (str_utf8(bytes(data, size)))
		post(a, d, bytes(data, size));
	arena_free(a);
	return 0;
}
