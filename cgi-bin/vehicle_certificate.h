/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The registration certificate: a sheet to be printed, and an entry of the
 * log that says it was given out.
 */
#ifndef CGI_BIN_VEHICLE_CERTIFICATE_H
#define CGI_BIN_VEHICLE_CERTIFICATE_H

#include <stdbool.h>

struct vehicle_file;
struct visit;

/* Of a vehicle that may be driven today: its registration is valid, and it
 * is not recorded as stolen. */
bool	vehicle_certificate_due(const struct vehicle_file *);

/* /vehicles/{vehicle:uuid}/certificate */
void	vehicle_certificate_show(struct visit *);

#endif
