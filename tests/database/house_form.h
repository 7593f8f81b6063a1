/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Form definitions and parameters in the house of tests/database/house.h:
 * the source's own forms, signed as `balcao form add` would sign them, in
 * charge of house.office.
 */
#ifndef TESTS_DATABASE_HOUSE_FORM_H
#define TESTS_DATABASE_HOUSE_FORM_H

#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"

struct form;
struct form_field;

/* forms/<name>.xml, or a definition's own text. */
void	house_form(const char *name);
void	house_form_text(struct bytes source);

/* A second version of forms/<name>.xml, which keeps nothing beyond the last
 * decision. */
void	house_form_forgetful(const char *name);

/* A line of the fee schedule, in force for long: "vehicle-registration". */
void	house_fee(const char *line, int64_t amount);

/*
 * Post these fields to every page of the form, in the order of the pages; of
 * two fields of one name the first counts.
 */
void	house_answer(struct form *, const struct form_field *, size_t n);

#endif
