/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a fuzz target is: one function over any bytes, which returns 0 or
 * ends the program. It is linked with libFuzzer to look for new inputs, and
 * with replay.c to try the kept ones again in every `make check`.
 */
#ifndef TESTS_FUZZ_TARGET_H
#define TESTS_FUZZ_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* libFuzzer's name for it. */
int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold for every input. */
static inline void
require(bool held, const char *what)
{
	if (held)
		return;
	fprintf(stderr, "does not hold: %s\n", what);
	abort();
}

#endif
