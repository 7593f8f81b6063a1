/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A year's holidays. One of them moves with Easter.
 */
#include "bin/balcao_holiday.h"

#include <stddef.h>

#include "lib/clock.h"

static const struct {
	int		 month, day;
	const char	*name;
} fixed[] = {
	{ 1, 1, "Confraternização Universal" },
	{ 4, 21, "Tiradentes" },
	{ 5, 1, "Dia do Trabalho" },
	{ 9, 7, "Independência do Brasil" },
	{ 10, 12, "Nossa Senhora Aparecida" },
	{ 11, 2, "Finados" },
	{ 11, 15, "Proclamação da República" },
	{ 11, 20, "Dia Nacional de Zumbi e da Consciência Negra" },
	{ 12, 25, "Natal" },
};
_Static_assert(sizeof fixed / sizeof *fixed + 1 == HOLIDAY_NATIONAL,
    "and Good Friday");

/* The Gregorian Easter (Meeus, Astronomical Algorithms, chapter 8). */
static date
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return date_from((struct civil){ .year = year, .month = n / 31,
	    .day = n % 31 + 1 });
}

void
holiday_national(int year, struct holiday out[HOLIDAY_NATIONAL])
{
	size_t n = sizeof fixed / sizeof *fixed;

	for (size_t i = 0; i < n; i++)
		out[i] = (struct holiday){
			.day = date_from((struct civil){ .year = year,
			    .month = fixed[i].month, .day = fixed[i].day }),
			.name = fixed[i].name,
		};
	out[n] = (struct holiday){ easter(year) - 2, "Sexta-feira Santa" };
}
