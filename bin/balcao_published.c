/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading published checkpoints for bin/balcao_seq.c. Whether tiles and
 * bundles fit them is balcao-verify's question.
 */
#include "bin/balcao_published.h"

#include <dirent.h>

#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/str.h"
#include "services/origin.h"
#include "services/room.h"
#include "services/shelf.h"

void
published_years(const struct room *room, int years[PUBLISHED_YEARS],
    size_t *n)
{
	DIR *d = opendir(conf_text(room->conf, "path", "tiles"));
	const struct dirent *entry;
	int64_t year;

	*n = 0;
	if (d == NULL)
		return;
	while ((entry = readdir(d)) != NULL && *n < PUBLISHED_YEARS)
		if (str_int(entry->d_name, ORIGIN_YEAR_FIRST,
		    ORIGIN_YEAR_LAST, &year, NULL))
			years[(*n)++] = (int)year;
	closedir(d);
}

static void
read_one(struct arena *arena, const char *path, const struct note_key *key,
    struct published *p)
{
	struct bytes file;
	struct note note;

	if (!shelf_read(arena, path, &file, NULL)) {
		p->there = true;
		p->fault = "cannot be read";
		return;
	}
	p->there = file.p != NULL;
	if (!p->there)
		return;
	if (!checkpoint_read(arena, file, &p->checkpoint, &note, NULL) ||
	    !str_equal(p->checkpoint.origin, key->name))
		p->fault = "is no checkpoint of this log";
	else if (note_check(&note, key, NULL) != NOTE_GOOD)
		p->fault = "is not signed by the log's key";
}

void
published_read(const struct room *room, struct arena *arena, int year,
    const struct note_key *key, struct published out[PUBLISHED_FILES])
{
	static const char *const names[PUBLISHED_FILES] = {
		"checkpoint", "checkpoint.cosigned"
	};

	for (int i = 0; i < PUBLISHED_FILES; i++) {
		out[i] = (struct published){ .name = names[i] };
		read_one(arena, arena_printf(arena, "%s/%d/%s",
		    conf_text(room->conf, "path", "tiles"), year, names[i]),
		    key, &out[i]);
	}
}
