/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The configuration that migrations themselves write - rooms, transitions,
 * the first setting - has no session and no act. `balcao migrate` enters it:
 * one entry of type configuration has the images of all such rows.
 */
#ifndef BIN_BALCAO_ENTER_H
#define BIN_BALCAO_ENTER_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct err;
struct room;

/*
 * Rows that no entry tells of are entered if allowed (a migration was just
 * applied); else ERR_DENIED says where they are, for then it was somebody
 * else who wrote them. *entered: how many.
 */
bool	enter_rows(struct room *, struct arena *, bool allowed,
	    size_t *entered, struct err *e);

#endif
