/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The frame that every question shares: form group, label or legend, hint,
 * error message. Question components (ui_input.h, ui_choice.h) draw it
 * themselves; pages use only the fieldset, for several questions in one.
 *
 * All sentences given to any ui_ function are in the reader's language.
 */
#ifndef CGI_BIN_UI_FIELD_H
#define CGI_BIN_UI_FIELD_H

#include <stdbool.h>

struct html;

enum ui_size {
	UI_PLAIN,
	UI_S,
	UI_M,
	UI_L,
	UI_XL
};

/* A label or a legend. */
struct ui_label {
	const char	*text;		/* NULL: none */
	enum ui_size	 size;
	bool		 heading;	/* it is the page's h1 */
	const char	*classes;
};

struct ui_fieldset {
	struct ui_label	 legend;
	const char	*role;
	const char	*described_by;
	const char	*classes;
};

void	ui_fieldset_begin(struct html *, const struct ui_fieldset *);
void	ui_fieldset_end(struct html *);

/*
 * For question components: begin; label or fieldset; notes; the control,
 * which says what describes it; end.
 */
struct ui_group {
	const char	*id;		/* of the question */
	const char	*hint;		/* NULL or "": none */
	const char	*error;		/* NULL: none */
	const char	*described_by;	/* ids besides hint and error */
	const char	*classes;
};

void	ui_group_begin(struct html *, const struct ui_group *);
void	ui_group_end(struct html *);

/* Hint and error message. */
void	ui_group_notes(struct html *, const struct ui_group *);

/* The ids of both for aria-describedby, or NULL. */
const char	*ui_group_described_by(struct html *,
		    const struct ui_group *);

void	ui_label(struct html *, const struct ui_label *, const char *for_id);
void	ui_hint(struct html *, const char *id, const char *classes,
	    const char *text);
void	ui_error_message(struct html *, const char *id, const char *sentence);

#endif
