/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Receipts of what was sent and decided: below
 * P/applications/{reference:reference}/receipts/{event:uuid}
 */
#ifndef CGI_BIN_APPLY_RECEIPT_H
#define CGI_BIN_APPLY_RECEIPT_H

#include "lib/uuid.h"

struct application;
struct visit;

void	apply_receipt_show(struct visit *);
void	apply_receipt_file(struct visit *);	/* …/file */

/* On other pages: all receipts of an application; and right after sending,
 * the number and the promise. What cannot be read is left out. */
void	apply_receipt_list(struct visit *, const struct application *);
void	apply_receipt_promise(struct visit *, const struct application *,
	    struct uuid event);

#endif
