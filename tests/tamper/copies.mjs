// SPDX-License-Identifier: Apache-2.0
//
// Attacks on copies: each finds a database and a published log as they were,
// the tool that has to report it says first that nothing is wrong, then the
// attack is really made, and the same tool names the first broken place.

import { join } from "node:path";

import { fact } from "../web/tap.mjs";
import { balcao, configuration, copy, room, scratch, sql, verify, witnesses,
	years } from "./portal.mjs";

const kept = "balcao_tamper_kept";
const victim = "balcao_tamper";
const keptTiles = join(scratch, "kept-tiles");
const tiles = join(scratch, "tiles");

export const target = { database: victim, tiles, kept,
	conf: configuration("victim.conf", victim, tiles) };

// No program may be connected to the instance's own database.
export function keep(from) {
	drop();
	sql("postgres", `CREATE DATABASE ${kept} TEMPLATE balcao`);
	copy(from, keptTiles);
	fresh();
}

export function drop() {
	for (const name of [victim, kept])
		sql("postgres", `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

function fresh() {
	sql("postgres", `DROP DATABASE IF EXISTS ${victim} WITH (FORCE)`);
	sql("postgres", `CREATE DATABASE ${victim} TEMPLATE ${kept}`);
	copy(keptTiles, tiles);
}

// As a superuser would: no trigger, no rule, no foreign key.
export function unlocked(text) {
	return `SET session_replication_role = replica;
DO $$
DECLARE
	t record;
BEGIN
	FOR t IN SELECT c.oid::regclass AS name FROM pg_class c
	    WHERE c.relkind IN ('r', 'p') AND c.relnamespace::regnamespace::text
	    NOT IN ('pg_catalog', 'information_schema') LOOP
		EXECUTE format('ALTER TABLE %s DISABLE TRIGGER ALL', t.name);
	END LOOP;
END $$;
BEGIN;
${text}
COMMIT;`;
}

// A value read from the victim.
export function value(text) {
	return sql(victim, text);
}

// Who reports: { status, text } of each.
export const by = {
	live: () => balcao(target.conf, "audit", "live"),
	seq: () => balcao(target.conf, "audit", "seq"),
	status: () => balcao(target.conf, "audit", "status"),
	q: () => balcao(target.conf, "audit", "q"),
	log: () => verify("log", years(tiles).pop()),
	chains: () => verify("chains", ...years(tiles), "--from-start"),
	room: (name) => () => room(target.conf, name),
	cosigned: () => verify("log", years(tiles).pop(), "--checkpoint",
		join(years(tiles).pop(), "checkpoint.cosigned"),
		...witnesses()),
};

// ask: what reports; says: the line that names the place.
export function attack(what, ask, act, says) {
	const faults = [];

	fresh();
	const before = ask();

	if (before.status !== 0)
		faults.push(`before: ${before.status} ${before.text}`);
	const text = typeof act === "string" ? act : act();

	if (text)
		sql(victim, unlocked(text));
	const after = ask();

	if (after.status !== 1 || !says.test(after.text))
		faults.push(`not reported: ${after.status}, wanted ${says}`,
			after.text.slice(0, 1500));
	return fact(what, faults);
}
