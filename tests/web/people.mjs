// SPDX-License-Identifier: Apache-2.0
//
// People, vehicles and answers that are plainly made up, new ones each time,
// so that a stage can be run again on the same portal. Addresses are in a
// domain that no mail reaches (RFC 2606).

import { randomBytes, randomInt } from "node:crypto";

import { note, noted, reference, remember } from "./stage.mjs";

function checkDigit(digits) {
	const first = digits.length + 1;
	const sum = digits.reduce((s, d, i) => s + d * (first - i), 0);

	return sum % 11 < 2 ? 0 : 11 - sum % 11;
}

// Eleven digits, the last two computed from the others.
function cpf() {
	const digits = Array.from({ length: 9 }, () => randomInt(10));

	digits.push(checkDigit(digits));
	digits.push(checkDigit(digits));
	return digits.join("");
}

function letters(n) {
	return Array.from(randomBytes(n), (b) =>
		"bcdfghjklmnpqrstvwxz"[b % 20]).join("");
}

export function someone(first) {
	const family = `Exemplo-${letters(6)}`;
	const tag = letters(8);
	const number = String(1000 + randomInt(8999));
	const p = {
		name: `${first} ${family}`,
		email: `${first.toLowerCase()}.${tag}@example.org`,
		password: `sete ${tag} barcos ${number} verdes`,
		cpf: cpf(),
		born: "1984-05-17",
		phone: `+55 11 9${number}-${1000 + randomInt(8999)}`,
		street: `Rua ${letters(7)} das Demonstrações`,
		number,
	};

	for (const what of ["name", "email", "password", "cpf", "phone",
		"street"])
		remember(`${what} of a citizen`, p[what]);
	remember("family name of a citizen", family);
	return p;
}

// Restated from public records, for where the list is absent.
const restated = ["1M8GDM9AXKP042788", "1GKEV13728J123735",
	"19XFB4F24DE547421"];

const letterValues = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";

// The check digit of 49 CFR 565.15(c).
function withCheckDigit(vin) {
	const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
	const sum = [...vin].reduce((s, c, i) =>
		s + weights[i] * (letterValues.indexOf(c) % 10), 0);

	return vin.slice(0, 8) + "0123456789X"[sum % 11] + vin.slice(9);
}

// A real vehicle's number that this portal has not seen yet; when there is
// none left, one made up.
export function vin() {
	const list = reference("vehicles/vins.csv");
	const known = list === null ? restated : list.trim().split("\n")
		.slice(1).map((line) => line.split(",")[0])
		.filter((v) => v.length === 17);
	const used = noted("vins");
	const chosen = known.find((v) => !used.includes(v)) ??
		withCheckDigit(`9BWZZZ370VT${100000 + randomInt(899999)}`);

	note("vins", chosen);
	return remember("VIN", chosen);
}

function daysAgo(n) {
	return new Date(Date.now() - n * 86400000).toISOString().slice(0, 10);
}

// Answers by the name of the form's item. Dates and addresses have parts.
export function registration(p, number) {
	return {
		"vin": number,
		"make": "Exemplar",
		"model": remember("model", `Modelo ${letters(8)}`),
		"model-year": "2003",
		"category": "car",
		"colour": "blue",
		"fuel": "flex",
		"first-registered-abroad": "no",
		"inspection-certificate": remember("certificate number",
			`CI-${letters(9)}`),
		"inspection-date": daysAgo(20),
		"invoice-number": remember("invoice", `NF-${letters(9)}`),
		"purchase-date": daysAgo(30),
		"price": "48500",
		"seller-name": remember("seller", `Vende ${letters(8)} SA`),
		"owner-name": p.name,
		"owner-cpf": p.cpf,
		"owner-birth-date": p.born,
		"owner-address": { street: p.street, number: p.number,
			district: "Centro", city: "São Paulo", state: "SP",
			postcode: "01001-000" },
		"keeper-is-owner": "yes",
		"email": p.email,
		"phone": p.phone,
		"odometer": "31250",
		"plate-preference": "next",
		"true-and-complete": "yes",
	};
}

export function transfer(p, buyer) {
	return {
		"buyer-email": buyer.email,
		"sale-price": "41000",
		"sale-date": daysAgo(3),
		"odometer": "32000",
		"email": p.email,
		"phone": p.phone,
		"consequences": "yes",
		"true-and-complete": "yes",
	};
}

export function lien() {
	return {
		"lender": remember("lender", `Banco ${letters(8)}`),
		"contract": remember("contract", `K-${letters(9)}`),
		"contract-date": daysAgo(2),
	};
}

// What a browser sends for these answers, where the page has such fields.
export function fieldsFor(answers, names) {
	const fields = {};

	for (const name of names) {
		const cut = name.lastIndexOf("-");
		const item = answers[name] ?? answers[name.slice(0, cut)];
		const part = name.slice(cut + 1);

		if (answers[name] !== undefined &&
			typeof answers[name] === "string")
			fields[name] = answers[name];
		else if (typeof item === "object" && part in item)
			fields[name] = item[part];
		else if (typeof item === "string" &&
			["year", "month", "day"].includes(part))
			fields[name] = item.split("-")[
				["year", "month", "day"].indexOf(part)];
	}
	return fields;
}
