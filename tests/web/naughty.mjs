// SPDX-License-Identifier: Apache-2.0
//
// Stage 50: hostile strings in every text field of the vehicle forms, posted
// as a browser would. Whatever was typed is taken or refused in a page;
// what is taken stands on the check page as it was typed, and what is
// refused stands in its field again. The registration gets all strings, the
// other forms a sample.

import { randomInt } from "node:crypto";
import process from "node:process";

import { answers } from "./definitions.mjs";
import { shower, survey } from "./naughty_form.mjs";
import { someone, vin } from "./people.mjs";
import { account, reference } from "./stage.mjs";
import { done, fact, skipAll, skipped } from "./tap.mjs";
import * as walk from "./walk.mjs";

const desk = ["vehicle-brand", "vehicle-hold", "vehicle-lien",
	"vehicle-stolen"];
const citizens = ["vehicle-correction", "vehicle-document-replacement",
	"vehicle-export", "vehicle-keeper-change", "vehicle-off-road",
	"vehicle-plate-replacement", "vehicle-renewal", "vehicle-scrapping",
	"vehicle-transfer"];
const sampled = 16;
const seconds = 110;		// of which registration may take most

const file = reference("naughty-strings/blns.json");

if (file === null)
	skipAll("the reference data is not there");

const strings = JSON.parse(file);
const seed = Number(process.env.SEED ?? randomInt(1000000));
const until = Date.now() + seconds * 1000;

// The same few for every form of a run (a linear congruential step).
function sample() {
	const chosen = [];

	for (let i = 0, x = seed; i < sampled; i++) {
		x = (x * 1103515245 + 12345) % 2147483648;
		chosen.push(strings[x % strings.length]);
	}
	return chosen;
}

async function begin(visitor, base, name, thing) {
	const over = name === "vehicle-registration" ? {
		"keeper-is-owner": "no", "first-registered-abroad": "yes",
		"model-year": "2020" } : {};
	const start = `${base}/apply/${name}`;
	const first = await visitor.get(thing === null ? start :
		`${start}?vehicle=${thing}`);

	if (!/<form action="[^"]*\/apply\//.test(first.text))
		return null;
	return survey(visitor, start, answers(name, over),
		thing === null ? {} : { vehicle: thing });
}

async function form(visitor, base, name, thing) {
	const draft = await begin(visitor, base, name, thing);

	tell(name, draft === null ? null :
		await shower(visitor, draft, few, until), few.length);
}

function tell(name, result, wanted) {
	if (result === null)
		return skipped(name, "not possible for this vehicle now");
	fact(`${name}: ${result.fields} fields, ${result.tried} strings, ` +
		`${result.taken} times taken as typed`, result.faults);
	if (wanted > result.tried)
		skipped(`${name}: ${wanted - result.tried} further strings`,
			`${seconds} s are over`);
}

const clerk = await walk.signIn(account("clerk"), "vehicle",
	"/desk/vehicles/search");
const { visitor, vehicle } = await walk.owner(someone("Vera"), vin(), clerk);
const few = sample();

console.log(`# SEED=${seed} chooses the sample`);
for (const name of citizens)
	await form(visitor, "/vehicles", name, vehicle);
for (const name of desk)
	await form(clerk, "/desk/vehicles", name, vehicle);
// Two drafts at once, for there are two workers.
const half = Math.ceil(strings.length / 2);
const lists = [strings.slice(0, half), strings.slice(half)];
const drafts = [];

for (let i = 0; i < lists.length; i++)
	drafts.push(await begin(visitor, "/vehicles", "vehicle-registration",
		null));
const results = await Promise.all(drafts.map((draft, i) =>
	shower(visitor, draft, lists[i], until)));

for (const [i, result] of results.entries())
	tell(`vehicle-registration, half ${i + 1}`, result, lists[i].length);
done();
