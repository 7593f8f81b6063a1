/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an installation can set. The meaning of each key is its line in
 * balcao.conf(5). Nothing secret stands in this file's subject.
 */
#include "services/settings.h"

#include <stddef.h>

const struct conf_key settings[] = {
	{ "authority", "name", CONF_TEXT, NULL, 0, 0,
	    "the authority's name, on every page" },
	{ "authority", "origin", CONF_TEXT, NULL, 0, 0,
	    "name of its audit log: a domain, without a scheme" },
	{ "authority", "zone", CONF_TEXT, NULL, 0, 0,
	    "time zone in which its days are counted (IANA name)" },
	{ "authority", "currency", CONF_TEXT, NULL, 0, 0,
	    "currency of its fees (ISO 4217)" },
	{ "authority", "country", CONF_TEXT, NULL, 0, 0,
	    "country of its addresses and plates (ISO 3166-1)" },
	{ "authority", "instance", CONF_TEXT, NULL, 0, 0,
	    "short id of this installation, part of its cookies' names" },
	{ "web", "url", CONF_TEXT, NULL, 0, 0,
	    "address of the portal, without a slash at the end" },
	{ "database", "data", CONF_TEXT, NULL, 0, 0,
	    "libpq connection string of the data database, without user" },
	{ "database", "keys", CONF_TEXT, NULL, 0, 0,
	    "libpq connection string of the key database, without user" },
	{ "path", "run", CONF_PATH, NULL, 0, 0, "sockets and process ids" },
	{ "path", "keys", CONF_PATH, NULL, 0, 0,
	    "unwrapped room keys, in memory (tmpfs)" },
	{ "path", "root", CONF_PATH, NULL, 0, 0,
	    "the root key's file, read by balcao alone" },
	{ "path", "locale", CONF_PATH, NULL, 0, 0, "translations" },
	{ "path", "state", CONF_PATH, NULL, 0, 0,
	    "what programs keep over a restart" },
	{ "path", "mail", CONF_PATH, "/nonexistent", 0, 0,
	    "folder that takes mails as files, in a demonstration" },
	{ "path", "assets", CONF_PATH, NULL, 0, 0, "style sheet and images" },
	{ "path", "schema", CONF_PATH, NULL, 0, 0, "migrations" },
	{ "path", "forms", CONF_PATH, NULL, 0, 0, "form definitions" },
	{ "mail", "smtp", CONF_TEXT, "", 0, 0,
	    "smtp:// or smtps:// address of the mail relay; empty: files" },
	{ "mail", "from", CONF_TEXT, NULL, 0, 0, "sender of mails" },
	{ "program", "workers", CONF_INT, "2", 1, 64,
	    "web workers of each program" },
	{ "program", "idle_minutes", CONF_INT, "30", 5, 1440,
	    "a session ends after so long without a page" },
	{ "program", "absolute_hours", CONF_INT, "12", 1, 168,
	    "a session ends after so long in any case" },
	{ "audit", "export_most", CONF_INT, "1000000", 1, 100000000,
	    "entries that an auditor's export holds at most" },
	{ "test", "clock", CONF_BOOL, "no", 0, 0,
	    "let the environment shift the clock" },
	{ "test", "demonstration", CONF_BOOL, "no", 0, 0,
	    "say on every page that the data is fictitious" },
	{ NULL, NULL, CONF_TEXT, NULL, 0, 0, NULL }
};
