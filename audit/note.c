/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Notes are read strictly: what is not exactly a note is refused before any
 * signature is looked at. Whose keys count is the caller's to say.
 */
#include "audit/note.h"

#include <string.h>

#include "audit/lines.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"

enum {
	KEY_ID = 4,
	ID_DIGITS = 8
};

/* Em dash and space open a line of signature. */
static const char opening[] = "\xe2\x80\x94 ";

static bool
fault(struct err *e, const char *why)
{
	return err_set(e, ERR_INPUT, "%s", why);
}

static bool
has_control(struct bytes line)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] < ' ')
			return true;
	return false;
}

/* UTF-8 is UTF-8 line by line: no character holds a newline's byte. */
bool
note_check_text(struct bytes text, struct err *e)
{
	struct lines l = lines_of(text);
	struct bytes line;

	while (lines_take(&l, &line)) {
		if (has_control(line))
			return lines_fault(&l, e, "a control character");
		if (!str_utf8(line))
			return lines_fault(&l, e, "text that is not UTF-8");
	}
	if (l.left.n > 0 || text.n == 0)
		return fault(e, "a note ends with a newline");
	return true;
}

/* Unicode's White_Space. */
static bool
is_space(uint32_t c)
{
	return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85
	    || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a)
	    || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f
	    || c == 0x3000;
}

bool
note_check_name(const char *name, struct err *e)
{
	const char *s = name;

	if (*name == '\0' || strlen(name) > NOTE_NAME)
		return fault(e, "a key's name has 1 to 255 bytes");
	if (!str_utf8(bytes_of(name)))
		return fault(e, "a key's name is UTF-8");
	for (uint32_t c = str_next(&s); c != 0; c = str_next(&s))
		if (is_space(c) || c == '+')
			return fault(e, "white space or plus sign in a key's "
			    "name");
	return true;
}

static uint32_t
number(const uint8_t b[KEY_ID])
{
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16
	    | (uint32_t)b[2] << 8 | b[3];
}

/* opening, name, space, base64. */
static bool
take_signature(struct arena *a, const struct lines *l, struct bytes line,
    struct note_signature *out, struct err *e)
{
	size_t start = strlen(opening), end = start;
	struct err why = { 0 };
	struct bytes all;

	if (!lines_begins(line, opening))
		return lines_fault(l, e, "no line of signature");
	while (end < line.n && line.p[end] != ' ')
		end++;
	if (end == line.n)
		return lines_fault(l, e, "a name without signature");
	out->name = arena_strndup(a, (const char *)line.p + start,
	    end - start);
	if (!note_check_name(out->name, &why))
		return lines_fault(l, e, why.text);
	if (!lines_base64(a, l, line, end + 1, &all, e))
		return false;
	if (all.n <= KEY_ID)
		return lines_fault(l, e, "a signature cut short");
	out->id = number(all.p);
	out->bytes = bytes(all.p + KEY_ID, all.n - KEY_ID);
	out->line = bytes(line.p, line.n + 1);
	out->number = l->number;
	return true;
}

/* Where the text ends: behind the newline before the last empty line. */
static size_t
text_end(struct bytes all)
{
	for (size_t i = all.n; i >= 2; i--)
		if (all.p[i - 1] == '\n' && all.p[i - 2] == '\n')
			return i - 1;
	return 0;
}

static size_t
count_lines(struct bytes b)
{
	struct lines l = lines_of(b);
	struct bytes line;

	while (lines_take(&l, &line))
		continue;
	return l.number;
}

bool
note_parse(struct arena *a, struct bytes all, struct note *out, struct err *e)
{
	struct note note = { 0 };
	struct bytes line;
	struct lines l;

	if (all.n > NOTE_MAX)
		return fault(e, "too long for a note");
	if (!note_check_text(all, e))
		return false;
	note.text = bytes(all.p, text_end(all));
	if (note.text.n == 0)
		return fault(e, "no empty line between text and signatures");
	l.left = bytes(all.p + note.text.n + 1, all.n - note.text.n - 1);
	l.number = count_lines(note.text) + 1;
	note.signature = arena_array(a, NOTE_SIGNATURES,
	    sizeof *note.signature);
	while (lines_take(&l, &line)) {
		if (note.n == NOTE_SIGNATURES)
			return lines_fault(&l, e, "too many signatures");
		if (!take_signature(a, &l, line, &note.signature[note.n++],
		    e))
			return false;
	}
	if (note.n == 0)
		return fault(e, "a note without signature");
	*out = note;
	return true;
}

