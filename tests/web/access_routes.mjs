// SPDX-License-Identifier: Apache-2.0
//
// The routes of all programs, in an order in which no try spoils the next:
// pages first, and last what ends a session.

import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

import { build, rooms } from "./stage.mjs";

const places = {
	draft: (c) => c.draft,
	reference: (c) => c.reference,
	vehicle: (c) => c.vehicle,
	event: (c) => c.event,
	form: () => "vehicle-registration",
	name: () => "vehicle-registration",
	page: () => "vehicle",
	entry: () => "1",
	n: () => "1",
	subject: (c) => c.event,
	search: (c) => c.event,
	job: (c) => c.event,
	request: (c) => c.event,
	token: () => randomBytes(32).toString("base64url"),
};

// Without these a route would not look at the thing at all.
const fields = {
	"/desk/vehicles/search": (c) => ({ by: "vin", value: c.vin,
		purpose: "casework" }),
	"/vehicles/look": (c) => ({ by: "vin", value: c.vin }),
};
const queries = {
	"/desk/vehicles/file/{vehicle:uuid}": "?purpose=casework",
};

function address(path, citizen) {
	return path.replace(/\{(\w+):\w+\}/g, (_, name) => {
		if (places[name] === undefined)
			throw new Error(`nothing to put for {${name}}`);
		return places[name](citizen);
	});
}

function rank(route) {
	if (route.path === "/account/leave")
		return 2;
	return route.method === "GET" ? 0 : 1;
}

function read({ name, paths }) {
	if (paths.length === 0)
		return [];
	return execFileSync(join(build, name), ["-r"], { encoding: "utf8" })
		.trim().split("\n").map((line) => {
			const [method, path, guard, csrf] = line.split(" ");

			return { room: name, method, path, guard, csrf,
				fields: fields[path] ?? (() => ({})),
				of: (citizen) => address(path, citizen) +
					(queries[path] ?? "") };
		});
}

export const routes = rooms.flatMap(read)
	.sort((a, b) => rank(a) - rank(b));
