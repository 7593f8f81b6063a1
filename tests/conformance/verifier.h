/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Running balcao-verify as it was built, from the build folder, over files in
 * a folder of the test's own.
 */
#ifndef TESTS_CONFORMANCE_VERIFIER_H
#define TESTS_CONFORMANCE_VERIFIER_H

#include "tests/unit/made_log.h"

struct arena;

enum verifier_status {
	HOLDS,
	BROKEN,
	UNREADABLE,
	INCOMPLETE
};

extern struct arena	*verifier_arena;
extern char		*verifier_folder;
extern char		*verifier_said;	/* what the last run printed */

/* cmocka's setup and teardown: the folder, and a made log in it of
 * VERIFIER_ENTRIES with two cosignatures. */
enum {
	VERIFIER_ENTRIES = 700,
	VERIFIER_FILING = 300	/* one that has rows */
};
extern struct made_log	 verifier_log;
int		verifier_setup(void **state);
int		verifier_teardown(void **state);

const char	*verifier_path(const char *name);
void		verifier_remove(const char *folder);

/* Its exit status. args ends with NULL. */
int		verifier_run(const char *const *args);
#define RUN(...)	verifier_run((const char *const[]){ __VA_ARGS__, NULL })

/* It printed this; the first broken place is this. */
void		verifier_says(const char *what);
void		verifier_names(const char *place);

#endif
