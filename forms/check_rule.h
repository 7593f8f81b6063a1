/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Does an expression mean what its author thinks? XPath 1.0 compares dates
 * as numbers, takes any item for true and loses digits, all without a word;
 * what it would do so is a fault here. For check.c only.
 */
#ifndef FORMS_CHECK_RULE_H
#define FORMS_CHECK_RULE_H

struct definition_item;
struct reader;
struct rule;
struct scope;

/* It must be true or false. A NULL rule is fine, here and below. */
void	check_rule_condition(struct reader *, const struct scope *,
	    const struct rule *);
/* It must be a number. */
void	check_rule_number(struct reader *, const struct scope *,
	    const struct rule *);
/* It must be a value of the item. */
void	check_rule_value(struct reader *, const struct scope *,
	    const struct rule *, const struct definition_item *);

#endif
