/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Comparing and wiping secrets. Neither looks at what it handles: the loops
 * run to the end whatever the bytes are.
 */
#include "lib/secret.h"

#include <string.h>

bool
secret_same(struct bytes a, struct bytes b)
{
	uint8_t differ = 0;

	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		differ |= a.p[i] ^ b.p[i];
	return differ == 0;
}

bool
secret_equal(const struct secret *a, const struct secret *b)
{
	return secret_same(secret_bytes(a), secret_bytes(b));
}

void
secret_wipe(void *p, size_t n)
{
	explicit_bzero(p, n);
}
