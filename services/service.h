/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a service adds to the acts that are written once for all: apply, save,
 * resume, check answers, submit, ask, answer, decide, letter. A NULL hook
 * gives the plain behaviour; all NULL is a service made of a form alone.
 */
#ifndef SERVICES_SERVICE_H
#define SERVICES_SERVICE_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/clock.h"
#include "lib/uuid.h"

struct act;
struct application;
struct arena;
struct err;
struct form;
struct room;
struct session;

/* What the system found out about an application, beyond its form. */
enum finding_level {
	FINDING_GOOD,	/* checked, and fine */
	FINDING_DOUBT,	/* a clerk should look */
	FINDING_BAD	/* cannot be filed or approved so */
};

struct finding {
	enum finding_level level;
	const char	*item;		/* the form item it is about, or NULL */
	const char	*sentence;	/* translated, in the arena */
	struct finding	*next;
};

struct decided {
	bool		 approved;
	struct uuid	 event;		/* the decision's */
	const struct form *form;	/* the answers decided on */
	/* Set by the hook when the register took it in the same act: the
	 * application goes on to "issued". */
	bool		 issued;
	struct uuid	 thing;		/* the register's row, if any */
};

struct copy_writer;
struct legal_hold;

struct service {
	const char	*name;		/* "vehicle" */
	const char	*path;		/* "/vehicles" */
	const char	*desk;		/* "/desk/vehicles" */
	const char	*start;		/* of its forms; NULL: path "/apply" */

	/* May this person start this form about this thing, and what do the
	 * items that the program fills say? Before a draft is made. */
	bool	(*begin)(struct room *, struct arena *,
		    const struct session *, struct form *, struct uuid thing,
		    struct err *e);

	/* Whose file it is that the desk opens about this thing: the owner.
	 * Needed by forms that the desk fills. */
	bool	(*subject)(struct room *, struct arena *, struct uuid thing,
		    struct uuid *subject, struct err *e);

	/* Beyond the form: is this VIN free, is the lien released. At
	 * submission FINDING_BAD stops it, at the desk all are shown.
	 * session NULL: the desk asks. */
	bool	(*check)(struct room *, struct arena *,
		    const struct session *, const struct form *,
		    struct uuid thing, struct finding **, struct err *e);

	/* How this form is filed: "submit" (then fees decide), or an action
	 * of the service's own. NULL: "submit". */
	const char *(*filing)(const struct form *);

	/* In the act that files the application, after its rows and before
	 * its entry. */
	bool	(*filed)(struct act *, const struct application *,
		    const struct form *, struct uuid event, struct err *e);

	/* In the act that records the decision, before its entry. */
	bool	(*decided)(struct act *, const struct application *,
		    struct decided *, struct err *e);

	/* In the act that ends an application otherwise (withdrawn, lapsed):
	 * what filed() locked is free again. */
	bool	(*ended)(struct act *, const struct application *,
		    struct uuid event, struct err *e);

	/* In the act that sets a decision aside: what decided() set free is
	 * locked again. */
	bool	(*reopened)(struct act *, const struct application *,
		    struct uuid event, struct err *e);

	/* What of its register, beyond applications, holds somebody's
	 * erasure; left alone if nothing does. */
	bool	(*holds)(struct room *, struct arena *, struct uuid subject,
		    struct legal_hold *, struct err *e);
	/* What of its register, beyond applications, is about somebody, for a
	 * copy of everything. */
	bool	(*copy)(struct room *, struct arena *, struct uuid subject,
		    struct copy_writer *, struct err *e);
	/* In the act that erases somebody, because of this message: new
	 * versions of the register's rows without them. */
	bool	(*erase)(struct act *, struct uuid subject,
		    struct uuid message, struct err *e);
};

/* What a service must still keep of somebody who is to be erased. */
enum hold_reason {
	HOLD_NONE,
	HOLD_OPEN_APPLICATION,
	HOLD_ACTIVE_TITLE,
	HOLD_RETENTION
};

struct legal_hold {
	enum hold_reason reason;
	date		 until;		/* DATE_NONE: nobody knows */
};

/* One more finding at the end of the list. */
void	service_find(struct arena *, struct finding **, enum finding_level,
	    const char *item, const char *sentence);

#endif
