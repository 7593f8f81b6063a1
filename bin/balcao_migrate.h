/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bringing the databases up to date: forward only, one transaction a
 * migration, and the rights of all rooms given anew as a state.
 */
#ifndef BIN_BALCAO_MIGRATE_H
#define BIN_BALCAO_MIGRATE_H

#include <stdbool.h>

struct balcao;
struct err;

/* The key database alone, for `balcao init`: it needs no keys yet. */
bool	migrate_keys(struct balcao *, struct err *e);

#endif
