/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading <item>; for definition_read.c only.
 */
#ifndef FORMS_ITEM_READ_H
#define FORMS_ITEM_READ_H

struct definition_item;
struct reader;
struct xml_node;

/* Fills all but page, repeat and index. */
void	item_read(struct reader *, const struct xml_node *,
	    struct definition_item *);

#endif
