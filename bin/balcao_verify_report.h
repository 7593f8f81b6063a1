/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What balcao-verify found, in plain words or as JSON. A finding is a whole
 * sentence. What a file holds may be anything: characters that a terminal
 * would obey are written as \u{…}.
 */
#ifndef BIN_BALCAO_VERIFY_REPORT_H
#define BIN_BALCAO_VERIFY_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/buf.h"

struct arena;

/* Also the exit status; of several the worst, in the order broken,
 * unreadable, incomplete. */
enum result {
	RESULT_HOLDS,
	RESULT_BROKEN,
	RESULT_UNREADABLE,	/* and faults of usage */
	RESULT_INCOMPLETE	/* nothing is wrong, something is missing */
};

enum finding {
	FINDING_FACT,		/* what stands in the file */
	FINDING_PROVED,
	FINDING_MISSING,	/* not proved; asked for: RESULT_INCOMPLETE */
	FINDING_ASIDE,		/* not proved, and nobody asked */
	FINDING_BROKEN,
	FINDING__MAX
};

enum {
	REPORT_FINDINGS = 64	/* of a kind; what comes after is counted */
};

struct report {
	bool		json;
	const char	*mode;
	const char	*file;		/* the one it is about, of several */
	struct buf	text[FINDING__MAX];
	size_t		count[FINDING__MAX];
	const char	*place;		/* of the first breach, or NULL */
	struct arena	*arena;
};

/* file may be NULL. */
void	report_init(struct report *, struct arena *, const char *mode,
	    const char *file, bool json);

void	report_put(struct report *, enum finding, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));
/* place: "line 5", "tile/0/000"; the first one is the report's. */
void	report_broken(struct report *, const char *place, const char *fmt,
	    ...) __attribute__((format(printf, 3, 4)));

/* Written to standard output; the exit status. */
int	report_end(const struct report *);
/* Nothing could be looked at: to standard error, and as JSON if wanted. */
int	report_unreadable(const struct report *, const char *why);

#endif
