/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A copy of everything about one person (data portability): what a room
 * writes when account asks it, and how account reads it back. A part is a
 * list of records, each a title and fields with a name for machines and a
 * label for people, in the language that was asked for.
 */
#ifndef SERVICES_COPY_H
#define SERVICES_COPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/buf.h"
#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/uuid.h"

struct arena;
struct err;
struct message;
struct room;
struct service;

struct copy_writer {
	struct buf	buf;
	size_t		lines;
};

struct copy_writer	copy_new(struct arena *);
/* kind: a word for machines, "application"; title: for people. */
void	copy_record(struct copy_writer *, const char *kind,
	    const char *title);
/* Of the last record. NULL, DATE_NONE and INSTANT_NONE are left out. */
void	copy_text(struct copy_writer *, const char *name, const char *label,
	    const char *value);
void	copy_date(struct copy_writer *, const char *name, const char *label,
	    date);
void	copy_time(struct copy_writer *, const char *name, const char *label,
	    instant);
struct bytes	copy_end(struct arena *, const struct copy_writer *);

enum copy_type {
	COPY_RECORD,	/* name: the kind; label: the title */
	COPY_TEXT,
	COPY_DATE,
	COPY_TIME
};

struct copy_line {
	enum copy_type	 type;
	const char	*name, *label;
	const char	*text;
	int64_t		 number;	/* of a date or an instant */
};
bool	copy_read(struct arena *, struct bytes, struct copy_line **,
	    size_t *n, struct err *e);

/* The bodies of MESSAGE_COPY_ASK and MESSAGE_COPY. */
struct bytes	copy_encode_ask(struct arena *, struct uuid copy,
		    const char *language);
bool	copy_decode_answer(struct bytes, struct uuid *copy,
	    struct bytes *part, struct err *e);

/* Handler of MESSAGE_COPY_ASK but for the service, which a room's own adds;
 * and for rooms without one. */
bool	copy_answer(struct room *, struct arena *, const struct service *,
	    const struct message *, struct err *e);
bool	copy_handle(struct room *, struct arena *, const struct message *,
	    struct err *e);

#endif
