/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One item of a form as the component that asks for it: every type of
 * forms/type.h has its looks here, and nowhere else.
 */
#ifndef CGI_BIN_APPLY_ITEM_H
#define CGI_BIN_APPLY_ITEM_H

#include "cgi-bin/ui_field.h"

struct arena;
struct definition_item;
struct form;
struct html;

struct apply_item {
	const struct form	*form;
	const struct definition_item *item;
	unsigned		 entry;
	const char		*name;	/* of its field, and its id */
	struct ui_label		 label;
	const char		*hint;	/* NULL: none */
	const char		*error;	/* sentence, or NULL */
	const char		*part;	/* at fault, or NULL */
};

void	apply_item_put(struct html *, const struct apply_item *);

/* The id that an error of this item, or of a part of it, leads to. */
const char	*apply_item_control(struct arena *,
		    const struct definition_item *, const char *name,
		    const char *part);

#endif
