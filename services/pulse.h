/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a process says in the log of itself: that it is still there, after an
 * hour in which it had nothing to say, and that it ends. A chain of entries
 * that neither goes on nor is closed then shows that its tail is missing.
 */
#ifndef SERVICES_PULSE_H
#define SERVICES_PULSE_H

struct arena;
struct room;

/* Called often; it writes at most once an hour, and nothing for a process
 * that has written nothing. */
void	pulse_beat(struct room *, struct arena *);

/* At the process's end. A failure is logged: the next process in its place
 * tells what is known. */
void	pulse_close(struct room *, struct arena *);

#endif
