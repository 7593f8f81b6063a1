/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The mails of a house, as the courier leaves them in the demonstration's
 * folder.
 */
#ifndef TESTS_DATABASE_MAILBOX_H
#define TESTS_DATABASE_MAILBOX_H

/* Run the workers of account and courier, then take the one mail that came
 * out of the folder; NULL: none. Two fail the test. */
const char	*mailbox_take(void);

/* The 43 letters behind this path in the mail. */
const char	*mailbox_token(const char *mail, const char *path);

#endif
