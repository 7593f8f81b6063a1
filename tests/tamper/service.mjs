// SPDX-License-Identifier: Apache-2.0
//
// Attacks that a running program has to refuse by itself: envelopes put back
// from an earlier day, and messages that no room wrote. They are made on the
// instance, and what was changed is put back.

import { Visitor } from "../web/client.mjs";
import { mails } from "../web/mailbox.mjs";
import { eventually } from "../web/stage.mjs";
import { fact, must } from "../web/tap.mjs";
import { balcao, conf, control, listen, sql } from "./portal.mjs";

// One statement without that trigger, which is always on otherwise.
function past(table, trigger, text) {
	sql("balcao", `BEGIN;
		ALTER TABLE ${table} DISABLE TRIGGER ${trigger};
		${text};
		SET CONSTRAINTS ALL IMMEDIATE;
		ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${trigger};
		COMMIT;`);
}

function data(id) {
	return sql("balcao", `SELECT encode(data, 'hex')
		FROM identity.person WHERE id = '${id}'`);
}

function putData(id, hex) {
	past("identity.person", "keep", `UPDATE identity.person
		SET data = '\\x${hex}' WHERE id = '${id}'`);
}

export async function envelope(saved) {
	const { id, person: p, visitor: v } = saved;
	const show = () => v.open("/account/profile");
	const right = await show();
	const now = data(id);

	must(right.status === 200 && right.text.includes(p.name),
		"the profile is not shown");
	putData(id, saved.data);
	const said = listen("account");
	const replayed = await show();
	const line = await said(/level=alarm/).catch((e) => String(e));
	const live = balcao(conf, "audit", "live");

	putData(id, now);
	const again = await show();

	fact("9. an old envelope in a newer row is not opened", replayed.status
		>= 500 && !replayed.text.includes(p.name) ? [] :
		[`${replayed.status}`]);
	fact("9. … the program raises an alarm that names it",
		line.includes("envelope-refused table=identity.person " +
			`row=${id}`) ? [] : [line]);
	fact("9. … and balcao audit live names the row", live.status === 1 &&
		live.text.startsWith("First broken place: identity.person " +
			`${id}: version`) ? [] : [live.text]);
	fact("9. … which opens again when it is put back",
		again.status === 200 && again.text.includes(p.name) ? [] :
		[`${again.status}`]);
}

// ---- messages

const columns = `from_room, to_room, kind, ref, first_due, due, envelope,
	signature`;

async function resetMail(p) {
	const v = new Visitor();

	await v.send(await v.open("/account/reset"), /^\/account\/reset/,
		{ email: p.email });
	const [id, hex] = (await eventually("a message to the courier", () =>
		sql("balcao", `SELECT id, encode(envelope, 'hex')
		FROM ops.message WHERE to_room = 13 AND state = 'open'
		ORDER BY id DESC LIMIT 1`))).split("|");

	return { id, envelope: hex };
}

const state = (id) => sql("balcao",
	`SELECT state FROM ops.message WHERE id = '${id}'`);

const ended = (id) => eventually(`message ${id} is handled`, () =>
	state(id) === "open" ? null : state(id));

// A message like that one with other columns, under another name.
function forge(id, change) {
	const forged = sql("balcao", "SELECT gen_random_uuid()");

	sql("balcao", `CREATE TEMP TABLE m AS
		SELECT ${columns} FROM ops.message WHERE id = '${id}';
		UPDATE m SET ${change};
		INSERT INTO ops.message (id, ${columns})
		SELECT '${forged}', ${columns} FROM m;`);
	return forged;
}

async function refused(what, id, said) {
	const now = await ended(id);
	const line = await said(new RegExp(`message-failed id=${id}`))
		.catch((e) => String(e));

	fact(what, now === "failed" && /level=alarm/.test(line) ? [] :
		[now, line]);
}

export async function messages(saved) {
	const p = saved.person;

	control("stop", "courier");
	const before = mails(p.email).length;
	const sent = await resetMail(p);
	const copied = forge(sent.id, "ref = ref");
	const posed = forge(sent.id, "from_room = 3");
	const said = listen("courier");

	control("start", "courier");
	await ended(sent.id);
	await refused("10. a message copied under another name is refused",
		copied, said);
	await refused("10. a message in another room's name is refused",
		posed, said);
	const once = mails(p.email).length;

	past("ops.message", "message_handled", `UPDATE ops.message
		SET state = 'open', envelope = '\\x${sent.envelope}',
		    ended_at = NULL, leased_until = NULL
		WHERE id = '${sent.id}'`);
	await ended(sent.id);
	fact("10. a message that is opened again has no second effect",
		once === before + 1 && mails(p.email).length === once ? [] :
		[`${before}, ${once}, ${mails(p.email).length}`]);
	sql("balcao", `DELETE FROM ops.message
		WHERE id IN ('${copied}', '${posed}')`);
	return sent;
}
