/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Topics and short facts. The paths are those of deploy/rooms.txt.
 */
#include "cgi-bin/portal_words.h"

#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/definition.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/catalogue.h"

static const struct {
	enum room_code	 room;
	const char	*path;
	const char	*title;
	const char	*text;
} topics[] = {
	{ ROOM_VEHICLE, "/vehicles", N_("Vehicles"),
	    N_("Register a vehicle, renew, sell, or tell us what changed.") },
	{ ROOM_ADDRESS, "/addresses", N_("Moving house"),
	    N_("Tell us once, and let others know.") },
	{ ROOM_BILL, "/bills", N_("Bills"),
	    N_("See and pay what is due, or say that it is wrong.") },
	{ ROOM_BENEFIT, "/benefits", N_("Benefits"),
	    N_("Find out what you can get, and apply.") },
	{ ROOM_CONTRIBUTION, "/contributions", N_("Contributions"),
	    N_("Support associations, once or every month.") },
	{ ROOM_GENERAL, "/apply", N_("Other services"),
	    N_("Permits, certificates and more.") },
};
_Static_assert(sizeof topics / sizeof *topics == PORTAL_TOPICS,
    "a topic more or less");

struct portal_topic
portal_words_topic(size_t i)
{
	return (struct portal_topic){
		.room = topics[i].room,
		.name = registry_room_name(topics[i].room),
		.path = topics[i].path,
		.title = _(topics[i].title),
		.text = _(topics[i].text),
	};
}

struct portal_topic
portal_words_topic_of(const struct definition *d)
{
	size_t i = 0;

	while (i + 1 < PORTAL_TOPICS && !str_equal(d->policy.room,
	    registry_room_name(topics[i].room)))
		i++;
	return portal_words_topic(i);
}

const char *
portal_words_start(struct visit *v, const struct definition *d)
{
	const struct portal_topic t = portal_words_topic_of(d);

	if (catalogue_needs_thing(d))
		return t.path;
	return visit_path(v, "%s%s/%s", t.path,
	    t.room == ROOM_GENERAL ? "" : "/apply", d->name);
}

const char *
portal_words_price(struct visit *v, const struct definition *d)
{
	int64_t amount;

	if (d->policy.n_fees == 0)
		return _("free");
	if (d->policy.n_fees > 1 || d->policy.fees[0].relevant != NULL
	    || !catalogue_price(v->room, v->arena, d, 0, &amount))
		return _("fees apply");
	return written_money(v->arena, conf_text(v->conf, "authority",
	    "currency"), amount);
}

const char *
portal_words_facts(struct visit *v, const struct definition *d)
{
	unsigned days = policy_deadline(&d->policy, NULL);
	const char *price = portal_words_price(v, d);

	if (days == 0)
		return arena_printf(v->arena, _("online · %s"), price);
	return arena_printf(v->arena, text_n(
	    "online · %s · decided within %u day",
	    "online · %s · decided within %u days", days), price, days);
}

const char *
portal_words_month(struct visit *v, const char *month)
{
	static const char *const months[] = {
		N_("January"), N_("February"), N_("March"), N_("April"),
		N_("May"), N_("June"), N_("July"), N_("August"),
		N_("September"), N_("October"), N_("November"),
		N_("December"),
	};
	struct civil c;
	date d;

	if (!date_parse(arena_printf(v->arena, "%s-01", month), &d, NULL))
		return month;
	c = date_civil(d);
	/* TRANSLATORS: a month and its year */
	return arena_printf(v->arena, _("%s %d"), _(months[c.month - 1]),
	    c.year);
}
