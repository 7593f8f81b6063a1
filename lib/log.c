/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Log lines: put together on the stack and written by one write(2), so that
 * lines of several processes never mix and a line can be written when there
 * is no memory left. Only printable ASCII leaves; nothing that is logged can
 * start a line of its own or speak to a terminal.
 */
#include "lib/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/err.h"

enum {
	LINE_SIZE = 2048,
	RESERVE = sizeof " cut=yes\n"
};

static const char *const levels[] = {
	[LOG_DEBUG]	= "debug",
	[LOG_INFO]	= "info",
	[LOG_WARNING]	= "warning",
	[LOG_ERROR]	= "error",
	[LOG_ALARM]	= "alarm",
};

struct line {
	size_t	n;
	bool	cut;
	char	text[LINE_SIZE];
};

static const char *program = "-";
static enum log_level lowest = LOG_INFO;

static void
put(struct line *l, const char *s, size_t n)
{
	if (l->cut || n > sizeof l->text - RESERVE - l->n) {
		l->cut = true;
		return;
	}
	memcpy(l->text + l->n, s, n);
	l->n += n;
}

static void
put_char(struct line *l, char c)
{
	put(l, &c, 1);
}

static bool
is_plain(const char *value)
{
	if (*value == '\0')
		return false;
	for (; *value != '\0'; value++)
		if (*value <= ' ' || *value > '~' || *value == '"' ||
		    *value == '\\' || *value == '=')
			return false;
	return true;
}

static void
put_escaped(struct line *l, unsigned char c)
{
	static const char digits[] = "0123456789abcdef";
	const char hex[] = { '\\', 'x', digits[c >> 4], digits[c & 15] };

	if (c == '"' || c == '\\') {
		put_char(l, '\\');
		put_char(l, (char)c);
	} else if (c < ' ' || c > '~') {
		put(l, hex, sizeof hex);
	} else {
		put_char(l, (char)c);
	}
}

/* A pair is in the line whole or not at all. */
static void
put_pair(struct line *l, const char *name, const char *value)
{
	size_t before = l->n;

	if (before > 0)
		put_char(l, ' ');
	put(l, name, strlen(name));
	put_char(l, '=');
	if (is_plain(value)) {
		put(l, value, strlen(value));
	} else {
		put_char(l, '"');
		for (; *value != '\0'; value++)
			put_escaped(l, (unsigned char)*value);
		put_char(l, '"');
	}
	if (l->cut)
		l->n = before;
}

static void
write_line(struct line *l)
{
	ssize_t wrote;

	if (l->cut) {
		memcpy(l->text + l->n, " cut=yes", strlen(" cut=yes"));
		l->n += strlen(" cut=yes");
	}
	l->text[l->n++] = '\n';
	do
		wrote = write(STDERR_FILENO, l->text, l->n);
	while (wrote < 0 && errno == EINTR);
}

void
log_init(const char *name, enum log_level level)
{
	program = name;
	lowest = level;
}

void
log_event(enum log_level level, const char *event, ...)
{
	int saved = errno;
	char now[INSTANT_TEXT];
	const char *name, *value;
	struct line l;
	va_list ap;

	if (level < lowest)
		return;
	l.n = 0;
	l.cut = false;
	put_pair(&l, "time", instant_text(clock_now(), now));
	put_pair(&l, "level", levels[level]);
	put_pair(&l, "program", program);
	put_pair(&l, "event", event);
	va_start(ap, event);
	while ((name = va_arg(ap, const char *)) != NULL) {
		value = va_arg(ap, const char *);
		put_pair(&l, name, value == NULL ? "" : value);
		/* A missing value may be the end itself: read no further. */
		if (value == NULL)
			break;
	}
	va_end(ap);
	write_line(&l);
	errno = saved;
}

void
log_error(const char *event, const struct err *e)
{
	if (e->constraint[0] == '\0') {
		log_event(LOG_ERROR, event, "code", err_name(e->code),
		    "text", e->text, NULL);
		return;
	}
	log_event(LOG_ERROR, event, "code", err_name(e->code),
	    "constraint", e->constraint, "text", e->text, NULL);
}
