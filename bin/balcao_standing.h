/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The verbs that say how the log stands in this database.
 */
#ifndef BIN_BALCAO_STANDING_H
#define BIN_BALCAO_STANDING_H

#include <stdbool.h>

struct args;
struct balcao;
struct err;

bool	audit_adopt(struct balcao *, struct args *, struct err *e);
bool	audit_status(struct balcao *, struct args *, struct err *e);
bool	audit_keys(struct balcao *, struct args *, struct err *e);

#endif
