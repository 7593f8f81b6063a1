/* SPDX-License-Identifier: Apache-2.0 */
/*
 * States and postcodes of Brazil: facts in two tables, and their look-up.
 */
#include "forms/brazil.h"

#include <string.h>

#include "lib/str.h"

enum {
	CEP_LENGTH = 8,
	CEP_PREFIX = 5
};

const struct brazil_state brazil_states[] = {
	{ "AC", "Acre" },
	{ "AL", "Alagoas" },
	{ "AP", "Amapá" },
	{ "AM", "Amazonas" },
	{ "BA", "Bahia" },
	{ "CE", "Ceará" },
	{ "DF", "Distrito Federal" },
	{ "ES", "Espírito Santo" },
	{ "GO", "Goiás" },
	{ "MA", "Maranhão" },
	{ "MT", "Mato Grosso" },
	{ "MS", "Mato Grosso do Sul" },
	{ "MG", "Minas Gerais" },
	{ "PA", "Pará" },
	{ "PB", "Paraíba" },
	{ "PR", "Paraná" },
	{ "PE", "Pernambuco" },
	{ "PI", "Piauí" },
	{ "RJ", "Rio de Janeiro" },
	{ "RN", "Rio Grande do Norte" },
	{ "RS", "Rio Grande do Sul" },
	{ "RO", "Rondônia" },
	{ "RR", "Roraima" },
	{ "SC", "Santa Catarina" },
	{ "SP", "São Paulo" },
	{ "SE", "Sergipe" },
	{ "TO", "Tocantins" },
	{ NULL, NULL },
};

/* First five digits, from and to. AM, DF and GO have two ranges each. */
static const struct {
	const char	*state;
	int		 from, to;
} ranges[] = {
	{ "SP",  1000, 19999 },
	{ "RJ", 20000, 28999 },
	{ "ES", 29000, 29999 },
	{ "MG", 30000, 39999 },
	{ "BA", 40000, 48999 },
	{ "SE", 49000, 49999 },
	{ "PE", 50000, 56999 },
	{ "AL", 57000, 57999 },
	{ "PB", 58000, 58999 },
	{ "RN", 59000, 59999 },
	{ "CE", 60000, 63999 },
	{ "PI", 64000, 64999 },
	{ "MA", 65000, 65999 },
	{ "PA", 66000, 68899 },
	{ "AP", 68900, 68999 },
	{ "AM", 69000, 69299 },
	{ "RR", 69300, 69399 },
	{ "AM", 69400, 69899 },
	{ "AC", 69900, 69999 },
	{ "DF", 70000, 72799 },
	{ "GO", 72800, 72999 },
	{ "DF", 73000, 73699 },
	{ "GO", 73700, 76799 },
	{ "RO", 76800, 76999 },
	{ "TO", 77000, 77999 },
	{ "MT", 78000, 78899 },
	{ "MS", 79000, 79999 },
	{ "PR", 80000, 87999 },
	{ "SC", 88000, 89999 },
	{ "RS", 90000, 99999 },
};

bool
brazil_is_state(const char *code)
{
	for (const struct brazil_state *s = brazil_states; s->code; s++)
		if (str_equal(s->code, code))
			return true;
	return false;
}

bool
brazil_is_cep(const char *s)
{
	return strlen(s) == CEP_LENGTH &&
	    strspn(s, "0123456789") == CEP_LENGTH;
}

bool
brazil_cep_fits(const char *cep, const char *state)
{
	int prefix = 0;

	for (int i = 0; i < CEP_PREFIX; i++)
		prefix = prefix * 10 + (cep[i] - '0');
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (prefix >= ranges[i].from && prefix <= ranges[i].to)
			return str_equal(ranges[i].state, state);
	return false;
}
