// SPDX-License-Identifier: Apache-2.0
//
// Entries that have no place in the log yet: dropped from the middle of a
// writer's chain, from its end, or put in without a room's key. It leaves
// marks in the log for ever, so the instance is put back afterwards.

import { join } from "node:path";

import { Visitor } from "../web/client.mjs";
import { account, eventually, instance } from "../web/stage.mjs";
import { fact, must } from "../web/tap.mjs";
import * as walk from "../web/walk.mjs";
import { control, log, settled, sql, standing, verify, years }
	from "./portal.mjs";

// The writer's id of a leaf, whose room has a code below 24: RFC 8949 3.
const writer = "substr(l.leaf, 5, 8)";

const pending = `(SELECT l.*, q.room, ${writer} AS writer
	FROM audit.leaf l JOIN audit.q USING (event_id)
	WHERE NOT EXISTS (SELECT FROM audit.seq s
	    WHERE s.event_id = l.event_id)) AS p`;

function remove(events) {
	const list = events.map((e) => `'${e}'`).join(", ");

	for (const table of ["leaf", "q", "image"])
		sql("balcao", switched(`DELETE FROM audit.${table}
			WHERE event_id IN (${list})`));
}

// With every trigger off, and on again as it was.
function switched(text) {
	const tables = ["audit.leaf", "audit.q", "audit.image"];

	return `BEGIN;
		${tables.map((t) => `ALTER TABLE ${t} DISABLE TRIGGER keep_row;`)
		.join("\n")}
		${text};
		${tables.map((t) =>
		`ALTER TABLE ${t} ENABLE ALWAYS TRIGGER keep_row;`).join("\n")}
		COMMIT;`;
}

const lines = (text) => text.split("\n").filter(Boolean);

// The first of those that a writer wrote one after another.
async function dropMiddle({ clerk, reference }) {
	const found = await eventually("two entries of one writer", async () => {
		await clerk.open(`/desk/vehicles/${reference}`);
		return sql("balcao", `SELECT (array_agg(event_id ORDER BY id))[1]
			FROM ${pending} WHERE room = 3
			GROUP BY writer HAVING count(*) > 1 LIMIT 1`);
	});

	remove([found]);
}

const visits = (n) => Promise.all(Array.from({ length: n }, () =>
	walk.signIn(account("supervisor"), "desk", "/desk")));

// All that the programs of a room wrote before they ended.
async function dropTail() {
	await visits(4);
	control("stop", "account");
	const events = lines(sql("balcao", `SELECT event_id FROM ${pending}
		WHERE room = 2`));

	must(events.length > 0, "account wrote nothing");
	remove(events);
	control("start", "account");
	await eventually("account answers", async () => (await new Visitor()
		.get("/account/sign-in")).status === 200);
	await visits(4);
}

// A leaf of the right form, in account's name.
function forge() {
	sql("balcao", `CREATE TEMP TABLE f AS SELECT l.*, gen_random_uuid() AS new
		FROM audit.leaf l JOIN audit.q USING (event_id)
		WHERE q.room = 3 ORDER BY l.id DESC LIMIT 1;
		INSERT INTO audit.leaf (year, event_id, leaf, mac, detail)
		SELECT year, new, overlay(leaf PLACING decode(replace(new::text,
		    '-', ''), 'hex') FROM position(decode(replace(
		    event_id::text, '-', ''), 'hex') IN leaf)), mac, detail
		FROM f;
		INSERT INTO audit.q SELECT new, at, room, type, outcome, purpose,
		    actor, office, subject, case_id, table_code, q.row_id,
		    row_version FROM f JOIN audit.q USING (event_id);`);
}

export async function drop(saved) {
	const before = Number(standing().quarantined);
	const from = log("sealer").length;

	control("stop", "sealer");
	await dropMiddle(saved);
	await dropTail();
	forge();
	control("start", "sealer");
	await settled();
	const said = lines(log("sealer").slice(from)).filter((line) =>
		/level=alarm.*event=quarantine/.test(line));

	for (const [why, what] of [
		["chain", "12. a pending entry dropped from a chain"],
		["tail", "12. … or from its end"],
		["mac", "3. … or put in by nobody who has a room's key"]])
		fact(`${what}: the sealer names the entry`, said.some((line) =>
			new RegExp(`entry=\\S+ why=${why} `).test(line)) ? [] :
			said);
	const now = Number(standing().quarantined);

	fact("12. … balcao audit status counts them", now >= before + 3 ? [] :
		[`${before}, ${now}`]);
	const chains = verify("chains", ...years(join(instance, "tiles")),
		"--from-start");

	fact("12. … and balcao-verify chains names the first",
		chains.status === 1 && /Entry \d+ breaks the chain of writer /
			.test(chains.text) ? [] : [chains.text]);
	fact("12. … and the entry that names one which is gone",
		/Entry \d+ names a leaf before it that is in no log/
			.test(chains.text) ? [] : [chains.text]);
}
