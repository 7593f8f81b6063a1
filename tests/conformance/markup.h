/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HTML read for comparing: just enough of a reader for what templates and
 * our writer make, in tests only.
 */
#ifndef TESTS_CONFORMANCE_MARKUP_H
#define TESTS_CONFORMANCE_MARKUP_H

struct arena;
struct html;

/*
 * The same text for the same page: attributes sorted, references resolved,
 * white space as CSS shows it (runs are one space, none at a block's edges),
 * and without elements that stay hidden until a script reveals them.
 */
char	*markup_normal(struct arena *, const char *html);

/* The same elements written through our writer. */
void	markup_replay(struct html *, struct arena *, const char *html);

#endif
