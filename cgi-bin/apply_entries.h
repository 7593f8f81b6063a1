/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The entries of a repeat: what is in each, changing and removing one, adding
 * another.
 */
#ifndef CGI_BIN_APPLY_ENTRIES_H
#define CGI_BIN_APPLY_ENTRIES_H

struct definition_page;
struct draft;
struct visit;

/* Heading and list; the form that continues is the caller's. */
void	apply_entries_put(struct visit *, const struct draft *,
	    const struct definition_page *);

/* The page that asks before an entry goes. */
void	apply_entries_ask_remove(struct visit *, const struct draft *,
	    const struct definition_page *, unsigned entry);

#endif
