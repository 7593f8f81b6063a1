/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A growing run of bytes in an arena. Whatever is written lies behind p,
 * always followed by a NUL that does not count, so that text can be read as
 * a string at any moment. Integers go out big-endian.
 */
#ifndef LIB_BUF_H
#define LIB_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bytes.h"

struct arena;

struct buf {
	struct arena	*arena;
	uint8_t		*p;
	size_t		 n;
	size_t		 capacity;
};

/* A buffer that expects about this many bytes and takes any number. */
struct buf	 buf_new(struct arena *, size_t expected);

void	 buf_put(struct buf *, const void *, size_t n);
void	 buf_put_bytes(struct buf *, struct bytes);
void	 buf_puts(struct buf *, const char *);
void	 buf_printf(struct buf *, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
void	 buf_vprintf(struct buf *, const char *fmt, va_list)
	    __attribute__((format(printf, 2, 0)));
void	 buf_u8(struct buf *, uint8_t);
void	 buf_u16(struct buf *, uint16_t);
void	 buf_u32(struct buf *, uint32_t);
void	 buf_u64(struct buf *, uint64_t);

struct bytes	 buf_bytes(const struct buf *);
const char	*buf_text(const struct buf *);

#endif
