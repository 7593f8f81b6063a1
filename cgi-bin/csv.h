/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Comma-separated values (RFC 4180) that a spreadsheet opens without running
 * anything: a cell that would begin a formula (= + - @, tab, return) gets an
 * apostrophe in front.
 */
#ifndef CGI_BIN_CSV_H
#define CGI_BIN_CSV_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/buf.h"
#include "lib/bytes.h"

struct arena;

struct csv {
	struct buf	buf;
	bool		in_row;
};

/* heads: the first row, ended by NULL. */
struct csv	csv_new(struct arena *, const char *const *heads);
/* The rows that follow those of another, without heads. */
struct csv	csv_more(struct arena *);
/* NULL is an empty cell. */
void		csv_cell(struct csv *, const char *);
void		csv_int(struct csv *, int64_t);
void		csv_real(struct csv *, double);	/* two decimals */
void		csv_end_row(struct csv *);
struct bytes	csv_bytes(const struct csv *);

#endif
