/* SPDX-License-Identifier: Apache-2.0 */
/*
 * QR codes. The library's own result is copied and freed at once.
 */
#include "lib/qr.h"

#include <string.h>

#include <qrencode.h>

#include "lib/arena.h"
#include "lib/err.h"

bool
qr_make(struct arena *arena, const char *text, struct qr *out, struct err *e)
{
	size_t n = strlen(text);
	uint8_t *dark;
	QRcode *code;

	if (n == 0 || n > QR_TEXT)
		return err_set(e, ERR_INPUT, "no text for a QR code");
	code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	if (code == NULL)
		return err_set(e, ERR_SYSTEM, "a QR code was not made");
	out->width = (unsigned)code->width;
	n = (size_t)out->width * out->width;
	out->dark = dark = arena_alloc(arena, n);
	for (size_t i = 0; i < n; i++)
		dark[i] = code->data[i] & 1;
	QRcode_free(code);
	return true;
}
