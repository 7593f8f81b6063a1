// SPDX-License-Identifier: Apache-2.0
//
// The first chapter: somebody without an account becomes the owner of a
// registered vehicle. The citizen's browser runs no script.

import { registration } from "../web/people.mjs";
import { remember } from "../web/stage.mjs";
import { link, mails } from "../web/mailbox.mjs";
import { must } from "../web/tap.mjs";
import { Reader } from "./browser.mjs";
import * as citizen from "./citizen.mjs";
import * as clerk from "./clerk.mjs";

const { stands } = citizen;
const form = "/vehicles/apply/vehicle-registration";

// s: step, pages, the people (owner, vin), and what one chapter leaves to
// the next (ana: the citizen's reader; registration: the reference).
export async function apply(s) {
	const { step, owner } = s;
	const answers = registration(owner, s.vin);
	let r = await Reader.come("the citizen", s.pages, { script: false });

	await step("from the first page to the form", async () => {
		await r.go("/");
		await r.press(r.page.locator("a[href='/services']").first());
		await r.press(r.page.locator(
			"main a[href*='vehicle-registration']").first());
		if (r.at() !== form)
			await r.press(r.page.locator(
				`main a[href^='${form}']`).first());
		await stands(r, /^\/vehicles\/apply\/vehicle-registration/);
	});
	await step("an account, confirmed by the link in a mail", () =>
		citizen.openAccount(r, owner));
	await step("a wrong password is refused in words", async () => {
		await citizen.signIn(r, { ...owner, password: "not this one" });
		await stands(r, /^\/account\/sign-in/, 422);
		must(await r.page.locator(".govuk-error-summary").count() === 1,
			"no error summary");
	});
	await step("the service is told who comes, once they agree",
		async () => {
			await r.go(form);
			await r.press(r.page.locator("main a.govuk-button"));
			await citizen.signIn(r, owner);
			await citizen.introduce(r, owner);
			await stands(r, new RegExp(`^${form}`));
		});
	await step("a draft begins", async () => {
		await r.press(r.button("/apply/"));
		await stands(r, /\/draft\/[0-9a-f-]+\/vehicle$/);
	});
	await step("what cannot be is said at its question", async () => {
		await citizen.answer(r, { ...answers, "vin": "IOQ",
			"model-year": "3000" });
		await stands(r, /\/draft\/[0-9a-f-]+\/vehicle$/, 422);
		await r.page.locator(".govuk-error-summary a[href='#vin']")
			.click();
		must(await r.page.locator("#vin-error").count() === 1,
			"no message at the field");
		must(await r.page.inputValue("#make") === answers.make,
			"what was right is gone");
	});
	await step("leaves half-way", async () => {
		await citizen.answerUntil(r, answers, /\/purchase$/);
		await citizen.saveForLater(r, {
			"invoice-number": answers["invoice-number"] });
		await r.leave();
	});
	await step("and goes on where it stopped, in another browser",
		async () => {
			r = await Reader.come("the citizen", s.pages,
				{ script: false });
			s.citizen = r;
			await r.go("/vehicles/applications");
			await citizen.signIn(r, owner);
			await stands(r, /^\/vehicles\/applications$/);
			await r.press(r.page.locator(
				"main a[href*='/draft/']").first());
			await stands(r, /\/draft\/[0-9a-f-]+\/purchase$/);
			must(await r.page.inputValue("#invoice-number") ===
				answers["invoice-number"], "half an answer is gone");
		});
	await step("answers the rest, prefilled from the profile", async () => {
		await citizen.answerUntil(r, answers, /\/owner$/);
		must(await r.page.inputValue("#owner-name") === owner.name,
			"the name is not prefilled");
		await citizen.answerUntil(r, answers, /\/check\//);
	});
	await step("corrects an answer on the check page", async () => {
		await r.press(r.page.locator(
			"main a[href*='/vehicle?return=check']").first());
		await r.type({ colour: "green" });
		await r.press(r.button("/draft/"));
		await stands(r, /\/check\//);
		await clerk.says(r, "Green", s.vin, owner.name);
	});
	await step("sends it three times at once: one application", async () => {
		const answered = await citizen.sendAtOnce(r, 2);

		await r.press(r.button("/check/"));
		await stands(r, /\/submitted/);
		s.registration = await citizen.sent(r);
		must(answered.every((a) => a === `303 ${s.registration}`), () =>
			`${answered.join(", ")} and ${s.registration}`);
		await clerk.says(r, "R$");
		const all = await citizen.applications(r);

		must(new Set(all).size === 1, `there are ${all.join(", ")}`);
	});
	await step("a mail says that it arrived, and leads to it", async () => {
		const { path } = await link(owner.email,
			/^\/vehicles\/applications\//);

		await r.go(path);
		await clerk.says(r, s.registration, "Waiting for payment");
	});
}

export async function decide(s) {
	const { step } = s;
	const [one, two] = await Promise.all(["DET-014", "DET-015"].map(
		(name) => Reader.come(name, s.pages, {})));
	const r = s.citizen;
	const question = remember("question",
		`De que cor é o carro de ${s.owner.name.split(" ")[1]}?`);
	const reply = remember("answer",
		`Prata, conforme a nota de ${s.owner.name.split(" ")[1]}.`);

	s.clerks = [one, two];
	await step("two clerks sign in", async () => {
		await clerk.enter(one, s.staff[0], "/desk");
		await clerk.enter(two, s.staff[1], "/desk");
	});
	await step("a clerk finds the case and takes the fee", async () => {
		await clerk.open(one, s.registration);
		await clerk.says(one, "Awaiting payment", s.vin, "Green");
		await clerk.command(one, "pay");
		await clerk.says(one, "Queued", "(paid)");
	});
	await step("the first to claim has it", async () => {
		await clerk.open(two, s.registration);
		await clerk.command(one, "claim");
		await clerk.says(one, "In review", "you, until");
	});
	await step("the second is refused, and sees who holds it", async () => {
		await clerk.command(two, "claim");
		await stands(two, /\/claim$/, 409);
		await clerk.says(two, "This was not done", "DET-014 holds");
		await clerk.open(two, s.registration);
		await clerk.says(two, "DET-014 is working on this case");
		must(await two.page.locator("form[action$='/claim']").count()
			=== 0, "the claim is still offered");
	});
	await step("a note for the file", async () => {
		const form = "details:has(form[action$='/note'])";

		await one.page.locator(`${form} > summary`).click();
		await one.page.locator(`${form} textarea`).fill(remember("note",
			`Conferido com ${s.owner.name}.`));
		await clerk.command(one, "note");
		await clerk.says(one, `Conferido com ${s.owner.name}.`);
	});
	let before = 0;

	await step("the clerk asks, and the case waits", async () => {
		before = mails(s.owner.email).length;
		await clerk.ask(one, question, ["colour"]);
		await clerk.says(one, "Awaiting applicant", question);
	});
	await step("the citizen is mailed, and answers", async () => {
		const { path } = await link(s.owner.email,
			/^\/vehicles\/applications\//, before);

		await r.go(path);
		await clerk.says(r, question);
		await r.press(r.page.locator("main a[href$='/answer']"));
		await r.type({ colour: "silver", _answer: reply });
		await r.press(r.button("/answer"));
		await stands(r, new RegExp(`${s.registration}$`));
	});
	await step("the clerk reads the answer and approves", async () => {
		await clerk.open(one, s.registration);
		await clerk.says(one, reply, "Silver");
		if (await one.page.locator("form[action$='/claim']").count() > 0)
			await clerk.command(one, "claim");
		await clerk.decide(one, "approve", 1111, {
			remark: remember("remark",
				`Documentos de ${s.owner.name} em ordem.`) });
		await clerk.says(one, "Issued");
	});
	await step("the citizen has a letter", async () => {
		await r.go(`/vehicles/applications/${s.registration}`);
		await clerk.says(r, "Completed");
		await r.press(r.page.locator("main a[href*='/letter/']"));
		await clerk.says(r, s.owner.name, s.registration);
	});
	await step("and the certificate", async () => {
		await r.go("/vehicles");
		await r.press(r.page.locator(
			"main .govuk-summary-card a[href^='/vehicles/']").first());
		s.vehicle = r.at();
		await stands(r, /^\/vehicles\/[0-9a-f-]{36}$/);
		await r.press(r.page.locator("main a[href$='/certificate']"));
		await clerk.says(r, s.vin, s.owner.name);
		s.plate = remember("plate", /[A-Z]{3}[0-9][A-Z0-9][0-9]{2}/.exec(
			(await r.text()).replaceAll("-", ""))[0]);
	});
	await step("the citizen sees who looked at the file", async () => {
		await r.go("/account/access-log");
		await clerk.says(r, "DET-014");
	});
}
