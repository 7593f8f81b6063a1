/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a room is to the public: a topic of the catalogue, and where its
 * services begin.
 */
#ifndef CGI_BIN_PORTAL_WORDS_H
#define CGI_BIN_PORTAL_WORDS_H

#include <stddef.h>

#include "schema/registry.h"

struct definition;
struct visit;

struct portal_topic {
	enum room_code	 room;
	const char	*name;		/* the room's, in addresses */
	const char	*path;		/* of its own pages */
	const char	*title;		/* translated */
	const char	*text;
};

enum {
	PORTAL_TOPICS = 6
};

/* In the order of the page, from 0 to PORTAL_TOPICS - 1. */
struct portal_topic	portal_words_topic(size_t i);
/* The topic of a form: the last one if no other is its room's. */
struct portal_topic	portal_words_topic_of(const struct definition *);

/* Where "Start now" leads. */
const char	*portal_words_start(struct visit *,
		    const struct definition *);

/* "R$ 194.20", "free", "fees apply". */
const char	*portal_words_price(struct visit *,
		    const struct definition *);
/* "online · free · decided within 15 days" */
const char	*portal_words_facts(struct visit *,
		    const struct definition *);

/* "2026-03" as "March 2026". */
const char	*portal_words_month(struct visit *, const char *month);

#endif
