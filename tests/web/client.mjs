// SPDX-License-Identifier: Apache-2.0
//
// A visitor without a browser: cookies, forms, and answers to look at. It
// trusts the instance's own certificate and no other.

import { createHmac, randomInt } from "node:crypto";
import https from "node:https";
import querystring from "node:querystring";

import { certificate, id, url } from "./stage.mjs";

// Each stage comes from an address of its own on this machine's loopback
// network: what one has tried too often is not counted against the next.
const localAddress = [127, 1, randomInt(256), 1 + randomInt(254)].join(".");

const agent = new https.Agent({ keepAlive: true, maxSockets: 8, family: 4,
	localAddress, ca: certificate });

const entities = { amp: "&", lt: "<", gt: ">", quot: "\"", apos: "'",
	nbsp: "\u00a0" };

export function unescape(text) {
	return text.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (all, name) => {
		if (name[0] !== "#")
			return entities[name] ?? all;
		return String.fromCodePoint(/^#x/i.test(name) ?
			parseInt(name.slice(2), 16) :
			parseInt(name.slice(1), 10));
	});
}

function attribute(tag, name) {
	const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);

	return found === null ? null : unescape(found[1]);
}

function controls(inside) {
	const all = [];
	const pattern =
		/<(input|button|select|textarea)\b([^>]*)>([^<]*<\/textarea>)?/g;

	for (const [, kind, tag, written] of inside.matchAll(pattern)) {
		const name = attribute(tag, "name");
		const type = attribute(tag, "type");

		if (name === null)
			continue;
		all.push({ name, kind,
			value: kind === "textarea" ?
				unescape(written.slice(0, -11)) :
				attribute(tag, "value") ?? "",
			hidden: type === "hidden",
			button: kind === "button",
			tick: type === "checkbox" || type === "radio",
			checked: /\schecked\b/.test(tag) });
	}
	return all;
}

// The forms of a page: where they go, what they hold.
export function forms(html) {
	return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(
		([, tag, inside]) => ({
			action: attribute(tag, "action"),
			method: attribute(tag, "method"),
			controls: controls(inside),
		}));
}

// The hidden fields of a form, and the names that a reader fills in.
export function hidden(form) {
	return Object.fromEntries(form.controls.filter((c) => c.hidden)
		.map((c) => [c.name, c.value]));
}

export function names(form) {
	return [...new Set(form.controls.filter((c) => !c.hidden && !c.button)
		.map((c) => c.name))];
}

export class Visitor {
	constructor(language = "en") {
		this.language = language;
		this.cookies = new Map();
	}

	cookie(room) {
		return this.cookies.get(`__Host-${id}-${room}`);
	}

	keep(lines) {
		for (const line of lines ?? []) {
			const [pair] = line.split(";");
			const cut = pair.indexOf("=");
			const name = pair.slice(0, cut);

			if (/; Max-Age=0/.test(line))
				this.cookies.delete(name);
			else
				this.cookies.set(name, pair.slice(cut + 1));
		}
	}

	headers(more) {
		const cookie = [...this.cookies].map(([n, v]) => `${n}=${v}`);
		const headers = { "accept-language": this.language, ...more };

		if (cookie.length > 0 && headers.cookie === undefined)
			headers.cookie = cookie.join("; ");
		for (const name of Object.keys(headers))
			if (headers[name] === null)
				delete headers[name];
		return headers;
	}

	// One request, no redirect followed. more: headers, null takes away.
	// A kept connection may have ended meanwhile: then once more.
	ask(method, path, more = {}) {
		const { body, headers = {} } = more;
		const options = { method, agent, headers: this.headers(headers),
			timeout: 30000 };

		return new Promise((resolve, reject) => {
			const request = https.request(url + path, options,
				(response) => this.take(path, response, resolve,
					reject));

			request.on("timeout", () => request.destroy(
				new Error(`${method} ${path}: no answer`)));
			request.on("error", (e) => request.reusedSocket &&
				/^(EPIPE|ECONNRESET)$/.test(e.code) ?
				resolve(this.ask(method, path, more)) :
				reject(e));
			request.end(body);
		});
	}

	take(path, response, resolve, reject) {
		const parts = [];

		response.on("data", (part) => parts.push(part));
		response.on("error", reject);
		response.on("end", () => {
			this.keep(response.headers["set-cookie"]);
			resolve({ path, status: response.statusCode,
				headers: response.headers,
				location: response.headers.location ?? null,
				text: Buffer.concat(parts).toString("utf8") });
		});
	}

	get(path, headers) {
		return this.ask("GET", path, { headers });
	}

	// As a form of our own page does it.
	post(path, fields, headers = {}) {
		return this.ask("POST", path, {
			body: querystring.stringify(fields),
			headers: {
				"content-type":
					"application/x-www-form-urlencoded",
				"origin": url,
				"sec-fetch-site": "same-origin",
				...headers,
			},
		});
	}

	async follow(answer) {
		for (let i = 0; i < 8 && answer.location !== null; i++)
			answer = await this.get(answer.location.replace(url,
				""));
		return answer;
	}

	async open(path) {
		return this.follow(await this.get(path));
	}

	// Send the form of that page whose action matches, with these values
	// over its hidden fields, and follow where it leads.
	async send(page, action, fields = {}) {
		const form = forms(page.text).find((f) =>
			f.method === "post" && action.test(f.action));

		if (form === undefined)
			throw new Error(`${page.path} (${page.status}) has no` +
				` form to ${action}: ${title(page)}`);
		return this.follow(await this.post(form.action,
			{ ...hidden(form), ...fields }));
	}
}

export function title(page) {
	return unescape(/<h1\b[^>]*>(.*?)<\/h1>/s.exec(page.text)?.[1]
		.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim() ??
		`status ${page.status} without a heading`);
}

// The token that the forms of a room carry for this visitor
// (cgi-bin/guard.h), without asking for a form first.
Visitor.prototype.tokenIn = function tokenIn(room) {
	const cookie = this.cookie(room);

	return cookie === undefined ? "" : createHmac("sha256",
		Buffer.from(cookie, "base64url")).update("csrf/1")
		.digest("base64url");
};
