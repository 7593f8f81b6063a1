/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The keys of balcao.conf: one table for all programs, so that a misspelt
 * line is found by whichever starts first.
 */
#ifndef SERVICES_SETTINGS_H
#define SERVICES_SETTINGS_H

#include "lib/conf.h"

extern const struct conf_key settings[];

#endif
