/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hashing rows. The values are those that the statement sends, so what is
 * hashed and what is written cannot differ by a slip of order.
 */
#include "audit/image.h"

#include <stdlib.h>

#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/db.h"
#include "lib/log.h"

void
image_put_value(struct buf *b, const struct db_value *v)
{
	switch (v->type) {
	case DB_NULL:
		cbor_put_null(b);
		return;
	case DB_BOOL:
		cbor_put_bool(b, v->u.b);
		return;
	case DB_INT:
	case DB_INSTANT:
		cbor_put_int(b, v->u.i);
		return;
	case DB_DATE:
		cbor_put_int(b, v->u.d);
		return;
	case DB_TEXT:
		cbor_put_text(b, v->u.s);
		return;
	case DB_BYTES:
		cbor_put_bytes(b, v->u.bytes);
		return;
	case DB_UUID:
		cbor_put_bytes(b, uuid_bytes(&v->u.uuid));
		return;
	}
}

struct image
image_of(struct arena *arena, uint16_t table, const struct db_value *values,
    size_t n)
{
	struct buf b = buf_new(arena, 256);
	struct image image = { .table = table };

	if (n < 2 || values[0].type != DB_UUID || values[1].type != DB_INT) {
		log_event(LOG_ALARM, "image-without-row", NULL);
		abort();
	}
	cbor_put_array(&b, n + 1);
	cbor_put_uint(&b, table);
	for (size_t i = 0; i < n; i++)
		image_put_value(&b, &values[i]);
	image.row = values[0].u.uuid;
	image.version = (uint32_t)values[1].u.i;
	image.hash = crypto_sha256(buf_bytes(&b));
	return image;
}

void
image_put_list(struct buf *b, const struct image *images, size_t n)
{
	cbor_put_array(b, n);
	for (size_t i = 0; i < n; i++) {
		cbor_put_array(b, 4);
		cbor_put_uint(b, images[i].table);
		cbor_put_bytes(b, uuid_bytes(&images[i].row));
		cbor_put_uint(b, images[i].version);
		cbor_put_bytes(b, bytes(images[i].hash.b, CRYPTO_HASH));
	}
}

struct hash
image_list(struct arena *arena, const struct image *images, size_t n)
{
	struct buf b = buf_new(arena, 64 * (n + 1));

	image_put_list(&b, images, n);
	return crypto_sha256(buf_bytes(&b));
}

void
image_pack(struct buf *b, const struct image *image)
{
	buf_u16(b, image->table);
	buf_put_bytes(b, uuid_bytes(&image->row));
	buf_u32(b, image->version);
	buf_put(b, image->hash.b, CRYPTO_HASH);
}
