// SPDX-License-Identifier: Apache-2.0
//
// TAP, as prove reads it: one line a fact, what is wrong below it.

import process from "node:process";

let number = 0;

// what is true if there are no faults; a fault may have several lines.
export function fact(what, faults = []) {
	const well = faults.length === 0;
	const lines = faults.slice(0, 20).flatMap(
		(f) => String(f).slice(0, 2000).split("\n"));

	console.log(`${well ? "ok" : "not ok"} ${++number} - ` +
		what.replaceAll("#", "No."));
	for (const line of lines)
		console.log(`#   ${line}`);
	if (faults.length > 20)
		console.log(`#   … and ${faults.length - 20} more`);
	return well;
}

export function skipped(what, why) {
	console.log(`ok ${++number} - ${what} # SKIP ${why}`);
}

export function skipAll(why) {
	console.log(`1..0 # SKIP ${why}`);
	process.exit(0);
}

// A chain of steps, each of which needs those before it: after one that
// failed the others are failures too, untried.
export function chain() {
	let broken = null;

	return async function step(what, body) {
		if (broken !== null)
			return fact(what, [`not tried: "${broken}" failed`]);
		try {
			await body();
		} catch (e) {
			broken = what;
			return fact(what, [e.stack ?? e]);
		}
		return fact(what);
	};
}

export function must(condition, why) {
	if (!condition)
		throw new Error(typeof why === "function" ? why() : why);
}

// The plan stands at the end, when it is known.
export function done() {
	console.log(`1..${number}`);
}
