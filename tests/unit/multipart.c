/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Multipart bodies: the published corpus whole, byte by byte and in random
 * pieces, then our own refusals. The parts that came are written down as
 * text, so that one comparison shows all of them.
 */
#include "cgi-bin/multipart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "tests/unit/vectors.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

enum {
	LARGEST = 4096,
	SPLITS = 200
};

static struct arena *arena;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_new(0);
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* "name|filename|data in hexadecimal;" for each part. */
struct record {
	struct buf	 text;
	struct buf	 data;
};

static bool
record_begin(void *arg, const struct multipart_part *p, struct err *e)
{
	struct record *r = arg;

	(void)e;
	buf_printf(&r->text, "%s|%s|", p->name,
	    p->filename != NULL ? p->filename : "-");
	r->data = buf_new(arena, 0);
	return true;
}

static bool
record_data(void *arg, struct bytes piece, struct err *e)
{
	struct record *r = arg;

	(void)e;
	assert_true(piece.n > 0);
	buf_put_bytes(&r->data, piece);
	return true;
}

static bool
record_end(void *arg, struct err *e)
{
	struct record *r = arg;

	(void)e;
	buf_printf(&r->text, "%s;", str_hex(arena, buf_bytes(&r->data)));
	return true;
}

/* The same numbers in every run (Marsaglia, "Xorshift RNGs", 2003). */
static uint32_t
next_random(void)
{
	static uint32_t x = 2463534242;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return x;
}

/* How large the next piece is: 0 all, 1 one byte, else random. */
static size_t
piece_size(int how, size_t left)
{
	size_t n = how == 0 ? left : how == 1 ? 1 : 1 + next_random() % 40;

	return n < left ? n : left;
}

/* The parts as text, or NULL with e and where it went wrong. */
static const char *
parts_of(const char *boundary, struct bytes body, int how, size_t *offset,
    struct err *e)
{
	struct record r = { .text = buf_new(arena, 0) };
	struct multipart_sink sink = {
		record_begin, record_data, record_end, &r
	};
	struct multipart *m = multipart_new(arena, boundary, &sink);
	size_t at = 0;

	while (at < body.n) {
		size_t n = piece_size(how, body.n - at);
		/* in memory of its own, so that a sanitizer sees a step
		 * outside */
		uint8_t *piece = malloc(n);
		bool ok;

		memcpy(piece, body.p + at, n);
		ok = multipart_feed(m, bytes(piece, n), e);
		free(piece);
		*offset = multipart_offset(m);
		if (!ok) {
			assert_false(multipart_feed(m, bytes("x", 1), NULL));
			assert_false(multipart_end(m, NULL));
			return NULL;
		}
		at += n;
	}
	*offset = multipart_offset(m);
	return multipart_end(m, e) ? buf_text(&r.text) : NULL;
}

/* ---- the corpus */

static struct bytes
load(const char *name, const char *suffix)
{
	char *path = vectors_path_or_skip(arena_printf(arena,
	    "multipart/%s.%s", name, suffix));
	uint8_t *p = arena_alloc(arena, LARGEST);
	FILE *f = fopen(path, "rb");
	size_t n;

	free(path);
	assert_non_null(f);
	n = fread(p, 1, LARGEST, f);
	assert_true(n < LARGEST);
	fclose(f);
	return bytes(p, n);
}

/* The text behind "key:" on its line; NULL if the line has another key. */
static const char *
value(const char *line, const char *key)
{
	line += strspn(line, " -");
	if (!str_starts(line, key) || line[strlen(key)] != ':')
		return NULL;
	return str_trim(arena, line + strlen(key) + 1);
}

struct expected {
	const char	*boundary;
	bool		 rejected;
	size_t		 offset;
	struct buf	 text;		/* as record_* write it */
	bool		 is_file;
};

static void
expect_data(struct expected *x, const char *base64)
{
	struct bytes data;
	struct err e;

	assert_true(str_unbase64(arena, base64, &data, &e));
	buf_printf(&x->text, "%s;", str_hex(arena, data));
}

/* One line of the few shapes that the corpus' YAML has. */
static void
expect_line(struct expected *x, const char *line)
{
	const char *v;

	if ((v = value(line, "boundary")) != NULL) {
		x->boundary = v;
	} else if ((v = value(line, "error")) != NULL) {
		uint64_t offset;
		struct err e;

		assert_true(str_uint(v, LARGEST, &offset, &e));
		x->rejected = true;
		x->offset = offset;
	} else if ((v = value(line, "name")) != NULL) {
		buf_printf(&x->text, "%s|", v);
	} else if ((v = value(line, "type")) != NULL) {
		if (strcmp(v, "field") == 0)
			buf_puts(&x->text, "-|");
	} else if ((v = value(line, "file_name")) != NULL) {
		buf_printf(&x->text, "%s|", v);
	} else if (value(line, "data") == NULL &&
	    value(line, "expected") == NULL && *str_trim(arena, line)) {
		expect_data(x, str_trim(arena, line));
	}
}

