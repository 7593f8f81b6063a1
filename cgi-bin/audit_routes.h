/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every address of room auditor.
 */
#ifndef CGI_BIN_AUDIT_ROUTES_H
#define CGI_BIN_AUDIT_ROUTES_H

#include <stddef.h>

#include "cgi-bin/route.h"

extern const struct route	audit_routes[];
extern const size_t		audit_routes_n;

#endif
