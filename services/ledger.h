/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger: double entry, signed minor units, debit positive. PostgreSQL
 * holds the rules (schema/migration/0004_ledger.sql); here a journal is put
 * into an act, its lines in the order of their accounts so that two acts
 * never wait for each other crosswise.
 */
#ifndef SERVICES_LEDGER_H
#define SERVICES_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/clock.h"
#include "lib/uuid.h"

struct act;
struct arena;
struct err;
struct room;

enum {
	LEDGER_LINES = 32		/* of a journal */
};

struct ledger_line {
	const char	*account;	/* "counter:CENTRO", "revenue:vehicle" */
	int64_t		 amount;	/* debit +, credit -; never 0 */
};

struct ledger_journal {
	const char	*kind;		/* "fee_counter" */
	const char	*idem_key;	/* posted once, whatever happens */
	struct uuid	 ref;		/* what it is about */
	instant		 event_at;	/* when the money moved */
	const char	*currency;
	const struct ledger_line *lines;
	size_t		 n;
};

/* ERR_SYSTEM: no such account. Denials by rule: journal_kind,
 * journal_balance, account_floor, account_ceiling. A second journal of the
 * same idem_key is ERR_CONFLICT with rule journal_idem_once. */
bool	ledger_post(struct act *, const struct ledger_journal *,
	    struct err *e);

/* In an act of room balcao: open an account unless there is one. floor and
 * ceiling are "no limit" at INT64_MIN and INT64_MAX. */
bool	ledger_open(struct act *, const char *code, const char *kind,
	    const char *role, const char *currency, int64_t floor,
	    int64_t ceiling, struct err *e);

#endif
