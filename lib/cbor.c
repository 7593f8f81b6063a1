/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The small CBOR codec. The writer makes only the deterministic form; the
 * reader refuses everything else, so that reading and writing again always
 * gives the same bytes. It never recurses and allocates nothing.
 */
#include "lib/cbor.h"

#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"

/* RFC 8949 3.1: the major types of our subset, and their simple values. */
enum {
	MAJOR_UINT = 0,
	MAJOR_NEGATIVE = 1,
	MAJOR_BYTES = 2,
	MAJOR_TEXT = 3,
	MAJOR_ARRAY = 4,
	FALSE_BYTE = 0xf4,
	TRUE_BYTE = 0xf5,
	NULL_BYTE = 0xf6
};

/* RFC 8949 3: what the low five bits of a head say. */
enum {
	INFO_BITS = 0x1f,
	INFO_DIRECT_MAX = 23,
	INFO_U8 = 24,
	INFO_U16 = 25,
	INFO_U32 = 26,
	INFO_U64 = 27,
	INFO_INDEFINITE = 31
};

static void
put_head(struct buf *b, unsigned major, uint64_t argument)
{
	uint8_t first = (uint8_t)(major << 5);

	if (argument <= INFO_DIRECT_MAX) {
		buf_u8(b, first | (uint8_t)argument);
	} else if (argument <= UINT8_MAX) {
		buf_u8(b, first | INFO_U8);
		buf_u8(b, (uint8_t)argument);
	} else if (argument <= UINT16_MAX) {
		buf_u8(b, first | INFO_U16);
		buf_u16(b, (uint16_t)argument);
	} else if (argument <= UINT32_MAX) {
		buf_u8(b, first | INFO_U32);
		buf_u32(b, (uint32_t)argument);
	} else {
		buf_u8(b, first | INFO_U64);
		buf_u64(b, argument);
	}
}

void
cbor_put_uint(struct buf *b, uint64_t value)
{
	put_head(b, MAJOR_UINT, value);
}

void
cbor_put_int(struct buf *b, int64_t value)
{
	if (value < 0)
		put_head(b, MAJOR_NEGATIVE, (uint64_t)(-1 - value));
	else
		put_head(b, MAJOR_UINT, (uint64_t)value);
}

void
cbor_put_bytes(struct buf *b, struct bytes value)
{
	put_head(b, MAJOR_BYTES, value.n);
	buf_put_bytes(b, value);
}

void
cbor_put_text(struct buf *b, const char *value)
{
	if (value == NULL) {
		cbor_put_null(b);
		return;
	}
	put_head(b, MAJOR_TEXT, strlen(value));
	buf_puts(b, value);
}

void
cbor_put_array(struct buf *b, size_t items)
{
	put_head(b, MAJOR_ARRAY, items);
}

void
cbor_put_bool(struct buf *b, bool value)
{
	buf_u8(b, value ? TRUE_BYTE : FALSE_BYTE);
}

void
cbor_put_null(struct buf *b)
{
	buf_u8(b, NULL_BYTE);
}

struct cbor
cbor_read(struct bytes all)
{
	return (struct cbor){ .all = all };
}

static bool
fail(struct cbor *c, const char *fault)
{
	if (c->fault == NULL)
		c->fault = fault;
	return false;
}

static size_t
left(const struct cbor *c)
{
	return c->all.n - c->at;
}

/* The item's first byte, which stays where it is. */
static bool
look(struct cbor *c, uint8_t *first)
{
	if (c->fault != NULL)
		return false;
	if (left(c) == 0)
		return fail(c, "the record ends too early");
	*first = c->all.p[c->at];
	return true;
}

/* The shortest form holds nothing that a shorter one could (4.2.1). */
static uint64_t
smallest_of(unsigned info)
{
	switch (info) {
	case INFO_U8:
		return INFO_DIRECT_MAX + 1;
	case INFO_U16:
		return UINT64_C(1) << 8;
	case INFO_U32:
		return UINT64_C(1) << 16;
	default:
		return UINT64_C(1) << 32;
	}
}

/* A number of 1, 2, 4 or 8 bytes behind a head. */
static bool
take_long(struct cbor *c, unsigned info, uint64_t *argument)
{
	uint64_t value = 0;
	size_t size;

	if (info == INFO_INDEFINITE)
		return fail(c, "an indefinite length");
	if (info > INFO_U64)
		return fail(c, "a reserved length");
	size = (size_t)1 << (info - INFO_U8);
	if (left(c) - 1 < size)
		return fail(c, "the record ends too early");
	for (size_t i = 1; i <= size; i++)
		value = value << 8 | c->all.p[c->at + i];
	if (value < smallest_of(info))
		return fail(c, "a number in a longer form than needed");
	c->at += 1 + size;
	*argument = value;
	return true;
}

