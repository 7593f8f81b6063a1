/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading <service>; for definition_read.c only.
 */
#ifndef FORMS_POLICY_READ_H
#define FORMS_POLICY_READ_H

#include <stddef.h>

struct policy;
struct policy_reason;
struct reader;
struct xml_node;

void	policy_read(struct reader *, const struct xml_node *, struct policy *);

/* The children <name number="…" outcome="…"> with their texts. */
const struct policy_reason	*policy_read_reasons(struct reader *,
				    const struct xml_node *, const char *name,
				    size_t *n);

#endif
