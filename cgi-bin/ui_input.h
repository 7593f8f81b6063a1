/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Questions answered by typing, and by choosing a file: one options struct
 * for all, of which each function uses what applies to it.
 *
 *	ui_input(h, &(struct ui_input){
 *		.name = "plate",
 *		.label = { _("What is the plate?"), UI_L, true },
 *		.hint = _("For example, ABC1D23"),
 *		.value = field_typed(a, "plate"),
 *		.error = field_error(a, "plate"),
 *		.width = 10,
 *	});
 */
#ifndef CGI_BIN_UI_INPUT_H
#define CGI_BIN_UI_INPUT_H

#include <stdbool.h>

#include "cgi-bin/ui_field.h"

enum ui_spelling {
	UI_SPELLING_UNSAID,
	UI_SPELLING_OFF,	/* names, numbers, codes */
	UI_SPELLING_ON
};

struct ui_input {
	const char	*name;
	const char	*id;		/* NULL: the name */
	struct ui_label	 label;
	const char	*hint;
	const char	*error;		/* NULL: none */
	const char	*value;		/* not shown again for secrets */
	bool		 disabled;
	const char	*autocomplete;	/* HTML 4.10.18.7: "name", "email" … */
	enum ui_spelling spelling;
	const char	*described_by;	/* ids besides hint and error */
	const char	*classes;
	const char	*group_classes;
	/* ui_input alone */
	const char	*type;		/* NULL: "text" */
	const char	*inputmode;	/* "numeric", "decimal" … */
	const char	*autocapitalize;
	const char	*pattern;
	unsigned	 width;		/* characters: 2 3 4 5 10 20; 0: full */
	const char	*prefix;	/* "R$" */
	const char	*suffix;	/* "km" */
	/* ui_textarea and ui_character_count */
	unsigned	 rows;		/* 0: 5 */
	unsigned	 limit;		/* ui_character_count: code points */
	/* ui_file */
	bool		 multiple;
	const char	*accept;	/* ".pdf,image/jpeg" */
};

void	ui_input(struct html *, const struct ui_input *);
void	ui_textarea(struct html *, const struct ui_input *);
void	ui_character_count(struct html *, const struct ui_input *);
void	ui_password(struct html *, const struct ui_input *);
void	ui_file(struct html *, const struct ui_input *);

#endif
