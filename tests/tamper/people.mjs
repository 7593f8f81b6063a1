// SPDX-License-Identifier: Apache-2.0
//
// Something to attack: a citizen with a vehicle, the clerk who registered it,
// and enough readings of the file to fill a tile of the log.

import { registration, someone, vin } from "../web/people.mjs";
import { account, rooms } from "../web/stage.mjs";
import { must } from "../web/tap.mjs";
import * as walk from "../web/walk.mjs";
import { sql, standing } from "./portal.mjs";

const tile = 256;

// Those of quickstart that have a connection to the database, or ask it.
export const programs = [...rooms.map((r) => r.name), "witness-1",
	"witness-2", "witness-3"];

// The person's row, while it is still the first of its kind.
function person(p) {
	const row = sql("balcao", `SELECT row_version, id, profile_version,
		encode(national_id, 'hex'), encode(data, 'hex')
		FROM identity.person ORDER BY id DESC`).split("\n")
		.map((line) => line.split("|"));

	must(row.length > 0, `nobody is there for ${p.email}`);
	return row;
}

export async function live() {
	const p = someone("Tamara");
	const clerk = await walk.signIn(account("clerk"), "vehicle",
		"/desk/vehicles");
	const before = new Set(person(p).map(([, id]) => id));
	const v = await walk.signUp(p);
	const [row_version, id, profile_version, national_id, data] = person(p)
		.find(([, who]) => !before.has(who));
	const start = "/vehicles/apply/vehicle-registration";

	await walk.enter(v, p, "vehicle", start);
	const reference = await walk.apply(v, start, registration(p, vin()));

	await walk.approve(clerk, reference, 1111);
	for (let n = Number(standing().entries); n < tile; n++)
		await clerk.open(`/desk/vehicles/${reference}`);
	return { id, row_version, profile_version, national_id, data,
		reference, person: p, visitor: v, clerk };
}
