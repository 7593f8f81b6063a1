/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of words by code; no page is made here. A test holds them against
 * the register.
 */
#include "cgi-bin/audit_words.h"

#include <stddef.h>

#include "lib/text.h"

static const char *const events[] = {
	[EVENT_READ]		= N_("Read"),
	[EVENT_CREATE]		= N_("Created"),
	[EVENT_UPDATE]		= N_("Changed"),
	[EVENT_DECIDE]		= N_("Decided"),
	[EVENT_EXPORT]		= N_("Exported"),
	[EVENT_ERASE]		= N_("Erased"),
	[EVENT_KEY_NEW]		= N_("Key made"),
	[EVENT_KEY_DROP]	= N_("Key destroyed"),
	[EVENT_SIGN_IN]		= N_("Sign-in"),
	[EVENT_REFUSED]		= N_("Access refused"),
	[EVENT_WRITER_OPEN]	= N_("Program began to write"),
	[EVENT_HEARTBEAT]	= N_("Sign of life"),
	[EVENT_WRITER_CLOSE]	= N_("Program stopped writing"),
	[EVENT_AUDITOR_QUERY]	= N_("Log searched"),
	[EVENT_CONFIGURATION]	= N_("Configuration"),
	[EVENT_QUARANTINE]	= N_("Faulty entry set apart"),
};

static const char *const rooms[] = {
	[ROOM_NONE]		= N_("No room"),
	[ROOM_PORTAL]		= N_("Portal"),
	[ROOM_ACCOUNT]		= N_("Accounts"),
	[ROOM_VEHICLE]		= N_("Vehicles"),
	[ROOM_ADDRESS]		= N_("Addresses"),
	[ROOM_BILL]		= N_("Bills"),
	[ROOM_BENEFIT]		= N_("Benefits"),
	[ROOM_CONTRIBUTION]	= N_("Contributions"),
	[ROOM_GENERAL]		= N_("Other services"),
	[ROOM_PAYMENT]		= N_("Payments"),
	[ROOM_DESK]		= N_("Desk"),
	[ROOM_AUDITOR]		= N_("Audit"),
	[ROOM_EXCHANGE]		= N_("Exchange with agencies"),
	[ROOM_COURIER]		= N_("Deliveries"),
	[ROOM_SEALER]		= N_("Sealing of the log"),
	[ROOM_SIGNER]		= N_("Signing of the log"),
	[ROOM_BALCAO]		= N_("Administration"),
};

static const char *const purposes[] = {
	[PURPOSE_NONE]		= N_("No purpose given"),
	[PURPOSE_APPLICATION]	= N_("Application"),
	[PURPOSE_CASEWORK]	= N_("Casework"),
	[PURPOSE_SUPERVISION]	= N_("Supervision"),
	[PURPOSE_COMPLAINT]	= N_("Complaint"),
	[PURPOSE_CORRECTION]	= N_("Correction"),
	[PURPOSE_AUDIT]		= N_("Auditing"),
	[PURPOSE_LEGAL_REQUEST]	= N_("Request by law"),
	[PURPOSE_STATISTICS]	= N_("Statistics"),
	[PURPOSE_ACCOUNT]	= N_("Keeping accounts"),
	[PURPOSE_REGISTER]	= N_("Keeping a register"),
	[PURPOSE_OPERATION]	= N_("Running the system"),
	[PURPOSE_PAYMENT]	= N_("Payment"),
};

static const struct {
	const char	*name;
	enum ui_colour	 colour;
} outcomes[] = {
	[OUTCOME_OK]		= { N_("Done"), UI_GREEN },
	[OUTCOME_DENIED]	= { N_("Denied"), UI_RED },
	[OUTCOME_ERROR]		= { N_("Failed"), UI_ORANGE },
};

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static const char *
word(const char *const *words, size_t n, unsigned code, const char *name)
{
	return code < n && words[code] != NULL ? _(words[code]) : name;
}

const char *
audit_words_event(enum event_type type)
{
	return word(events, COUNT(events), type, registry_event_name(type));
}

const char *
audit_words_room(enum room_code room)
{
	return word(rooms, COUNT(rooms), room, registry_room_name(room));
}

const char *
audit_words_purpose(enum purpose purpose)
{
	return word(purposes, COUNT(purposes), purpose,
	    registry_purpose_name(purpose));
}

const char *
audit_words_outcome(enum entry_outcome outcome)
{
	return outcome < COUNT(outcomes) ? _(outcomes[outcome].name)
	    : _("Failed");
}

enum ui_colour
audit_words_colour(enum entry_outcome outcome)
{
	return outcome < COUNT(outcomes) ? outcomes[outcome].colour
	    : UI_ORANGE;
}

const char *
audit_words_table(unsigned code)
{
	const struct registry_table *t = registry_table(code);

	return t != NULL ? t->name : "";
}
