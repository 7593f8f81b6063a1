/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asking witnesses to cosign each newest checkpoint. It works on the
 * published files alone - checkpoint and tiles in, <year>/.cosigned out - so
 * the process that speaks to the network has no connection to the database
 * and no key. The sequencer reads .cosigned and believes none of it before it
 * has checked each signature.
 */
#ifndef SERVICES_WITNESSING_H
#define SERVICES_WITNESSING_H

#include <stdbool.h>

struct arena;
struct conf;
struct err;
struct witnessing;

#define WITNESSING_FILE	".cosigned"

/* Reads the policy; fetch_init() was called. */
bool	witnessing_open(struct arena *, const struct conf *,
	    struct witnessing **, struct err *e);

/* Ask whoever has not yet signed the newest checkpoint. Witnesses that are
 * down are left alone for a while, and the log says so. */
void	witnessing_round(struct witnessing *, struct arena *);

#endif
