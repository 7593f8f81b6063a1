// SPDX-License-Identifier: Apache-2.0
//
// Every kind of answer: its headers, its words, its language, its trace.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { Visitor, title } from "./client.mjs";
import { instance, pause } from "./stage.mjs";
import { fact } from "./tap.mjs";

// Of every kind one: a page of each room, a way in, refusals, a picture.
const kinds = [
	["GET", "/", 200],
	["GET", "/services", 200],
	["GET", "/track", 200],
	["GET", "/account/sign-in", 200],
	["GET", "/account/sign-up", 200],
	["GET", "/vehicles/apply/vehicle-registration", 200],
	["GET", "/vehicles", 303],
	["GET", "/desk", 303],
	["GET", "/audit", 303],
	["GET", "/nowhere", 404],
	["GET", "/account/nowhere", 404],
	["GET", "/vehicles/nowhere", 404],
	["GET", "/desk/nowhere", 404],
	["GET", "/audit/nowhere", 404],
	["PUT", "/", 405],
	["DELETE", "/vehicles", 405],
	["POST", "/account/access-log", 405],
	["POST", "/account/sign-in", 403],
	["GET", "/assets/balcao.css", 200],
	["GET", "/error/502.html", 404],
];

const everywhere = {
	"content-security-policy": /default-src 'none'.*frame-ancestors 'none'/,
	"x-content-type-options": /^nosniff$/,
	"strict-transport-security": /^max-age=63072000/,
};
const pages = {
	"content-security-policy": /base-uri 'none'/,
	"referrer-policy": /^(same-origin|no-referrer)$/,
	"cache-control": /^(no-store|public, max-age=60)$/,
};
// Of the programs' own pages, beyond nginx's.
const ours = {
	"x-frame-options": /^DENY$/,
	"cross-origin-opener-policy": /^same-origin$/,
};
const written = { "content-type": /^text\/html; charset=utf-8$/i };

function lacking(answer, wanted) {
	return Object.entries(wanted)
		.filter(([name, value]) =>
			!value.test(answer.headers[name] ?? ""))
		.map(([name]) => `${name}: ${answer.headers[name]}`);
}

function faultsOf(answer, status) {
	const faults = [];
	const { headers } = answer;

	if (answer.status !== status)
		faults.push(`status ${answer.status}: ${title(answer)}`);
	if (/[0-9]/.test(headers.server ?? "") || headers["x-powered-by"])
		faults.push("says which version it is");
	if (/unsafe|https?:|\*/.test(headers["content-security-policy"]))
		faults.push("a policy with a hole");
	faults.push(...lacking(answer, everywhere));
	if (!answer.path.startsWith("/assets/"))
		faults.push(...lacking(answer, { ...pages,
			...answer.path.startsWith("/error/") ? {} : ours,
			...answer.location === null ? written : {} }));
	return faults;
}

export async function headers() {
	for (const [method, path, status] of kinds) {
		const answer = await new Visitor().ask(method, path);

		fact(`${method} ${path}: ${status}, and every header`,
			faultsOf(answer, status));
	}
}

// How a request that nobody can serve is answered: a status of the four
// hundreds, in a page with a heading and a way on.
const wrong = [
	["a path with a NUL", "GET", "/services/%00", {}],
	["a path that is no UTF-8", "GET", "/services/%ff%fe", {}],
	["a path half escaped", "GET", "/services/%2", {}],
	["a path out of the house", "GET", "/vehicles/..%2f..%2fetc", {}],
	["a query that is no UTF-8", "GET", "/track?reference=%ff", {}],
	["a parameter without end", "GET", `/track?${"a=b&".repeat(1500)}`, {}],
	["an address too long", "GET", `/${"a".repeat(9000)}`, {}],
	["a cookie too large", "GET", "/", { cookie: `a=${"b".repeat(9000)}` }],
	["many large cookies", "GET", "/account/sign-in",
		{ cookie: `a=${"b".repeat(7900)}` }],
	["a form of an unknown kind", "POST", "/account/sign-in",
		{ "content-type": "application/json" }],
	["a form without a kind", "POST", "/account/sign-in",
		{ "content-type": null }],
	["a method nobody knows", "BREW", "/", {}],
	["TRACE", "TRACE", "/", {}],
];

// These may as well be answered: they ask for nothing that is not there.
const harmless = new Set(["a query that is no UTF-8", "many large cookies",
	"a parameter without end"]);

