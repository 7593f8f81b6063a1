/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Liens, holds, theft and brands as an approval writes them. Each change
 * rewrites the vehicle's own row too (services/vehicle_change.c), so a mark
 * and a transfer decided at the same moment cannot both commit unseen.
 */
#include "services/vehicle_mark.h"

#include "lib/err.h"
#include "lib/str.h"
#include "services/act.h"
#include "services/service.h"
#include "services/vehicle_change.h"

bool
vehicle_mark_lien(struct vehicle_change *c, struct err *e)
{
	struct lien l = {
		.id = uuid_new(),
		.vehicle = c->file.vehicle.id,
		.state = "open",
		.from_at = act_now(c->act),
		.until_at = INSTANT_NONE,
		.cause = c->decided->event,
		.lender = vehicle_change_text(c, "lender"),
		.contract = vehicle_change_text(c, "contract"),
	};

	return vehicle_record_put_lien(c->act, &l, e);
}

bool
vehicle_mark_lien_discharge(struct vehicle_change *c, struct err *e)
{
	const char *contract = vehicle_change_text(c, "contract");

	for (size_t i = 0; i < c->file.n_liens; i++) {
		struct lien *l = &c->file.liens[i];

		if (!str_equal(l->state, "open")
		    || !str_equal(l->contract, contract))
			continue;
		l->state = "discharged";
		l->until_at = act_now(c->act);
		l->cause = c->decided->event;
		return vehicle_record_put_lien(c->act, l, e);
	}
	return err_rule(e, "lien_absent", "no open lien of this contract");
}

bool
vehicle_mark_hold(struct vehicle_change *c, struct err *e)
{
	struct hold h = {
		.id = uuid_new(),
		.vehicle = c->file.vehicle.id,
		.state = "placed",
		.from_at = act_now(c->act),
		.until_at = INSTANT_NONE,
		.cause = c->decided->event,
		.why = vehicle_change_text(c, "hold-reason"),
	};

	return vehicle_record_put_hold(c->act, &h, e);
}

bool
vehicle_mark_hold_lift(struct vehicle_change *c, struct err *e)
{
	for (size_t i = 0; i < c->file.n_holds; i++) {
		struct hold *h = &c->file.holds[i];

		if (!str_equal(h->state, "placed"))
			continue;
		h->state = "lifted";
		h->until_at = act_now(c->act);
		h->cause = c->decided->event;
		if (!vehicle_record_put_hold(c->act, h, e))
			return false;
	}
	return true;
}

bool
vehicle_mark_brand(struct vehicle_change *c, struct err *e)
{
	(void)e;
	vehicle_record_add_brand(c->act, c->file.vehicle.id,
	    vehicle_change_text(c, "brand"), c->decided->event);
	return true;
}

bool
vehicle_mark_stolen(struct vehicle_change *c, struct err *e)
{
	(void)e;
	c->file.vehicle.stolen = true;
	return true;
}

bool
vehicle_mark_found(struct vehicle_change *c, struct err *e)
{
	(void)e;
	c->file.vehicle.stolen = false;
	return true;
}
