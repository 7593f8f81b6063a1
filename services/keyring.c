/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading and writing key bundles. Files are read here because programs read
 * them once, before their sandbox; only balcao writes them.
 */
#include "services/keyring.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cbor.h"
#include "lib/err.h"

enum {
	KEYRING_VERSION = 1,
	FILE_LIMIT = 16 * 1024
};

void
keyring_new(struct keyring *k, uint16_t room)
{
	memset(k, 0, sizeof *k);
	k->room = room;
	k->epoch = 1;
	k->service[k->services++] =
	    (struct keyring_epoch){ 1, crypto_new_key() };
	k->mac[k->macs++] = (struct keyring_epoch){ 1, crypto_new_key() };
	k->index_root = crypto_new_key();
	k->sign_seed = crypto_new_key();
	k->agree_private = crypto_new_key();
}

bool
keyring_rotate(struct keyring *k, struct err *e)
{
	if (k->services == KEYRING_EPOCHS || k->macs == KEYRING_EPOCHS)
		return err_set(e, ERR_LIMIT, "room %u has %d epochs already",
		    k->room, KEYRING_EPOCHS);
	k->epoch++;
	k->service[k->services++] =
	    (struct keyring_epoch){ k->epoch, crypto_new_key() };
	k->mac[k->macs++] =
	    (struct keyring_epoch){ k->epoch, crypto_new_key() };
	return true;
}

static void
put_epochs(struct buf *b, const struct keyring_epoch *epochs, size_t n)
{
	cbor_put_array(b, n);
	for (size_t i = 0; i < n; i++) {
		cbor_put_array(b, 2);
		cbor_put_uint(b, epochs[i].epoch);
		cbor_put_bytes(b, secret_bytes(&epochs[i].key));
	}
}

struct bytes
keyring_encode(struct arena *arena, const struct keyring *k)
{
	struct buf b = buf_new(arena, 1024);

	cbor_put_array(&b, 8);
	cbor_put_uint(&b, KEYRING_VERSION);
	cbor_put_uint(&b, k->room);
	cbor_put_uint(&b, k->epoch);
	put_epochs(&b, k->service, k->services);
	cbor_put_bytes(&b, secret_bytes(&k->index_root));
	put_epochs(&b, k->mac, k->macs);
	cbor_put_bytes(&b, secret_bytes(&k->sign_seed));
	cbor_put_bytes(&b, secret_bytes(&k->agree_private));
	return buf_bytes(&b);
}

/* A byte string of exactly n bytes, or zeros and a fault. */
static void
take_exactly(struct cbor *c, uint8_t *out, size_t n)
{
	struct bytes b = cbor_bytes(c);

	if (b.n == n)
		memcpy(out, b.p, n);
	else if (c->fault == NULL)
		c->fault = "a key has another size";
}

static size_t
take_epochs(struct cbor *c, struct keyring_epoch *epochs)
{
	size_t n = cbor_array(c);

	if (n == 0 || n > KEYRING_EPOCHS) {
		if (c->fault == NULL)
			c->fault = "too few or too many epochs";
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		cbor_array_of(c, 2);
		epochs[i].epoch = (uint32_t)cbor_uint(c);
		take_exactly(c, epochs[i].key.b, SECRET_SIZE);
	}
	return n;
}

bool
keyring_decode(struct bytes encoded, struct keyring *k, struct err *e)
{
	struct cbor c = cbor_read(encoded);

	memset(k, 0, sizeof *k);
	cbor_array_of(&c, 8);
	if (cbor_uint(&c) != KEYRING_VERSION && c.fault == NULL)
		c.fault = "another version of key bundle";
	k->room = (uint16_t)cbor_uint(&c);
	k->epoch = (uint32_t)cbor_uint(&c);
	k->services = take_epochs(&c, k->service);
	take_exactly(&c, k->index_root.b, SECRET_SIZE);
	k->macs = take_epochs(&c, k->mac);
	take_exactly(&c, k->sign_seed.b, SECRET_SIZE);
	take_exactly(&c, k->agree_private.b, SECRET_SIZE);
	return cbor_end(&c, e);
}

