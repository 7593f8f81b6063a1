// SPDX-License-Identifier: Apache-2.0
//
// What staff do at the desk and in the log.

import { must } from "../web/tap.mjs";
import { signIn, stands } from "./citizen.mjs";

// Into a room of staff, in English.
export async function enter(r, who, path) {
	await r.go(`${path}?lang=en`);
	await signIn(r, who);
	await stands(r, new RegExp(`^${path}`));
}

export async function open(r, reference) {
	await r.go("/desk");
	await r.type({ reference });
	await r.press(r.page.locator(
		"form[action='/desk/find'] button").first());
	await stands(r, new RegExp(`^/desk/vehicles/${reference}$`));
}

// One of the case's commands, by the end of its address.
export async function command(r, verb) {
	await r.press(r.page.locator(`main form[action$="/${verb}"] button`));
}

export async function ask(r, question, items) {
	await r.press(r.page.locator("main a[href$='/ask']"));
	await r.type({ question });
	await r.page.locator("#redo > summary, details > summary").first()
		.click();
	for (const item of items)
		await r.page.locator(`[name=items][value="${item}"]`).check();
	await r.press(r.button("/ask"));
}

// outcome: "approve" or "refuse".
export async function decide(r, outcome, reason, words) {
	await r.press(r.page.locator("main a[href$='/decide']"));
	await r.page.locator(`[name=outcome][value=${outcome}]`).check();
	await r.page.locator(`[name=reason][value="${reason}"]`).check();
	await r.type(words);
	await r.press(r.button("/decide"));
}

// The case's page says all of this.
export async function says(r, ...words) {
	const text = (await r.text()).replace(/\s+/g, " ");
	const missing = words.filter((w) => !text.includes(w));

	must(missing.length === 0, () => `${r.at()} (${r.status()}) lacks ` +
		`${missing.map((w) => `“${w}”`).join(", ")}:\n${text}`);
}
