/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A recursive descent over XPath 1.0's grammar (section 3), narrowed to what
 * path.h promises. Called by rule readers; runs nothing.
 */
#include "forms/path.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/err.h"

enum {
	DEPTH_LIMIT = 24,
	LEVELS = 6		/* of binary operators */
};

struct parser {
	struct arena	*arena;
	const char	*all;
	const char	*s;		/* what is left */
	unsigned	 depth;
	struct err	*e;
	bool		 failed;
};

static const struct {
	const char	*name;
	unsigned	 level;		/* the higher, the tighter */
} ops[] = {
	[PATH_OR]		= { "or", 0 },
	[PATH_AND]		= { "and", 1 },
	[PATH_EQUAL]		= { "=", 2 },
	[PATH_UNEQUAL]		= { "!=", 2 },
	[PATH_LESS]		= { "<", 3 },
	[PATH_LESS_EQUAL]	= { "<=", 3 },
	[PATH_GREATER]		= { ">", 3 },
	[PATH_GREATER_EQUAL]	= { ">=", 3 },
	[PATH_PLUS]		= { "+", 4 },
	[PATH_MINUS]		= { "-", 4 },
	[PATH_TIMES]		= { "*", 5 },
	[PATH_DIV]		= { "div", 5 },
	[PATH_MOD]		= { "mod", 5 },
};
_Static_assert(sizeof ops / sizeof *ops == PATH__MAX, "an op has no name");

static struct path	*parse_level(struct parser *, unsigned level);

const char *
path_op_name(enum path_op op)
{
	return ops[op].name;
}

static size_t
place(const struct parser *p)
{
	return (size_t)(p->s - p->all) + 1;
}

static void *
fail(struct parser *p, const char *what)
{
	if (!p->failed)
		err_set(p->e, ERR_INPUT, "%s, at character %zu", what,
		    place(p));
	p->failed = true;
	return NULL;
}

static void
skip_blanks(struct parser *p)
{
	p->s += strspn(p->s, " \t\r\n");
}

/* Is this next? Then past it. */
static bool
accept(struct parser *p, const char *token)
{
	skip_blanks(p);
	if (strncmp(p->s, token, strlen(token)) != 0)
		return false;
	p->s += strlen(token);
	return true;
}

static bool
is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static size_t
name_length(const char *s)
{
	size_t n = 0;

	if (!is_name_start(*s))
		return 0;
	while (is_name_start(s[n]) || (s[n] >= '0' && s[n] <= '9') ||
	    s[n] == '-')
		n++;
	return n;
}

static const char *
take(struct parser *p, size_t n)
{
	const char *copy = arena_strndup(p->arena, p->s, n);

	p->s += n;
	return copy;
}

static struct path *
new_path(struct parser *p, enum path_kind kind)
{
	struct path *path = arena_alloc(p->arena, sizeof *path);

	path->kind = kind;
	path->at = place(p);
	return path;
}

static struct path *
parse_text(struct parser *p)
{
	struct path *path = new_path(p, PATH_TEXT);
	const char *end = strchr(p->s + 1, *p->s);

	if (end == NULL)
		return fail(p, "a text has no closing quote");
	p->s++;
	path->text = take(p, (size_t)(end - p->s));
	p->s++;
	return path;
}

static struct path *
parse_number(struct parser *p)
{
	struct path *path = new_path(p, PATH_NUMBER);
	size_t n = strspn(p->s, "0123456789");

	if (p->s[n] == '.')
		return fail(p, "numbers are whole; money is in minor units");
	path->text = take(p, n);
	return path;
}

static struct path *
parse_call(struct parser *p, size_t name)
{
	struct path *path = new_path(p, PATH_CALL);
	const struct path **end = &path->first;

	path->text = take(p, name);
	accept(p, "(");
	if (accept(p, ")"))
		return path;
	do {
		struct path *argument = parse_level(p, 0);

		if (argument == NULL)
			return NULL;
		*end = argument;
		end = &argument->next;
	} while (accept(p, ","));
	if (!accept(p, ")"))
		return fail(p, "a closing bracket is missing");
	return path;
}

