/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The socket at which nginx finds a program.
 */
#ifndef CGI_BIN_LISTEN_H
#define CGI_BIN_LISTEN_H

#include <stdbool.h>

struct err;

/*
 * A listening Unix socket at this path, which its owner may connect to and,
 * unless group is NULL, that group. What a dead program left there is
 * replaced; where a living one answers, ERR_SYSTEM.
 */
bool	listen_unix(const char *path, const char *group, int *fd,
	    struct err *e);

/* Was a listening socket given to us as this descriptor? */
bool	listen_given(int fd);

#endif
