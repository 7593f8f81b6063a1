/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The SQLSTATE policy (PostgreSQL manual, appendix A). A state that is not
 * listed is a fault of ours or of the machine. Neither the server's DETAIL
 * nor its own messages are passed on, for they quote values; what our
 * triggers raise is written by us and quotes none.
 */
#include "lib/db_state.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "lib/err.h"

enum naming {
	UNNAMED,
	NAMED,		/* by the constraint that the server names */
	RAISED,		/* the same, and without a name it is a fault */
	PRIVILEGE
};

static const struct policy {
	const char	*state;		/* or how it begins */
	enum err_code	 code;
	enum naming	 naming;
} policies[] = {
	{ "40001",	ERR_BUSY,	UNNAMED },	/* serialization */
	{ "40P01",	ERR_BUSY,	UNNAMED },	/* deadlock */
	{ "23505",	ERR_CONFLICT,	NAMED },	/* unique */
	{ "23P01",	ERR_CONFLICT,	NAMED },	/* exclusion */
	{ "23503",	ERR_CONFLICT,	NAMED },	/* foreign key */
	{ "23514",	ERR_DENIED,	NAMED },	/* check */
	{ "P0001",	ERR_DENIED,	RAISED },	/* RAISE */
	{ "44",		ERR_DENIED,	RAISED },	/* check option */
	{ "42501",	ERR_DENIED,	PRIVILEGE },
	{ "57014",	ERR_LIMIT,	UNNAMED },	/* statement_timeout */
	{ "57P01",	ERR_LOST,	UNNAMED },	/* terminated */
	{ "57P02",	ERR_LOST,	UNNAMED },	/* crashed */
	{ "57P03",	ERR_LOST,	UNNAMED },	/* starting, stopping */
	{ "08",		ERR_LOST,	UNNAMED },
};

static const struct policy *
policy_of(const char *sqlstate)
{
	const struct policy *p;

	for (size_t i = 0; i < sizeof policies / sizeof *policies; i++) {
		p = &policies[i];
		if (strncmp(sqlstate, p->state, strlen(p->state)) == 0)
			return p;
	}
	return NULL;
}

bool
db_state_lost(const char *sqlstate)
{
	const struct policy *p = policy_of(sqlstate);

	return p != NULL && p->code == ERR_LOST;
}

bool
db_state_err(const struct db_refusal *r, struct err *e)
{
	const struct policy *p = policy_of(r->sqlstate);
	const char *rule = r->constraint;

	if (e == NULL)
		return false;
	err_set(e, ERR_SYSTEM, "%s: SQLSTATE %s", r->statement, r->sqlstate);
	if (p == NULL || (p->naming == RAISED && rule == NULL))
		return false;
	e->code = p->code;
	if (strcmp(p->state, "P0001") == 0 && r->message != NULL)
		err_set(e, p->code, "%s", r->message);
	if (p->naming == PRIVILEGE)
		rule = "privilege";
	if (p->naming != UNNAMED && rule != NULL)
		snprintf(e->constraint, sizeof e->constraint, "%s", rule);
	return false;
}
