/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail addresses: one canonical form, so that an address is found again
 * however it was typed, and nothing that could mean something to a mail
 * system but an address (RFC 5321 4.1.2, without its quoted and literal
 * forms, which nobody's provider gives out).
 */
#ifndef SERVICES_EMAIL_H
#define SERVICES_EMAIL_H

#include <stdbool.h>

struct arena;
struct err;

enum {
	EMAIL_MAX = 254		/* bytes (RFC 5321 4.5.3.1.3, less <>) */
};

/* Trimmed and in lower case. ERR_INPUT: email_form, or email_domain for a
 * domain that is not written in ASCII (its A-label is taken). */
bool	email_parse(struct arena *, const char *typed, const char **out,
	    struct err *e);

/* What is counted and logged by for text that may be no address at all. */
const char	*email_fold(struct arena *, const char *typed);

#endif
