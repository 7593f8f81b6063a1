/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The catalogue for programs: a description of each service in the words of
 * schema.org (JSON-LD), and a feed of what changes (RFC 4287).
 */
#ifndef CGI_BIN_PORTAL_FEED_H
#define CGI_BIN_PORTAL_FEED_H

struct visit;

/* /services/{name:word}/description */
void	portal_feed_description(struct visit *);
/* /services.atom */
void	portal_feed_changes(struct visit *);

#endif
