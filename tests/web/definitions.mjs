// SPDX-License-Identifier: Apache-2.0
//
// What the forms of forms/ ask, as far as a test must know it to give an
// answer that will do: names, types, choices.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./stage.mjs";

function attributes(tag) {
	return Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)]
		.map(([, name, value]) => [name, value]));
}

// The items that a reader answers.
export function items(form) {
	const text = readFileSync(join(root, `forms/${form}.xml`), "utf8");

	return [...text.matchAll(/<item\b([^>]*)>(.*?)<\/item>/gs)]
		.map(([, tag, inside]) => ({ ...attributes(tag),
			choices: [...inside.matchAll(/<choice code="([^"]*)"/g)]
				.map(([, code]) => code) }))
		.filter((item) => item.given !== "true");
}

const day = new Date(Date.now() - 5 * 86400000).toISOString().slice(0, 10);

const plain = {
	text: "Um texto de exemplo",
	name: "Nome de Exemplo",
	email: "exemplo@example.org",
	phone: "+55 11 3333-4444",
	integer: "64321",
	money: "1500",
	date: day,
	yesno: "yes",
	declaration: "yes",
	cpf: "529.982.247-25",
	vin: "1M8GDM9AXKP042788",
	plate: "ABC1D23",
	address: { street: "Rua das Flores", number: "12", city: "São Paulo",
		state: "SP", postcode: "01001-000" },
};

// An answer to each that will do; over: some that shall be others.
export function answers(form, over = {}) {
	const all = {};

	for (const item of items(form))
		all[item.name] = item.choices[0] ?? plain[item.type];
	return { ...all, ...over };
}
