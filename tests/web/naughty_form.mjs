// SPDX-License-Identifier: Apache-2.0
//
// One form under one string after the other.

import { forms, hidden, names, title, unescape } from "./client.mjs";
import { fieldsFor } from "./people.mjs";
import { must } from "./tap.mjs";
import * as walk from "./walk.mjs";

function question(page) {
	return forms(page.text).find((f) => f.method === "post" &&
		/\/draft\//.test(f.action));
}

// The fields that are typed and not chosen.
function typed(form) {
	return form.controls.filter((c) => !c.hidden && !c.button && !c.tick &&
		c.kind !== "select").map((c) => c.name);
}

// Answer every page as it should be, and remember them.
export async function survey(v, start, answers, thing) {
	const pages = [];
	let page = await v.send(await v.open(`${start}?` +
		new URLSearchParams(thing)), /\/apply\//);

	for (let i = 0; i < 30 && /\/draft\//.test(page.path); i++) {
		const form = question(page);
		const before = page.path;

		pages.push({ action: form.action, hidden: hidden(form),
			texts: typed(form),
			right: fieldsFor(answers, names(form)) });
		page = await walk.answerPage(v, page, answers);
		must(page.status === 200 && page.path !== before, () =>
			`${before}: ${page.text.match(
				/govuk-error-message.*?<\/p>/gs)}`);
	}
	must(/\/check\//.test(page.path), () => `${page.path}: ${title(page)}`);
	return { check: page.path,
		pages: pages.filter((p) => p.texts.length > 0) };
}

// Types that are written in their own way, and not as typed.
const ownWay = new RegExp("(year|odometer|price|cpf|phone|email|vin|plate|" +
	"-day|-month|postcode|-lines|address-number)$");

// A page cannot hold controls and noncharacters (HTML, 13.2.3.5): each is
// shown as the character that stands for one not shown.
const trimmed = (s) => s.replaceAll("\r\n", "\n")
	.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]/g,
		"\ufffd").trim();

// Those of the fields that the page complains about.
function refused(page, names) {
	return names.filter((name) => page.text.includes(
		`id="${name}-error"`) || page.text.includes(
		`id="${name.replace(/-[a-z]+$/, "")}-error"`));
}

// What was typed stands in its field again: refused, as it was typed; taken,
// as its type is written.
function notShown(page, names, wrong, string) {
	const { controls } = question(page);
	const again = (name) => controls.find((c) => c.name === name)?.value;

	return names.filter((name) => trimmed(again(name) ?? string) !==
		trimmed(string) && (wrong.includes(name) || !ownWay.test(name)))
		.map((name) => `${name}: ${JSON.stringify(string)} became ` +
			JSON.stringify(again(name)));
}

// One page with that string wherever it takes text; which fields took it.
async function ask(v, p, string, faults) {
	let rest = p.texts;

	for (let i = 0; i <= p.texts.length && rest.length > 0; i++) {
		const answer = await v.post(p.action, { ...p.hidden, ...p.right,
			...Object.fromEntries(rest.map((n) => [n, string])) });

		if (answer.status === 303)
			return rest;
		if (answer.status !== 422) {
			if (answer.status !== 400 || !/<h1/.test(answer.text))
				faults.push(`${p.action}: ${answer.status} for ` +
					JSON.stringify(string));
			return [];
		}
		const wrong = refused(answer, rest);

		faults.push(...notShown(answer, rest, wrong, string));
		if (wrong.length === 0) {
			faults.push(`${p.action} refuses without a field: ` +
				JSON.stringify(string));
			return [];
		}
		rest = rest.filter((n) => !wrong.includes(n));
	}
	return rest;
}

// The values on the check page, by the address of the page that changes them.
function values(check) {
	const all = new Map();

	for (const row of check.text.split("govuk-summary-list__row")) {
		const value = /list__value">(.*?)<\/dd>/s.exec(row)?.[1];
		const path = /href="([^"?]*)/.exec(row)?.[1];

		if (value !== undefined && path !== undefined)
			all.set(path, `${all.get(path) ?? ""}\n` +
				unescape(value.replaceAll("<br>", "\n")));
	}
	return all;
}

export async function shower(v, draft, strings, until) {
	const result = { fields: draft.pages.flatMap((p) => p.texts).length,
		tried: 0, taken: 0, faults: [] };

	for (const string of strings) {
		if (Date.now() > until)
			break;
		await one(v, draft, string, result);
		result.tried++;
	}
	return result;
}

async function one(v, draft, string, result) {
	const { faults } = result;
	const taken = [];

	for (const page of draft.pages)
		for (const name of await ask(v, page, string, faults))
			taken.push([page, name]);
	const check = await v.get(draft.check);
	const shown = values(check);

	if (check.status !== 200)
		faults.push(`${check.status} on the check page for ` +
			JSON.stringify(string));
	result.taken += taken.length;
	for (const [page, name] of taken)
		if (!ownWay.test(name) && check.status === 200 &&
			!shown.get(page.action)?.includes(trimmed(string)))
			faults.push(`${name}: ${JSON.stringify(string)} became ` +
				JSON.stringify(shown.get(page.action)));
}
