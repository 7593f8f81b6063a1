/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Brazil's national holidays, for demonstration data: Laws 662/1949,
 * 6.802/1980, 9.093/1995 (Good Friday) and 14.759/2023. An authority enters
 * its own with `balcao holiday add`.
 */
#ifndef BIN_BALCAO_HOLIDAY_H
#define BIN_BALCAO_HOLIDAY_H

#include "bin/balcao_office.h"

enum {
	HOLIDAY_NATIONAL = 10	/* a year */
};

void	holiday_national(int year, struct holiday out[HOLIDAY_NATIONAL]);

#endif
