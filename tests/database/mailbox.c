/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading what was mailed, for tests that follow a link.
 */
#include "tests/database/mailbox.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "services/delivery.h"
#include "services/mail.h"
#include "services/message.h"
#include "tests/database/house.h"

enum {
	TOKEN = 43,
	LARGEST = 8192,
	ROUND = 100
};

static void
work(void)
{
	static const struct message_handler account[] = {
		{ MESSAGE_MAIL, mail_handle },
	};
	static const struct message_handler courier[] = {
		{ MESSAGE_DELIVER, delivery_handle },
		{ MESSAGE_OFFER_MAIL, delivery_handle },
	};
	struct arena *a = arena_new(0);

	message_work(house_room(ROOM_ACCOUNT), a, account, 1, ROUND);
	message_work(house_room(ROOM_COURIER), a, courier, 2, ROUND);
	arena_free(a);
}

static const char *
read_once(const char *path)
{
	char *text = arena_alloc(house.arena, LARGEST);
	FILE *f = fopen(path, "re");

	assert_non_null(f);
	assert_true(fread(text, 1, LARGEST - 1, f) > 0);
	fclose(f);
	unlink(path);
	return text;
}

const char *
mailbox_take(void)
{
	const char *dir = arena_printf(house.arena, "%s/mail", house.dir);
	const char *mail = NULL;
	struct dirent *d;
	DIR *folder;

	work();
	folder = opendir(dir);
	assert_non_null(folder);
	while ((d = readdir(folder)) != NULL) {
		if (d->d_name[0] == '.')
			continue;
		assert_null(mail);
		mail = read_once(arena_printf(house.arena, "%s/%s", dir,
		    d->d_name));
	}
	closedir(folder);
	return mail;
}

/* Soft line breaks undone (RFC 2045 6.7). */
static const char *
flat(const char *mail)
{
	char *text = arena_strdup(house.arena, mail);
	char *to = text;

	for (const char *from = mail; *from != '\0'; from++) {
		if (strncmp(from, "=\r\n", 3) == 0)
			from += 2;
		else
			*to++ = *from;
	}
	*to = '\0';
	return text;
}

const char *
mailbox_token(const char *mail, const char *path)
{
	const char *at = strstr(flat(mail), path);

	if (at == NULL)
		fail_msg("no %s in: %s", path, mail);
	return arena_strndup(house.arena, at + strlen(path), TOKEN);
}
