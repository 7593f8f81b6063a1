/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How an entry reads to the one it is about, on the page and in files.
 */
#ifndef CGI_BIN_ACCOUNT_ACCESS_WORDS_H
#define CGI_BIN_ACCOUNT_ACCESS_WORDS_H

struct history_entry;
struct visit;

/* "You", "DET-014, clerk, Office of Vehicles", "The system (Mail)" */
const char	*account_access_who(struct visit *,
		    const struct history_entry *);
/* "Looked at it" */
const char	*account_access_what(struct visit *,
		    const struct history_entry *);
/* "Work on your case"; "" for none */
const char	*account_access_why(const struct history_entry *);

#endif
