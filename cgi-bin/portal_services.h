/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The catalogue of services, for people, search engines and feed readers.
 */
#ifndef CGI_BIN_PORTAL_SERVICES_H
#define CGI_BIN_PORTAL_SERVICES_H

#include <stddef.h>

struct catalogue_entry;
struct visit;

/* /services?q=&topic= */
void	portal_services_list(struct visit *);
/* /services/{name:word} */
void	portal_services_show(struct visit *);

/* The search, as the first page has it too. */
void	portal_services_search(struct visit *, const char *q);
/* Cards of those in a topic, its title above them; gives how many there
 * are. */
struct portal_cards {
	const struct catalogue_entry *all;
	size_t		 n;
	size_t		 most;		/* to be shown; 0: all */
	int		 level;		/* of the title */
};
size_t	portal_services_cards(struct visit *, const char *topic,
	    const struct portal_cards *);

#endif
