/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The questions at the door. It decides and computes; showing the way in or
 * the refusal is cgi-bin/serve.c's. No address and no token is ever logged.
 */
#include "cgi-bin/guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "cgi-bin/request.h"
#include "lib/bytes.h"
#include "lib/secret.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/session.h"

enum {
	IPV6_NETWORK = 8	/* bytes: what one subscriber is given */
};

static const struct {
	unsigned	 roles;		/* any of them opens */
	const char	*whose;
} doors[] = {
	[GUARD_NONE]		= { 0, N_("This page is closed.") },
	[GUARD_ANYONE]		= { 0, N_("This page is for everyone.") },
	[GUARD_SESSION]		= { 0, N_("This page is for citizens.") },
	[GUARD_CITIZEN]		= { 0, N_("This page is for citizens who "
				    "have an account.") },
	[GUARD_STAFF]		= { ~0U, N_("This page is for staff.") },
	[GUARD_CLERK]		= { ROLE_CLERK,
				    N_("This page is for clerks.") },
	[GUARD_SUPERVISOR]	= { ROLE_SUPERVISOR,
				    N_("This page is for supervisors.") },
	[GUARD_AUDITOR]		= { ROLE_AUDITOR,
				    N_("This page is for auditors.") },
	[GUARD_ADMINISTRATOR]	= { ROLE_ADMINISTRATOR,
				    N_("This page is for administrators.") },
};
_Static_assert(sizeof doors / sizeof *doors == GUARD__MAX,
    "a guard has no door");

static bool
is_open(enum guard guard, const struct session *s)
{
	switch (s->kind) {
	case SESSION_CITIZEN:
		return guard == GUARD_SESSION || guard == GUARD_CITIZEN;
	case SESSION_LINK:
		return guard == GUARD_SESSION;
	case SESSION_STAFF:
		return (s->roles & doors[guard].roles) != 0;
	}
	return false;
}

enum guard_answer
guard_weigh(enum guard guard, const struct session *s)
{
	if (guard == GUARD_ANYONE)
		return GUARD_PASS;
	if (guard <= GUARD_NONE || guard >= GUARD__MAX)
		return GUARD_DENY;
	if (s == NULL)
		return GUARD_ENTER;
	return is_open(guard, s) ? GUARD_PASS : GUARD_DENY;
}

const char *
guard_whose(enum guard guard)
{
	if (guard <= GUARD_NONE || guard >= GUARD__MAX)
		guard = GUARD_NONE;
	return _(doors[guard].whose);
}

/* base64url of 32 bytes (RFC 4648 5), without an arena: the struct visit
 * holds its text. */
static void
encode(const uint8_t in[CRYPTO_HASH], char out[GUARD_TOKEN])
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789-_";
	uint32_t bits = 0;
	unsigned held = 0;
	size_t n = 0;

	for (size_t i = 0; i < CRYPTO_HASH; i++) {
		bits = bits << 8 | in[i];
		for (held += 8; held >= 6; held -= 6)
			out[n++] = letters[bits >> (held - 6) & 63];
	}
	out[n++] = letters[bits << (6 - held) & 63];
	out[n] = '\0';
}

const char *
guard_token(const struct secret *session_token, char out[GUARD_TOKEN])
{
	struct hash h = crypto_hmac(secret_bytes(session_token),
	    bytes_of("csrf/1"));

	encode(h.b, out);
	return out;
}

/*
 * Fetch metadata and Origin (RFC 6454 7) each say where a form was; browsers
 * send at least one with a POST, and what is sent must be us.
 */
static bool
is_ours(const struct request *r, const char *origin)
{
	if (r->origin == NULL && r->fetch_site == NULL)
		return false;
	if (r->origin != NULL && strcmp(r->origin, origin) != 0)
		return false;
	return r->fetch_site == NULL ||
	    strcmp(r->fetch_site, "same-origin") == 0;
}

bool
guard_csrf(enum csrf csrf, const struct request *r, const char *origin,
    const struct secret *session_token)
{
	char wanted[GUARD_TOKEN];
	const char *given;

	if (csrf == CSRF_NONE)
		return true;
	if (!is_ours(r, origin))
		return false;
	if (csrf == CSRF_ORIGIN)
		return true;
	given = request_form(r, "csrf");
	if (given == NULL || session_token == NULL)
		return false;
	guard_token(session_token, wanted);
	return secret_same(bytes_of(given), bytes_of(wanted));
}

/* The bytes that stand for one sender; how many, or 0. */
static size_t
sender(const char *address, uint8_t out[sizeof(struct in6_addr)])
{
	struct in6_addr six;
	struct in_addr four;

	if (inet_pton(AF_INET, address, &four) == 1) {
		memcpy(out, &four, sizeof four);
		return sizeof four;
	}
	if (inet_pton(AF_INET6, address, &six) != 1)
		return 0;
	if (IN6_IS_ADDR_V4MAPPED(&six)) {
		memcpy(out, six.s6_addr + 12, sizeof four);
		return sizeof four;
	}
	memcpy(out, &six, IPV6_NETWORK);
	return IPV6_NETWORK;
}

struct hash
guard_remote(const struct secret *key, const char *address)
{
	uint8_t who[sizeof(struct in6_addr)];
	size_t n = str_empty(address) ? 0 : sender(address, who);

	return crypto_hmac(secret_bytes(key), bytes(who, n));
}
