// SPDX-License-Identifier: Apache-2.0
//
// Stage 80: what whoever owns the database, a backup or the log's key could
// do, done. Each attack is reported by a tool that anybody may run, with the
// first broken place, or is refused. doc/tamper.md has the table.

import { rmSync } from "node:fs";
import { join } from "node:path";

import { instance } from "../web/stage.mjs";
import { done, fact } from "../web/tap.mjs";
import { by, drop, keep, target } from "./copies.mjs";
import { entries, search, tree } from "./entries.mjs";
import { files, older } from "./files.mjs";
import * as people from "./people.mjs";
import { balcao, conf, control, room, scratch, settled, verify, years }
	from "./portal.mjs";
import { rewrite } from "./rewrite.mjs";
import { ledger, rows } from "./tables.mjs";

// The rooms that write entries, but for what balcao itself checks.
const rooms = ["account", "vehicle", "desk", "auditor", "courier", "sealer"];

function clean() {
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

	for (const name of rooms)
		said[`${name} -q`] = room(conf, name);
	for (const [name, { status, text }] of Object.entries(said))
		fact(`before all attacks ${name} finds nothing wrong`,
			status === 0 ? [] : [`${status}`, text]);
}

async function main() {
	const saved = await people.live();

	await settled();
	clean();
	await settled();
	control("stop", ...people.programs);
	keep(join(instance, "tiles"));
	control("start", ...people.programs);
	rows(saved);
	ledger();
	entries();
	search();
	tree();
	rewrite();
	files();
	older();
}

try {
	await main();
} catch (e) {
	fact("the stage comes to its end", [e.stack ?? e]);
} finally {
	drop();
	rmSync(scratch, { recursive: true, force: true });
}
done();
