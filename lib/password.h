/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Password hashing: Argon2id (RFC 9106), libargon2's only door. The password
 * is keyed with the installation's pepper first (HMAC-SHA-256), so a stolen
 * hash alone cannot be tried against a dictionary.
 */
#ifndef LIB_PASSWORD_H
#define LIB_PASSWORD_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/bytes.h"
#include "lib/secret.h"

struct arena;
struct err;

/* RFC 9106 4, second recommended option is t=3, m=64 MiB, p=4; OWASP's
 * minimum is t=2, m=19 MiB, p=1. A worker is one thread, so p is 1. */
struct password_cost {
	uint32_t	passes;
	uint32_t	memory_kib;
};

enum {
	PASSWORD_MIN = 10,	/* code points */
	PASSWORD_MAX = 256	/* bytes */
};

/* "$argon2id$v=19$…", a fresh 16-byte salt. In the arena. */
bool	password_hash(struct arena *, const struct secret *pepper,
	    struct password_cost, struct bytes password, const char **hash,
	    struct err *e);

/* Right? A NULL hash does the same work and says no, so that an unknown
 * user takes as long as a known one. */
bool	password_check(const struct secret *pepper, struct password_cost,
	    const char *hash, struct bytes password);

/* Is the hash weaker than today's cost? Then hash again at sign-in. */
bool	password_stale(const char *hash, struct password_cost);

/* Too short, too long, or one of the most common (the list is built in).
 * ERR_INPUT with constraint password_short, password_long, password_common. */
bool	password_acceptable(const char *password, struct err *e);

#endif
