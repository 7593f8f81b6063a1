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

// Tables of who saw whom, each as a page and as a file.
async function watch(s, r) {
	const { step } = s;

	await step("a number becomes a pseudonym, with a reason", async () => {
		await r.go("/account/lookup/person");
		await r.type({ who: s.owner.cpf, reason: "Complaint number 5" });
		await r.press(r.button("/account/lookup/person"));
		must(/[0-9a-f-]{36}/.test(await r.text()), "no pseudonym");
	});
	await step("who saw this person is one step on", async () => {
		await r.press(r.page.locator(
			"main a[href^='/audit/people/']").first());
		await clerk.says(r, "DET-014");
	});
	await step("and whom that clerk saw, one more", async () => {
		await r.press(r.page.locator(
			"main a[href^='/audit/staff']").first());
		await stands(r, /^\/audit\/staff\?actor=DET-014/);
	});
	await step("a handle becomes a name, with a reason", async () => {
		await r.go("/account/lookup/staff");
		await r.type({ handle: "DET-014", reason: "Complaint number 5" });
		await r.press(r.button("/account/lookup/staff"));
		await clerk.says(r, "DET-014");
	});
	for (const path of ["/audit/unusual", "/audit/statistics",
		"/audit/exports", "/audit/details"])
		await step(`${path} reads well`, async () => {
			await r.go(path);
			await stands(r, new RegExp(`^${path}$`));
		});
	await step("a search is saved under a name", async () => {
		await r.go("/audit?type=refused");
		await r.page.locator("details > summary").first().click();
		await r.type({ name: "Refused ones" });
		await r.press(r.button("/audit/searches"));
		must((await r.page.content()).includes("Refused ones"),
			"it is not there");
	});
}

// One asks, another approves, the first reads what the clerk typed.
async function open(s, r) {
	const { step } = s;
	const chief = await Reader.come("the supervisor", s.pages, {});
	let request;

	await step("an auditor asks for a sealed detail", async () => {
		await r.go(`/audit?actor=DET-014&room=vehicle&reference=${
			s.registration}`);
		await r.press(r.page.locator(
			"main a[href^='/audit/entries/']").first());
		await r.type({ reason: "Complaint number 5" });
		await r.press(r.button("/detail"));
		await stands(r, /^\/audit\/details\/[0-9a-f-]{36}$/);
		request = r.at();
	});
	await step("a supervisor approves", async () => {
		await clerk.enter(chief, s.supervisor, "/audit/details");
		await chief.press(chief.page.locator(
			`main a[href='${request}']`).first());
		await chief.press(chief.button("/approve"));
		await stands(chief, /^\/audit\/details\/[0-9a-f-]{36}$/);
	});
	await step("it opens once, where it was written", async () => {
		await r.go(request);
		await r.press(r.page.locator(
			"main a[href*='/desk/vehicles/details/']").first());
		await r.press(r.button("/desk/vehicles/details/"));
		await clerk.says(r, "Passed");
		await r.go(r.at());
		must(await r.page.locator("main form").count() === 0,
			"it can be opened again");
	});
	await chief.leave();
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
	await watch(s, r);
	await open(s, r);
	await step("and the desk is not the auditor's", async () => {
		await r.go("/desk/vehicles/search");
		await r.go(`/desk/vehicles/${s.registration}`);
		await stands(r, /^\/desk\/vehicles\//, 403);
	});
}
