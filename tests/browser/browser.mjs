// SPDX-License-Identifier: Apache-2.0
//
// Chromium, and people who use it. Each has a browser of their own to the
// last cookie; what they see is kept for the checkers (pages.mjs).

import process from "node:process";

import { chromium } from "playwright-core";

import { url } from "../web/stage.mjs";

export const path = process.env.CHROMIUM ?? "/usr/bin/chromium";

const patience = 20000;		// ms for anything at all

let browser = null;

export async function start() {
	browser = await chromium.launch({ executablePath: path, args: [
		"--no-sandbox", "--disable-gpu", "--disable-quic",
		"--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync"] });
}

export async function stop() {
	await browser?.close();
}

// options: script (true), locale ("en-GB"), width (1280).
export async function context(options = {}) {
	const width = options.width ?? 1280;
	const made = await browser.newContext({
		baseURL: url,
		ignoreHTTPSErrors: true,
		javaScriptEnabled: options.script ?? true,
		locale: options.locale ?? "en-GB",
		viewport: { width, height: 800 },
		isMobile: width < 600,
		hasTouch: width < 600,
	});

	made.setDefaultTimeout(patience);
	return made;
}

export class Reader {
	constructor(name, page, pages) {
		this.name = name;
		this.page = page;
		this.pages = pages;
		this.last = null;
		page.on("response", (response) => this.see(response));
	}

	static async come(name, pages, options) {
		const own = await context(options);

		return new Reader(name, await own.newPage(), pages);
	}

	// A page as it came, before a browser mended it.
	async see(response) {
		const request = response.request();
		const type = response.headers()["content-type"] ?? "";

		if (!request.isNavigationRequest() ||
			!type.startsWith("text/html") ||
			(response.status() >= 300 && response.status() < 400))
			return;
		this.last = { url: response.url(), status: response.status() };
		try {
			this.pages.add({ ...this.last, headers:
				response.headers(), html: await response.text() });
		} catch {
			// A page left before it had come is not one seen.
		}
	}

	at() {
		const { pathname, search } = new URL(this.page.url());

		return pathname + search;
	}

	status() {
		return this.last?.status;
	}

	heading() {
		return this.page.locator("h1").first().innerText();
	}

	text() {
		return this.page.locator("main").innerText();
	}

	async go(to) {
		await this.page.goto(to);
	}

	// Press something that leads to another page.
	async press(what) {
		await Promise.all([
			this.page.waitForNavigation({ waitUntil: "load" }),
			what.click(),
		]);
	}

	button(action, name) {
		const forms = this.page.locator(`main form[action*="${action}"]`);

		return name === undefined ?
			forms.locator("button:not([name])").first() :
			forms.locator(`button[name="${name}"]`).first();
	}

	// Fill in what the page has of these fields: control name to value.
	async type(fields) {
		for (const [name, value] of Object.entries(fields)) {
			const all = this.page.locator(`main [name="${name}"]`);

			if (await all.count() === 0)
				continue;
			await this.typeOne(all, String(value));
		}
	}

	async typeOne(all, value) {
		const kind = await all.first().evaluate((e) =>
			e.type ?? e.localName);

		if (kind === "radio" || kind === "checkbox")
			await all.and(this.page.locator(
				`[value="${value}"]`)).check();
		else if (kind === "select-one")
			await all.selectOption(value);
		else
			await all.fill(value);
	}

	// The names of what can be filled in.
	names() {
		return this.page.locator("main form[method=post] [name]")
			.evaluateAll((list) => [...new Set(list.filter((e) =>
				e.type !== "hidden" && e.localName !== "button")
				.map((e) => e.name))]);
	}

	async leave() {
		await this.page.context().close();
	}
}
