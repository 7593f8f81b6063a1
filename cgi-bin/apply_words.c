/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two tables of words. Which steps there are is the database's to say
 * (casework.transition); one that is not here is the office's own affair.
 */
#include "cgi-bin/apply_words.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/casefile.h"

static const struct apply_state states[] = {
	{ "awaiting_payment", UI_YELLOW, N_("Waiting for payment"),
	    N_("We start once the fees are paid.") },
	{ "queued", UI_BLUE, N_("Received"),
	    N_("A clerk will look at it. You do not need to do anything.") },
	{ "in_review", UI_BLUE, N_("Being reviewed"),
	    N_("A clerk is looking at it. You do not need to do anything.") },
	{ "recommended", UI_BLUE, N_("Being reviewed"),
	    N_("A second person is looking at it. You do not need to do "
	    "anything.") },
	{ "awaiting_applicant", UI_YELLOW, N_("Waiting for you"),
	    N_("We have a question. Answer it so that we can go on.") },
	{ "awaiting_acceptance", UI_YELLOW, N_("Waiting for the other "
	    "person"),
	    N_("We mailed them a link. It goes on once they accept.") },
	{ "approved", UI_GREEN, N_("Approved"),
	    N_("We accepted it. It still has to be entered in the "
	    "register.") },
	{ "issued", UI_GREEN, N_("Completed"),
	    N_("We accepted it, and it is entered in the register.") },
	{ "refused", UI_RED, N_("Refused"),
	    N_("The letter says why, and how you can appeal.") },
	{ "withdrawn", UI_GREY, N_("Withdrawn"),
	    N_("You took it back. You can apply again at any time.") },
	{ "lapsed", UI_GREY, N_("Lapsed"),
	    N_("We had no answer in time. You can apply again at any "
	    "time.") },
	{ "superseded", UI_GREY, N_("Replaced"),
	    N_("A later application took its place.") },
	{ NULL, UI_BLUE, N_("Being dealt with"),
	    N_("You do not need to do anything.") },
};

struct apply_state
apply_words_state(const char *state)
{
	const struct apply_state *s = states;

	while (s->state != NULL && !str_equal(s->state, state))
		s++;
	return (struct apply_state){ state, s->colour, _(s->name),
	    _(s->next) };
}

static const struct {
	const char	*action;
	const char	*from;		/* NULL: from any state */
	const char	*title;
} events[] = {
	{ "submit", NULL, N_("You sent the application") },
	{ "submit_unpaid", NULL, N_("You sent the application") },
	{ "paid", NULL, N_("The fees were paid") },
	{ "claim", "queued", N_("A clerk began to look at it") },
	{ "request_information", NULL, N_("We asked you a question") },
	{ "respond", NULL, N_("You answered our question") },
	{ "approve", NULL, N_("We approved it") },
	{ "refuse", NULL, N_("We refused it") },
	{ "issue", NULL, N_("It was entered in the register") },
	{ "set_aside", NULL, N_("The decision was set aside: it is looked "
	    "at again") },
	{ "correct", NULL, N_("A mistake of ours was corrected") },
	{ "withdraw", NULL, N_("You withdrew the application") },
	{ "lapse", NULL, N_("It lapsed without an answer") },
	{ "supersede", NULL, N_("A later application took its place") },
	{ "offer", NULL, N_("You made the offer") },
	{ "accept", NULL, N_("The offer was accepted") },
	{ "record", NULL, N_("The office recorded the application") },
};

const char *
apply_words_event(const struct casefile_event *event)
{
	for (size_t i = 0; i < sizeof events / sizeof *events; i++)
		if (str_equal(events[i].action, event->action)
		    && (events[i].from == NULL
		    || str_equal(events[i].from, event->from)))
			return _(events[i].title);
	return NULL;
}

const char *
apply_words_by(struct arena *a, const struct casefile_event *event)
{
	if (str_equal(event->role, "applicant"))
		return _("You");
	if (str_equal(event->role, "other"))
		return _("The other person");
	if (str_equal(event->role, "system"))
		return _("By rule, without a clerk");
	if (event->handle == NULL || event->office == NULL)
		return _("The office");
	return arena_printf(a, "%s, %s", event->handle, event->office);
}
