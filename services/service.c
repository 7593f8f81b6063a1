/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The little that all services share beside their table of hooks.
 */
#include "services/service.h"

#include "lib/arena.h"

void
service_find(struct arena *arena, struct finding **list,
    enum finding_level level, const char *item, const char *sentence)
{
	struct finding *f = arena_alloc(arena, sizeof *f);

	f->level = level;
	f->item = item;
	f->sentence = sentence;
	while (*list != NULL)
		list = &(*list)->next;
	*list = f;
}
