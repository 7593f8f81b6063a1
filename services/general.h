/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room general: every service that is made of a form alone. What it adds is
 * for two forms of the house's own, `objection` and `erasure`; any other form
 * has no hook here and needs none.
 */
#ifndef SERVICES_GENERAL_H
#define SERVICES_GENERAL_H

struct service;

extern const struct service general_service;

#endif
