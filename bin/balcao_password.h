/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Passwords that this program hands out or takes over a pipe. They are never
 * arguments: those are everybody's to read while a program runs.
 */
#ifndef BIN_BALCAO_PASSWORD_H
#define BIN_BALCAO_PASSWORD_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct err;

enum {
	PASSWORD_RANDOM = 20	/* characters of 5 bits each */
};

/* "k3m9q-7xw2p-…" */
const char	*password_random(struct arena *);
/* The same from so many random bytes. */
const char	*password_from(struct arena *,
		    const uint8_t bytes[PASSWORD_RANDOM]);

/* The first line of standard input. ERR_INPUT: none, or too long. */
bool	password_from_stdin(struct arena *, const char **, struct err *e);

#endif
