// SPDX-License-Identifier: Apache-2.0
//
// The published log: files that a web server's administrator could change.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { fact } from "../web/tap.mjs";
import { attack, by, target, value } from "./copies.mjs";
import { scratch, verify, years } from "./portal.mjs";

const folder = () => years(target.tiles).pop();

// Writing works for root although the mode says no; else it is given first.
function change(name, at) {
	const path = join(folder(), name);
	const old = readFileSync(path);

	rmSync(path);
	old[at < 0 ? old.length + at : at] ^= 1;
	writeFileSync(path, old, { mode: 0o444 });
	return "";
}

function replaceFile(name, text) {
	rmSync(join(folder(), name), { force: true });
	writeFileSync(join(folder(), name), text, { mode: 0o444 });
	return "";
}

const note = (size) => value(`SELECT note FROM (SELECT convert_from(note,
	'UTF8') AS note, size FROM audit.ckpt
	WHERE year = (SELECT max(year) FROM audit.state)) AS c
	ORDER BY size ${size} LIMIT 1`) + "\n";

export function files() {
	attack("a tile is changed", by.log, () => change("tile/0/000", 40),
		/tile\/0\/000/);
	attack("an entry of a bundle is changed", by.log,
		() => change("tile/entries/000", 60),
		/tile\/entries\/000, entry 1 was changed/);
	attack("a bundle is cut short", by.log, () => {
		const path = join(folder(), "tile/entries/000");

		return replaceFile("tile/entries/000",
			readFileSync(path).subarray(0, 5000));
	}, /tile\/entries\/000 does not hold 256 entries/);
	attack("the checkpoint is edited", by.log,
		() => change("checkpoint", 30), /checkpoint/);
	attack("the published checkpoint is replaced by an older one", by.seq,
		() => replaceFile("checkpoint", note("ASC")),
		/the published checkpoint: it is an older one, of \d+ entries/);
	attack("the published checkpoint is taken away", by.seq, () => {
		rmSync(join(folder(), "checkpoint"));
		return "";
	}, /the published checkpoint: it is gone/);
}

// With one that somebody kept, and without any of our tables.
export function older() {
	const kept = join(scratch, "kept.checkpoint");
	const shown = join(scratch, "shown.checkpoint");

	writeFileSync(kept, note("DESC"));
	writeFileSync(shown, note("ASC"));
	const right = verify("checkpoint", shown, kept, "--tiles", folder());
	const wrong = verify("checkpoint", kept, shown, "--tiles", folder());

	fact("an older checkpoint is the newer one's beginning",
		right.status === 0 ? [] : [right.text]);
	fact("shown after the newer one it is a smaller tree",
		wrong.status === 1 && /The newer tree is the smaller one: \d+/
			.test(wrong.text) ? [] : [wrong.text]);
}
