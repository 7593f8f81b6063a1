/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An opened detail as values, held against the leaf. For services/detail.c.
 */
#ifndef SERVICES_DETAIL_READ_H
#define SERVICES_DETAIL_READ_H

#include <stdbool.h>

#include "lib/bytes.h"

struct arena;
struct detail;
struct err;

/* sealed: the envelope, whose hash the leaf holds. */
bool	detail_read(struct arena *, struct bytes leaf, struct bytes sealed,
	    struct bytes plain, struct detail *, struct err *e);

#endif
