// SPDX-License-Identifier: Apache-2.0
//
// Another history, signed: by asking the signer, which remembers; or with its
// key, stolen, before witnesses, who remember too.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import https from "node:https";
import { join } from "node:path";
import process from "node:process";

import { certificate, instance, root, url } from "../web/stage.mjs";
import { fact, must } from "../web/tap.mjs";
import { checkpoint, cbor, consistency, root as rootOf, sha256, uncbor }
	from "./bytes.mjs";
import { conf, listen, scratch, sql, user, verify, years }
	from "./portal.mjs";

const verdicts = { old: 1, shrink: 5, fork: 6, proof: 7 };

function log() {
	const origin = readFileSync(join(instance, "log.vkey"), "utf8")
		.split("\n")[0].replace(/\+[0-9a-f]{8}\+.*/, "");
	const year = origin.split("/").pop();
	const hashes = sql("balcao", `SELECT encode(leaf_hash, 'hex')
		FROM audit.seq WHERE year = ${year} ORDER BY idx`)
		.split("\n").map((line) => Buffer.from(line, "hex"));

	return { origin, year, hashes, vkey: readFileSync(
		join(instance, "log.vkey"), "utf8").split("\n")[0] };
}

// One entry of the past is another one.
function forged(hashes) {
	return hashes.map((h, i) => i === 3 ? sha256(h) : h);
}

// The signer answers its sequencer's user alone.
function ask(origin, size, hash, old, path) {
	const question = cbor([1, origin, size, hash, old, path]);
	const as = process.getuid() === 0 ? ["setpriv", "--reuid",
		user("sealer"), "--regid", user("sealer"), "--clear-groups"] :
		[];
	// By standard input: that user may not come to where the tree lies.
	const argv = [...as, process.execPath, "--input-type=module", "-",
		join(instance, "run/signer/socket"), question.toString("hex")];
	const input = readFileSync(join(root, "tests/tamper/ask.mjs"));

	return uncbor(Buffer.from(execFileSync(argv[0], argv.slice(1),
		{ cwd: "/", input, encoding: "utf8", timeout: 20000 }).trim(),
	"hex"));
}

export function signer() {
	const { origin, hashes } = log();
	const n = hashes.length;
	const said = listen("signer");
	const other = forged(hashes);
	const longer = [...other, sha256("one more")];
	const cases = [
		["11. the signer refuses to sign a smaller tree", "shrink",
			[n - 1, rootOf(hashes.slice(0, n - 1)), n - 1, []]],
		["11. … another tree of that size", "fork",
			[n, rootOf(other), n, []]],
		["11. … and one that does not go on from it", "proof",
			[n + 1, rootOf(longer), n, consistency(n, longer)]],
	];

	for (const [what, verdict, question] of cases) {
		const [, is, size,, words] = ask(origin, ...question);

		fact(what, is === verdicts[verdict] && size === n ? [] :
			[`${is} ${size} ${words}`]);
	}
	return said(/level=alarm.*signature-refused/);
}

// ---- with the key

function steal() {
	const keys = /^keys = (.*\/keys)$/m.exec(readFileSync(conf, "utf8"))[1];
	const bundle = uncbor(readFileSync(join(keys, "signer.key")));

	return bundle[6];
}

function post(witness, body) {
	return new Promise((resolve, reject) => {
		const request = https.request(
			`${url}/witness/${witness}/add-checkpoint`,
			{ method: "POST", ca: certificate, headers: {
				"content-type": "text/plain; charset=utf-8" } },
			(answer) => {
				let text = "";

				answer.on("data", (part) => text += part);
				answer.on("end", () => resolve({
					status: answer.statusCode, text }));
			});

		request.on("error", reject);
		request.end(body);
	});
}

function body(old, path, note) {
	return [`old ${old}`, ...path.map((h) => h.toString("base64")), "",
		note].join("\n");
}

const witness = 1;

export async function fork() {
	const { origin, hashes, vkey } = log();
	const n = hashes.length;
	const seed = steal();
	const sign = (list) => checkpoint(origin, list.length, rootOf(list),
		vkey, seed);
	const other = forged(hashes);
	const longer = [...other, sha256("one more")];
	const smaller = hashes.slice(0, n - 2);
	const last = Number(readFileSync(join(years(join(instance,
		"tiles")).pop(), "checkpoint.cosigned"), "utf8").split("\n")[1]);

	must(last === n, `witnesses are at ${last} of ${n}`);
	const answers = [
		[409, "13. a witness refuses a smaller tree under the log's key",
			body(n - 2, [], sign(smaller))],
		[409, "13. … another tree of the size that it knows",
			body(n, [], sign(other))],
		[422, "13. … and one that does not go on from it",
			body(n, consistency(n, longer), sign(longer))],
	];

	for (const [status, what, text] of answers) {
		const said = await post(witness, text);

		fact(what, said.status === status ? [] :
			[`${said.status} ${said.text}`]);
	}
	pairs(n, sign, { smaller, other, longer });
}

// What anybody who kept a checkpoint finds out with it.
function pairs(n, sign, { smaller, other, longer }) {
	const folder = years(join(instance, "tiles")).pop();
	const kept = join(folder, "checkpoint");
	const cases = [
		["the smaller tree", smaller, [],
			/The newer tree is the smaller one: \d+ entries after/],
		["the other tree", other, [],
			/Two trees of the same size with different roots/],
		["the longer tree with a proof of its own", longer,
			["--proof", join(scratch, "proof")],
			/it does not follow that the older log is the newer/],
		["the longer tree by the published tiles", longer.slice(0, n),
			["--tiles", folder],
			/Two trees of the same size|are not those of the newer/],
	];

	writeFileSync(join(scratch, "proof"), body(n, consistency(n, longer),
		""));
	for (const [what, list, more, says] of cases) {
		const shown = join(scratch, "forged.checkpoint");

		writeFileSync(shown, sign(list));
		const { status, text } = verify("checkpoint", kept, shown,
			...more);

		fact(`13. balcao-verify checkpoint names ${what}`,
			status === 1 && says.test(text) ? [] : [text]);
	}
}
