/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing a mail to the byte: RFC 5322 headers, RFC 2047 words, RFC 2045
 * quoted-printable. Nothing here sends.
 */
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/delivery.h"
#include "services/email.h"
#include "services/mail.h"

#define CRLF	"\r\n"

enum {
	LINE = 76,		/* RFC 2045 6.7 (5) */
	WORD = 36		/* bytes of text in one encoded word: 48 in
				 * base64, 60 with its frame (RFC 2047 2) */
};

static bool
is_plain(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || (unsigned char)*s > '~')
			return false;
	return true;
}

/* One header's text: no controls, whoever wrote it. */
static bool
is_header(const char *s)
{
	uint32_t c;

	if (!str_utf8(bytes_of(s)))
		return false;
	while ((c = str_next(&s)) != 0)
		if (!str_printable(c))
			return false;
	return true;
}

/* As many whole code points as fit in one encoded word. */
static size_t
word_length(const char *s)
{
	const char *p = s;

	while (*p != '\0') {
		const char *next = p;

		str_next(&next);
		if (next - s > WORD)
			break;
		p = next;
	}
	return (size_t)(p - s);
}

static void
put_words(struct arena *arena, struct buf *b, const char *s)
{
	if (is_plain(s)) {
		buf_puts(b, s);
		return;
	}
	while (*s != '\0') {
		size_t n = word_length(s);

		buf_printf(b, "=?UTF-8?B?%s?=", str_base64(arena,
		    bytes(s, n)));
		s += n;
		if (*s != '\0')
			buf_puts(b, CRLF " ");
	}
}

/* RFC 5322 3.3, in UTC: no zone tells where the office is. */
static const char *
date_line(struct arena *arena, instant at)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed",
	    "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
	    "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int64_t s = at / 1000;
	struct civil c = date_civil((date)(s / 86400));

	s %= 86400;
	return arena_printf(arena, "%s, %d %s %d %02d:%02d:%02d +0000",
	    days[c.weekday], c.day, months[c.month - 1], c.year,
	    (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

static bool
is_last_of_line(const char *s)
{
	return s[0] == '\0' || s[0] == '\n';
}

/* How one byte is written (RFC 2045 6.7): a blank at a line's end, and a dot
 * or "From" at its start, would not survive every way. */
static const char *
quoted(const char *s, bool first, char out[4])
{
	static const char hex[] = "0123456789ABCDEF";
	unsigned char c = (unsigned char)*s;
	bool plain = c >= ' ' && c <= '~' && c != '=';

	if (c == ' ' && is_last_of_line(s + 1))
		plain = false;
	if (first && (c == '.' || c == 'F'))
		plain = false;
	out[0] = plain ? (char)c : '=';
	out[1] = plain ? '\0' : hex[c >> 4];
	out[2] = hex[c & 15];
	out[3] = '\0';
	return out;
}

static void
put_text(struct buf *b, const char *s)
{
	size_t column = 0;
	char byte[4];

	for (; *s != '\0'; s++) {
		if (*s == '\n') {
			buf_puts(b, CRLF);
			column = 0;
			continue;
		}
		quoted(s, column == 0, byte);
		if (column + strlen(byte) > LINE - 1) {
			buf_puts(b, "=" CRLF);
			column = 0;
			quoted(s, true, byte);
		}
		buf_puts(b, byte);
		column += strlen(byte);
	}
	if (column > 0)
		buf_puts(b, CRLF);
}

static void
put_from(struct arena *arena, struct buf *b, const struct conf *conf)
{
	const char *name = conf_text(conf, "authority", "name");
	const char *from = conf_text(conf, "mail", "from");

	buf_puts(b, "From: ");
	/* A quoted name would need escapes; an encoded word never does. */
	if (is_plain(name) && strpbrk(name, "\"\\()<>[]:;@,.") == NULL)
		buf_puts(b, name);
	else
		buf_printf(b, "=?UTF-8?B?%s?=", str_base64(arena,
		    bytes(name, word_length(name))));
	buf_printf(b, CRLF " <%s>" CRLF, from);
}

bool
delivery_write(struct arena *arena, const struct conf *conf,
    const struct mail *m, struct uuid id, instant at, struct bytes *out,
    struct err *e)
{
	struct buf b = buf_new(arena, 2048);
	const char *from, *to;
	char text[UUID_TEXT];

	if (!email_parse(arena, conf_text(conf, "mail", "from"), &from, e))
		return err_at(e, "[mail] from");
	if (!email_parse(arena, m->to, &to, e))
		return err_at(e, "to");
	if (!is_header(m->subject) || !is_header(m->language)
	    || !is_plain(m->language) || !str_utf8(bytes_of(m->text)))
		return err_set(e, ERR_INPUT, "a header with controls in it");
	buf_printf(&b, "Date: %s" CRLF, date_line(arena, at));
	put_from(arena, &b, conf);
	buf_printf(&b, "To: %s" CRLF "Subject: ", to);
	put_words(arena, &b, m->subject);
	buf_printf(&b, CRLF "Message-ID: <%s@%s>" CRLF,
	    uuid_text(id, text), strchr(from, '@') + 1);
	buf_printf(&b, "MIME-Version: 1.0" CRLF
	    "Content-Type: text/plain; charset=utf-8" CRLF
	    "Content-Transfer-Encoding: quoted-printable" CRLF
	    "Content-Language: %s" CRLF
	    "Auto-Submitted: auto-generated" CRLF CRLF, m->language);
	put_text(&b, m->text);
	*out = buf_bytes(&b);
	return true;
}
