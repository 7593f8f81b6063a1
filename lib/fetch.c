/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libcurl's door. A mail now and then is not worth a kept connection; posts
 * to the same few servers are, and share one handle.
 */
#include "lib/fetch.h"

#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/str.h"

enum {
	REPLY_PERMANENT = 5	/* first digit of a reply */
};

struct reading {
	struct bytes	left;
};

bool
fetch_init(struct err *e)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_set(e, ERR_SYSTEM, "libcurl does not start");
	return true;
}

static size_t
give(char *out, size_t size, size_t n, void *arg)
{
	struct reading *r = arg;
	size_t take = size * n;

	if (take > r->left.n)
		take = r->left.n;
	if (take > 0)
		memcpy(out, r->left.p, take);
	r->left = bytes(r->left.p + take, r->left.n - take);
	return take;
}

/* The part of the address between the scheme and a port or a path. */
static bool
is_here(const char *relay)
{
	static const char *const ours[] = { "localhost", "127.0.0.1",
	    "[::1]" };
	const char *host = strstr(relay, "://");

	if (host == NULL)
		return false;
	host += 3;
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
		size_t n = strlen(ours[i]);

		if (strncmp(host, ours[i], n) == 0
		    && strchr(":/", host[n]) != NULL)
			return true;
	}
	return false;
}

static bool
set(CURL *c, const struct fetch_mail *m, struct curl_slist *to,
    struct reading *r)
{
	long tls = str_starts(m->relay, "smtp:") && is_here(m->relay) ?
	    CURLUSESSL_NONE : CURLUSESSL_ALL;

	return curl_easy_setopt(c, CURLOPT_URL, m->relay) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
	        == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_USE_SSL, tls) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_MAIL_FROM, m->from) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_READFUNCTION, give) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_READDATA, r) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_NOPROXY, "*") == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)m->timeout_s)
	        == CURLE_OK;
}

/* libcurl's own words name no address; the relay's might, and stay out. */
static bool
explain(CURL *c, CURLcode rc, struct err *e)
{
	long reply = 0;
	enum err_code code = ERR_LOST;

	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &reply);
	if (reply / 100 == REPLY_PERMANENT)
		code = ERR_DENIED;
	return err_set(e, code, "mail relay: %s (reply %ld)",
	    curl_easy_strerror(rc), reply);
}

bool
fetch_mail(const struct fetch_mail *m, struct err *e)
{
	struct reading r = { m->message };
	struct curl_slist *to = curl_slist_append(NULL, m->to);
	CURL *c = curl_easy_init();
	CURLcode rc;
	bool ok;

	if (c == NULL || to == NULL || !set(c, m, to, &r)) {
		ok = err_set(e, ERR_SYSTEM, "libcurl takes no such mail");
	} else {
		rc = curl_easy_perform(c);
		ok = rc == CURLE_OK || explain(c, rc, e);
	}
	curl_slist_free_all(to);
	curl_easy_cleanup(c);
	return ok;
}

/* ---- posts ---- */

struct receiving {
	struct buf	 body;
	size_t		 most;
};

static CURL *kept;

static size_t
receive(char *p, size_t size, size_t n, void *arg)
{
	struct receiving *r = arg;

	if (size * n > r->most - r->body.n)
		return 0;
	buf_put(&r->body, p, size * n);
	return size * n;
}

static bool
set_post(CURL *c, const struct fetch_post *p, struct curl_slist *headers,
    struct receiving *r)
{
	const char *schemes = is_here(p->url) ? "https,http" : "https";

	return curl_easy_setopt(c, CURLOPT_URL, p->url) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, schemes) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_POST, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_POSTFIELDS, p->body.p) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)p->body.n)
	        == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, receive) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_WRITEDATA, r) == CURLE_OK &&
	    (p->certificates == NULL || curl_easy_setopt(c, CURLOPT_CAINFO,
	        p->certificates) == CURLE_OK) &&
	    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_NOPROXY, "*") == CURLE_OK &&
	    curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)p->timeout_s)
	        == CURLE_OK;
}

static bool
perform(CURL *c, struct arena *arena, struct fetch_answer *a, struct err *e)
{
	CURLcode rc = curl_easy_perform(c);
	const char *type = NULL;
	long status = 0;

	if (rc != CURLE_OK)
		return err_set(e, ERR_LOST, "no answer: %s",
		    curl_easy_strerror(rc));
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(c, CURLINFO_CONTENT_TYPE, &type);
	a->status = (int)status;
	a->type = arena_strdup(arena, type != NULL ? type : "");
	return true;
}

bool
fetch_post(struct arena *arena, const struct fetch_post *p,
    struct fetch_answer *a, struct err *e)
{
	struct receiving r = { buf_new(arena, 1024), p->most };
	struct curl_slist *headers = curl_slist_append(NULL,
	    arena_printf(arena, "Content-Type: %s", p->type));
	bool ok;

	if (kept == NULL)
		kept = curl_easy_init();
	else
		curl_easy_reset(kept);
	if (kept == NULL || headers == NULL || !set_post(kept, p, headers,
	    &r))
		ok = err_set(e, ERR_SYSTEM, "libcurl takes no such post");
	else
		ok = perform(kept, arena, a, e);
	curl_slist_free_all(headers);
	a->body = buf_bytes(&r.body);
	return ok;
}
