/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small form that has one of everything, for the tests of forms: pages
 * one (who, born, kind, why, extras, home), two (children: called, age,
 * swims), three (pay, half, sum, fee), last (place, agree).
 */
#ifndef TESTS_UNIT_CLUB_H
#define TESTS_UNIT_CLUB_H

#include "forms/form.h"

extern struct arena *club_arena;
extern const struct definition *club;
extern const struct definition_page *club_one, *club_two, *club_three,
    *club_last;
/* It is 10 March 2026; the parameter "fee" is 501. */
extern struct form_world club_world;

/* The group's set-up and tear-down. */
int	club_open(void **state);
int	club_close(void **state);

/* Every page answered: Ana Lima, born on 29 February 2008, with one child. */
struct form	*club_filled(void);

/* One child of seven who swims, for page two. */
enum {
	CLUB_CHILD = 3
};
extern const struct form_field club_child[CLUB_CHILD];

/* An element in English, for definitions written out in a test. */
#define CLUB_EN(element, text) \
	"<" element " lang='en'>" text "</" element ">"

#endif
