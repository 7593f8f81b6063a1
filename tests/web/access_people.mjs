// SPDX-License-Identifier: Apache-2.0
//
// A citizen with one thing of each kind, and everybody who might want it.

import { Visitor } from "./client.mjs";
import { registration, someone, vin } from "./people.mjs";
import { account } from "./stage.mjs";
import { fact, must } from "./tap.mjs";
import * as walk from "./walk.mjs";

const start = "/vehicles/apply/vehicle-registration";

// Everybody gets as far into each room as account lets them, so that what is
// refused is refused by the room.
const doors = { portal: "/", account: "/account", vehicle: "/vehicles",
	general: "/apply/applications",
	desk: "/desk", auditor: "/audit" };

function marksOf(p, number) {
	const dotted = p.cpf.replace(/(...)(...)(...)(..)/, "$1.$2.$3-$4");

	return [p.name, p.name.split(" ")[1], p.email, p.cpf, dotted, number];
}

// The citizen keeps a draft, a sent application and a registered vehicle.
export async function things() {
	const p = someone("Olga");
	const number = vin();
	const clerk = await walk.signIn(account("clerk"), "vehicle",
		"/desk/vehicles/search");
	const { visitor, vehicle } = await walk.owner(p, number, clerk);
	const reference = await walk.apply(visitor, start,
		registration(p, vin()));
	const check = await walk.fill(visitor, start, registration(p, vin()));
	const sent = await visitor.open(`/vehicles/applications/${reference}`);
	const citizen = { p, visitor, vehicle, reference, vin: number,
		draft: /\/check\/([0-9a-f-]{36})/.exec(check.path)[1],
		event: "01900000-0000-7000-8000-000000000000",
		marks: marksOf(p, number) };

	must(sent.status === 200, "the application is not there");
	citizen.unharmed = () => unharmed(citizen);
	return citizen;
}

// After everybody has tried everything, as it was.
async function unharmed(citizen) {
	const fresh = await walk.signIn(citizen.p, "vehicle", "/vehicles");
	const pages = [["the draft", `/vehicles/check/${citizen.draft}`],
		["the application",
			`/vehicles/applications/${citizen.reference}`],
		["the vehicle", `/vehicles/${citizen.vehicle}`]];

	for (const [what, path] of pages) {
		const page = await fresh.get(path);

		fact(`${what} is as it was`, page.status === 200 &&
			!/Withdrawn|Retirado/.test(page.text) ? [] :
			[`${page.status}`]);
	}
}

async function of(kind, who, language) {
	const v = new Visitor(language);

	v.kind = kind;
	for (const [room, path] of Object.entries(doors))
		await walk.enter(v, who, room, path).catch(() => null);
	return v;
}

async function linked() {
	const v = new Visitor();

	v.kind = "link";
	await v.post("/account/enter/without", { room: "vehicle", to: start,
		address: someone("Lia").email });
	must(v.cookie("vehicle") !== undefined, "no session by link");
	return v;
}

// The owner tries last, for who may delete it does.
export async function visitors(citizen) {
	const stranger = someone("Raul");
	const nobody = new Visitor();
	const people = [nobody];

	nobody.kind = "nobody";
	await walk.signUp(stranger);
	people.push(await of("citizen", stranger));
	people.push(await linked());
	for (const role of ["clerk", "supervisor", "auditor", "administrator"])
		people.push(await of(role, account(role)));
	return { others: people, owner: await of("owner", citizen.p) };
}
