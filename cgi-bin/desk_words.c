/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of words; no page is made here.
 */
#include "cgi-bin/desk_words.h"

#include <stddef.h>

#include "lib/err.h"
#include "lib/str.h"
#include "lib/text.h"

static const struct desk_state states[] = {
	{ "awaiting_payment", UI_GREY, N_("Awaiting payment") },
	{ "awaiting_acceptance", UI_GREY, N_("Awaiting the buyer") },
	{ "queued", UI_BLUE, N_("Queued") },
	{ "in_review", UI_TEAL, N_("In review") },
	{ "awaiting_applicant", UI_YELLOW, N_("Awaiting applicant") },
	{ "recommended", UI_PURPLE, N_("Recommended") },
	{ "approved", UI_GREEN, N_("Approved") },
	{ "issued", UI_GREEN, N_("Issued") },
	{ "refused", UI_RED, N_("Refused") },
	{ "withdrawn", UI_GREY, N_("Withdrawn") },
	{ "lapsed", UI_GREY, N_("Lapsed") },
	{ "superseded", UI_GREY, N_("Superseded") },
};

struct desk_state
desk_words_state(const char *state)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (str_equal(states[i].state, state))
			return (struct desk_state){ state, states[i].colour,
			    _(states[i].name) };
	return (struct desk_state){ state, UI_GREY, state };
}

static const struct {
	const char	*action;
	const char	*name;
} steps[] = {
	{ "submit", N_("Submitted") },
	{ "submit_unpaid", N_("Submitted, fees open") },
	{ "offer", N_("Offered") },
	{ "accept", N_("Accepted by the buyer") },
	{ "record", N_("Recorded at the desk") },
	{ "paid", N_("Fees paid") },
	{ "claim", N_("Claimed") },
	{ "release", N_("Released") },
	{ "reassign", N_("Reassigned") },
	{ "note", N_("Note added") },
	{ "request_information", N_("Asked the applicant") },
	{ "respond", N_("The applicant answered") },
	{ "recommend", N_("Recommended") },
	{ "return", N_("Returned to the queue") },
	{ "approve", N_("Approved") },
	{ "refuse", N_("Refused") },
	{ "issue", N_("Issued: the register took it") },
	{ "set_aside", N_("Decision set aside") },
	{ "correct", N_("Corrected") },
	{ "withdraw", N_("Withdrawn by the applicant") },
	{ "lapse", N_("Lapsed by rule") },
};

const char *
desk_words_step(const char *action)
{
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (str_equal(steps[i].action, action))
			return _(steps[i].name);
	return action;
}

static const struct {
	const char	*rule;
	const char	*sentence;
} rules[] = {
	{ "application_version", N_("Somebody changed this case since you "
	    "opened it. Look at what is new, then decide again.") },
	{ "application_edge", N_("This step is not possible from the state "
	    "that the case is in now.") },
	{ "lease_missing", N_("You do not hold this case, or your hold has "
	    "run out. Claim it first.") },
	{ "lease_held", N_("Somebody else holds this case.") },
	{ "four_eyes", N_("You recommended this decision yourself. Another "
	    "person has to take it.") },
	{ "four_eyes_policy", N_("This decision takes two people. Recommend "
	    "it, and another person decides.") },
	{ "reason_missing", N_("Choose at least one reason.") },
	{ "role_missing", N_("Your role does not take this step.") },
	{ "assignee_unfit", N_("Only an active clerk without a conflict of "
	    "interest can be given this case.") },
	{ "erased", N_("What this person told us was erased at their "
	    "request. Nothing of it can be read or done any more.") },
	{ "conflict_of_interest", N_("This file is your own or that of "
	    "somebody related to you. Another person has to work on it.") },
	{ "lien_open", N_("A lien stands against this vehicle. The title "
	    "cannot pass on until it is released.") },
	{ "hold_placed", N_("A hold stands against this vehicle. The title "
	    "cannot pass on until it is lifted.") },
	{ "vehicle_stolen", N_("This vehicle is reported stolen. The title "
	    "cannot pass on.") },
	{ "vehicle_locked", N_("Another application about this vehicle is "
	    "under review.") },
	{ "vehicle_vin_once", N_("Another active vehicle has this "
	    "identification number. Refuse, or correct that one first.") },
	{ "registration_edge", N_("The registration is in a "
	    "state from which this change is not possible.") },
	{ "offer_open", N_("The buyer has not accepted yet.") },
	{ "lien_absent", N_("There is no open lien with this contract "
	    "number.") },
	{ "odometer_back", N_("The odometer read more before. Refuse, or ask "
	    "the applicant for the right reading.") },
	{ "vehicle_look", N_("You have searched too often. Wait an hour, or "
	    "ask a colleague.") },
	{ "account_floor", N_("The account would fall below its limit.") },
};

const char *
desk_words_rule(const struct err *e)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (err_is(e, rules[i].rule))
			return _(rules[i].sentence);
	return NULL;
}
