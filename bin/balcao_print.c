/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables and JSON. Knows nothing of what it prints.
 */
#include "bin/balcao_print.h"

#include <string.h>

#include "lib/str.h"

void
print_json(FILE *f, const char *s)
{
	putc('"', f);
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '"' || c == '\\')
			fprintf(f, "\\%c", c);
		else if (c < 0x20)
			fprintf(f, "\\u%04x", c);
		else
			putc(c, f);
	}
	putc('"', f);
}

static void
print_array(const struct print_column *column, size_t columns,
    const char *const *cells, size_t n)
{
	printf("[");
	for (size_t i = 0; i < n * columns; i++) {
		size_t c = i % columns;

		printf("%s", c > 0 ? ", " : i > 0 ? ",\n {" : "\n {");
		print_json(stdout, column[c].name);
		printf(": ");
		if (column[c].raw)
			printf("%s", cells[i]);
		else
			print_json(stdout, cells[i]);
		if (c == columns - 1)
			printf("}");
	}
	printf("%s]\n", n > 0 ? "\n" : "");
}

static void
print_cell(const char *text, size_t width, bool last)
{
	size_t n = str_length(text);

	printf("%s", text);
	for (; !last && n < width + 2; n++)
		putchar(' ');
	if (last)
		putchar('\n');
}

void
print_rows(bool json, const struct print_column *column, size_t columns,
    const char *const *cells, size_t n)
{
	size_t width[PRINT_COLUMNS] = { 0 };

	if (json) {
		print_array(column, columns, cells, n);
		return;
	}
	for (size_t c = 0; c < columns; c++)
		width[c] = str_length(column[c].title);
	for (size_t i = 0; i < n * columns; i++)
		if (str_length(cells[i]) > width[i % columns])
			width[i % columns] = str_length(cells[i]);
	for (size_t c = 0; c < columns; c++)
		print_cell(column[c].title, width[c], c == columns - 1);
	for (size_t i = 0; i < n * columns; i++)
		print_cell(cells[i], width[i % columns],
		    i % columns == columns - 1);
}