static struct expected
expectation(const char *name)
{
	struct expected x = { .text = buf_new(arena, 0) };
	struct bytes yaml = load(name, "yaml");
	size_t n;

	for (size_t at = 0; at < yaml.n; at += n + 1) {
		const char *line = (const char *)yaml.p + at;
		const char *end = memchr(line, '\n', yaml.n - at);

		n = end != NULL ? (size_t)(end - line) : yaml.n - at;
		expect_line(&x, arena_strndup(arena, line, n));
	}
	return x;
}

static void
check(const char *name, int how)
{
	struct expected x = expectation(name);
	struct bytes body = load(name, "http");
	struct err e = { 0 };
	size_t offset;
	const char *parts = parts_of(x.boundary, body, how, &offset, &e);

	if (x.rejected) {
		assert_null(parts);
		assert_int_equal(e.code, ERR_INPUT);
		assert_int_equal(offset, x.offset);
		return;
	}
	assert_non_null(parts);
	assert_string_equal(parts, buf_text(&x.text));
	assert_int_equal(offset, body.n);
}

static const char *const corpus[] = {
	"CR_in_header", "almost_match_boundary",
	"almost_match_boundary_without_LF", "bad_end_of_headers",
	"bad_initial_boundary", "empty_header", "multiple_files",
	"single_field", "single_field_longer",
	"single_field_with_leading_newlines", "utf8_filename",
};

static void
the_corpus_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(corpus); i++)
		check(corpus[i], 0);
}

static void
the_corpus_byte_by_byte(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(corpus); i++)
		check(corpus[i], 1);
}

static void
the_corpus_in_random_pieces(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(corpus); i++)
		for (int k = 0; k < SPLITS; k++)
			check(corpus[i], 2);
}

/* ---- our own; the boundary is B */

#define FIELD	"--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"

static void
bodies_give_parts(void **state)
{
	static const struct {
		const char	*body;
		const char	*parts;
	} cases[] = {
		{ "--B--", "" },
		{ "--B--\r\n", "" },
		{ FIELD "\r\n--B--", "a|-|;" },
		{ FIELD "x\r\n--B--\r\n", "a|-|78;" },
		{ FIELD "x\r\n" FIELD "y\r\n--B--", "a|-|78;a|-|79;" },
		{ FIELD "\r\r\n--B--", "a|-|0d;" },
		{ FIELD "\r\n\r\n--B--", "a|-|0d0a;" },
		{ FIELD "\n--B--\r\n--B--", "a|-|0a2d2d422d2d;" },
		{ FIELD "\r\n--B\r\r\n--B--", "a|-|0d0a2d2d420d;" },
		{ FIELD "\r\n--B-\r\n--B--", "a|-|0d0a2d2d422d;" },
		{ FIELD "\r\n--BB\r\n--B--", "a|-|0d0a2d2d4242;" },
		{ FIELD "\r\n--\r\n--B--", "a|-|0d0a2d2d;" },
		{ "--B\r\ncontent-disposition:form-data;name=a\r\n\r\n\r\n"
		    "--B--", "a|-|;" },
		{ "--B\r\nContent-Type: text/html\r\nX-Other: 1\r\n"
		    "Content-Disposition: form-data ; name=\"a\" ; "
		    "filename=\"\"\r\n\r\n\r\n--B--", "a||;" },
		{ "--B\r\nContent-Disposition: form-data; "
		    "name=\"a\\\"b\\\\c\\d\"\r\n\r\n\r\n--B--",
		    "a\"b\\c\\d|-|;" },
		{ "--B\r\nContent-Disposition: form-data; name=a; "
		    "filename*=UTF-8''x\r\n\r\n\r\n--B--", "a|-|;" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		for (int how = 0; how < 3; how++) {
			struct err e = { 0 };
			size_t offset;
			const char *parts = parts_of("B",
			    bytes_of(cases[i].body), how, &offset, &e);

			assert_non_null(parts);
			assert_string_equal(parts, cases[i].parts);
		}
	}
}

static void
malformed_bodies_are_rejected(void **state)
{
	static const char *const cases[] = {
		"", "--B", "--B-", "--B\r", "--B\r\n", "\r\n", "B--",
		"x--B--", "\n--B--", "--B--x", "--B--\r\nx", "--B --",
		"--B\n", "--B\r\n--B--",
		FIELD, FIELD "x", FIELD "x\r\n--B", FIELD "x\r\n--B-",
		FIELD "x--B--",
		"--B\r\n\r\n\r\n--B--",
		"--B\r\nContent-Type: text/plain\r\n\r\n\r\n--B--",
		"--B\r\nContent-Disposition: attachment; name=a\r\n\r\n",
		"--B\r\nContent-Disposition: form-data\r\n\r\n",
		"--B\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n",
		"--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\n",
		"--B\r\nContent-Disposition: form-data; name=\"a\"x\r\n\r\n",
		"--B\r\nContent-Disposition: form-data; name\r\n\r\n",
		"--B\r\nContent-Disposition: form-data; =a\r\n\r\n",
		"--B\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n",
		"--B\r\nContent-Disposition: form-data; name=a\r\n"
		    "Content-Disposition: form-data; name=b\r\n\r\n",
		"--B\r\nContent-Disposition: form-data; name=\"\xFF\"\r\n\r\n",
		"--B\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\n",
		"--B\r\nContent-Disposition: form-data; name=a\n\r\n",
		"--B\r\nContent-Disposition : form-data; name=a\r\n\r\n",
		"--B\r\nContent-Disposition form-data\r\n\r\n",
		"--B\r\nNo-Colon\r\n\r\n",
		"--B\r\nContent-Disposition: form-data; name=a\r\n"
		    "Content-Transfer-Encoding: base64\r\n\r\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		for (int how = 0; how < 3; how++) {
			struct err e = { 0 };
			size_t offset;

			assert_null(parts_of("B", bytes_of(cases[i]), how,
			    &offset, &e));
			assert_int_equal(e.code, ERR_INPUT);
		}
	}
}

