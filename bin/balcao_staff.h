/* SPDX-License-Identifier: Apache-2.0 */
/*
 * People who work here: an account and its person, which room account
 * writes and seals, then roles and relations, which room balcao writes.
 */
#ifndef BIN_BALCAO_STAFF_H
#define BIN_BALCAO_STAFF_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct balcao;
struct err;

struct staff {
	const char	*handle;
	const char	*name;
	const char	*email;
	const char	*office;	/* its code */
	const char	*password;
	const char	*language;	/* BCP 47 */
	const char	*const *roles;	/* "clerk", … */
	size_t		 n_roles;
	const char	*const *related;	/* subjects whose files are closed
					 * to them, as UUIDs */
	size_t		 n_related;
};

/*
 * An account that a run cut short left without any role is given its roles.
 * *added false: the handle has its account and had roles before; nothing is
 * changed. Other errors are in plain words.
 */
bool	staff_add(struct balcao *, const struct staff *, bool *added,
	    struct err *e);

#endif
