// SPDX-License-Identifier: Apache-2.0
//
// The second chapter: the owner sells the vehicle. The buyer reads
// Portuguese on a telephone. After that a lien is recorded at the desk, and
// the vehicle cannot be sold on.

import { link } from "../web/mailbox.mjs";
import { lien, transfer } from "../web/people.mjs";
import { eventually } from "../web/stage.mjs";
import { must } from "../web/tap.mjs";
import { Reader } from "./browser.mjs";
import * as citizen from "./citizen.mjs";
import * as clerk from "./clerk.mjs";

const { stands } = citizen;

export async function sell(s) {
	const { step, buyer, owner } = s;
	const r = s.citizen;
	const other = await Reader.come("the buyer", s.pages, {
		script: false, locale: "pt-BR", width: 375 });
	let offer = null;

	s.other = other;
	await step("the owner offers the vehicle to a mail address", async () => {
		await r.go(s.vehicle);
		await r.press(r.page.locator("main a[href*='vehicle-transfer']")
			.first());
		await r.press(r.button("/apply/"));
		await citizen.answerUntil(r, transfer(owner, buyer), /\/check\//);
		await clerk.says(r, buyer.email, s.vin);
		// Two clicks, as on a page that seems slow.
		await r.button("/check/").dblclick();
		// The second click ends the first one's journey.
		await eventually("it is sent", () =>
			/\/submitted/.test(r.page.url()));
		await r.page.waitForLoadState();
		s.transfer = await citizen.sent(r);
	});
	await step("the link in the mail waits for whoever signs in", async () => {
		offer = (await link(buyer.email, /^\/vehicles\/offers\//)).path;
		await citizen.openAccount(other, buyer);
		await other.go(offer);
		await citizen.signIn(other, buyer);
		await citizen.introduce(other, buyer);
		await stands(other, /^\/vehicles\/offers\//);
	});
	await step("the offer is in the buyer's language", async () => {
		must(await other.page.getAttribute("html", "lang") === "pt-BR",
			"another language");
		const text = await other.text();

		must(text.includes(s.vin) && !text.includes(owner.name), () =>
			`the offer shows: ${text}`);
		must(!/Accept|become the owner/.test(text),
			() => `English: ${text}`);
	});
	await step("who sold it cannot accept it", async () => {
		await r.go(offer);
		must(await r.page.locator("main form[action*='/offers/']")
			.count() === 0, "the seller may accept");
	});
	await step("accepting needs a yes", async () => {
		await other.press(other.button("/offers/"));
		await stands(other, /\/offers\//, 422);
	});
	await step("the buyer accepts, on a telephone", async () => {
		await other.page.locator("main [name=agree]").check();
		await other.press(other.button("/offers/"));
		await stands(other, /\/offers\/.*receipt=/);
		await clerk.says(other, s.transfer);
	});
	await step("the link does nothing twice", async () => {
		await other.go(offer);
		must(await other.page.locator("main form[action*='/offers/']")
			.count() === 0, "it can be accepted again");
	});
	await step("a clerk approves the transfer", async () => {
		const [one] = s.clerks;

		await clerk.open(one, s.transfer);
		await clerk.command(one, "claim");
		await clerk.decide(one, "approve", 2011, {});
		await clerk.says(one, "Issued");
	});
	await step("the vehicle is the buyer's", async () => {
		await other.go(s.vehicle);
		await stands(other, /^\/vehicles\/[0-9a-f-]{36}$/);
		await other.press(other.page.locator(
			"main a[href$='/certificate']"));
		await clerk.says(other, buyer.name);
	});
	await step("and not the seller's any more", async () => {
		await r.go(s.vehicle);
		await stands(r, /^\/vehicles\/[0-9a-f-]{36}$/, 404);
	});
}

// The clerk's way to a vehicle's file.
async function lookUp(r, number) {
	await r.go("/desk/vehicles/search");
	await r.type({ by: "vin", value: number, purpose: "casework" });
	await r.press(r.button("/desk/vehicles/search"));
	await stands(r, /^\/desk\/vehicles\/file\//);
}

export async function burden(s) {
	const { step, buyer } = s;
	const [one] = s.clerks;
	const answers = lien();

	await step("the desk looks the vehicle up, and says why", async () => {
		await lookUp(one, s.vin);
		await clerk.says(one, s.vin);
	});
	await step("a clerk records a lien", async () => {
		await one.press(one.page.locator(
			"main a[href*='/apply/vehicle-lien?']").first());
		await one.press(one.button("/apply/"));
		await citizen.answerUntil(one, answers, /\/check\//);
		await one.press(one.button("/check/"));
		await stands(one, /^\/desk\/vehicles\/VL-/);
		s.lien = await citizen.sent(one);
	});
	await step("holds the case at once, and approves it", async () => {
		await clerk.decide(one, "approve", 2211, {});
		await clerk.says(one, "Issued");
	});
	await step("the owner is told, and cannot sell", async () => {
		const r = s.other;

		await r.go(s.vehicle);
		await clerk.says(r, answers.lender);
		must(await r.page.locator("main a[href*='vehicle-transfer']")
			.count() === 0, "a transfer is offered");
	});
	await step("nor by an address typed by hand", async () => {
		const r = s.other;
		const vehicle = s.vehicle.split("/").pop();

		await r.go("/vehicles/apply/vehicle-transfer?vehicle=" + vehicle);
		if (await r.button("/apply/").count() > 0)
			await r.press(r.button("/apply/"));
		if (/\/draft\//.test(r.at())) {
			await citizen.answerUntil(r, transfer(buyer, s.owner),
				/\/check\//);
			await r.press(r.button("/check/"));
		}
		must(!/\/submitted/.test(r.at()), "the transfer was filed");
		must(r.status() >= 400, `${r.at()} answers ${r.status()}`);
	});
}
