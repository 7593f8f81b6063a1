/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checking receipts: /verify takes a file, says what it proves, and keeps
 * nothing; /verify/{entry:uuid} says whether an entry is in the log.
 */
#ifndef CGI_BIN_PORTAL_VERIFY_H
#define CGI_BIN_PORTAL_VERIFY_H

struct visit;

void	portal_verify_ask(struct visit *);
void	portal_verify_file(struct visit *);	/* POST */
void	portal_verify_entry(struct visit *);

#endif
