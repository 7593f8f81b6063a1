/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one act of the administration program. It acts as its room, for nobody
 * is signed in at a shell; who may run it is the operating system's affair.
 */
#include "bin/balcao_change.h"

#include "lib/err.h"
#include "services/act.h"

struct changes {
	const struct change	*list;
	size_t			 n;
};

static bool
body(struct act *act, void *arg, struct err *e)
{
	const struct changes *changes = arg;

	for (size_t i = 0; i < changes->n; i++) {
		const struct change *c = &changes->list[i];

		if (c->statement == CHANGE_NOTHING)
			act_image(act, c->table, c->values, c->n);
		else
			act_put(act, (unsigned)c->statement, c->table,
			    c->values, c->n);
	}
	return act_say(act, &(struct act_entry){
	    .type = EVENT_CONFIGURATION,
	    .purpose = PURPOSE_OPERATION }, NULL, e);
}

bool
change_run(struct room *room, struct arena *arena, const struct change *list,
    size_t n, struct err *e)
{
	struct changes some;

	for (; n > 0; list += some.n, n -= some.n) {
		some = (struct changes){ list, n < CHANGE_ROWS ? n :
		    CHANGE_ROWS };
		if (!act_run(room, arena, NULL, body, &some, e))
			return false;
	}
	return true;
}
