// SPDX-License-Identifier: Apache-2.0
//
// The public log as a stranger meets it: its files over HTTPS, the recipe of
// doc/auditor.md word for word, balcao-verify with nothing but a citizen's
// file, and a receipt in which a bit was changed.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Visitor, title } from "./client.mjs";
import { registration, someone, vin } from "./people.mjs";
import { build, eventually, instance, root, url } from "./stage.mjs";
import { chain, done, must } from "./tap.mjs";
import * as walk from "./walk.mjs";

const step = chain();
const folder = mkdtempSync(join(tmpdir(), "balcao-log-"));
const year = new Date().getUTCFullYear();
const anyone = new Visitor();
const story = {};

// Without environment, elsewhere, as on a machine that knows no portal.
function verify(...words) {
	return spawnSync(join(build, "balcao-verify"), words, { cwd: folder,
		env: {}, encoding: "utf8" });
}

function keep(name, text) {
	writeFileSync(join(folder, name), text);
	return name;
}

async function file(name) {
	const answer = await anyone.get(`/log/${year}/${name}`);

	must(answer.status === 200, `${name}: ${answer.status}`);
	return answer.text;
}

function recipe() {
	const lines = readFileSync(join(root, "doc/auditor.md"), "utf8")
		.split("\n");
	const from = lines.indexOf("### A checkpoint, with OpenSSL alone");
	const to = lines.findIndex((l, i) => i > from && /^##/.test(l));

	must(from > 0 && to > from, "the recipe is not in doc/auditor.md");
	return lines.slice(from, to).filter((l) => l.startsWith("\t"))
		.map((l) => l.slice(1)).join("\n")
		.replaceAll("https://portal.example", url)
		.replaceAll("/log/2026/", `/log/${year}/`);
}

function run(script) {
	return spawnSync("bash", ["-eu", "-c", script], { cwd: folder,
		encoding: "utf8", env: { PATH: process.env.PATH,
			CURL_HOME: folder } });
}

function keys() {
	const [log, ...witnesses] = story.keys.trim().split("\n");

	return ["--key", log, ...witnesses.flatMap((w) => ["--witness", w]),
		"--quorum", "2"];
}

await step("the log's keys are public, and are those under var", async () => {
	story.keys = await file("keys");
	const own = readFileSync(join(instance, "log.vkey"), "utf8");

	must(own.split("\n").includes(story.keys.split("\n")[0]),
		"another key of the log");
	for (const n of [1, 2, 3])
		must(story.keys.includes(readFileSync(join(instance,
			`witness-${n}.vkey`), "utf8").trim()),
		`no key of witness ${n}`);
});

await step("two witnesses and more sign each checkpoint", async () => {
	story.old = await eventually("cosignatures", async () => {
		const text = await file("checkpoint");

		return (text.match(/^— /gm) ?? []).length >= 3 && text;
	});
	must(story.old.startsWith(`${story.keys.split("+")[0]}\n`),
		"another origin");
});

await step("the recipe with OpenSSL alone works as it is written", () => {
	keep(".curlrc", "insecure\n");
	const { status, stdout, stderr } = run(recipe());

	must(status === 0 && (stdout.match(/Verified Successfully/g) ?? [])
		.length === 2, () => stdout + stderr);
});

await step("… and not for a checkpoint that says something else", () => {
	const changed = recipe().replace(/^sed '/m,
		"sed -i '2s/$/0/' checkpoint\n$&");

	must(run(changed).status !== 0, "it verifies all the same");
});

await step("a citizen applies and is promised an entry", async () => {
	const p = someone("Rosa");
	const start = "/vehicles/apply/vehicle-registration";
	const v = await walk.signUp(p);

	await walk.enter(v, p, "vehicle", start);
	story.number = vin();
	const check = await walk.fill(v, start, registration(p, story.number));
	const sent = await v.send(check, /\/check\//);

	must(sent.text.includes("cs-promise/1"), "no promise");
	story.visitor = v;
	story.page = /href="([^"]*\/receipts\/[0-9a-f-]{36})"/
		.exec(sent.text)?.[1];
	must(story.page !== undefined, "no way to the receipt");
});

await step("the receipt is complete within seconds", async () => {
	story.receipt = await eventually("a complete receipt", async () => {
		const answer = await story.visitor.get(`${story.page}/file`);
		const name = keep("receipt", answer.text);

		return answer.status === 200 && verify("receipt", name,
			...keys()).status === 0 && answer.text;
	});
	const { text } = await story.visitor.open(story.page);

	must(/<svg|<img/.test(text), "no code to scan on the printed receipt");
});

