/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading, writing and using the file of MAC keys. Only balcao writes it and
 * only the sealer reads it; the rooms have their own keys in their bundles.
 */
#include "services/macs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/secret.h"

enum {
	MACS_VERSION = 1,
	FILE_LIMIT = 32 * 1024,
	MAC_SIZE = 1 + CRYPTO_HASH
};

bool
macs_add(struct macs *m, const struct keyring *ring, struct err *e)
{
	struct macs_room *r;

	if (m->n == KEYRING_ROOMS)
		return err_set(e, ERR_LIMIT, "more than %d rooms",
		    KEYRING_ROOMS);
	r = &m->room[m->n++];
	r->room = ring->room;
	r->n = ring->macs;
	memcpy(r->key, ring->mac, sizeof r->key);
	return true;
}

struct bytes
macs_encode(struct arena *arena, const struct macs *m)
{
	struct buf b = buf_new(arena, FILE_LIMIT / 2);

	cbor_put_array(&b, 2);
	cbor_put_uint(&b, MACS_VERSION);
	cbor_put_array(&b, m->n);
	for (size_t i = 0; i < m->n; i++) {
		const struct macs_room *r = &m->room[i];

		cbor_put_array(&b, 2);
		cbor_put_uint(&b, r->room);
		cbor_put_array(&b, r->n);
		for (size_t k = 0; k < r->n; k++) {
			cbor_put_array(&b, 2);
			cbor_put_uint(&b, r->key[k].epoch);
			cbor_put_bytes(&b, secret_bytes(&r->key[k].key));
		}
	}
	return buf_bytes(&b);
}

static void
fault(struct cbor *c, const char *what)
{
	if (c->fault == NULL)
		c->fault = what;
}

static void
take_room(struct cbor *c, struct macs_room *r)
{
	cbor_array_of(c, 2);
	r->room = (uint16_t)cbor_uint(c);
	r->n = cbor_array(c);
	if (r->n > KEYRING_EPOCHS) {
		fault(c, "too many epochs");
		return;
	}
	for (size_t i = 0; i < r->n; i++) {
		struct bytes key;

		cbor_array_of(c, 2);
		r->key[i].epoch = (uint32_t)cbor_uint(c);
		key = cbor_bytes(c);
		if (key.n == SECRET_SIZE)
			memcpy(r->key[i].key.b, key.p, key.n);
		else
			fault(c, "a key has another size");
	}
}

bool
macs_decode(struct bytes encoded, struct macs *m, struct err *e)
{
	struct cbor c = cbor_read(encoded);

	memset(m, 0, sizeof *m);
	cbor_array_of(&c, 2);
	if (cbor_uint(&c) != MACS_VERSION)
		fault(&c, "another version of MAC keys");
	m->n = cbor_array(&c);
	if (m->n > KEYRING_ROOMS)
		fault(&c, "too many rooms");
	for (size_t i = 0; i < m->n && c.fault == NULL; i++)
		take_room(&c, &m->room[i]);
	return cbor_end(&c, e);
}

bool
macs_load(const char *dir, struct macs *m, struct err *e)
{
	uint8_t file[FILE_LIMIT];
	char path[512];
	ssize_t n;
	bool ok;
	int fd;

	snprintf(path, sizeof path, "%s/" MACS_FILE, dir);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return err_set(e, ERR_SYSTEM, "%.150s: %s; run balcao key "
		    "unlock", path, strerror(errno));
	n = read(fd, file, sizeof file);
	close(fd);
	if (n <= 0 || n == (ssize_t)sizeof file)
		return err_set(e, ERR_SYSTEM, "%.150s: is no file of keys",
		    path);
	ok = macs_decode(bytes(file, (size_t)n), m, e);
	secret_wipe(file, sizeof file);
	return ok || err_at(e, path);
}

static const struct secret *
find_key(const struct macs *m, uint64_t room, uint8_t epoch)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct macs_room *r = &m->room[i];

		if (r->room != room)
			continue;
		for (size_t k = 0; k < r->n; k++)
			if (r->key[k].epoch == epoch)
				return &r->key[k].key;
	}
	return NULL;
}

enum macs_verdict
macs_check(const struct macs *m, uint64_t room, struct bytes leaf,
    struct bytes mac)
{
	const struct secret *key;
	struct hash h;

	if (mac.n != MAC_SIZE)
		return MACS_BROKEN;
	key = find_key(m, room, mac.p[0]);
	if (key == NULL)
		return MACS_UNKNOWN;
	h = crypto_hmac(secret_bytes(key), leaf);
	return secret_same(bytes(h.b, sizeof h.b), bytes(mac.p + 1,
	    CRYPTO_HASH)) ? MACS_HOLDS : MACS_BROKEN;
}
