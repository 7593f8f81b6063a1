// SPDX-License-Identifier: Apache-2.0
//
// Stage 40: the route tables as the programs print them, each route tried by
// visitors of every kind with the things of one citizen in its path. What
// must come back follows from the route's guard alone: the way in, a
// refusal, or a page - never a fault, and never that citizen's data.

import { things, visitors } from "./access_people.mjs";
import { routes } from "./access_routes.mjs";
import { title } from "./client.mjs";
import { rooms } from "./stage.mjs";
import { done, fact } from "./tap.mjs";

const staff = ["clerk", "supervisor", "auditor", "administrator"];
const opens = {
	anyone: () => true,
	session: (kind) => ["owner", "citizen", "link"].includes(kind),
	citizen: (kind) => ["owner", "citizen"].includes(kind),
	staff: (kind) => staff.includes(kind),
	clerk: (kind) => kind === "clerk",
	supervisor: (kind) => kind === "supervisor",
	auditor: (kind) => kind === "auditor",
	administrator: (kind) => kind === "administrator",
};

// Whose page may show the owner's data: their own, and the desk's to those
// who decide.
function maySee(visitor, route) {
	return visitor.kind === "owner" || (route.path.startsWith("/desk/") &&
		["clerk", "supervisor"].includes(visitor.kind));
}

function isWayIn(answer) {
	return answer.status === 303 &&
		/^\/account\/(enter|sign-in)/.test(answer.location);
}

// What is wrong with this answer to this visitor, or null.
function fault(route, visitor, answer, marks) {
	const { kind } = visitor;
	const inside = visitor.cookie(route.room) !== undefined;
	const shown = marks.find((m) => answer.text.includes(m));

	if (answer.status >= 500)
		return `status ${answer.status}`;
	if (!maySee(visitor, route) && shown !== undefined)
		return `shows ${shown}`;
	if (route.guard === "anyone" && route.csrf !== "token")
		return null;
	if (!inside)
		return isWayIn(answer) || (route.guard === "anyone" &&
			answer.status === 403) ? null : "no way in";
	if (!opens[route.guard](kind))
		return answer.status === 403 ? null : "not refused";
	return foreignFault(route, visitor, answer);
}

// The things are of room vehicle: another room has none of them, not even
// for their owner, and nobody's are named by an event.
const elsewhere = /^\/apply\/|\{(token|entry|n|event):/;

// Whoever may use the route, about a thing that is not theirs.
function foreignFault(route, visitor, answer) {
	const foreign = /\{(draft|vehicle|reference):/.test(route.path);

	// What is not theirs is as gone as what they have deleted before.
	if (["citizen", "link"].includes(visitor.kind) && foreign)
		return [403, 404].includes(answer.status) ||
			(/\/discard\//.test(route.path) &&
			/\/applications$/.test(answer.location)) ?
			null : "somebody else's";
	if (visitor.kind === "owner" && route.method === "GET" &&
		![200, 303].includes(answer.status) &&
		!elsewhere.test(route.path))
		return "their own is refused";
	return null;
}

async function tryOne(route, visitor, citizen) {
	const path = route.of(citizen);

	return route.method === "GET" ? visitor.get(path) :
		visitor.post(path, { csrf: visitor.tokenIn(route.room),
			version: "999", ...route.fields(citizen) });
}

async function tryAll(route, people, citizen, who) {
	const faults = [];

	for (const visitor of people) {
		const answer = await tryOne(route, visitor, citizen);
		const typed = Object.values(route.fields(citizen));
		const wrong = fault(route, visitor, answer,
			citizen.marks.filter((m) => !typed.includes(m)));

		if (wrong !== null)
			faults.push(`${visitor.kind}: ${wrong}: ${answer.status}` +
				` ${answer.location ?? title(answer)}`);
	}
	fact(`${route.method} ${route.path}, ${route.guard}: ${who}`, faults);
}

const citizen = await things();
const { others, owner } = await visitors(citizen);

const closed = others.filter((v) => v.kind !== "nobody")
	.filter((v) => rooms.filter((r) => r.paths.length > 0)
		.some((r) => v.cookie(r.name) === undefined &&
			!(v.kind === "link" && r.name !== "vehicle")));
const own = await owner.get(`/vehicles/${citizen.vehicle}`);

fact("everybody has come as far as the door of each room",
	closed.map((v) => v.kind));
fact("what must not be shown to others is shown to the owner",
	own.text.includes(citizen.vin) ? [] : [title(own)]);
console.log(`# ${routes.length} routes, ${others.length + 1} visitors`);
for (const route of routes)
	await tryAll(route, others, citizen, "everybody else");
await citizen.unharmed();
for (const route of routes)
	await tryAll(route, [owner], citizen, "its owner");
done();
