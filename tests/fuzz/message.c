/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fuzz target: what one room's text could make of another. The first byte
 * chooses a kind of message. A profile that is taken is written again to the
 * same bytes; a mail that is taken becomes one RFC 5322 message of the
 * headers that we write and no other, or is refused.
 */
#include "tests/fuzz/target.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/delivery.h"
#include "services/mail.h"
#include "services/party.h"

enum kind {
	PROFILE,
	MAIL,
	KIND__MAX
};

static const char *const headers[] = {
	"Auto-Submitted:", "Content-Language:", "Content-Transfer-Encoding:",
	"Content-Type:", "Date:", "From:", "MIME-Version:", "Message-ID:",
	"Subject:", "To:",
};

static const struct conf_key keys[] = {
	{ "authority", "name", CONF_TEXT, "Modelo", 0, 0, "" },
	{ "mail", "from", CONF_TEXT, "portal@town.example", 0, 0, "" },
	{ NULL, NULL, CONF_TEXT, NULL, 0, 0, NULL }
};

static struct arena *arena, *kept;
static struct conf *conf;

static void
init(void)
{
	struct err e;

	kept = arena_new(0);
	arena = arena_new(0);
	require(crypto_init(&e), "OpenSSL starts");
	require(conf_load(kept, "/dev/null", keys, &conf, &e),
	    "there are defaults");
}

static void
profile(struct bytes in)
{
	struct party p;
	int32_t version;
	struct err e = { 0 };

	if (party_decode(arena, in, &p, &version, &e))
		require(bytes_equal(party_encode(arena, &p, version), in),
		    "written again, a profile is the same");
	else
		require(e.code == ERR_INPUT, "a refusal says why");
}

/* A line of the head: folded, or one of ours. */
static bool
is_header(const char *line)
{
	if (*line == ' ')
		return true;
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		if (strncmp(line, headers[i], strlen(headers[i])) == 0)
			return true;
	return false;
}

static void
lines(const char *text)
{
	bool head = true;

	for (const char *end; *text != '\0'; text = end + 2) {
		end = strstr(text, "\r\n");
		require(end != NULL, "every line ends");
		require(memchr(text, '\n', (size_t)(end - text)) == NULL,
		    "no line ends by itself");
		require(end - text <= 76, "no line is long");
		head = head && end != text;
		require(!head || is_header(text), "only our headers");
	}
	require(!head, "the head ends");
}

static void
mail(struct bytes in)
{
	struct uuid id = { { 1 } };
	struct err e = { 0 };
	struct bytes written;
	struct mail m;

	if (!mail_decode(arena, in, &m, &e)) {
		require(e.code == ERR_INPUT, "a refusal says why");
		return;
	}
	require(bytes_equal(mail_encode(arena, &m), in),
	    "written again, a mail is the same");
	if (delivery_write(arena, conf, &m, id, 0, &written, &e))
		lines(arena_strndup(arena, (const char *)written.p,
		    written.n));
	else
		require(e.code == ERR_INPUT, "a refusal says why");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (arena == NULL)
		init();
	if (size == 0)
		return 0;
	if (data[0] % KIND__MAX == PROFILE)
		profile(bytes(data + 1, size - 1));
	else
		mail(bytes(data + 1, size - 1));
	arena_reset(arena);
	return 0;
}
