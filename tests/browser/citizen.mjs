// SPDX-License-Identifier: Apache-2.0
//
// What a citizen does, page by page, as a reader of the page would do it.
// Steps are found by their addresses and fields, so they work in any
// language.

import { link } from "../web/mailbox.mjs";
import { fieldsFor } from "../web/people.mjs";
import { url } from "../web/stage.mjs";
import { must } from "../web/tap.mjs";

const reference = /[A-Z]{2}-[0-9A-Z]{8}-[0-9A-Z]/;

// The reader's page is this one, and it went well.
export async function stands(r, pattern, status = 200) {
	must(pattern.test(r.at()) && r.status() === status, () =>
		`${r.name} is at ${r.at()} (${r.status()})`);
}

export async function openAccount(r, p) {
	await r.go("/account/sign-up");
	await r.type({ name: p.name, email: p.email, password: p.password });
	await r.press(r.button("/account/sign-up"));
	await stands(r, /^\/account\/sign-up\/sent$/);
	const { path } = await link(p.email, /^\/account\/confirm\//);

	await r.go(path);
	await r.press(r.button("/account/confirm/"));
	await stands(r, /^\/account\/sign-in\?done=confirmed$/);
}

export async function signIn(r, p) {
	await stands(r, /^\/account\/sign-in/);
	await r.type({ email: p.email, password: p.password });
	await r.press(r.button("/account/sign-in"));
}

// What the service will learn is filled in, shown and agreed to.
export async function introduce(r, p) {
	const [year, month, day] = p.born.split("-");

	await stands(r, /^\/account\/profile/);
	await r.type({ "cpf": p.cpf, "born-day": Number(day),
		"born-month": Number(month), "born-year": year,
		"phone": p.phone });
	await r.press(r.button("/account/profile"));
	await stands(r, /^\/account\/enter/);
	const shown = await r.text();

	must(shown.includes(p.name), () => `the profile shows: ${shown}`);
	await r.press(r.button("/account/enter"));
}

// One page of questions.
export async function answer(r, answers) {
	await r.type(fieldsFor(answers, await r.names()));
	await r.press(r.button("/draft/"));
}

// Questions until a page whose address matches.
export async function answerUntil(r, answers, pattern) {
	for (let i = 0; i < 25 && !pattern.test(r.at()); i++) {
		const before = r.at();

		must(/\/draft\//.test(before), () => `at ${before}`);
		await answer(r, answers);
		await stands(r, /^/);
		must(r.at() !== before, () => `${before} is asked again`);
	}
	await stands(r, pattern);
}

export async function saveForLater(r, answers) {
	await r.type(fieldsFor(answers, await r.names()));
	await r.press(r.button("/draft/", "_later"));
	await stands(r, /\/saved\//);
}

// The rows of the reader's own applications; each has its reference.
export async function applications(r) {
	await r.go("/vehicles/applications");
	const text = await r.text();

	return text.match(new RegExp(reference, "g")) ?? [];
}

export async function sent(r) {
	const found = reference.exec(await r.text());

	must(found !== null && r.status() === 200, () =>
		`${r.at()} (${r.status()}) gives no reference`);
	return found[0];
}

// The form with all answers, posted as often at the very same time; where
// each answer leads.
export async function sendAtOnce(r, times) {
	const form = r.page.locator("main form[action*='/check/']");
	const to = await form.getAttribute("action");
	const csrf = await form.locator("[name=csrf]").inputValue();
	const send = () => r.page.request.post(url + to, {
		form: { csrf },
		headers: { origin: url },
		maxRedirects: 0,
	});
	const answers = await Promise.all(Array.from({ length: times }, send));

	return answers.map((a) => `${a.status()} ` +
		(reference.exec(a.headers().location ?? "")?.[0] ?? ""));
}
