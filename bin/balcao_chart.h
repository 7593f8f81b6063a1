/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger's accounts that an installation begins with: the revenue of
 * each service, and the counter of each office. Others are opened by what
 * they are for.
 */
#ifndef BIN_BALCAO_CHART_H
#define BIN_BALCAO_CHART_H

#include <stdbool.h>

struct balcao;
struct err;

/* Each opens what is not open yet. */
bool	chart_services(struct balcao *, struct err *e);
bool	chart_office(struct balcao *, const char *code, struct err *e);

#endif
