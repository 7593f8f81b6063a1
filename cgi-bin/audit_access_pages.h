/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who of the staff saw whom, and reads outside the usual.
 */
#ifndef CGI_BIN_AUDIT_ACCESS_PAGES_H
#define CGI_BIN_AUDIT_ACCESS_PAGES_H

struct visit;

void	audit_access_page_person(struct visit *);  /* /audit/people/{…} */
void	audit_access_page_person_export(struct visit *);
void	audit_access_page_staff(struct visit *);   /* /audit/staff?actor= */
void	audit_access_page_staff_export(struct visit *);
void	audit_access_page_unusual(struct visit *); /* /audit/unusual */
void	audit_access_page_unusual_export(struct visit *);

#endif
