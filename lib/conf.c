/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The configuration file, and libinih's only door. libinih splits lines; what
 * it lets pass (long lines cut in two, indented lines swallowed by the value
 * above, keys given twice, sections nobody knows) is refused here.
 */
#include "lib/conf.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"

enum {
	LINE_SIZE = 1024
};

struct value {
	const char	*text;	/* NULL: not given yet */
	int64_t		 number;
};

struct conf {
	const struct conf_key	*keys;
	struct value		*values;	/* one for each key */
};

/* One reading of one file; the first fault ends it. */
struct loading {
	struct arena	*arena;
	FILE		*file;
	const char	*path;
	struct conf	*conf;
	int		 line;
	bool		 failed;
	struct err	*e;
};

static bool
fail(struct loading *l, const char *what)
{
	l->failed = true;
	return err_set(l->e, ERR_INPUT, "%.100s, line %d: %s", l->path,
	    l->line, what);
}

static bool
is_known_section(const struct conf *c, const char *name, size_t n)
{
	for (const struct conf_key *k = c->keys; k->section != NULL; k++)
		if (strlen(k->section) == n &&
		    memcmp(k->section, name, n) == 0)
			return true;
	return false;
}

/* libinih says nothing of a section without keys. */
static bool
check_section(struct loading *l, const char *line)
{
	const char *end = strchr(line, ']');

	if (line[0] != '[' || end == NULL)
		return true;
	if (is_known_section(l->conf, line + 1, (size_t)(end - line - 1)))
		return true;
	return fail(l, "no such section; balcao.conf(5) lists them");
}

/* A line without the blanks before it; false at the end and after a fault. */
static bool
read_line(struct loading *l, char *out, size_t size)
{
	size_t n = 0;
	int c;

	while ((c = getc(l->file)) != EOF && c != '\n') {
		if (n == 0 && (c == ' ' || c == '\t'))
			continue;
		if (c == '\0')
			return fail(l, "a NUL; write the file as plain text");
		if (n + 2 > size)
			return fail(l, "too long; shorten it");
		out[n++] = (char)c;
	}
	if (c == EOF && n == 0)
		return false;
	out[n] = '\0';
	if (!str_utf8(bytes_of(out)))
		return fail(l, "not UTF-8; write the file as UTF-8");
	return check_section(l, out);
}

static char *
next_line(char *out, int size, void *stream)
{
	struct loading *l = stream;

	if (l->failed)
		return NULL;
	l->line++;
	return read_line(l, out, (size_t)size) ? out : NULL;
}

/* An empty value stands only where the default is empty too. */
static bool
check_value(const struct conf_key *k, struct value *v, struct err *e)
{
	bool may_be_empty = k->standard != NULL && k->standard[0] == '\0';

	switch (k->type) {
	case CONF_INT:
		return str_int(v->text, k->min, k->max, &v->number, e);
	case CONF_BOOL:
		v->number = str_equal(v->text, "yes");
		if (v->number == 0 && !str_equal(v->text, "no"))
			return err_set(e, ERR_INPUT, "neither yes nor no");
		return true;
	case CONF_PATH:
		if (v->text[0] != '/' && !(str_empty(v->text) && may_be_empty))
			return err_set(e, ERR_INPUT, "not an absolute path");
		return true;
	case CONF_TEXT:
		break;
	}
	if (str_empty(v->text) && !may_be_empty)
		return err_set(e, ERR_INPUT, "empty");
	return true;
}

static const struct conf_key *
find_key(const struct conf *c, const char *section, const char *name)
{
	for (const struct conf_key *k = c->keys; k->section != NULL; k++)
		if (str_equal(k->section, section) && str_equal(k->name, name))
			return k;
	return NULL;
}

static int
take(void *arg, const char *section, const char *name, const char *text)
{
	struct loading *l = arg;
	const struct conf_key *k = find_key(l->conf, section, name);
	struct value *v;
	struct err e;

	if (l->failed)
		return 0;
	if (k == NULL)
		return fail(l, arena_printf(l->arena, "[%s] has no key %s; "
		    "balcao.conf(5) lists them", section, name));
	v = &l->conf->values[k - l->conf->keys];
	if (v->text != NULL)
		return fail(l, arena_printf(l->arena, "[%s] %s is given "
		    "twice; remove one", section, name));
	v->text = arena_strdup(l->arena, text);
	if (check_value(k, v, &e))
		return 1;
	return fail(l, arena_printf(l->arena, "[%s] %s is %s: %s", section,
	    name, e.text, k->meaning));
}

static bool
read_file(struct loading *l)
{
	int line;

	/* The build's own limit of 200 bytes is short for a conninfo. */
	ini_use_stack = false;
	ini_initial_alloc = LINE_SIZE;
	line = ini_parse_stream(next_line, l, take, l);
	if (ferror(l->file))
		return err_set(l->e, ERR_SYSTEM, "cannot read %.100s: %s",
		    l->path, strerror(errno));
	if (line < 0)
		return err_set(l->e, ERR_SYSTEM, "no memory for %.100s",
		    l->path);
	/* A line that libinih refuses does not end its reading. */
	if (line > 0 && (!l->failed || line < l->line)) {
		l->line = line;
		return fail(l, "neither [section] nor key = value");
	}
	return !l->failed;
}

static bool
fill_defaults(struct loading *l)
{
	struct value *v = l->conf->values;
	struct err e;

	for (const struct conf_key *k = l->conf->keys; k->section != NULL;
	    k++, v++) {
		if (v->text != NULL)
			continue;
		if (k->standard == NULL)
			return err_set(l->e, ERR_INPUT, "%.100s: [%s] %s is "
			    "missing: %s", l->path, k->section, k->name,
			    k->meaning);
		v->text = k->standard;
		if (!check_value(k, v, &e))
			return err_set(l->e, ERR_SYSTEM, "the default of "
			    "[%s] %s is %s", k->section, k->name, e.text);
	}
	return true;
}

bool
conf_load(struct arena *a, const char *path, const struct conf_key *keys,
    struct conf **out, struct err *e)
{
	struct conf *c = arena_alloc(a, sizeof *c);
	struct loading l = { .arena = a, .path = path, .conf = c, .e = e };
	size_t n = 0;
	bool ok;

	while (keys[n].section != NULL)
		n++;
	c->keys = keys;
	c->values = arena_array(a, n, sizeof *c->values);
	l.file = fopen(path, "re");
	if (l.file == NULL)
		return err_set(e, ERR_SYSTEM, "cannot open %.100s: %s", path,
		    strerror(errno));
	ok = read_file(&l);
	fclose(l.file);
	if (!ok || !fill_defaults(&l))
		return false;
	*out = c;
	return true;
}

static const struct value *
get(const struct conf *c, const char *section, const char *name,
    enum conf_type type)
{
	const struct conf_key *k = find_key(c, section, name);

	if (k == NULL)
		abort();
	if (k->type != type && !(type == CONF_TEXT && k->type == CONF_PATH))
		abort();
	return &c->values[k - c->keys];
}

const char *
conf_text(const struct conf *c, const char *section, const char *name)
{
	return get(c, section, name, CONF_TEXT)->text;
}

int64_t
conf_int(const struct conf *c, const char *section, const char *name)
{
	return get(c, section, name, CONF_INT)->number;
}

bool
conf_bool(const struct conf *c, const char *section, const char *name)
{
	return get(c, section, name, CONF_BOOL)->number != 0;
}
