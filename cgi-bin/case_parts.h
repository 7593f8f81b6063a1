/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of the case page. All of them read from what case_parts_load()
 * brought; none of them asks the database.
 */
#ifndef CGI_BIN_CASE_PARTS_H
#define CGI_BIN_CASE_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct application;
struct casefile_action;
struct casefile_event;
struct casefile_related;
struct decision;
struct err;
struct fee;
struct finding;
struct form;
struct inquiry;
struct visit;

struct case_view {
	const struct application	*application;
	const char			*title;		/* of the form */
	struct form			*form;		/* the caller frees it */
	int32_t				 number;	/* of the submission */
	struct finding			*findings;
	struct casefile_event		*events;
	size_t				 n_events;
	struct casefile_action		*actions;
	size_t				 n_actions;
	struct casefile_related		*related;
	size_t				 n_related;
	struct inquiry			*inquiries;
	size_t				 n_inquiries;
	struct decision			*decisions;
	size_t				 n_decisions;
	struct fee			*fees;
	size_t				 n_fees;
	const char			*holder;	/* handle, or NULL */
	bool				 mine;		/* my lease runs */
};

bool	case_parts_load(struct visit *, struct case_view *, struct err *e);

void	case_parts_head(struct visit *, const struct case_view *);
void	case_parts_findings(struct visit *, const struct case_view *);
void	case_parts_answers(struct visit *, const struct case_view *);
void	case_parts_inquiries(struct visit *, const struct case_view *);
void	case_parts_decisions(struct visit *, const struct case_view *);
void	case_parts_timeline(struct visit *, const struct case_view *);
void	case_parts_commands(struct visit *, const struct case_view *);
void	case_parts_fees(struct visit *, const struct case_view *);
void	case_parts_related(struct visit *, const struct case_view *);

#endif
