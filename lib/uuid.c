/* SPDX-License-Identifier: Apache-2.0 */
/*
 * UUID version 7: 48 bits of milliseconds, the version, 12 random bits, the
 * variant, 62 random bits. There is no counter: ids of one millisecond fall
 * in any order, and nothing may depend on theirs.
 */
#include "lib/uuid.h"

#include "lib/clock.h"
#include "lib/crypto.h"
#include "lib/err.h"

bool
uuid_is_nil(struct uuid u)
{
	return uuid_equal(u, (struct uuid){ { 0 } });
}

bool
uuid_equal(struct uuid a, struct uuid b)
{
	return bytes_equal(uuid_bytes(&a), uuid_bytes(&b));
}

struct uuid
uuid_new(void)
{
	return uuid_at(clock_now());
}

struct uuid
uuid_at(int64_t ms)
{
	struct uuid u;

	for (int i = 0; i < 6; i++)
		u.b[i] = (uint8_t)((uint64_t)ms >> (40 - 8 * i));
	crypto_random(u.b + 6, sizeof u.b - 6);
	u.b[6] = (u.b[6] & 0x0f) | 0x70;	/* RFC 9562 4.2: version 7 */
	u.b[8] = (u.b[8] & 0x3f) | 0x80;	/* RFC 9562 4.1: variant */
	return u;
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* A hyphen stands before these bytes. */
static bool
starts_group(int i)
{
	return i == 4 || i == 6 || i == 8 || i == 10;
}

bool
uuid_parse(const char *s, struct uuid *out, struct err *e)
{
	struct uuid u;

	if (s == NULL || strlen(s) != UUID_TEXT - 1)
		return err_set(e, ERR_INPUT, "not a UUID: its length");
	for (int i = 0; i < UUID_SIZE; i++) {
		int high, low;

		if (starts_group(i) && *s++ != '-')
			return err_set(e, ERR_INPUT, "not a UUID: no hyphen");
		high = hex_value(*s++);
		low = high < 0 ? -1 : hex_value(*s++);
		if (low < 0)
			return err_set(e, ERR_INPUT, "not a UUID: a digit");
		u.b[i] = (uint8_t)(high << 4 | low);
	}
	*out = u;
	return true;
}

const char *
uuid_text(struct uuid u, char out[UUID_TEXT])
{
	static const char digits[] = "0123456789abcdef";
	char *p = out;

	for (int i = 0; i < UUID_SIZE; i++) {
		if (starts_group(i))
			*p++ = '-';
		*p++ = digits[u.b[i] >> 4];
		*p++ = digits[u.b[i] & 15];
	}
	*p = '\0';
	return out;
}
