// SPDX-License-Identifier: Apache-2.0
//
// The last chapter: an auditor finds every act of the others.

import { must } from "../web/tap.mjs";
import { Reader } from "./browser.mjs";
import { stands } from "./citizen.mjs";
import * as clerk from "./clerk.mjs";

// What the log must say of each case, in order.
const acts = {
	registration: ["Submitted, fees open", "Fees paid", "Claimed",
		"Note added", "Asked the applicant", "The applicant answered",
		"Approved", "Issued"],
	transfer: ["Offered", "Accepted by the buyer", "Claimed", "Approved",
		"Issued"],
	lien: ["Recorded at the desk", "Approved", "Issued"],
};

function missing(text, words) {
	let at = 0;

	return words.filter((word) => {
		const found = text.indexOf(`${word}`, at);

		if (found >= 0)
			at = found + word.length;
		return found < 0;
	});
}

export async function find(s) {
	const { step } = s;
	const r = await Reader.come("the auditor", s.pages, {});
	const people = [s.owner, s.buyer];

	await step("an auditor signs in", () =>
		clerk.enter(r, s.auditor, "/audit"));
	for (const [name, words] of Object.entries(acts))
		await step(`every act of the ${name} is in the log`, async () => {
			await r.go(`/audit/cases/${s[name]}`);
			const text = (await r.text()).replace(/\s+/g, " ");
			const lacking = missing(text, words);

			must(lacking.length === 0, () =>
				`${lacking.join(", ")} not in: ${text}`);
			must(!/have no entry/.test(text), "a step without entry");
		});
	await step("an entry agrees with the log it commits to", async () => {
		await r.press(r.page.locator(
			"main a[href^='/audit/entries/']").first());
		await stands(r, /^\/audit\/entries\/[0-9a-f-]{36}$/);
		must(!/differs/i.test(await r.text()), "it differs");
	});
	await step("the refusal of the second clerk is an entry", async () => {
		await r.go(`/audit?handle=DET-015&reference=${s.registration}`);
		await clerk.says(r, "DET-015", s.registration);
	});
	await step("the log shows pseudonyms, and nobody's name", async () => {
		await r.go(`/audit?reference=${s.registration}`);
		const text = await r.page.content();
		const shown = people.flatMap((p) => [p.name, p.email, p.cpf])
			.concat(s.vin, s.plate).filter((v) => text.includes(v));

		must(shown.length === 0, `shown: ${shown.join(", ")}`);
	});
	await step("whose search is in the log as well", async () => {
		await r.go("/audit?handle=AUD-001");
		await clerk.says(r, "AUD-001");
	});
	await step("and the desk is not the auditor's", async () => {
		await r.go("/desk/vehicles/search");
		await r.go(`/desk/vehicles/${s.registration}`);
		await stands(r, /^\/desk\/vehicles\//, 403);
	});
}
