/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of form.definition and form.parameter as superuser. What balcao does
 * with files is tests/database/balcao.sh's business.
 */
#include "tests/database/house_form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "forms/definition.h"
#include "forms/form.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/form_store.h"
#include "services/keyring.h"
#include "tests/database/house.h"

static struct bytes
source_of(const char *name)
{
	const char *dir = getenv("srcdir");
	struct buf b = buf_new(house.arena, 64 * 1024);
	char block[4096];
	size_t n;
	FILE *f = fopen(arena_printf(house.arena, "%s/forms/%s.xml",
	    dir != NULL ? dir : ".", name), "re");

	if (f == NULL)
		fail_msg("forms/%s.xml cannot be read", name);
	while ((n = fread(block, 1, sizeof block, f)) > 0)
		buf_put(&b, block, n);
	fclose(f);
	return buf_bytes(&b);
}

static const char *
sign(struct bytes source)
{
	uint8_t signature[CRYPTO_SIGNATURE];
	struct keyring ring;
	struct err e;

	if (!keyring_load(arena_printf(house.arena, "%s/keys", house.dir),
	    "balcao", &ring, &e))
		fail_msg("%s", e.text);
	form_store_sign(&ring.sign_seed, source, signature);
	return str_hex(house.arena, bytes(signature, sizeof signature));
}

static const char *
four_eyes(const struct policy *p)
{
	static const char *const words[] = { "'never', NULL",
	    "'always', NULL" };

	if (p->second != POLICY_ABOVE)
		return words[p->second];
	return arena_printf(house.arena, "'above', %lld",
	    (long long)p->second_above);
}

void
house_form(const char *name)
{
	house_form_text(source_of(name));
}

/* The same text with another word in it. */
static const char *
with(const char *text, const char *was, const char *is)
{
	const char *at = strstr(text, was);

	if (at == NULL)
		fail_msg("no %s", was);
	return arena_printf(house.arena, "%.*s%s%s", (int)(at - text), text,
	    is, at + strlen(was));
}

void
house_form_forgetful(const char *name)
{
	struct bytes source = source_of(name);
	const char *text = arena_strndup(house.arena,
	    (const char *)source.p, source.n);

	text = with(text, " version=\"1\"", " version=\"2\"");
	house_form_text(bytes_of(with(text, "<retention years=\"10\">",
	    "<retention years=\"0\">")));
}

void
house_form_text(struct bytes source)
{
	const struct definition *d;
	const struct policy *p;
	char office[UUID_TEXT];
	struct err e;

	if (!definition_parse(house.arena, source, &d, &e))
		fail_msg("%s", e.text);
	p = &d->policy;
	house_sql("INSERT INTO form.definition (id, row_version, nonce, name,"
	    " version, room, prefix, office, four_eyes, four_eyes_above,"
	    " review_days, answer_days, appeal_days, fee, sha256, source,"
	    " signature, added_at) SELECT gen_random_uuid(), 1,"
	    " gen_random_uuid(), '%s', %u, (SELECT code FROM ops.room"
	    " WHERE name = '%s'), '%s', '%s', %s, %u, %u, %u, NULL,"
	    " sha256(s), s, '\\x%s', now() FROM (SELECT '\\x%s'::bytea) AS"
	    " x (s)", d->name, d->version, p->room, p->prefix,
	    uuid_text(house.office, office), four_eyes(p),
	    policy_deadline(p, NULL), policy_lapse(p, "awaiting_applicant"),
	    p->appeal_days, sign(source), str_hex(house.arena, source));
	definition_free(d);
}

void
house_fee(const char *line, int64_t amount)
{
	house_sql("INSERT INTO form.parameter (id, row_version, nonce, name,"
	    " valid_from, value, reference) VALUES (gen_random_uuid(), 1,"
	    " gen_random_uuid(), 'fee.%s', '2000-01-01', %lld, 'a test')",
	    line, (long long)amount);
}

void
house_answer(struct form *form, const struct form_field *field, size_t n)
{
	const struct definition *d = form_definition(form);

	for (size_t i = 0; i < d->n_pages; i++)
		form_take(form, &d->pages[i], 0, field, n);
}
