/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One example of the Design System's own: options in, HTML out. A mapping
 * takes from the options what our component has an option for; whatever is
 * then left makes the example one that our pages have no use for, counted
 * with the option's name.
 */
#ifndef TESTS_CONFORMANCE_FIXTURE_H
#define TESTS_CONFORMANCE_FIXTURE_H

#include <jansson.h>
#include <stdbool.h>

#include "cgi-bin/ui_field.h"
#include "lib/arena.h"

struct html;

struct fixture {
	struct arena	*arena;
	struct html	*html;
	json_t		*options;
	const char	*left_out;	/* the reason, once there is one */
};

typedef void fixture_map(struct fixture *);

/* Take an option away: NULL, false or 0 where it is not there. */
const char	*take_text(struct fixture *, json_t *from, const char *name);
bool		 take_flag(struct fixture *, json_t *from, const char *name);
unsigned	 take_number(struct fixture *, json_t *from,
		    const char *name);

/* Objects and arrays stay, until nothing is left in them. */
json_t		*look(json_t *from, const char *name);

void	leave_out(struct fixture *, const char *reason);

/* After the mapping: what it did not take is the reason. */
void	fixture_rest(struct fixture *);

/* classes that are "<prefix><value>" of a table; leaves other classes. */
unsigned	take_class(struct fixture *, json_t *from,
		    const char *const *table, size_t n);

/* Common parts. */
struct ui_label	 take_label(struct fixture *, json_t *);
struct ui_label	 take_legend(struct fixture *, json_t *);
const char	*take_hint(struct fixture *);
const char	*take_error(struct fixture *);
const char	*take_group_classes(struct fixture *);
const char	*take_html(struct fixture *, json_t *);
/* text or html; html is written by markup_replay(). */
struct words {
	const char	*text;
	const char	*html;
};
struct words	 take_words(struct fixture *, json_t *);
void		 put_words(struct fixture *, const struct words *);

/* The components, by family. */
fixture_map	 map_back_link, map_breadcrumbs, map_button,
		 map_character_count, map_checkboxes, map_date_input,
		 map_details, map_error_message, map_error_summary,
		 map_fieldset, map_file_upload, map_hint, map_input,
		 map_inset_text, map_label, map_language_navigation,
		 map_notification_banner, map_pagination, map_panel,
		 map_password_input, map_phase_banner, map_radios, map_select,
		 map_service_navigation, map_skip_link, map_summary_list,
		 map_table, map_tag, map_task_list, map_textarea,
		 map_warning_text;

#endif
