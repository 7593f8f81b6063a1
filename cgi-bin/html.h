/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes HTML that cannot be wrong in the ways that matter: every text and
 * every value passes one escaper, every element is ended by its own name, and
 * no address leads out of the browser's sandbox. There is no function for
 * text that is HTML already, and none for script or style.
 *
 * Pages do not call html_begin(): they are made of ui_ components. What only
 * a mistake in the code can cause (an end without its begin, an attribute
 * after the content) ends the program; what data can cause never does.
 */
#ifndef CGI_BIN_HTML_H
#define CGI_BIN_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/bytes.h"

struct arena;
struct html;

struct html	*html_new(struct arena *);

/* The document type, before anything else. */
void	html_doctype(struct html *);

/*
 * Elements. The names are constants of the code, in lower case. A void
 * element (input, br, …) has no end.
 */
void	html_begin(struct html *, const char *element);
void	html_end(struct html *, const char *element);

/* An element with nothing but text in it, and its classes or NULL. */
void	html_element(struct html *, const char *element, const char *classes,
	    const char *text);

/*
 * Attributes of the element just begun. A NULL value leaves the attribute
 * out, "" does not. Addresses are no attributes: see html_url().
 */
void	html_attr(struct html *, const char *name, const char *value);
void	html_attrf(struct html *, const char *name, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));
void	html_flag(struct html *, const char *name, bool on);

/* class="base modifier more", of which each may be NULL or "". */
void	html_class(struct html *, const char *base, const char *modifier,
	    const char *more);

/*
 * href, src or action. An address that html_url_safe() refuses is left out,
 * so that a link from somebody's data becomes plain text, and NULL too.
 */
void	html_url(struct html *, const char *name, const char *url);

/*
 * A path, query or fragment of our own, https: or mailto: of anybody's. Not
 * "//host", nor anything with a blank, control or backslash in it, for
 * browsers repair such addresses into others (WHATWG URL 4.4).
 */
bool	html_url_safe(const char *url);

/* Text; NULL is none. What HTML cannot hold (controls, noncharacters)
 * becomes U+FFFD. */
void	html_text(struct html *, const char *);
void	html_textf(struct html *, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));

/* Text of several lines as a reader typed them: <br> for every line end. */
void	html_lines(struct html *, const char *);

/* The page; every element must be ended. */
struct bytes	 html_finish(struct html *);

/* For components: the page's arena, and two lists of classes or ids as one,
 * of which each may be NULL or ""; NULL if both are. */
struct arena	*html_arena(struct html *);
const char	*html_join(struct html *, const char *, const char *);

#endif
