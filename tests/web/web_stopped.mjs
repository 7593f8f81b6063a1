// SPDX-License-Identifier: Apache-2.0
//
// A program that is away: its own pages say so, and nobody else's suffer.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";

import { Visitor, title } from "./client.mjs";
import { build, eventually, instance, root, url } from "./stage.mjs";
import { fact } from "./tap.mjs";

const room = "auditor";

function running(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

function startAgain() {
	execFileSync(join(root, "quickstart"), ["up", "--dir", instance,
		"--port", new URL(url).port], {
		cwd: dirname(instance),
		env: { ...process.env, BALCAO_BUILD: build },
		stdio: ["ignore", "ignore", "inherit"],
		timeout: 120000,
	});
}

export async function program() {
	const pid = Number(readFileSync(join(instance, `run/${room}.pid`),
		"utf8"));

	process.kill(pid, "SIGTERM");
	await eventually(`${room} ends when told`, () => !running(pid));
	const v = new Visitor();
	const gone = await v.get("/audit");
	const pt = await new Visitor("pt-BR").get("/audit");
	const other = await v.get("/account/sign-in");

	fact("a room that is away says so in a page", gone.status === 502 &&
		/does not answer/.test(title(gone)) ? [] :
		[`${gone.status} ${title(gone)}`]);
	fact("… in the reader's language", /lang="pt-BR"/.test(pt.text) ? [] :
		[title(pt)]);
	fact("the other rooms go on", other.status === 200 ? [] :
		[`${other.status}`]);
	startAgain();
	const back = await v.get("/audit");

	fact("started again, it answers", back.status === 303 ? [] :
		[`${back.status} ${title(back)}`]);
}
