/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing CSV. Every cell is quoted, so that no value can end a cell.
 */
#include "cgi-bin/csv.h"

#include <string.h>

struct csv
csv_new(struct arena *arena, const char *const *heads)
{
	struct csv csv = { .buf = buf_new(arena, 4096) };

	for (size_t i = 0; heads[i] != NULL; i++)
		csv_cell(&csv, heads[i]);
	csv_end_row(&csv);
	return csv;
}

struct csv
csv_more(struct arena *arena)
{
	return (struct csv){ .buf = buf_new(arena, 4096) };
}

void
csv_cell(struct csv *csv, const char *text)
{
	buf_puts(&csv->buf, csv->in_row ? ",\"" : "\"");
	csv->in_row = true;
	if (text != NULL && *text != '\0' && strchr("=+-@\t\r", *text) != NULL)
		buf_puts(&csv->buf, "'");
	for (const char *p = text; p != NULL && *p != '\0'; p++) {
		if (*p == '"')
			buf_puts(&csv->buf, "\"");
		buf_put(&csv->buf, p, 1);
	}
	buf_puts(&csv->buf, "\"");
}

/* A number below zero begins no formula. */
void
csv_int(struct csv *csv, int64_t value)
{
	buf_puts(&csv->buf, csv->in_row ? "," : "");
	csv->in_row = true;
	buf_printf(&csv->buf, "%lld", (long long)value);
}

void
csv_real(struct csv *csv, double value)
{
	buf_puts(&csv->buf, csv->in_row ? "," : "");
	csv->in_row = true;
	buf_printf(&csv->buf, "%.2f", value);
}

void
csv_end_row(struct csv *csv)
{
	buf_puts(&csv->buf, "\r\n");
	csv->in_row = false;
}

struct bytes
csv_bytes(const struct csv *csv)
{
	return buf_bytes(&csv->buf);
}
