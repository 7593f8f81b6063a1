/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a room with cases has about one person, for a copy of everything:
 * who they are there, each application with its answers, questions, letters
 * and fees, drafts, and what the service's register adds.
 */
#ifndef SERVICES_COPY_CASE_H
#define SERVICES_COPY_CASE_H

#include <stdbool.h>

#include "lib/uuid.h"

struct arena;
struct copy_writer;
struct err;
struct party;
struct room;
struct service;

bool	copy_case_write(struct room *, struct arena *, const struct service *,
	    struct uuid subject, struct copy_writer *, struct err *e);

/* A record of who somebody is; also what account knows beyond it. */
void	copy_case_put_party(struct copy_writer *, const struct party *);

#endif
