/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A QR code on a page, drawn as one shape, so that it prints sharply and
 * needs no image of its own.
 */
#ifndef CGI_BIN_UI_QR_H
#define CGI_BIN_UI_QR_H

struct html;
struct qr;

/* label: what it leads to, for those who cannot see it. */
void	ui_qr(struct html *, const struct qr *, const char *label);

#endif
