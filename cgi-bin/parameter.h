/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Header values of the form  word; name=value; name="quoted"  (RFC 9110
 * 5.6.6), as Content-Type and Content-Disposition have them.
 */
#ifndef CGI_BIN_PARAMETER_H
#define CGI_BIN_PARAMETER_H

#include <stdbool.h>

struct arena;
struct err;

/* Is the word before the first semicolon this one, in any case? */
bool	parameter_is(const char *value, const char *word);

/* A letter of a token (RFC 9110 5.6.2)? */
bool	parameter_token(unsigned char);

/*
 * The parameter of that name (in any case) into out; NULL if there is none.
 * In quotes, a backslash escapes a quote or a backslash and stands for itself
 * before anything else, as browsers send it. ERR_INPUT: malformed, or there
 * twice.
 */
bool	parameter_find(struct arena *, const char *value, const char *name,
	    const char **out, struct err *e);

#endif
