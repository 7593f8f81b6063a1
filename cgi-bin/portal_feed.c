/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same words that the catalogue's pages show, for machines. Texts go out
 * in every language that a form has.
 */
#include "cgi-bin/portal_feed.h"

#include <string.h>

#include "cgi-bin/json.h"
#include "cgi-bin/portal_words.h"
#include "cgi-bin/visit.h"
#include "cgi-bin/written.h"
#include "forms/definition.h"
#include "forms/type.h"
#include "lib/arena.h"
#include "lib/conf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "lib/xml.h"
#include "services/catalogue.h"
#include "services/form_store.h"

static const char *
address(struct visit *v, const char *path)
{
	return arena_printf(v->arena, "%s%s", conf_text(v->conf, "web",
	    "url"), path);
}

static const char *
service_address(struct visit *v, const struct definition *d)
{
	return address(v, visit_path(v, "/services/%s", d->name));
}

/* ---- JSON-LD 1.1, schema.org GovernmentService ---- */

static void
put_words(struct json *j, const char *name, const struct words *w)
{
	json_list_begin(j, name);
	for (; w != NULL; w = w->next) {
		json_begin(j, NULL);
		json_text(j, "@language", w->language);
		json_text(j, "@value", w->text);
		json_end(j);
	}
	json_list_end(j);
}

/* As a number is typed, with a point whatever the language. */
static const char *
plain_amount(struct visit *v, const char *currency, int64_t amount)
{
	const struct type_rules rules = { .currency = currency };
	const char *canonical = arena_printf(v->arena, "%lld",
	    (long long)amount);
	struct type_value value = { &canonical, 1 };
	char *typed = arena_strdup(v->arena, type_typed(v->arena,
	    type_find("money"), &rules, &value).texts[0]);
	char *comma = strchr(typed, ',');

	if (comma != NULL)
		*comma = '.';
	return typed;
}

static void
put_offers(struct visit *v, struct json *j, const struct definition *d)
{
	const char *currency = conf_text(v->conf, "authority", "currency");
	int64_t amount;

	json_list_begin(j, "offers");
	for (size_t i = 0; i < d->policy.n_fees; i++) {
		if (!catalogue_price(v->room, v->arena, d, i, &amount))
			continue;
		json_begin(j, NULL);
		json_text(j, "@type", "Offer");
		json_text(j, "name", d->policy.fees[i].line);
		json_text(j, "price", plain_amount(v, currency, amount));
		json_text(j, "priceCurrency", currency);
		json_end(j);
	}
	if (d->policy.n_fees == 0) {
		json_begin(j, NULL);
		json_text(j, "@type", "Offer");
		json_text(j, "price", "0");
		json_text(j, "priceCurrency", currency);
		json_end(j);
	}
	json_list_end(j);
}

static void
put_channel(struct visit *v, struct json *j, const struct definition *d)
{
	unsigned days = policy_deadline(&d->policy, NULL);

	json_begin(j, "availableChannel");
	json_text(j, "@type", "ServiceChannel");
	json_text(j, "serviceUrl", address(v, portal_words_start(v, d)));
	json_list_begin(j, "availableLanguage");
	for (size_t i = 0; i < d->n_languages; i++)
		json_text(j, NULL, d->languages[i]);
	json_list_end(j);
	if (days > 0)
		json_text(j, "processingTime", arena_printf(v->arena,
		    "P%uD", days));
	json_end(j);
}

static void
put_provider(struct visit *v, struct json *j)
{
	json_begin(j, "provider");
	json_text(j, "@type", "GovernmentOrganization");
	json_text(j, "name", conf_text(v->conf, "authority", "name"));
	json_text(j, "url", conf_text(v->conf, "web", "url"));
	json_end(j);
}

void
portal_feed_description(struct visit *v)
{
	const struct definition *d;
	struct json j = json_new(v->arena);

	form_store_refresh(v->room);
	d = catalogue_find(v->room, visit_text(v, "name"));
	if (d == NULL) {
		visit_refuse(v, 404, NULL);
		return;
	}
	json_begin(&j, NULL);
	json_text(&j, "@context", "https://schema.org");
	json_text(&j, "@type", "GovernmentService");
	json_text(&j, "@id", service_address(v, d));
	json_text(&j, "url", service_address(v, d));
	json_text(&j, "identifier", d->name);
	put_words(&j, "name", d->title);
	put_words(&j, "description", d->summary);
	put_provider(v, &j);
	put_channel(v, &j, d);
	put_offers(v, &j, d);
	json_end(&j);
	response_bytes(v->response, 200, "application/ld+json",
	    json_bytes(&j));
}

/* ---- Atom (RFC 4287) ---- */

static struct xml_node *
put(struct xml_node *parent, const char *name, const char *text)
{
	struct xml_node *n = xml_add(parent, name);

	xml_set_text(n, text);
	return n;
}

static void
put_link(struct xml_node *parent, const char *rel, const char *type,
    const char *href)
{
	struct xml_node *n = xml_add(parent, "link");

	xml_set_attribute(n, "rel", rel);
	xml_set_attribute(n, "type", type);
	xml_set_attribute(n, "href", href);
}

/* A version is for ever, and so is its id. */
static void
put_entry(struct visit *v, struct xml_node *feed,
    const struct catalogue_change *c)
{
	const struct definition *d = c->definition;
	struct xml_node *n = xml_add(feed, "entry");
	const char *at = written_iso(v->arena, c->at);

	put(n, "id", arena_printf(v->arena, "%s#version-%u",
	    service_address(v, d), d->version));
	put(n, "title", arena_printf(v->arena, d->version == 1
	    ? _("New: %s") : _("Changed: %s"), words_read(d->title)));
	put(n, "updated", at);
	put(n, "published", at);
	put(n, "summary", words_read(d->summary));
	put_link(n, "alternate", "text/html", service_address(v, d));
}

static void
put_head(struct visit *v, struct xml_node *feed, const char *updated)
{
	const char *authority = conf_text(v->conf, "authority", "name");
	const char *own = address(v, "/services.atom");

	xml_set_attribute(feed, "xmlns", "http://www.w3.org/2005/Atom");
	xml_set_attribute(feed, "xml:lang", v->language);
	put(feed, "id", own);
	/* TRANSLATORS: the authority's name */
	put(feed, "title", arena_printf(v->arena, _("Services of %s"),
	    authority));
	put(feed, "updated", updated);
	put(xml_add(feed, "author"), "name", authority);
	put_link(feed, "self", "application/atom+xml", own);
	put_link(feed, "alternate", "text/html", address(v, "/services"));
}

void
portal_feed_changes(struct visit *v)
{
	struct catalogue_change *changes;
	struct err e = { 0 };
	struct xml *feed;
	size_t n;

	form_store_refresh(v->room);
	if (!catalogue_changes(v->room, v->arena, &changes, &n, &e)) {
		visit_fail(v, &e);
		return;
	}
	feed = xml_new("feed");
	put_head(v, xml_root(feed), written_iso(v->arena,
	    n > 0 ? changes[0].at : 0));
	for (size_t i = 0; i < n; i++)
		put_entry(v, xml_root(feed), &changes[i]);
	response_bytes(v->response, 200, "application/atom+xml",
	    xml_canonical(v->arena, feed));
	xml_free(feed);
}