bool
note_key_init(struct note_key *key, enum note_type type, const char *name,
    const uint8_t public[CRYPTO_PUBLIC], struct err *e)
{
	const uint8_t kind = (uint8_t)type;
	struct note_key made = { .name = name, .type = type };
	struct hash h;

	if (!note_check_name(name, e))
		return false;
	h = crypto_sha256_of((struct bytes[]){ bytes_of(name),
	    bytes("\n", 1), bytes(&kind, 1), bytes(public, CRYPTO_PUBLIC) },
	    4);
	made.id = number(h.b);
	memcpy(made.public, public, CRYPTO_PUBLIC);
	*key = made;
	return true;
}

/* The three parts of a vkey; a name has no plus sign, base64 may. */
static bool
split(struct arena *a, const char *vkey, char *part[3])
{
	const char *plus = strchr(vkey, '+');
	const char *second = plus != NULL ? strchr(plus + 1, '+') : NULL;

	if (second == NULL)
		return false;
	part[0] = arena_strndup(a, vkey, (size_t)(plus - vkey));
	part[1] = arena_strndup(a, plus + 1, (size_t)(second - plus - 1));
	part[2] = arena_strdup(a, second + 1);
	return strlen(part[1]) == ID_DIGITS;
}

bool
note_key_parse(struct arena *a, const char *vkey, struct note_key *out,
    struct err *e)
{
	struct bytes id, material;
	struct note_key key;
	char *part[3];

	if (!split(a, vkey, part))
		return fault(e, "a key is written name+id+base64");
	if (!str_unhex(a, part[1], &id, e)
	    || !str_unbase64(a, part[2], &material, e))
		return false;
	if (material.n != 1 + CRYPTO_PUBLIC
	    || (material.p[0] != NOTE_ED25519
	    && material.p[0] != NOTE_COSIGNATURE))
		return fault(e, "a key of unknown type");
	if (!note_key_init(&key, material.p[0], part[0], material.p + 1, e))
		return false;
	if (key.id != number(id.p))
		return fault(e, "a key whose id is another");
	*out = key;
	return true;
}

const char *
note_key_text(struct arena *a, const struct note_key *key)
{
	struct buf b = buf_new(a, 1 + CRYPTO_PUBLIC);

	buf_u8(&b, (uint8_t)key->type);
	buf_put(&b, key->public, CRYPTO_PUBLIC);
	return arena_printf(a, "%s+%08x+%s", key->name, key->id,
	    str_base64(a, buf_bytes(&b)));
}

bool
note_is_by(const struct note_signature *s, const struct note_key *key)
{
	return s->id == key->id && strcmp(s->name, key->name) == 0;
}

enum note_verdict
note_check(const struct note *note, const struct note_key *key,
    const struct note_signature **signature)
{
	enum note_verdict verdict = NOTE_ABSENT;

	for (size_t i = 0; i < note->n; i++) {
		const struct note_signature *s = &note->signature[i];

		if (!note_is_by(s, key) || verdict == NOTE_BAD)
			continue;
		if (signature != NULL)
			*signature = s;
		verdict = crypto_verify(key->public, note->text, s->bytes)
		    ? NOTE_GOOD : NOTE_BAD;
	}
	return verdict;
}

const char *
note_line(struct arena *a, const struct note_key *key, struct bytes signature)
{
	struct buf b = buf_new(a, KEY_ID + signature.n);

	buf_u32(&b, key->id);
	buf_put_bytes(&b, signature);
	return arena_printf(a, "%s%s %s\n", opening, key->name,
	    str_base64(a, buf_bytes(&b)));
}

const char *
note_sign(struct arena *a, const struct note_key *key,
    const struct secret *seed, struct bytes text)
{
	uint8_t signature[CRYPTO_SIGNATURE];

	crypto_sign(seed, text, signature);
	return note_line(a, key, bytes(signature, sizeof signature));
}

struct bytes
note_join(struct arena *a, struct bytes text, const char *const *lines,
    size_t n)
{
	struct buf b = buf_new(a, text.n + 1 + n * 256);

	buf_put_bytes(&b, text);
	buf_u8(&b, '\n');
	for (size_t i = 0; i < n; i++)
		buf_puts(&b, lines[i]);
	return buf_bytes(&b);
}
