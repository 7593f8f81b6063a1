/* SPDX-License-Identifier: Apache-2.0 */
/*
 * QR codes (ISO/IEC 18004) as the squares of a grid; libqrencode's only
 * door. How it is drawn is cgi-bin/ui_qr.h.
 */
#ifndef LIB_QR_H
#define LIB_QR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct err;

enum {
	QR_TEXT = 1024		/* bytes, at most */
};

struct qr {
	unsigned	 width;		/* squares on a side */
	const uint8_t	*dark;		/* width * width; 0 or 1 */
};

/* Of a text, with the error correction of a printed sheet (M). ERR_INPUT:
 * empty or too long. */
bool	qr_make(struct arena *, const char *text, struct qr *, struct err *e);

#endif
