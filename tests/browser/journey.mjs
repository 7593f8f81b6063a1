// SPDX-License-Identifier: Apache-2.0
//
// Stage 30: people of every kind use the portal in a browser, from the first
// page to the last entry of the log; then every page that they saw goes
// before outside checkers.

import { someone, vin } from "../web/people.mjs";
import { account } from "../web/stage.mjs";
import { chain, done } from "../web/tap.mjs";
import * as audit from "./audit.mjs";
import { start, stop } from "./browser.mjs";
import * as languages from "./languages.mjs";
import { Pages } from "./pages.mjs";
import * as register from "./register.mjs";
import * as transfer from "./transfer.mjs";

const pages = new Pages();
const story = {
	step: chain(),
	pages,
	owner: someone("Joana"),
	buyer: someone("Bento"),
	vin: vin(),
	staff: [account("clerk"), account("clerk", 1)],
	auditor: account("auditor"),
	supervisor: account("supervisor"),
};

async function chapters() {
	await register.apply(story);
	await register.decide(story);
	await transfer.sell(story);
	await transfer.burden(story);
	await audit.find(story);
	await languages.everyday(story);
}

await start();
try {
	await Promise.all([chapters(), languages.portuguese({ ...story,
		step: chain() })]);
	await pages.check();
} finally {
	await stop();
}
done();
