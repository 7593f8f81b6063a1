/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pages of room general, as one table.
 */
#ifndef CGI_BIN_GENERAL_ROUTES_H
#define CGI_BIN_GENERAL_ROUTES_H

#include <stddef.h>

#include "cgi-bin/route.h"

extern const struct route general_routes[];
extern const size_t general_routes_n;

#endif
