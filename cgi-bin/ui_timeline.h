/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What happened, newest first or oldest first as the caller writes it.
 */
#ifndef CGI_BIN_UI_TIMELINE_H
#define CGI_BIN_UI_TIMELINE_H

struct html;

struct ui_event {
	const char	*title;		/* "Approved" */
	const char	*by;		/* "DET-014, clerk"; NULL */
	const char	*iso;		/* RFC 3339 */
	const char	*time;		/* "31 March 2026, 14:05" */
	const char	*text;		/* NULL: none */
	int		 level;		/* of the title; 0: 3 */
};

void	ui_timeline_begin(struct html *);
void	ui_timeline_event(struct html *, const struct ui_event *);
/* For an event that says more than text. */
void	ui_timeline_event_begin(struct html *, const struct ui_event *);
void	ui_timeline_event_end(struct html *);
void	ui_timeline_end(struct html *);

#endif