static bool
parse_filter(struct parser *p, struct path_step *step)
{
	if (!accept(p, "["))
		return true;
	step->filter = parse_level(p, 0);
	if (step->filter == NULL)
		return false;
	if (!accept(p, "]"))
		return fail(p, "a closing square bracket is missing");
	return true;
}

/* One step, "..", or NULL with the fault told. */
static struct path_step *
parse_step(struct parser *p)
{
	struct path_step *step = arena_alloc(p->arena, sizeof *step);
	size_t n;

	if (accept(p, ".."))
		return step;
	skip_blanks(p);
	n = name_length(p->s);
	if (n == 0)
		return fail(p, "a name of an item is expected");
	step->name = take(p, n);
	return parse_filter(p, step) ? step : NULL;
}

static struct path *
parse_steps(struct parser *p)
{
	struct path *path = new_path(p, PATH_STEPS);
	const struct path_step **end = &path->steps;

	do {
		struct path_step *step = parse_step(p);

		if (step == NULL)
			return NULL;
		*end = step;
		end = &step->next;
	} while (accept(p, "/"));
	return path;
}

static bool
is_call(const char *s, size_t name)
{
	s += name;
	return name > 0 && s[strspn(s, " \t\r\n")] == '(';
}

static struct path *
parse_primary(struct parser *p)
{
	struct path *path;
	size_t name;

	skip_blanks(p);
	if (*p->s == '\'' || *p->s == '"')
		return parse_text(p);
	if (*p->s >= '0' && *p->s <= '9')
		return parse_number(p);
	if (accept(p, "(")) {
		path = parse_level(p, 0);
		if (path != NULL && !accept(p, ")"))
			return fail(p, "a closing bracket is missing");
		return path;
	}
	name = name_length(p->s);
	if (is_call(p->s, name))
		return parse_call(p, name);
	if (name == 0 && strncmp(p->s, "..", 2) != 0)
		return fail(p, *p->s == '\0' ? "something is missing" :
		    "this is no part of an expression");
	return parse_steps(p);
}

static struct path *
parse_unary(struct parser *p)
{
	struct path *path;

	skip_blanks(p);
	if (*p->s != '-')
		return parse_primary(p);
	path = new_path(p, PATH_NEGATE);
	p->s++;
	path->first = parse_primary(p);
	return path->first != NULL ? path : NULL;
}

/* An operator of this level that stands next; PATH__MAX for none. The
 * longer of "<=" and "<" is tried first, as it comes later in the table. */
static enum path_op
next_op(struct parser *p, unsigned level)
{
	enum path_op op = PATH__MAX;

	skip_blanks(p);
	while (op-- > 0) {
		size_t n = strlen(ops[op].name);

		if (ops[op].level != level ||
		    strncmp(p->s, ops[op].name, n) != 0)
			continue;
		if (is_name_start(ops[op].name[0]) && name_length(p->s) != n)
			continue;
		p->s += n;
		return op;
	}
	return PATH__MAX;
}

static struct path *
parse_level(struct parser *p, unsigned level)
{
	struct path *left, *right, *both;
	enum path_op op;

	if (level == LEVELS)
		return parse_unary(p);
	if (level == 0 && ++p->depth > DEPTH_LIMIT)
		return fail(p, "brackets are nested too deep");
	left = parse_level(p, level + 1);
	while (left != NULL && (op = next_op(p, level)) != PATH__MAX) {
		both = new_path(p, PATH_BINARY);
		right = parse_level(p, level + 1);
		if (right == NULL)
			return NULL;
		both->op = op;
		both->first = left;
		left->next = right;
		left = both;
	}
	if (level == 0)
		p->depth--;
	return left;
}

bool
path_parse(struct arena *a, const char *s, const struct path **out,
    struct err *e)
{
	struct parser p = { .arena = a, .all = s, .s = s, .e = e };
	struct path *path = parse_level(&p, 0);

	if (path == NULL)
		return false;
	skip_blanks(&p);
	if (*p.s != '\0') {
		fail(&p, "this does not belong here");
		return false;
	}
	*out = path;
	return true;
}
