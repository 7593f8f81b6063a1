/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is the database the one that the audit log goes on in? Each program asks
 * before it does anything else. A cluster that was made anew counts its
 * transactions from the beginning, and an older backup lacks what has been
 * signed and published since: written on, both would break the log.
 */
#ifndef SERVICES_STANDING_H
#define SERVICES_STANDING_H

#include <stdbool.h>

struct arena;
struct err;
struct room;

/* ERR_CONFLICT with one of the rules below, and what to do. What is published
 * on this machine is compared where it can be read. */
bool	standing_check(struct room *, struct arena *, struct err *e);

#define STANDING_CLUSTER	"log_other_cluster"
#define STANDING_ROLLED_BACK	"log_rolled_back"

/* Is this why? Then a new start would end in the same way. */
bool	standing_refused(const struct err *);

#endif
