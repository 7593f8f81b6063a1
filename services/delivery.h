/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The courier's work: a finished mail becomes an RFC 5322 message and goes
 * to the relay, or, in a demonstration, into a folder. A mail that fails is
 * tried again by services/message.c; one that the relay refuses for good is
 * failed after the same tries, and its state says so.
 */
#ifndef SERVICES_DELIVERY_H
#define SERVICES_DELIVERY_H

#include <stdbool.h>

#include "lib/bytes.h"
#include "lib/clock.h"
#include "lib/uuid.h"

struct arena;
struct conf;
struct err;
struct mail;
struct message;
struct room;

/* For MESSAGE_DELIVER and MESSAGE_OFFER_MAIL. */
bool	delivery_handle(struct room *, struct arena *, const struct message *,
	    struct err *e);

/*
 * The message, lines ended by CRLF, none longer than 76: text in
 * quoted-printable, header words in RFC 2047 where they are not ASCII. id
 * makes its Message-ID. ERR_INPUT: an address or a subject that would be
 * more than one header.
 */
bool	delivery_write(struct arena *, const struct conf *,
	    const struct mail *, struct uuid id, instant at, struct bytes *,
	    struct err *e);

#endif
