// SPDX-License-Identifier: Apache-2.0
//
// Every distinct page that somebody saw, under outside checkers: its markup
// as it came (html-validate), and how it reads (axe-core), at a desk's width
// and a telephone's. The checkers get the pages from here and not from the
// portal again, so that nobody's case moves on while they look.

import { createRequire } from "node:module";

import { HtmlValidate } from "html-validate";

import { context } from "./browser.mjs";
import { url } from "../web/stage.mjs";
import { fact } from "../web/tap.mjs";

const require = createRequire(import.meta.url);
const axe = require("axe-core");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
	"best-practice"];

const validator = new HtmlValidate({
	extends: ["html-validate:standard", "html-validate:a11y"],
	rules: {
		// A date's fieldset says its role again, for JAWS reads its
		// hint only then; the Design System does so too.
		"no-redundant-role": "off",
		// The Design System gives links that look like buttons, and
		// banners, their role.
		"prefer-native-element": ["error", {
			exclude: ["button", "region", "search"],
		}],
	},
});

// An address without what differs from one person's page to another's.
function pattern(address) {
	const { pathname } = new URL(address);

	return pathname
		.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "{id}")
		.replace(/[A-Z]{2}-[0-9A-Z]{8}-[0-9A-Z]/g, "{reference}")
		.replace(/\/[\w-]{43}(?=\/|$)/g, "/{token}");
}

// What a page is made of, without its words: two of the same make, in two
// languages say, read alike.
function make(html) {
	return html.replace(/>[^<]*/g, ">").replace(/<!--.*?-->/gs, "")
		.replace(/ (?:id|for|name|value|href|action|lang|hreflang|content|datetime|aria-describedby|aria-label|d)="[^"]*"/g, "");
}

export class Pages {
	constructor() {
		this.seen = new Map();
		this.makes = new Set();
		this.count = 0;
	}

	// Pages differ by address, status, language, heading, and by what can
	// be done on them.
	add(page) {
		const text = page.html;
		const language = /<html lang="([^"]*)"/.exec(text)?.[1] ?? "?";
		const title = (/<title>(.*?)<\/title>/s.exec(text)?.[1] ?? "")
			.replace(/[A-Z]{2}-[0-9A-Z]{8}-[0-9A-Z]/g, "…");
		const actions = [...text.matchAll(/<form action="([^"]*)"/g)]
			.map(([, action]) => pattern(url + action));
		const name = `${pattern(page.url)} ${page.status} ${language}`;
		const key = [name, title, ...actions].join("\n");

		this.count++;
		if (this.seen.has(key))
			return;
		this.seen.set(key, { ...page, alike: this.makes.has(make(text)),
			name: `${name} “${title.split(" – ")[0]}”` });
		this.makes.add(make(text));
	}

	// By two pairs of eyes, as most machines have two cores.
	async check() {
		const rest = [...this.seen.values()];

		console.log(`# ${this.count} pages seen, ` +
			`${rest.length} of them distinct`);
		await Promise.all([checkAll(rest), checkAll(rest)]);
	}
}

async function checkAll(rest) {
	const tab = await (await context()).newPage();
	const look = new Look(tab);

	await look.begin();
	while (rest.length > 0)
		await checkOne(look, rest.shift());
	await tab.context().close();
}

async function checkOne(look, page) {
	const { results } = await validator.validateString(page.html);

	fact(`${page.name}: html-validate`, results.flatMap((r) => r.messages)
		.map((m) => `${m.ruleId} at ${m.line}:${m.column}: ` +
			m.message));
	fact(`${page.name}: ${page.alike ? "widths" : "axe-core, widths"}`,
		await look.at(page));
}

// A browser that is shown one page after the other.
class Look {
	constructor(tab) {
		this.tab = tab;
	}

	async begin() {
		const { tab } = this;

		tab.on("console", (m) => {
			if (m.type() === "error" &&
				!/server responded with a status of/.test(m.text()))
				this.faults.push(`console: ${m.text()}`);
		});
		await tab.route("**/*", (route) => this.answer(route));
	}

	answer(route) {
		const asked = route.request().url();

		if (asked === this.page.url)
			return route.fulfill({ status: 200,
				headers: this.page.headers,
				body: this.page.html });
		if (!asked.startsWith(`${url}/assets/`)) {
			this.faults.push(`asked for ${asked}`);
			return route.abort();
		}
		return route.continue();
	}

	async at(page) {
		this.page = page;
		this.faults = [];
		await this.tab.setViewportSize({ width: 1280, height: 800 });
		await this.tab.goto(page.url);
		if (!page.alike)
			await this.read();
		await this.narrow(375);
		await this.narrow(320);
		return this.faults;
	}

	async read() {
		await this.tab.evaluate(axe.source);
		const found = await this.tab.evaluate((only) =>
			axe.run({ runOnly: only }), tags);

		for (const v of found.violations)
			this.faults.push(`${v.impact}: ${v.id}: ${v.help}: ` +
				v.nodes.map((n) => n.target.join(" "))
				.join(", "));
	}

	// Nobody has to push a page sideways (WCAG 2.2, 1.4.10).
	async narrow(width) {
		await this.tab.setViewportSize({ width, height: 800 });
		const over = await this.tab.evaluate(() =>
			document.documentElement.scrollWidth <= innerWidth ? [] :
				[...document.querySelectorAll("main *")].filter((e) =>
					e.getBoundingClientRect().right > innerWidth)
					.map((e) => `${e.localName}.${e.className}` +
						` “${e.textContent.slice(0, 60)}”`));

		if (over.length > 0)
			this.faults.push(`too wide at ${width} px: ` +
				over.join("; "));
	}
}
