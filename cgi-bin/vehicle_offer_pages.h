/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The link that a new owner was mailed: what is offered, and accepting it.
 * The page tells the same about an offer to whoever has the link, and never
 * who the seller is or whose the address was.
 */
#ifndef CGI_BIN_VEHICLE_OFFER_PAGES_H
#define CGI_BIN_VEHICLE_OFFER_PAGES_H

struct visit;

/* /vehicles/offers/{token:token} */
void	vehicle_offer_page_show(struct visit *);
void	vehicle_offer_page_accept(struct visit *);	/* POST */

#endif
