// SPDX-License-Identifier: Apache-2.0
//
// The gallery's pages under outside checkers: html-validate for the markup,
// axe-core in chromium for readers with any ability, at two widths, and that
// nothing is asked of the network and nothing is wider than the screen.
// "node gallery.mjs DIRECTORY" of what the gallery program wrote; prints TAP.
// No server: the browser's requests are answered from the files, under the
// content policy of the real pages.

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync }
	from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const widths = [1280, 375, 320];
const directory = resolve(process.argv[2] ?? ".");
const assets = fileURLToPath(new URL("../../assets/build", import.meta.url));
const origin = "https://gallery.invalid";
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const types = { html: "text/html; charset=utf-8", css: "text/css",
	svg: "image/svg+xml" };

function skip(why) {
	console.log(`1..0 # SKIP ${why}`);
	process.exit(0);
}

async function load(name) {
	try {
		return await import(name);
	} catch {
		return skip(`${name} is not installed`);
	}
}

if (!existsSync(browserPath))
	skip("chromium is not installed");
const { chromium } = await load("playwright-core");
const { HtmlValidate } = await load("html-validate");
const axe = (await load("axe-core")).default;
const pages = readdirSync(directory).filter((f) => f.endsWith(".html"));

if (pages.length === 0) {
	console.log("Bail out! No page to look at");
	process.exit(1);
}

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

const arguments_ = ["--no-sandbox", "--disable-gpu", "--disable-quic",
	"--no-first-run", "--disable-background-networking",
	"--disable-component-update", "--disable-sync"];
let number = 0;
let well = true;

function report(name, faults) {
	const ok = faults.length === 0;

	well &&= ok;
	console.log(`${ok ? "ok" : "not ok"} ${++number} - ${name}`);
	for (const fault of faults)
		console.log(`#   ${fault}`);
}

async function markup(page) {
	const text = readFileSync(join(directory, page), "utf8");
	const { results } = await validator.validateString(text, page);

	report(`${page}: html-validate`, results.flatMap((r) => r.messages).map(
		(m) => `${m.ruleId} at ${m.line}:${m.column}: ${m.message}`));
}

async function answer(route, faults) {
	const { pathname, origin: asked } = new URL(route.request().url());
	const path = pathname.startsWith("/assets/") ?
		join(assets, pathname.slice("/assets/".length)) :
		join(directory, pathname);

	if (asked !== origin || !existsSync(path)) {
		faults.push(`asked for ${route.request().url()}`);
		return route.abort();
	}
	return route.fulfill({
		body: readFileSync(path),
		contentType: types[path.split(".").pop()],
		headers: { "content-security-policy": policy },
	});
}

async function reader(context, page, width) {
	const tab = await context.newPage();
	const faults = [];

	tab.on("console", (m) => {
		if (m.type() === "error")
			faults.push(`console: ${m.text()}`);
	});
	await tab.route("**/*", (route) => answer(route, faults));
	await tab.goto(`${origin}/${page}`);
	await tab.evaluate(axe.source);
	const found = await tab.evaluate(() => axe.run({
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
			"best-practice"],
	}));
	for (const v of found.violations)
		faults.push(`axe ${v.id}: ${v.help}: ` +
			v.nodes.map((n) => n.target.join(" ")).join(", "));
	const over = await tab.evaluate(() =>
		document.documentElement.scrollWidth - innerWidth);
	if (over > 0)
		faults.push(`${over} px wider than the screen`);
	report(`${page}: axe-core at ${width} px`, faults);
	await tab.close();
}

const profile = mkdtempSync(join(tmpdir(), "gallery-"));

console.log(`1..${pages.length * (1 + widths.length)}`);
for (const page of pages)
	await markup(page);
const first = { executablePath: browserPath, args: arguments_ };
for (const width of widths) {
	const context = await chromium.launchPersistentContext(
		join(profile, `${width}`),
		{ ...first, viewport: { width, height: 800 } });

	for (const page of pages)
		await reader(context, page, width);
	await context.close();
}
rmSync(profile, { recursive: true, force: true });
process.exit(well ? 0 : 1);