await step("it verifies with nothing else at hand, in plain words", () => {
	const { status, stdout, stderr } = verify("receipt", "receipt",
		...keys());

	must(status === 0, () => stdout + stderr);
	must(stdout.includes("a record was made") &&
		stdout.includes(`<vin>${story.number}</vin>`), stdout);
});

await step("without a key it proves less, and says so", () => {
	must(verify("receipt", "receipt").status !== 0, "it holds");
});

await step("/verify says the same of the file, and keeps nothing", async () => {
	const boundary = "a-boundary-of-ours";
	const hold = async (text) => anyone.follow(await anyone.ask("POST",
		"/verify", { body: `--${boundary}\r\nContent-Disposition: ` +
		`form-data; name="receipt"; filename="r.txt"` +
		`\r\nContent-Type: text/plain\r\n\r\n${text}\r\n` +
		`--${boundary}--\r\n`, headers: { "content-type":
		`multipart/form-data; boundary=${boundary}`, "origin": url,
		"sec-fetch-site": "same-origin" } }));
	const good = await hold(story.receipt);
	// The lines stay, their signatures are the log's own.
	const own = /^— \S*\/log\/\S* (\S+)$/m.exec(story.receipt)[1];
	const forged = await hold(story.receipt.replace(
		/^(— \S*\/witness\/\S*) (\S{8})\S+/gm, (all, name, hash) =>
			`${name} ${hash}${own.slice(8)}`));
	const bad = await hold(story.receipt.replace(/^index /m, "index 1"));

	must(good.text.includes("This receipt holds"), title(good));
	must(/signatures of [23] independent/.test(good.text), "no witnesses");
	must(!/signatures? of \d independent/.test(forged.text) &&
		(forged.status >= 400 || forged.text.includes(
			"Not enough independent witnesses") ||
		forged.text.includes("does not hold")), "forged cosignatures");
	must(bad.text.includes("This receipt does not hold"), title(bad));
});

await step("the log has grown out of what it was", async () => {
	keep("old", story.old);
	keep("new", await file("checkpoint"));
	const { status, stdout, stderr } = verify("checkpoint", "old", "new",
		...keys(), "--tiles", join(instance, "tiles", `${year}`));

	must(status === 0, () => stdout + stderr);
	must(verify("checkpoint", "new", "old", ...keys(), "--tiles",
		join(instance, "tiles", `${year}`)).status !== 0,
	"and backwards");
});

await step("every entry, every hash and every chain holds", () => {
	for (const what of ["log", "chains"]) {
		const { status, stdout, stderr } = verify(what,
			join(instance, "tiles", `${year}`), ...keys());

		must(status === 0, () => `${what}: ${stdout}${stderr}`);
	}
});

await step("full tiles never change, checkpoints do", async () => {
	const { headers } = await anyone.get(`/log/${year}/checkpoint`);

	must(!/immutable/.test(headers["cache-control"] ?? ""),
		headers["cache-control"]);
	must((await anyone.get(`/log/${year}/tile/0/999`)).status === 404,
		"a tile that is not there");
	must((await anyone.get(`/log/${year}/../../root/root.key`)).status
		>= 400, "a way out of the log");
});

await step("the operator's own check agrees", () => {
	execFileSync(join(build, "balcao"), ["-c", join(instance,
		"balcao.conf"), "audit", "seq"]);
	execFileSync(join(build, "balcao"), ["-c", join(instance,
		"balcao.conf"), "audit", "status"]);
});

await step("a flipped bit anywhere is named", () => {
	const bytes = Buffer.from(story.receipt);
	const held = [], silent = [];

	for (let at = 0; at < bytes.length * 8; at += 61) {
		const bad = Buffer.from(bytes);

		bad[at >> 3] ^= 1 << (at & 7);
		const { status, stdout, stderr } = verify("receipt",
			keep("flipped", bad), ...keys());

		if (status === 0)
			held.push(at);
		else if (!/\S/.test(stdout + stderr))
			silent.push(at);
	}
	must(held.length === 0, `bits ${held} may change`);
	must(silent.length === 0, `nothing is said of bits ${silent}`);
});

rmSync(folder, { recursive: true });
done();