/*
 * Past a head of this major type; *argument is what it says. After a fault
 * the reader stands at the head that is to blame. Inline: a whole log's
 * entries are seventeen of these each.
 */
static inline bool
take_head(struct cbor *c, unsigned major, uint64_t *argument)
{
	unsigned info;
	uint8_t first;

	if (!look(c, &first))
		return false;
	if (first >> 5 != major)
		return fail(c, "a value of another type");
	info = first & INFO_BITS;
	if (info > INFO_DIRECT_MAX)
		return take_long(c, info, argument);
	c->at++;
	*argument = info;
	return true;
}

enum cbor_type
cbor_peek(struct cbor *c)
{
	static const enum cbor_type types[] = {
		[MAJOR_UINT]	= CBOR_UINT,
		[MAJOR_NEGATIVE] = CBOR_NEGATIVE,
		[MAJOR_BYTES]	= CBOR_BYTES,
		[MAJOR_TEXT]	= CBOR_TEXT,
		[MAJOR_ARRAY]	= CBOR_ARRAY,
	};
	uint8_t first;

	if (!look(c, &first))
		return CBOR_NULL;
	if (first >> 5 <= MAJOR_ARRAY)
		return types[first >> 5];
	if (first == TRUE_BYTE || first == FALSE_BYTE)
		return CBOR_BOOL;
	if (first != NULL_BYTE)
		fail(c, "a type that records do not use");
	return CBOR_NULL;
}

uint64_t
cbor_uint(struct cbor *c)
{
	uint64_t value;

	return take_head(c, MAJOR_UINT, &value) ? value : 0;
}

int64_t
cbor_int(struct cbor *c)
{
	bool negative = cbor_peek(c) == CBOR_NEGATIVE;
	size_t start = c->at;
	uint64_t value;

	if (!take_head(c, negative ? MAJOR_NEGATIVE : MAJOR_UINT, &value))
		return 0;
	if (value > INT64_MAX) {
		c->at = start;
		fail(c, "a number too large");
		return 0;
	}
	return negative ? -1 - (int64_t)value : (int64_t)value;
}

int64_t
cbor_int_in(struct cbor *c, int64_t min, int64_t max)
{
	size_t start = c->at;
	int64_t value = cbor_int(c);

	if (c->fault == NULL && min <= value && value <= max)
		return value;
	if (c->fault == NULL) {
		c->at = start;
		fail(c, "a number out of its range");
	}
	return 0;
}

static struct bytes
take_string(struct cbor *c, unsigned major)
{
	size_t start = c->at;
	struct bytes value;
	uint64_t n;

	if (!take_head(c, major, &n))
		return bytes(NULL, 0);
	if (n > left(c)) {
		c->at = start;
		fail(c, "the record ends too early");
		return bytes(NULL, 0);
	}
	value = bytes(c->all.p + c->at, (size_t)n);
	c->at += value.n;
	return value;
}

struct bytes
cbor_bytes(struct cbor *c)
{
	return take_string(c, MAJOR_BYTES);
}

struct bytes
cbor_text(struct cbor *c)
{
	size_t start = c->at;
	struct bytes value = take_string(c, MAJOR_TEXT);

	if (str_utf8(value))
		return value;
	c->at = start;
	fail(c, "text that is not UTF-8, or holds a NUL");
	return bytes(NULL, 0);
}

bool
cbor_bool(struct cbor *c)
{
	uint8_t first;

	if (!look(c, &first))
		return false;
	if (first != TRUE_BYTE && first != FALSE_BYTE)
		return fail(c, "a value of another type");
	c->at++;
	return first == TRUE_BYTE;
}

bool
cbor_null(struct cbor *c)
{
	if (c->fault != NULL || left(c) == 0 || c->all.p[c->at] != NULL_BYTE)
		return false;
	c->at++;
	return true;
}

/* Every item has a byte at least: a count beyond that is a lie, and is
 * refused before anybody makes room for it. */
size_t
cbor_array(struct cbor *c)
{
	size_t start = c->at;
	uint64_t n;

	if (!take_head(c, MAJOR_ARRAY, &n))
		return 0;
	if (n > left(c)) {
		c->at = start;
		fail(c, "an array of more items than there are bytes");
		return 0;
	}
	return (size_t)n;
}

bool
cbor_array_of(struct cbor *c, size_t n)
{
	size_t start = c->at;

	if (cbor_array(c) == n && c->fault == NULL)
		return true;
	if (c->fault == NULL)
		c->at = start;
	return fail(c, "an array of another length");
}

bool
cbor_end(const struct cbor *c, struct err *e)
{
	const char *fault = c->fault;

	if (fault == NULL && left(c) > 0)
		fault = "bytes left over";
	if (fault == NULL)
		return true;
	return err_set(e, ERR_INPUT, "record: %s, at byte %zu", fault, c->at);
}
