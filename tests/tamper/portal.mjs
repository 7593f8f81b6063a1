// SPDX-License-Identifier: Apache-2.0
//
// What the attacks need of an instance: SQL as superuser, the programs that
// check, the programs that serve, and files as their owners left them.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync,
	writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

import { build, eventually, instance, root } from "../web/stage.mjs";

// Debian's psql is a wrapper in Perl, and slow to start.
const psql = ["17", "16", "15"].map((major) =>
	`/usr/lib/postgresql/${major}/bin/psql`).find(existsSync) ?? "psql";

// Statements as superuser in one session; rows as lines, columns by "|".
export function sql(database, text) {
	return execFileSync(psql, ["-X", "-A", "-t", "-q", "-v",
		"ON_ERROR_STOP=1", "-h", join(instance, "run/pg"), "-U",
		"postgres", "-d", database, "-f", "-"], { input: text,
		encoding: "utf8", stdio: ["pipe", "pipe", "pipe"],
		maxBuffer: 1 << 28 }).trim();
}

// The same; what PostgreSQL says against it, or "".
export function refusal(database, text) {
	try {
		sql(database, text);
		return "";
	} catch (e) {
		return String(e.stderr).trim();
	}
}

export const scratch = mkdtempSync(join(tmpdir(), "balcao-tamper-"));
execFileSync("chmod", ["711", scratch]);

export function copy(from, to) {
	rmSync(to, { recursive: true, force: true });
	execFileSync("cp", ["-a", from, to]);
}

export function control(...args) {
	return execFileSync(join(root, "tests/tamper/instance.sh"), args, {
		encoding: "utf8", timeout: 120000,
		env: { ...process.env, BUILD: build, INSTANCE: instance },
		stdio: ["ignore", "pipe", "pipe"] }).trim();
}

// A configuration that differs in the database and where the log lies.
export function configuration(name, database, tiles) {
	const file = join(scratch, name);
	const text = readFileSync(join(instance, "balcao.conf"), "utf8")
		.replace(/^(data = .*dbname=)\S+/m, `$1${database}`)
		.replace(/^tiles = .*/m, `tiles = ${tiles}`);

	writeFileSync(file, text, { mode: 0o644 });
	return file;
}

// { status, text }: what it said on both outputs.
export function run(program, args) {
	const done = spawnSync(join(build, program), args, {
		encoding: "utf8", timeout: 120000, maxBuffer: 1 << 28 });

	return { status: done.status, text: done.stdout + done.stderr };
}

export function balcao(conf, ...args) {
	return run("balcao", ["-c", conf, ...args]);
}

const users = new Map();

export function user(name) {
	if (!users.has(name))
		users.set(name, control("user", name));
	return users.get(name);
}

// A room's look at audit.q, as the room's own user.
export function room(conf, name) {
	const other = process.getuid() === 0 ? ["-u", user(name)] : [];

	return run(name, ["-c", conf, ...other, "-q"]);
}

const keys = ["--key", join(instance, "log.vkey")];

export function witnesses() {
	return readdirSync(instance).filter((f) => /^witness-\d\.vkey$/.test(f))
		.flatMap((f) => ["--witness", join(instance, f)]);
}

export function verify(...args) {
	return run("balcao-verify", [...args, ...keys]);
}

// The folders of the published log, oldest first.
export function years(tiles) {
	return readdirSync(tiles).filter((f) => /^\d{4}$/.test(f)).sort()
		.map((f) => join(tiles, f));
}

export const conf = join(instance, "balcao.conf");

export function standing(file = conf) {
	const said = balcao(file, "audit", "status", "--json");

	return JSON.parse(said.text.slice(0, said.text.lastIndexOf("]") + 1))
		.pop();
}

// Until all entries have their places and are signed and published.
export function settled() {
	return eventually("the log has taken everything", () => {
		const s = standing();

		return Number(s.waiting) === 0 && s.entries === s.checkpoint &&
			readFileSync(join(years(join(instance, "tiles")).pop(),
				"checkpoint"), "utf8").split("\n")[1] ===
				String(s.entries) ? s : null;
	}, 60);
}

export function log(name) {
	return readFileSync(join(instance, `log/${name}.log`), "utf8");
}

// What a program's log says from now on.
export function listen(name) {
	const from = log(name).length;

	return (pattern) => eventually(`${name} says ${pattern}`, () =>
		log(name).slice(from).split("\n").find((line) =>
			pattern.test(line)), 30);
}