static void
a_nul_in_a_header_is_rejected(void **state)
{
	static const char body[] = "--B\r\nContent-Disposition: form-data; "
	    "name=\"a\0b\"\r\n\r\n\r\n--B--";
	struct err e = { 0 };
	size_t offset;

	(void)state;
	assert_null(parts_of("B", bytes(body, sizeof body - 1), 0, &offset,
	    &e));
	assert_int_equal(offset, 44);
}

static void
there_are_limits(void **state)
{
	struct buf parts = buf_new(arena, 0), headers = buf_new(arena, 0);
	struct buf line = buf_new(arena, 0);
	struct err e = { 0 };
	size_t offset;

	(void)state;
	for (int i = 0; i < MULTIPART_PARTS; i++)
		buf_puts(&parts, FIELD "x\r\n");
	buf_puts(&parts, "--B--");
	assert_non_null(parts_of("B", buf_bytes(&parts), 0, &offset, &e));
	parts.n -= strlen("--B--");
	buf_puts(&parts, FIELD "x\r\n--B--");
	assert_null(parts_of("B", buf_bytes(&parts), 0, &offset, &e));
	assert_int_equal(e.code, ERR_LIMIT);

	buf_puts(&headers, "--B\r\n");
	for (int i = 0; i <= MULTIPART_HEADERS; i++)
		buf_puts(&headers, "X: y\r\n");
	assert_null(parts_of("B", buf_bytes(&headers), 0, &offset, &e));
	assert_int_equal(e.code, ERR_LIMIT);

	buf_puts(&line, "--B\r\nX:");
	for (int i = 0; i < MULTIPART_HEADER - 1; i++)
		buf_u8(&line, 'y');
	assert_null(parts_of("B", buf_bytes(&line), 0, &offset, &e));
	assert_int_equal(e.code, ERR_LIMIT);
}

static void
boundaries_come_from_the_content_type(void **state)
{
	static const struct {
		const char	*type;
		const char	*boundary;	/* NULL: rejected */
	} cases[] = {
		{ "multipart/form-data; boundary=abc", "abc" },
		{ "multipart/form-data;boundary=\"a b\"", "a b" },
		{ "Multipart/Form-Data; charset=utf-8; BOUNDARY=x", "x" },
		{ "multipart/form-data; boundary=x;", "x" },
		{ "multipart/form-data; boundary="
		    "0123456789012345678901234567890123456789"
		    "012345678901234567890123456789",
		    "0123456789012345678901234567890123456789"
		    "012345678901234567890123456789" },
		{ "multipart/form-data; boundary="
		    "0123456789012345678901234567890123456789"
		    "0123456789012345678901234567890", NULL },
		{ "multipart/form-data", NULL },
		{ "multipart/form-data; boundary", NULL },
		{ "multipart/form-data; boundary=", NULL },
		{ "multipart/form-data; boundary=\"\"", NULL },
		{ "multipart/form-data; boundary=\"a \"", NULL },
		{ "multipart/form-data; boundary=\"a<\"", NULL },
		{ "multipart/form-data; boundary=\"a", NULL },
		{ "multipart/form-data; boundary=a; boundary=b", NULL },
		{ "multipart/form-data; boundary=a b", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *boundary = NULL;
		struct err e = { 0 };

		assert_int_equal(multipart_boundary(arena, cases[i].type,
		    &boundary, &e), cases[i].boundary != NULL);
		if (cases[i].boundary != NULL)
			assert_string_equal(boundary, cases[i].boundary);
		else
			assert_int_equal(e.code, ERR_INPUT);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_corpus_whole),
		cmocka_unit_test(the_corpus_byte_by_byte),
		cmocka_unit_test(the_corpus_in_random_pieces),
		cmocka_unit_test(bodies_give_parts),
		cmocka_unit_test(malformed_bodies_are_rejected),
		cmocka_unit_test(a_nul_in_a_header_is_rejected),
		cmocka_unit_test(there_are_limits),
		cmocka_unit_test(boundaries_come_from_the_content_type),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("multipart", tests, open_arena,
	    close_arena);
}
