// SPDX-License-Identifier: Apache-2.0
//
// The ways through the portal that several stages need, without a browser;
// what a reader sees on them is tests/browser's.

import { Visitor, forms, hidden, names, title } from "./client.mjs";
import { link } from "./mailbox.mjs";
import { fieldsFor, registration } from "./people.mjs";
import { must } from "./tap.mjs";

// A new account, confirmed by the link in the mail.
export async function signUp(p) {
	const v = new Visitor();
	let page = await v.open("/account/sign-up");

	page = await v.send(page, /^\/account\/sign-up/, { name: p.name,
		email: p.email, password: p.password });
	must(page.path === "/account/sign-up/sent", () =>
		`sign-up: ${title(page)}`);
	const { path } = await link(p.email, /^\/account\/confirm\//);

	page = await v.send(await v.open(path), /^\/account\/confirm\//);
	must(/done=confirmed/.test(page.path), () =>
		`confirmation: ${title(page)}`);
	return v;
}

// Into a room, by way of account; profile: what a service may have to ask.
export async function enter(v, who, room, to) {
	let page = await v.open(`/account/enter?room=${room}&to=` +
		encodeURIComponent(to));

	if (/^\/account\/sign-in/.test(page.path))
		page = await v.send(page, /^\/account\/sign-in/, {
			email: who.email, password: who.password });
	if (/^\/account\/profile/.test(page.path)) {
		const [year, month, day] = who.born.split("-");

		page = await v.send(page, /^\/account\/profile/, {
			"name": who.name, "cpf": who.cpf,
			"phone": who.phone, "address": "",
			"born-day": day, "born-month": month,
			"born-year": year });
	}
	if (/^\/account\/enter/.test(page.path))
		page = await v.send(page, /^\/account\/enter$/);
	must(v.cookie(room) !== undefined, () =>
		`into ${room}: ${page.path} ${title(page)}`);
	return page;
}

export async function signIn(who, room, to) {
	const v = new Visitor();

	await enter(v, who, room, to);
	return v;
}

// One page of a draft filled in; where it leads.
export async function answerPage(v, page, answers) {
	const form = forms(page.text).find((f) => f.method === "post" &&
		/\/draft\//.test(f.action));

	must(form !== undefined, () => `no question on ${page.path}: ` +
		title(page));
	return v.follow(await v.post(form.action, { ...hidden(form),
		...fieldsFor(answers, names(form)) }));
}

// From a form's first page to the page with all answers.
export async function fill(v, path, answers, started = {}) {
	let page = await v.open(path);

	page = await v.send(page, /\/apply\//, started);
	for (let i = 0; i < 25 && /\/draft\//.test(page.path); i++) {
		const before = page.path;

		page = await answerPage(v, page, answers);
		must(page.status === 200 && page.path !== before, () =>
			`${before} is asked again: ` + page.text.match(
				/govuk-error-message[^>]*>.*?<\/p>/gs));
	}
	must(/\/check\//.test(page.path), () => `at ${page.path}: ` +
		title(page));
	return page;
}

// … and sent; the reference.
export async function apply(v, path, answers, started) {
	const check = await fill(v, path, answers, started);
	const sent = await v.send(check, /\/check\//);
	const found = /[A-Z]{2}-[0-9A-Z]{8}-[0-9A-Z]/.exec(sent.text);

	must(sent.status === 200 && found !== null, () =>
		`not sent: ${sent.status} ${sent.path} ${title(sent)}`);
	return found[0];
}

// A clerk's part, from the queue to the register.
export async function approve(clerk, reference, reason) {
	const at = `/desk/vehicles/${reference}`;
	let page = await clerk.open(at);

	if (/action="[^"]*\/pay"/.test(page.text))
		page = await clerk.send(page, /\/pay$/);
	page = await clerk.send(page, /\/claim$/);
	page = await clerk.send(await clerk.open(`${at}/decide`), /\/decide$/,
		{ outcome: "approve", reason, remark: "", note: "" });
	must(/govuk-tag--green/.test(page.text), () =>
		`${reference} is not issued: ${title(page)}`);
}

// A citizen with a registered vehicle, from nothing.
export async function owner(p, number, clerk) {
	const v = await signUp(p);
	const start = "/vehicles/apply/vehicle-registration";

	await enter(v, p, "vehicle", start);
	const reference = await apply(v, start, registration(p, number));

	await approve(clerk, reference, 1111);
	const list = await v.open("/vehicles");
	const found = /href="\/vehicles\/([0-9a-f-]{36})"/.exec(list.text);

	must(found !== null, "no vehicle in the list");
	return { visitor: v, reference, vehicle: found[1] };
}
