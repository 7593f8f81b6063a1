/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The findings of one run, kept until its end and then written. Only here
 * does balcao-verify write to standard output.
 */
#include "bin/balcao_verify_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/str.h"

static const char *const headings[] = {
	[FINDING_FACT]		= "What it says",
	[FINDING_PROVED]	= "Proved",
	[FINDING_MISSING]	= "Not proved",
	[FINDING_ASIDE]		= "Not asked",
	[FINDING_BROKEN]	= "BROKEN",
};
_Static_assert(sizeof headings / sizeof *headings == FINDING__MAX,
    "a heading for each");

static const char *const members[] = {
	[FINDING_FACT]		= "says",
	[FINDING_PROVED]	= "proved",
	[FINDING_MISSING]	= "not_proved",
	[FINDING_ASIDE]		= "not_asked",
	[FINDING_BROKEN]	= "broken",
};

static const char *const results[] = {
	[RESULT_HOLDS]		= "holds",
	[RESULT_BROKEN]		= "broken",
	[RESULT_UNREADABLE]	= "unreadable",
	[RESULT_INCOMPLETE]	= "incomplete",
};

void
report_init(struct report *r, struct arena *a, const char *mode,
    const char *file, bool json)
{
	*r = (struct report){ .arena = a, .mode = mode, .file = file,
	    .json = json };
	for (int i = 0; i < FINDING__MAX; i++)
		r->text[i] = buf_new(a, 256);
}

/* Printable, whatever came in; lines stay lines. */
static void
put_safely(struct buf *b, const char *s)
{
	const char *start;
	uint32_t c;

	for (start = s; (c = str_next(&s)) != 0; start = s) {
		if (str_printable(c) || c == '\n')
			buf_put(b, start, (size_t)(s - start));
		else
			buf_printf(b, "\\u{%" PRIx32 "}", c);
	}
}

static void
put_finding(struct report *r, enum finding kind, const char *fmt, va_list ap)
{
	struct buf raw = buf_new(r->arena, 128);

	if (r->count[kind]++ >= REPORT_FINDINGS)
		return;
	buf_vprintf(&raw, fmt, ap);
	put_safely(&r->text[kind], buf_text(&raw));
	buf_u8(&r->text[kind], '\0');
}

void
report_put(struct report *r, enum finding kind, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_finding(r, kind, fmt, ap);
	va_end(ap);
}

void
report_broken(struct report *r, const char *place, const char *fmt, ...)
{
	va_list ap;

	if (r->place == NULL)
		r->place = arena_strdup(r->arena, place);
	va_start(ap, fmt);
	put_finding(r, FINDING_BROKEN, fmt, ap);
	va_end(ap);
}

static enum result
result_of(const struct report *r)
{
	if (r->count[FINDING_BROKEN] > 0)
		return RESULT_BROKEN;
	if (r->count[FINDING_MISSING] > 0)
		return RESULT_INCOMPLETE;
	return RESULT_HOLDS;
}

static void
put_json(const char *s)
{
	putchar('"');
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			printf("\\%c", *s);
		else if (*s == '\n')
			fputs("\\n", stdout);
		else
			putchar(*s);
	}
	putchar('"');
}

/* A string that may hold anything, or null. */
static void
put_json_safely(const struct report *r, const char *s)
{
	struct buf safe = buf_new(r->arena, 128);

	if (s == NULL) {
		fputs("null", stdout);
		return;
	}
	put_safely(&safe, s);
	put_json(buf_text(&safe));
}

static void
begin_json(const struct report *r, enum result result)
{
	printf("{\"mode\":\"%s\",\"file\":", r->mode);
	put_json_safely(r, r->file);
	printf(",\"result\":\"%s\"", results[result]);
}

/* The findings of a kind: each ends with a NUL. */
static const char *
next(const struct report *r, enum finding kind, const char *at)
{
	const char *text = buf_text(&r->text[kind]);

	at = at == NULL ? text : at + strlen(at) + 1;
	return at < text + r->text[kind].n ? at : NULL;
}

static void
print_json(const struct report *r)
{
	begin_json(r, result_of(r));
	fputs(",\"place\":", stdout);
	put_json_safely(r, r->place);
	for (int kind = 0; kind < FINDING__MAX; kind++) {
		const char *at = NULL;

		printf(",\"%s\":[", members[kind]);
		while ((at = next(r, kind, at)) != NULL) {
			if (at != buf_text(&r->text[kind]))
				putchar(',');
			put_json(at);
		}
		putchar(']');
	}
	puts("}");
}

/* Further lines of a finding stand under its first. */
static void
print_finding(const char *s)
{
	fputs("  ", stdout);
	for (; *s != '\0'; s++) {
		putchar(*s);
		if (*s == '\n')
			fputs("    ", stdout);
	}
	putchar('\n');
}

static void
print_kind(const struct report *r, enum finding kind)
{
	const char *at = NULL;

	if (r->count[kind] == 0)
		return;
	printf("%s\n", headings[kind]);
	while ((at = next(r, kind, at)) != NULL)
		print_finding(at);
	if (r->count[kind] > REPORT_FINDINGS)
		printf("  … and %zu more.\n", r->count[kind] -
		    REPORT_FINDINGS);
	putchar('\n');
}

int
report_end(const struct report *r)
{
	static const char *const words[] = {
		[RESULT_HOLDS] = "It holds.",
		[RESULT_BROKEN] = "It does NOT hold.",
		[RESULT_INCOMPLETE] = "Nothing is wrong, but not everything "
		    "could be proved.",
	};
	enum result result = result_of(r);

	if (r->json) {
		print_json(r);
		return (int)result;
	}
	if (r->file != NULL)
		printf("== %s\n", r->file);
	for (int kind = 0; kind < FINDING__MAX; kind++)
		print_kind(r, kind);
	if (r->place != NULL)
		printf("First broken place: %s\n", r->place);
	puts(words[result]);
	return (int)result;
}

int
report_unreadable(const struct report *r, const char *why)
{
	struct buf safe = buf_new(r->arena, 128);

	put_safely(&safe, why);
	fprintf(stderr, "balcao-verify: %s\n", buf_text(&safe));
	if (r->json) {
		begin_json(r, RESULT_UNREADABLE);
		fputs(",\"why\":", stdout);
		put_json(buf_text(&safe));
		puts("}");
	}
	return RESULT_UNREADABLE;
}
