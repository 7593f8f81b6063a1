/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pages of room vehicle, as one table.
 */
#ifndef CGI_BIN_VEHICLE_ROUTES_H
#define CGI_BIN_VEHICLE_ROUTES_H

#include <stddef.h>

#include "cgi-bin/route.h"

extern const struct route vehicle_routes[];
extern const size_t vehicle_routes_n;

#endif
