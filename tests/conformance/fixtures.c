/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every component of ours against every example that the GOV.UK Design
 * System publishes for it: the same options must make the same HTML. An
 * example that uses an option our pages have no use for is left out and
 * counted by that option. Prints TAP, one line a component.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cgi-bin/html.h"
#include "lib/buf.h"
#include "tests/conformance/fixture.h"
#include "tests/conformance/markup.h"

enum {
	REASONS = 64
};

static const struct component {
	const char	*name;
	fixture_map	*map;
} components[] = {
	{ "back-link", map_back_link },
	{ "breadcrumbs", map_breadcrumbs },
	{ "button", map_button },
	{ "character-count", map_character_count },
	{ "checkboxes", map_checkboxes },
	{ "date-input", map_date_input },
	{ "details", map_details },
	{ "error-message", map_error_message },
	{ "error-summary", map_error_summary },
	{ "fieldset", map_fieldset },
	{ "file-upload", map_file_upload },
	{ "hint", map_hint },
	{ "input", map_input },
	{ "inset-text", map_inset_text },
	{ "label", map_label },
	{ "language-navigation", map_language_navigation },
	{ "notification-banner", map_notification_banner },
	{ "pagination", map_pagination },
	{ "panel", map_panel },
	{ "password-input", map_password_input },
	{ "phase-banner", map_phase_banner },
	{ "radios", map_radios },
	{ "select", map_select },
	{ "service-navigation", map_service_navigation },
	{ "skip-link", map_skip_link },
	{ "summary-list", map_summary_list },
	{ "table", map_table },
	{ "tag", map_tag },
	{ "task-list", map_task_list },
	{ "textarea", map_textarea },
	{ "warning-text", map_warning_text },
};

struct count {
	size_t	equal, differing, left_out;
	struct {
		char	name[40];
		size_t	n;
	} reason[REASONS];
	size_t	reasons;
};

static void
count_reason(struct count *c, const char *name)
{
	size_t i = 0;

	c->left_out++;
	while (i < c->reasons && strcmp(c->reason[i].name, name) != 0)
		i++;
	if (i == REASONS)
		return;
	if (i == c->reasons)
		snprintf(c->reason[c->reasons++].name,
		    sizeof c->reason[i].name, "%s", name);
	c->reason[i].n++;
}

/* Comment lines, so that the differing example can be read in the output. */
static void
show(const char *what, const char *markup)
{
	printf("#   %s:\n#     ", what);
	for (; *markup != '\0'; markup++) {
		putchar(*markup);
		if (*markup == '\n' && markup[1] != '\0')
			printf("#     ");
	}
	printf("\n");
}

static void
compare(const struct component *c, json_t *example, struct arena *a,
    struct count *count)
{
	struct fixture f = {
		.arena = a,
		.html = html_new(a),
		.options = json_deep_copy(json_object_get(example,
		    "options")),
	};
	const char *theirs = json_string_value(json_object_get(example,
	    "html"));
	char *want, *got;

	c->map(&f);
	fixture_rest(&f);
	html_finish(f.html);
	json_decref(f.options);
	if (f.left_out != NULL) {
		count_reason(count, f.left_out);
		return;
	}
	want = markup_normal(a, theirs);
	got = markup_normal(a, (const char *)html_finish(f.html).p);
	if (strcmp(want, got) == 0) {
		count->equal++;
		return;
	}
	count->differing++;
	printf("# %s, \"%s\" differs\n", c->name,
	    json_string_value(json_object_get(example, "name")));
	show("theirs", want);
	show("ours", got);
}

static json_t *
load(struct arena *a, const char *root, const char *component)
{
	json_error_t e;

	return json_load_file(arena_printf(a, "%s/%s/fixtures.json", root,
	    component), 0, &e);
}

static bool
hold(const struct component *c, const char *root, struct count *total)
{
	struct count count = { 0 };
	struct arena *a = arena_new(0);
	json_t *file = load(a, root, c->name), *example;
	bool well;
	size_t i;

	json_array_foreach(json_object_get(file, "fixtures"), i, example)
		compare(c, example, a, &count);
	well = count.equal > 0 && count.differing == 0;
	printf("%s - %s: %zu equal, %zu differing, %zu left out",
	    well ? "ok" : "not ok", c->name, count.equal, count.differing,
	    count.left_out);
	for (i = 0; i < count.reasons; i++)
		printf("%s %s %zu", i == 0 ? ":" : ",", count.reason[i].name,
		    count.reason[i].n);
	printf("\n");
	total->equal += count.equal;
	total->differing += count.differing;
	total->left_out += count.left_out;
	json_decref(file);
	arena_free(a);
	return well;
}

static bool
is_ours(const char *name)
{
	for (size_t i = 0; i < sizeof components / sizeof *components; i++)
		if (strcmp(components[i].name, name) == 0)
			return true;
	return false;
}

static void
show_unused(const char *root)
{
	DIR *d = opendir(root);
	struct dirent *e;

	if (d == NULL)
		return;
	printf("# components our pages do not use:");
	while ((e = readdir(d)) != NULL)
		if (e->d_type == DT_DIR && e->d_name[0] != '.' &&
		    !is_ours(e->d_name))
			printf(" %s", e->d_name);
	printf("\n");
	closedir(d);
}

int
main(void)
{
	const char *srcdir = getenv("srcdir");
	struct arena *a = arena_new(0);
	const char *root = arena_printf(a,
	    "%s/node_modules/govuk-frontend/dist/govuk/components",
	    srcdir != NULL ? srcdir : ".");
	struct count total = { 0 };
	bool well = true;

	if (access(root, R_OK) != 0) {
		printf("1..0 # SKIP govuk-frontend is not installed\n");
		arena_free(a);
		return 0;
	}
	printf("1..%zu\n", sizeof components / sizeof *components);
	for (size_t i = 0; i < sizeof components / sizeof *components; i++)
		well &= hold(&components[i], root, &total);
	printf("# all components: %zu equal, %zu differing, %zu left out\n",
	    total.equal, total.differing, total.left_out);
	show_unused(root);
	arena_free(a);
	return well ? 0 : 1;
}
