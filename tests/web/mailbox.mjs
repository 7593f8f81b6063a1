// SPDX-License-Identifier: Apache-2.0
//
// The mails that a demonstration's courier puts into a folder.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { eventually, instance, url } from "./stage.mjs";

const folder = join(instance, "mail");

function decode(text) {
	const bytes = text.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g,
		(_, hex) => String.fromCharCode(parseInt(hex, 16)));

	return Buffer.from(bytes, "latin1").toString("utf8");
}

function read(name) {
	const text = readFileSync(join(folder, name), "latin1");
	const cut = text.search(/\r?\n\r?\n/);
	const head = text.slice(0, cut).replace(/\r?\n[ \t]+/g, " ");

	return {
		name,
		to: /^To: *(.*?)\r?$/m.exec(head)?.[1].toLowerCase(),
		language: /^Content-Language: *(.*?)\r?$/m.exec(head)?.[1],
		text: decode(text.slice(cut)),
	};
}

// What that address has been sent so far; names are UUIDv7, and so in order.
export function mails(address) {
	return readdirSync(folder).filter((f) => f.endsWith(".eml")).sort()
		.map(read).filter((m) => m.to?.includes(address.toLowerCase()));
}

// A mail to that address with a link whose path matches, once it is there.
export function link(address, pattern, after = 0) {
	return eventually(`a mail to ${address} with ${pattern}`, () => {
		for (const mail of mails(address).slice(after).reverse()) {
			const at = mail.text.indexOf(url);
			const path = at < 0 ? "" :
				mail.text.slice(at + url.length).split(/\s/)[0];

			if (pattern.test(path))
				return { path, mail };
		}
		return null;
	});
}
