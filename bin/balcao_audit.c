/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit live: do the tables say what the log says? Every audited row is
 * compared with its newest image and every image with its row; then each
 * entry's list of images with its leaf. audit seq: does the index of the log
 * say what its leaves say? Of both nothing is opened and nothing is changed.
 * audit q opens what this program wrote itself; of the rooms' entries only
 * the rooms can: <program> -q.
 */
#include "bin/balcao.h"

#include <stdio.h>

#include "bin/balcao_args.h"
#include "bin/balcao_broken.h"
#include "bin/balcao_print.h"
#include "bin/balcao_standing.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "services/qcheck.h"

void
broken_add(struct broken_list *list, const char *where, const char *what,
    struct uuid event)
{
	if (list->n < BROKEN_MOST)
		list->place[list->n] = (struct broken){
			.where = arena_strdup(list->arena, where),
			.what = arena_strdup(list->arena, what),
			.event = event,
		};
	list->n++;
}

static void
print_places(const struct broken_list *list)
{
	char text[UUID_TEXT];

	for (size_t i = 0; i < list->n && i < BROKEN_MOST; i++) {
		const struct broken *p = &list->place[i];

		printf("%s%s: %s", i == 0 ? "First broken place: " : "",
		    p->where, p->what);
		if (!uuid_is_nil(p->event))
			printf(" (entry %s)", uuid_text(p->event, text));
		printf("\n");
	}
	if (list->n > BROKEN_MOST)
		printf("... and %zu more.\n", list->n - BROKEN_MOST);
}

static void
print_json_places(const struct broken_list *list)
{
	static const struct print_column columns[] = {
		{ "", "where", false },
		{ "", "what", false },
		{ "", "entry", false },
	};
	const char *cells[3 * BROKEN_MOST];
	char text[BROKEN_MOST][UUID_TEXT];
	size_t n = list->n < BROKEN_MOST ? list->n : BROKEN_MOST;

	for (size_t i = 0; i < n; i++) {
		cells[3 * i] = list->place[i].where;
		cells[3 * i + 1] = list->place[i].what;
		cells[3 * i + 2] = uuid_is_nil(list->place[i].event) ? "" :
		    uuid_text(list->place[i].event, text[i]);
	}
	print_rows(true, columns, 3, cells, n);
}

static bool
live(struct balcao *b, struct args *args, struct err *e)
{
	struct broken_list list = { .arena = b->arena };
	bool json = false;
	const struct args_option options[] = {
		{ .name = "--json", .flag = &json },
		{ .name = NULL }
	};
	size_t rows, entries;
	struct room *room;

	b->anyway = true;
	if (!args_read(args, options, 0, 0, e) || !balcao_room(b, &room, e) ||
	    !broken_rows(room, &list, &rows, e) ||
	    !broken_leaves(room, &list, &entries, e))
		return false;
	b->found = list.n > 0;
	if (json)
		print_json_places(&list);
	else
		print_places(&list);
	if (!json && list.n == 0)
		printf("%zu rows are as the log has them, and %zu entries as "
		    "their leaves have them.\n", rows, entries);
	return true;
}

static bool
seq(struct balcao *b, struct args *args, struct err *e)
{
	struct broken_list list = { .arena = b->arena };
	bool json = false;
	const struct args_option options[] = {
		{ .name = "--json", .flag = &json },
		{ .name = NULL }
	};
	struct room *room;
	size_t places;

	b->anyway = true;
	if (!args_read(args, options, 0, 0, e) || !balcao_room(b, &room, e) ||
	    !broken_seq(room, &list, &places, e))
		return false;
	b->found = list.n > 0;
	if (json)
		print_json_places(&list);
	else
		print_places(&list);
	if (!json && list.n == 0)
		printf("%zu places of the log are as their leaves and "
		    "checkpoints have them.\n", places);
	return true;
}

static bool
q(struct balcao *b, struct args *args, struct err *e)
{
	struct qcheck sum;
	struct room *room;

	b->anyway = true;
	if (!args_read(args, NULL, 0, 0, e) || !balcao_room(b, &room, e) ||
	    !qcheck_all(room, &sum, e))
		return false;
	b->found = sum.faults > 0;
	if (sum.faults == 0)
		printf("%lld entries of this program are in audit.q as it "
		    "wrote them.\n", (long long)sum.entries);
	else
		printf("%lld entries of this program are not in audit.q as it "
		    "wrote them; the log names them.\n",
		    (long long)sum.faults);
	return true;
}

const struct verb audit_verbs[] = {
	{ "audit adopt", "",
	    "let the log go on in a database that was restored or made anew",
	    audit_adopt },
	{ "audit keys", "[--years N]",
	    "print the vkeys of the log, from this year on", audit_keys },
	{ "audit live", "[--json]",
	    "compare every audited row with the log", live },
	{ "audit q", "",
	    "compare audit.q with what this program wrote", q },
	{ "audit seq", "[--json]",
	    "compare the log's index, tree and checkpoints with its leaves",
	    seq },
	{ "audit status", "[--json]",
	    "say how the log is, and whether it keeps up", audit_status },
	{ .name = NULL }
};
