/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Results on standard output: as a table for people, or as one JSON array of
 * objects for scripts (--json), from the same rows.
 */
#ifndef BIN_BALCAO_PRINT_H
#define BIN_BALCAO_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum {
	PRINT_COLUMNS = 8
};

struct print_column {
	const char	*title;		/* for people */
	const char	*name;		/* in JSON */
	bool		 raw;		/* in JSON without quotes: a number,
					 * true, false */
};

/* cells: n rows of as many cells as there are columns; none is NULL. */
void	print_rows(bool json, const struct print_column *, size_t columns,
	    const char *const *cells, size_t n);

/* A JSON string with its quotes (RFC 8259 7). */
void	print_json(FILE *, const char *);

#endif
