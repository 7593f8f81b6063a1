/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An address asked for in its parts (forms/type.h, "address"). The fields are
 * <name>-street, <name>-city and so on, and so are their ids. Without script
 * all parts are there: those of Brazil, and lines for anywhere else.
 */
#ifndef CGI_BIN_UI_ADDRESS_H
#define CGI_BIN_UI_ADDRESS_H

#include "cgi-bin/ui_field.h"

struct ui_address {
	const char	*name;
	struct ui_label	 legend;
	const char	*hint;
	const char	*error;
	const char	*part;		/* at fault; NULL: "street" */
	/* what was typed for a part; "" if nothing */
	const char	*(*typed)(const void *arg, const char *part);
	const void	*arg;
};

void	ui_address(struct html *, const struct ui_address *);

#endif
