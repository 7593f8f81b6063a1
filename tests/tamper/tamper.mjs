// SPDX-License-Identifier: Apache-2.0
//
// Stage 80: what whoever owns the database, a backup or the log's key could
// do, done. Each attack is reported by a tool that anybody may run, with the
// first broken place, or is refused. doc/tamper.md has the table.

import { join } from "node:path";

import { instance, pause } from "../web/stage.mjs";
import { done, fact } from "../web/tap.mjs";
import * as backup from "./backup.mjs";
import * as copies from "./copies.mjs";
import { entries, message, search, tree } from "./entries.mjs";
import { files, older } from "./files.mjs";
import { fork, signer } from "./forks.mjs";
import * as pending from "./pending.mjs";
import * as people from "./people.mjs";
import { balcao, conf, control, room, settled, verify, years }
	from "./portal.mjs";
import { rewrite } from "./rewrite.mjs";
import { envelope, messages } from "./service.mjs";
import { ledger, rows } from "./tables.mjs";

// Long calls hold up this process: connections that nginx has closed
// meanwhile are noticed only then.
const breathe = () => pause(200);

// The rooms that write entries, but for what balcao itself checks.
const rooms = ["portal", "account", "vehicle", "general", "desk", "auditor",
	"courier", "sealer"];

function clean(when, more = []) {
	const tiles = years(join(instance, "tiles"));
	const said = {
		"balcao audit live": balcao(conf, "audit", "live"),
		"balcao audit seq": balcao(conf, "audit", "seq"),
		"balcao audit status": balcao(conf, "audit", "status"),
		"balcao audit q": balcao(conf, "audit", "q"),
		"balcao-verify log": verify("log", tiles.at(-1)),
		"balcao-verify chains": verify("chains", ...tiles,
			"--from-start"),
	};

	for (const name of more)
		said[`${name} -q`] = room(conf, name);
	for (const [name, { status, text }] of Object.entries(said))
		fact(`${when} ${name} finds nothing wrong`,
			status === 0 ? [] : [`${status}`, text]);
}

// What is attacked stands still: yesterday's cluster, and a database to copy.
function keep() {
	control("stop");
	backup.save("yesterday", ["pg"]);
	control("pg-start");
	copies.keep(join(instance, "tiles"));
	control("start", ...people.programs);
}

function onCopies(saved) {
	rows(saved);
	ledger();
	entries();
	search();
	message();
	tree();
	rewrite();
	files();
	older();
	copies.drop();
}

async function onPrograms(saved) {
	await breathe();
	await envelope(saved);
	await messages(saved);
	await settled();
	await signer();
	await fork();
}

// These cannot be undone otherwise than by putting everything back.
async function onInstance(saved) {
	control("stop");
	backup.save("today");
	try {
		control("start");
		await breathe();
		await pending.drop(saved);
		control("stop");
		await backup.yesterday();
	} finally {
		control("stop");
		backup.restore("today");
		control("start");
	}
}

async function main() {
	const saved = await people.live();

	await settled();
	clean("before all attacks", rooms);
	await settled();
	keep();
	onCopies(saved);
	await onPrograms(saved);
	await onInstance(saved);
	await settled();
	clean("after all attacks");
}

try {
	await main();
} catch (e) {
	fact("the stage comes to its end", [e.stack ?? e]);
} finally {
	copies.drop();
	backup.end();
}
done();
