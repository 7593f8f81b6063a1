/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every route of room account.
 */
#ifndef CGI_BIN_ACCOUNT_PAGES_H
#define CGI_BIN_ACCOUNT_PAGES_H

#include <stddef.h>

#include "cgi-bin/route.h"

extern const struct route account_routes[];
extern const size_t account_routes_n;

#endif
