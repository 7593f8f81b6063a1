/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The policy of a service, as its form definition states it: who may apply,
 * who decides, how long things may take, what it costs, why staff may read.
 * Part of a definition, with its life time.
 */
#ifndef FORMS_POLICY_H
#define FORMS_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "forms/rule.h"
#include "forms/words.h"

enum policy_second {		/* four-eyes: a second person decides */
	POLICY_NEVER,
	POLICY_ALWAYS,
	POLICY_ABOVE		/* above an amount */
};

enum policy_apply {
	POLICY_ACCOUNT = 1,
	POLICY_LINK = 2,
	POLICY_BOTH = POLICY_ACCOUNT | POLICY_LINK,
	POLICY_DESK = 4		/* a clerk fills it, about a registered thing */
};

struct policy_days {
	const char	*state;		/* NULL: from submission to decision */
	unsigned	 days;
};

struct policy_fee {
	const char	*line;		/* of the schedule */
	const struct rule *relevant;	/* NULL: always */
};

/* A purpose of reading, or a reason of a decision; numbers are never used
 * again. */
struct policy_reason {
	unsigned	 number;
	bool		 refusal;	/* else an approval's, or a purpose */
	const struct words *words;
};

struct policy {
	const char	*prefix;	/* of references: "VR" */
	const char	*office;
	const char	*room;
	enum policy_apply apply;

	enum policy_second second;
	int64_t		 second_above;	/* minor units */
	const struct rule *second_of;	/* the amount; NULL: what is granted */

	const struct policy_days *deadlines;
	size_t		 n_deadlines;
	const struct policy_days *lapses;
	size_t		 n_lapses;
	unsigned	 appeal_days;	/* 0: no appeal */

	const struct policy_fee *fees;
	size_t		 n_fees;
	const struct policy_reason *purposes;
	size_t		 n_purposes;

	unsigned	 retention_years;	/* after the last decision */
	const struct words *retention;		/* the legal reference */
};

/* Days for a state (NULL: in all); 0 if the policy names none. */
unsigned	policy_deadline(const struct policy *, const char *state);
unsigned	policy_lapse(const struct policy *, const char *state);

#endif
