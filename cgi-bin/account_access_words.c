/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An entry about somebody in their own words: who, what, why. Staff have a
 * handle, an office and the role they hold today.
 */
#include "cgi-bin/account_access_words.h"

#include "cgi-bin/account_way.h"
#include "cgi-bin/visit.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/text.h"
#include "services/history.h"
#include "services/session.h"

static const struct {
	enum event_type	 type;
	const char	*done;
	const char	*denied;	/* NULL: as done, and "refused" */
} events[] = {
	{ EVENT_READ, N_("Looked at it"), N_("Wanted to look, and was "
	    "refused") },
	{ EVENT_CREATE, N_("Entered something"), NULL },
	{ EVENT_UPDATE, N_("Changed something"), NULL },
	{ EVENT_DECIDE, N_("Decided"), NULL },
	{ EVENT_EXPORT, N_("Passed something on"), NULL },
	{ EVENT_ERASE, N_("Erased something"), NULL },
	{ EVENT_KEY_NEW, N_("Made an encryption key"), NULL },
	{ EVENT_KEY_DROP, N_("Destroyed an encryption key"), NULL },
	{ EVENT_SIGN_IN, N_("Signed in"), N_("Tried to sign in with a wrong "
	    "password") },
	{ EVENT_REFUSED, N_("Was refused"), N_("Was refused") },
	{ EVENT_AUDITOR_QUERY, N_("Searched the log"), NULL },
};

static const struct {
	enum purpose	 purpose;
	const char	*words;
} purposes[] = {
	{ PURPOSE_APPLICATION, N_("An application") },
	{ PURPOSE_CASEWORK, N_("Work on your case") },
	{ PURPOSE_SUPERVISION, N_("Supervision") },
	{ PURPOSE_COMPLAINT, N_("A complaint") },
	{ PURPOSE_CORRECTION, N_("A correction") },
	{ PURPOSE_AUDIT, N_("An audit") },
	{ PURPOSE_LEGAL_REQUEST, N_("A legal request") },
	{ PURPOSE_STATISTICS, N_("Statistics") },
	{ PURPOSE_ACCOUNT, N_("Your account") },
	{ PURPOSE_REGISTER, N_("Keeping the register") },
	{ PURPOSE_OPERATION, N_("Running the system") },
	{ PURPOSE_PAYMENT, N_("A payment") },
};

const char *
account_access_what(struct visit *v, const struct history_entry *h)
{
	for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
		if (events[i].type != h->type)
			continue;
		if (h->outcome == OUTCOME_OK)
			return _(events[i].done);
		if (events[i].denied != NULL)
			return _(events[i].denied);
		return arena_printf(v->arena, _("%s – refused"),
		    _(events[i].done));
	}
	return _("Something else");
}

const char *
account_access_why(const struct history_entry *h)
{
	for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++)
		if (purposes[i].purpose == h->purpose)
			return _(purposes[i].words);
	return "";
}

static const char *
staff_of(struct visit *v, const struct history_entry *h)
{
	static const enum session_role roles[] = { ROLE_CLERK,
	    ROLE_SUPERVISOR, ROLE_AUDITOR, ROLE_ADMINISTRATOR };
	struct buf b = buf_new(v->arena, 64);

	buf_puts(&b, h->handle);
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if ((h->roles & roles[i]) != 0)
			buf_printf(&b, ", %s", session_role_name(roles[i]));
	if (h->office != NULL)
		buf_printf(&b, ", %s", h->office);
	return buf_text(&b);
}

const char *
account_access_who(struct visit *v, const struct history_entry *h)
{
	if (uuid_is_nil(h->actor))
		return arena_printf(v->arena, _("The system (%s)"),
		    account_room_name(h->room));
	if (uuid_equal(h->actor, v->session->account))
		return _("You");
	return h->handle != NULL ? staff_of(v, h) : _("Another person");
}
