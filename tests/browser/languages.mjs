// SPDX-License-Identifier: Apache-2.0
//
// The pages that no chapter comes by, and the citizen's in Portuguese.

import { registration, someone } from "../web/people.mjs";
import { must } from "../web/tap.mjs";
import { Reader } from "./browser.mjs";
import * as citizen from "./citizen.mjs";
import * as clerk from "./clerk.mjs";

const { stands } = citizen;

const open = ["/", "/services", "/services/vehicle-registration", "/track", "/statistics", "/accessibility",
	"/privacy", "/contact", "/account/sign-in",
	"/account/sign-up", "/account/reset", "/account/reset/sent",
	"/vehicles/apply/vehicle-renewal", "/nowhere"];

const own = ["/account", "/account/profile", "/account/data",
	"/account/password", "/account/access-log", "/vehicles",
	"/vehicles/look", "/vehicles/applications"];

export async function everyday(s) {
	const { step } = s;
	const guest = await Reader.come("a guest", s.pages, { script: false });
	const r = s.citizen;

	await step("every open page opens", async () => {
		for (const path of open) {
			await guest.go(path);
			must(guest.status() === (path === "/nowhere" ? 404 : 200),
				`${path}: ${guest.status()}`);
		}
	});
	await step("anybody can track by the reference", async () => {
		await guest.go("/track");
		await guest.type({ reference: s.registration });
		await guest.press(guest.page.locator("main form button").first());
		await clerk.says(guest, s.registration);
		const text = await guest.text();

		must(![s.owner.name, s.vin, s.plate].some((v) =>
			text.includes(v)), () => text);
	});
	await step("every page of the citizen's own opens", async () => {
		for (const path of own) {
			await r.go(path);
			await stands(r, new RegExp(`^${path}`));
		}
	});
	await step("a plate is looked up, and no owner shown", async () => {
		await r.go("/vehicles/look");
		await r.type({ by: "plate", value: s.plate });
		await r.press(r.button("/vehicles/look"));
		const text = await r.text();

		must(r.status() === 200 && !text.includes(s.buyer.name), text);
	});
	await step("signing out ends it in every room", async () => {
		await r.go("/account");
		await r.press(r.button("/account/leave"));
		await r.go("/vehicles");
		await stands(r, /^\/account\/sign-in/);
	});
}

// Sentences of the English pages that a page in Portuguese lacks.
const english = /\b(Save and|Start now|Continue|Sign in|Your|Change|Back)\b/;

export async function portuguese(s) {
	const { step } = s;
	const p = someone("Iracema");
	const answers = registration(p, "9BWZZZ377VT004251");
	const r = await Reader.come("a reader of Portuguese", s.pages, {
		script: false, locale: "pt-BR" });
	const check = async () => {
		const text = await r.page.locator("body").innerText();

		must(await r.page.getAttribute("html", "lang") === "pt-BR" &&
			!english.test(text), () =>
			`${r.at()}: “${english.exec(text)?.[0]}” in: ${text}`);
	};

	await step("an account in Portuguese", async () => {
		await r.go("/account/sign-up");
		await check();
		await citizen.openAccount(r, p);
		await check();
		await citizen.signIn(r, p);
	});
	await step("an application in Portuguese, page by page", async () => {
		await r.go("/vehicles/apply/vehicle-registration");
		await check();
		await r.press(r.page.locator("main a.govuk-button"));
		await citizen.introduce(r, p);
		await r.press(r.button("/apply/"));
		while (/\/draft\//.test(r.at())) {
			await check();
			await citizen.answer(r, answers);
		}
		await stands(r, /\/check\//);
		await check();
	});
	await step("and is deleted unsent", async () => {
		await r.press(r.page.locator("main a[href*='/discard/']"));
		await check();
		await r.press(r.button("/discard/"));
		const all = await citizen.applications(r);

		must(all.length === 0, `there are ${all.join(", ")}`);
	});
}
