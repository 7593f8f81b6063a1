/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of a vehicle's page that its owner and the desk both see. None
 * of them asks the database; the caller brings the file.
 */
#ifndef CGI_BIN_VEHICLE_PARTS_H
#define CGI_BIN_VEHICLE_PARTS_H

#include <stddef.h>

struct title;
struct ui_summary;
struct vehicle_file;
struct visit;

/* What wants to be seen first: theft, holds, liens, what ends soon. */
void	vehicle_parts_warnings(struct visit *, const struct vehicle_file *);

/* Rows of a list: what the vehicle is. */
void	vehicle_parts_facts(struct visit *, const struct ui_summary *,
	    const struct vehicle_file *);

void	vehicle_parts_description(struct visit *,
	    const struct vehicle_file *);
/* keeper: who that is to this reader. */
void	vehicle_parts_registration(struct visit *,
	    const struct vehicle_file *, const char *keeper);
void	vehicle_parts_liens(struct visit *, const struct vehicle_file *);
void	vehicle_parts_holds(struct visit *, const struct vehicle_file *);
void	vehicle_parts_brands(struct visit *, const struct vehicle_file *);
void	vehicle_parts_readings(struct visit *, const struct vehicle_file *);

/* Newest first. whose: who the owner of a title is to this reader. */
void	vehicle_parts_titles(struct visit *, const struct title *, size_t n,
	    const char *(*whose)(struct visit *, const struct title *));

#endif
