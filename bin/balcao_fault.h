/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults of files that an administrator wrote, as file:line: text on standard
 * output, the form that editors jump to.
 */
#ifndef BIN_BALCAO_FAULT_H
#define BIN_BALCAO_FAULT_H

#include <stdbool.h>

struct balcao;
struct err;
struct xml_fault;
struct xml_grammar;

/* A grammar of [path] schema; whoever asks frees it. */
bool	fault_grammar(const struct balcao *, const char *name,
	    struct xml_grammar **, struct err *e);

/* All of them; with any, b->found is set. */
void	fault_print(struct balcao *, const char *path,
	    const struct xml_fault *);

#endif
