// SPDX-License-Identifier: Apache-2.0
//
// What dev/quickstart-check.sh tells a stage, and what the instance says of
// itself.

import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

function wanted(name) {
	const value = process.env[name];

	if (!value) {
		console.log(`Bail out! ${name} is not set`);
		process.exit(1);
	}
	return value;
}

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const url = wanted("URL");
export const instance = wanted("INSTANCE");
export const build = process.env.BUILD ?? join(root, "build");
export const id = readFileSync(join(instance, ".balcao-instance"),
	"utf8").trim();
export const certificate = readFileSync(
	join(instance, "tls/certificate.pem"));

const accounts = JSON.parse(readFileSync(
	join(instance, "demo-accounts.json"), "utf8"));

// The n-th demonstration account of that role.
export function account(role, n = 0) {
	return accounts.filter((a) => a.role === role)[n];
}

export const rooms = readFileSync(join(root, "deploy/rooms.txt"), "utf8")
	.split("\n").filter((line) => /^[a-z]/.test(line))
	.map((line) => line.trim().split(/\s+/))
	.map(([name, ...paths]) => ({ name, paths }));

// Other people's data, or null.
export function reference(path) {
	const folder = process.env.BALCAO_REFERENCE_DATA ??
		join(root, "../shared/data");
	const file = join(folder, path);

	return existsSync(file) ? readFileSync(file, "utf8") : null;
}

const notes = join(instance, "check");

// What stages tell each other: lines of text, in files of that name.
export function note(name, line) {
	mkdirSync(notes, { recursive: true, mode: 0o700 });
	appendFileSync(join(notes, name), `${line}\n`);
}

export function noted(name) {
	const file = join(notes, name);

	return existsSync(file) ?
		readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
}

// A personal value that was typed: the plaintext stage looks for it wherever
// it must not be.
export function remember(what, value) {
	note("values", JSON.stringify({ what, value }));
	return value;
}

export function pause(ms) {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

// Ask until there is an answer; how long is bounded.
export async function eventually(what, ask, seconds = 20) {
	const until = Date.now() + seconds * 1000;

	for (;;) {
		const answer = await ask();

		if (answer)
			return answer;
		if (Date.now() > until)
			throw new Error(`${what}: not within ${seconds} s`);
		await pause(200);
	}
}
