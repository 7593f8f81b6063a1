/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Types that name a thing or a person by an official number: vin, plate,
 * cpf. The rules of each are in vin.c, plate.c and cpf.c.
 */
#include "forms/type_kind.h"

#include "forms/cpf.h"
#include "forms/plate.h"
#include "forms/vin.h"

static bool
parse_vin(struct arena *a, const struct type_rules *r,
    const struct type_typed *typed, struct type_value *v,
    struct type_fault *f)
{
	const char *vin = type_bare(a, typed->texts[0]);

	if (r->short_allowed && vin_valid_short(vin))
		return type_give(a, v, vin);
	if (!vin_valid(vin))
		return type_refuse(f, TYPE_VIN);
	if (r->check_digit && vin[VIN_CHECK_PLACE] != vin_check_digit(vin))
		return type_refuse(f, TYPE_VIN_CHECK);
	return type_give(a, v, vin);
}

const struct type type_vin = {
	.name = "vin",
	.parse = parse_vin,
};

static bool
parse_plate(struct arena *a, const struct type_rules *r,
    const struct type_typed *typed, struct type_value *v,
    struct type_fault *f)
{
	const char *plate = type_bare(a, typed->texts[0]);

	(void)r;
	if (!plate_valid(plate))
		return type_refuse(f, TYPE_PLATE);
	return type_give(a, v, plate);
}

const struct type type_plate = {
	.name = "plate",
	.parse = parse_plate,
};

static bool
parse_cpf(struct arena *a, const struct type_rules *r,
    const struct type_typed *typed, struct type_value *v,
    struct type_fault *f)
{
	const char *cpf = type_bare(a, typed->texts[0]);

	(void)r;
	if (!cpf_valid(cpf))
		return type_refuse(f, TYPE_CPF);
	return type_give(a, v, cpf);
}

static const char *
read_cpf(struct arena *a, const struct type_rules *r,
    const struct type_value *v)
{
	(void)r;
	return cpf_read(a, v->texts[0]);
}

const struct type type_cpf = {
	.name = "cpf",
	.parse = parse_cpf,
	.read = read_cpf,
};