static bool
read_file(const char *path, uint8_t *out, size_t *n, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t got;

	if (fd < 0)
		return err_set(e, ERR_SYSTEM,
		    "%s: %s; run balcao key unlock", path, strerror(errno));
	got = read(fd, out, *n);
	close(fd);
	if (got <= 0 || (size_t)got == *n)
		return err_set(e, ERR_SYSTEM, "%s: is no key file", path);
	*n = (size_t)got;
	return true;
}

bool
keyring_load(const char *dir, const char *room, struct keyring *k,
    struct err *e)
{
	char path[512];
	uint8_t file[FILE_LIMIT];
	size_t n = sizeof file;
	bool ok;

	snprintf(path, sizeof path, "%s/%s.key", dir, room);
	if (!read_file(path, file, &n, e))
		return false;
	ok = keyring_decode(bytes(file, n), k, e);
	secret_wipe(file, sizeof file);
	return ok || err_at(e, path);
}

bool
keyring_load_public(const char *dir, struct keyring_publics *p, struct err *e)
{
	char path[512];
	uint8_t file[FILE_LIMIT];
	size_t n = sizeof file;
	struct cbor c;

	snprintf(path, sizeof path, "%s/public", dir);
	if (!read_file(path, file, &n, e))
		return false;
	memset(p, 0, sizeof *p);
	c = cbor_read(bytes(file, n));
	cbor_array_of(&c, 2);
	if (cbor_uint(&c) != KEYRING_VERSION && c.fault == NULL)
		c.fault = "another version of public keys";
	p->n = cbor_array(&c);
	if (p->n > KEYRING_ROOMS && c.fault == NULL)
		c.fault = "too many rooms";
	for (size_t i = 0; i < p->n && c.fault == NULL; i++) {
		cbor_array_of(&c, 4);
		p->room[i].room = (uint16_t)cbor_uint(&c);
		p->room[i].epoch = (uint32_t)cbor_uint(&c);
		take_exactly(&c, p->room[i].sign, CRYPTO_PUBLIC);
		take_exactly(&c, p->room[i].agree, CRYPTO_PUBLIC);
	}
	return cbor_end(&c, e) || err_at(e, path);
}

struct keyring_public
keyring_public_of(const struct keyring *k)
{
	struct keyring_public p = { .room = k->room, .epoch = k->epoch };

	crypto_sign_public(&k->sign_seed, p.sign);
	crypto_agree_public(&k->agree_private, p.agree);
	return p;
}

struct bytes
keyring_encode_public(struct arena *arena, const struct keyring_publics *p)
{
	struct buf b = buf_new(arena, 128 * p->n);

	cbor_put_array(&b, 2);
	cbor_put_uint(&b, KEYRING_VERSION);
	cbor_put_array(&b, p->n);
	for (size_t i = 0; i < p->n; i++) {
		cbor_put_array(&b, 4);
		cbor_put_uint(&b, p->room[i].room);
		cbor_put_uint(&b, p->room[i].epoch);
		cbor_put_bytes(&b, bytes(p->room[i].sign, CRYPTO_PUBLIC));
		cbor_put_bytes(&b, bytes(p->room[i].agree, CRYPTO_PUBLIC));
	}
	return buf_bytes(&b);
}

const struct keyring_public *
keyring_find(const struct keyring_publics *p, uint16_t room)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->room[i].room == room)
			return &p->room[i];
	return NULL;
}

const struct secret *
keyring_service(const struct keyring *k, uint32_t epoch)
{
	for (size_t i = 0; i < k->services; i++)
		if (k->service[i].epoch == epoch)
			return &k->service[i].key;
	return NULL;
}

const struct keyring_epoch *
keyring_newest(const struct keyring_epoch *epochs, size_t n)
{
	return &epochs[n - 1];
}

struct secret
keyring_derive(const struct keyring *k, const char *label)
{
	struct secret s;

	crypto_expand(&k->index_root, bytes_of(label), s.b, sizeof s.b);
	return s;
}
