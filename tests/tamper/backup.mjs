// SPDX-License-Identifier: Apache-2.0
//
// Copies of the whole instance while it stands still: yesterday's cluster,
// which is restored as if nothing had been signed since, and the state of
// today, which the instance gets back.

import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { Visitor } from "../web/client.mjs";
import { eventually, instance } from "../web/stage.mjs";
import { fact } from "../web/tap.mjs";
import { balcao, conf, control, copy, log, scratch } from "./portal.mjs";

const parts = ["pg", "tiles", "signer", "state", "witness-1", "witness-2",
	"witness-3"];

export function save(name, what = parts) {
	mkdirSync(join(scratch, name), { recursive: true });
	for (const part of what)
		copy(join(instance, part), join(scratch, name, part));
}

export function restore(name, what = parts) {
	if (!what.every((part) => existsSync(join(scratch, name, part))))
		return false;
	for (const part of what)
		copy(join(scratch, name, part), join(instance, part));
	return true;
}

const programs = ["portal", "account", "vehicle", "general", "desk",
	"auditor", "courier", "sealer"];
const refused = /log_rolled_back|an older backup was restored/;

// Everything stands still; "yesterday" was saved while entries were fewer.
export async function yesterday() {
	const from = new Map(programs.map((name) => [name, log(name).length]));

	restore("yesterday", ["pg"]);
	control("start");
	for (const name of programs) {
		const line = await eventually(`${name} refuses`, () =>
			log(name).slice(from.get(name)).split("\n")
				.find((l) => refused.test(l))).catch((e) =>
			String(e));

		fact(`11. over yesterday's backup ${name} does not start, and ` +
			"says what to do", /is published with \d+ entries and /
			.test(line) && /balcao audit adopt/.test(line) ? [] :
			[line]);
	}
	const page = await new Visitor().get("/account/sign-in");
	const verb = balcao(conf, "staff", "list");

	fact("11. … nobody is served", page.status === 502 ? [] :
		[`${page.status}`]);
	fact("11. … nor administered", verb.status !== 0 &&
		/older backup was restored/.test(verb.text) ? [] :
		[`${verb.status} ${verb.text}`]);
	control("stop");
}

export function end() {
	rmSync(scratch, { recursive: true, force: true });
}