export async function refusals() {
	for (const [what, method, path, more] of wrong) {
		const visitor = new Visitor();
		const answer = method === "POST" ?
			await visitor.post(path, { email: "a" }, more) :
			await visitor.ask(method, path, { headers: more })
				.catch((e) => ({ status: 400, text: "<h1 ",
					path, why: e }));
		const faults = [];

		if (answer.status < 400 && !harmless.has(what))
			faults.push(`status ${answer.status}`);
		if (answer.status >= 500)
			faults.push(`status ${answer.status}: ${title(answer)}`);
		if (!/<h1 /.test(answer.text) && method !== "TRACE" &&
			method !== "BREW")
			faults.push("no page");
		fact(`${what} is refused with a page`, faults);
	}
	await tooMuch();
	await allow();
}

async function tooMuch() {
	const large = await new Visitor().ask("POST", "/account/sign-in",
		{ body: "a".repeat(1200000) });
	const fields = await new Visitor().post("/account/sign-in",
		Object.fromEntries(Array.from({ length: 5000 },
			(_, i) => [`f${i}`, "x"])));

	fact("more than a page takes is 413", large.status === 413 &&
		/<h1 /.test(large.text) ? [] : [`${large.status}`]);
	fact("five thousand fields are refused", fields.status >= 400 &&
		fields.status < 500 ? [] : [`${fields.status}`]);
}

async function allow() {
	const answer = await new Visitor().ask("PUT", "/account/sign-in");

	fact("405 says what is allowed",
		answer.headers.allow === "GET, HEAD, POST" ? [] :
			[`Allow: ${answer.headers.allow}`]);
}

export async function heads() {
	for (const path of ["/", "/services", "/account/sign-in",
		"/vehicles/apply/vehicle-registration", "/desk", "/nowhere"]) {
		const get = await new Visitor().get(path);
		const head = await new Visitor().ask("HEAD", path);
		const faults = [];

		if (head.status !== get.status)
			faults.push(`${head.status}, GET ${get.status}`);
		if (head.text !== "")
			faults.push("a body");
		for (const name of Object.keys(get.headers))
			if (!["date", "transfer-encoding", "content-length",
				"connection", "keep-alive", "set-cookie"]
				.includes(name) &&
				head.headers[name] !== get.headers[name])
				faults.push(`${name}: ${head.headers[name]}`);
		fact(`HEAD ${path} is GET without a body`, faults);
	}
}

function languageOf(answer) {
	return /<html lang="([^"]*)"/.exec(answer.text)?.[1];
}

export async function languages() {
	for (const path of ["/", "/account/sign-in",
		"/vehicles/apply/vehicle-registration", "/nowhere"]) {
		const v = new Visitor("pt-BR,pt;q=0.9,en;q=0.5");
		const first = languageOf(await v.get(path));
		const asked = await v.get(`${path}?lang=en&x=1`);
		const then = languageOf(await v.get(path));
		const faults = [];

		if (first !== "pt-BR")
			faults.push(`the browser's language: ${first}`);
		if (path !== "/nowhere" && (asked.status !== 303 ||
			asked.location !== `${path}?x=1`))
			faults.push(`the switch: ${asked.status} ` +
				asked.location);
		if (path !== "/nowhere" && then !== "en")
			faults.push(`the reader's choice: ${then}`);
		fact(`${path} is in the browser's language, or the reader's`,
			faults);
	}
}

function logs(folder) {
	return readdirSync(folder, { withFileTypes: true }).filter((f) =>
		f.isFile()).map((f) => join(folder, f.name));
}

// Addresses hold one-time tokens and references; the logs do not.
export async function silence() {
	const secret = "verysecretvalue";
	const paths = [`/track?reference=${secret}`,
		`/account/enter?room=vehicle&to=/vehicles?x=${secret}`,
		`/desk/find?reference=${secret}`,
		`/audit?handle=${secret}`, `/services?q=${secret}`];

	for (const path of paths)
		await new Visitor().get(path, {
			referer: `https://localhost/${secret}` });
	await new Visitor().post("/account/sign-in",
		{ email: `${secret}@example.org`, password: secret });
	await pause(1000);
	fact("no query, referrer or answer is in any log",
		logs(join(instance, "log")).filter((file) =>
			readFileSync(file, "latin1").includes(secret)));
}
