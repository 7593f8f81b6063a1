/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON (RFC 8259) for other people's programs, written from front to back:
 *
 *	struct json j = json_new(arena);
 *
 *	json_begin(&j, NULL);
 *	json_text(&j, "name", name);
 *	json_list_begin(&j, "languages");
 *	json_text(&j, NULL, "en");
 *	json_list_end(&j);
 *	json_end(&j);
 *
 * Names are constants of the code; in a list they are NULL.
 */
#ifndef CGI_BIN_JSON_H
#define CGI_BIN_JSON_H

#include <stdbool.h>

#include "lib/buf.h"
#include "lib/bytes.h"

struct arena;

struct json {
	struct buf	buf;
	bool		more;	/* a comma stands before what comes next */
};

struct json	json_new(struct arena *);
void		json_begin(struct json *, const char *name);
void		json_end(struct json *);
void		json_list_begin(struct json *, const char *name);
void		json_list_end(struct json *);
/* NULL leaves the whole member out. */
void		json_text(struct json *, const char *name, const char *value);
struct bytes	json_bytes(const struct json *);

#endif
