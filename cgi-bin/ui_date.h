/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A date asked for as day, month and year. The fields are <name>-day,
 * <name>-month and <name>-year, and so are their ids: an error leads to
 * "#<name>-day", or to the part that is at fault.
 */
#ifndef CGI_BIN_UI_DATE_H
#define CGI_BIN_UI_DATE_H

#include <stdbool.h>

#include "cgi-bin/ui_field.h"

struct ui_date {
	const char	*name;		/* NULL: day, month and year alone */
	const char	*id;		/* NULL: the name */
	struct ui_label	 legend;	/* no text: no fieldset */
	const char	*hint;
	const char	*error;
	const char	*day, *month, *year;	/* as typed */
	bool		 no_day, no_year;	/* not asked */
	bool		 bad_day, bad_month, bad_year;	/* none: all of them */
	bool		 birthday;	/* the browser may fill it in */
	const char	*described_by;
	const char	*classes;
	const char	*group_classes;
};

void	ui_date(struct html *, const struct ui_date *);

#endif
