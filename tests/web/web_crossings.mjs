// SPDX-License-Identifier: Apache-2.0
//
// Requests that cross a border: from another site, from another room, after
// the end, twice.

import { Visitor, forms, hidden, title } from "./client.mjs";
import { registration, someone, vin } from "./people.mjs";
import { account, id } from "./stage.mjs";
import { fact } from "./tap.mjs";
import * as walk from "./walk.mjs";

const foreign = [
	["from another site", { "origin": "https://elsewhere.example",
		"sec-fetch-site": "cross-site" }],
	["from another site, of an old browser", {
		"origin": "https://elsewhere.example", "sec-fetch-site": null }],
	["from a sister site", { "origin": "https://localhost",
		"sec-fetch-site": "same-site" }],
	["from nowhere", { "origin": "null", "sec-fetch-site": "cross-site" }],
	["without a word where from", { "origin": null,
		"sec-fetch-site": null }],
	["by hand", { "origin": null, "sec-fetch-site": "none" }],
];

export async function origins() {
	const citizen = account("citizen");

	for (const [what, headers] of foreign) {
		const v = new Visitor();
		const answer = await v.post("/account/sign-in", {
			email: citizen.email, password: citizen.password },
			headers);

		fact(`a sign-in ${what} is refused`, answer.status === 403 &&
			v.cookies.size === 0 ? [] :
			[`${answer.status} ${title(answer)}`]);
	}
}

const clerkPaths = { account: "/account/password",
	vehicle: "/desk/vehicles/search", desk: "/desk" };

function nobody(answer) {
	return answer.status === 303 &&
		/^\/account\/(enter|sign-in)/.test(answer.location);
}

function badCookies(lines) {
	return lines.filter((line) => !/^__Host-/.test(line) ||
		!/; Secure/.test(line) || !/; HttpOnly/.test(line) ||
		!/; SameSite=Lax/.test(line) || !/; Path=\/(;|$)/.test(line) ||
		/; Domain/i.test(line));
}

// Every cookie that is set on the way in, as it was sent.
class Watcher extends Visitor {
	lines = [];

	keep(lines) {
		this.lines.push(...lines ?? []);
		super.keep(lines);
	}
}

export async function sessions() {
	const clerk = account("clerk");
	const v = new Watcher();

	await walk.enter(v, clerk, "desk", "/desk");
	await walk.enter(v, clerk, "vehicle", clerkPaths.vehicle);
	fact("every cookie is this host's, secure, and no script's",
		v.lines.length >= 3 ? badCookies(v.lines) : v.lines);
	await otherRooms(v);
	await tokens(v, clerk);
	await leave(v);
}

// The cookie of one room, shown to another under the other's name.
async function otherRooms(v) {
	for (const from of Object.keys(clerkPaths))
		for (const [to, path] of Object.entries(clerkPaths)) {
			if (from === to)
				continue;
			const answer = await new Visitor().get(path, {
				cookie: `__Host-${id}-${to}=${v.cookie(from)}`,
			});

			fact(`the session of ${from} is nobody in ${to}`,
				nobody(answer) ? [] : [`${answer.status} ` +
					title(answer)]);
		}
}

async function tokens(v, clerk) {
	const other = await walk.signIn(account("clerk", 1), "desk", "/desk");
	const mine = v.tokenIn("desk");
	const theirs = other.tokenIn("desk");
	const account_ = v.tokenIn("account");
	const tries = [["no", undefined], ["an empty", ""],
		["another person's", theirs], ["another room's", account_],
		["a changed", mine.replace(/^./, (c) => c === "A" ? "B" : "A")],
		["a longer", `${mine}A`]];

	for (const [what, csrf] of tries) {
		const answer = await v.post("/desk/export", csrf === undefined ?
			{} : { csrf });

		fact(`a form with ${what} token is refused`,
			answer.status === 403 ? [] : [`${answer.status} ` +
				`${clerk.handle}: ${title(answer)}`]);
	}
	const own = await v.post("/desk/export", { csrf: mine });

	fact("a form with its own token is taken", own.status === 200 ? [] :
		[`${own.status} ${title(own)}`]);
}

async function leave(v) {
	const before = new Map(v.cookies);
	const answer = await v.post("/account/leave", {});

	fact("signing out leads to the way in", answer.status === 303 ? [] :
		[`${answer.status}`]);
	for (const [room, path] of Object.entries(clerkPaths)) {
		const old = new Visitor();

		old.cookies = new Map(before);
		const again = await old.get(path);

		fact(`a kept cookie of ${room} is dead after signing out`,
			nobody(again) ? [] : [`${again.status} ${title(again)}`]);
	}
}

export async function twice() {
	const p = someone("Tarsila");
	const v = await walk.signUp(p);
	const start = "/vehicles/apply/vehicle-registration";

	await walk.enter(v, p, "vehicle", start);
	const check = await walk.fill(v, start, registration(p, vin()));
	const form = forms(check.text).find((f) => /\/check\//.test(f.action));
	const answers = await Promise.all(Array.from({ length: 6 }, () =>
		v.post(form.action, hidden(form))));
	const where = new Set(answers.map((a) => `${a.status} ` +
		a.location?.replace(/\?.*/, "")));

	fact("one form sent six times at once is one application",
		where.size === 1 && [...where][0].startsWith("303 ") ? [] :
			[...where]);
	const late = await v.post(form.action, hidden(form));

	fact("and once more later, the same", late.status === 303 &&
		where.has(`303 ${late.location.replace(/\?.*/, "")}`) ? [] :
		[`${late.status} ${late.location}`]);
	const mine = await v.get("/vehicles/applications");
	const references = new Set(mine.text.match(
		/[A-Z]{2}-[0-9A-Z]{8}-[0-9A-Z]/g));

	fact("the list has one", references.size === 1 ? [] :
		[...references]);
}
