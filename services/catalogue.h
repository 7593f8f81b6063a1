/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the public is offered: the newest version of every form, of all
 * rooms, but for those that only the desk fills. For room portal.
 */
#ifndef SERVICES_CATALOGUE_H
#define SERVICES_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/clock.h"

struct arena;
struct definition;
struct err;
struct room;

enum {
	CATALOGUE_CHANGES = 40
};

struct catalogue_entry {
	const struct definition *definition;
	/* its place in the list */
	bool		 aside;		/* found, but not by its title */
	const char	*title;		/* as it is compared */
};

/*
 * Those in which every word of q is found, in any language and whatever the
 * accents, with those first whose title has them; q NULL or blank: all. In
 * the order of their titles in the language in use.
 */
size_t	catalogue_list(struct room *, struct arena *, const char *q,
	    struct catalogue_entry **);

/* NULL: there is none of this name, or not for the public. */
const struct definition	*catalogue_find(struct room *, const char *name);

/* Does it start from something that is registered already (a vehicle)? Then
 * its room's own pages lead to it. */
bool	catalogue_needs_thing(const struct definition *);

/* Today's price of the form's fee number i; false: none is in force. */
bool	catalogue_price(struct room *, struct arena *,
	    const struct definition *, size_t i, int64_t *amount);

/* New forms and new versions, newest first, at most CATALOGUE_CHANGES. */
struct catalogue_change {
	const struct definition *definition;
	instant		 at;
};
bool	catalogue_changes(struct room *, struct arena *,
	    struct catalogue_change **, size_t *n, struct err *e);

/* The authority's offices, by name. */
struct catalogue_office {
	const char	*code;
	const char	*name;
};
bool	catalogue_offices(struct room *, struct arena *,
	    struct catalogue_office **, size_t *n, struct err *e);

/* Does the database answer? */
bool	catalogue_alive(struct room *, struct arena *, struct err *e);

#endif
