// SPDX-License-Identifier: Apache-2.0
//
// The most thorough forger: a decision is changed together with everything
// in the database that commits to it - its image, its entry, the entries
// after it that name that one, the index, the tree, the sequencer's state -
// until all tables agree. Only what is signed elsewhere does not.

import { attack, by, value } from "./copies.mjs";
import { cbor, leafHash, root, sha256, uuid } from "./bytes.mjs";

const newest = "(SELECT max(year) FROM audit.state)";
const decisionTable = 37;
const hex = (b) => `'\\x${b.toString("hex")}'`;

// A forged decision's row: [change, image].
function forgeRow() {
	const [id, version, event, application, decided, appeal, letter] =
		value(`SELECT id, row_version, event, application,
		    decided_on - date '1970-01-01',
		    appeal_until - date '1970-01-01', encode(letter, 'hex')
		FROM casework.decision ORDER BY id LIMIT 1`).split("|");
	const date = (text) => text === "" ? null : Number(text);
	const image = sha256(cbor([decisionTable, uuid(id), Number(version),
		uuid(event), uuid(application), "refused", date(decided),
		date(appeal), letter === "" ? null :
			Buffer.from(letter, "hex")]));

	return { id, image, text: `UPDATE casework.decision
		SET outcome = 'refused' WHERE id = '${id}';
		UPDATE audit.image SET image = ${hex(image)}
		WHERE row_id = '${id}';` };
}

// The list behind the entry's field 13, before and after.
function lists(row) {
	const [event, ...lines] = value(`SELECT event_id FROM audit.image
		WHERE row_id = '${row.id}';
		SELECT table_code, row_id, row_version, encode(image, 'hex')
		FROM audit.image WHERE event_id = (SELECT event_id
		FROM audit.image WHERE row_id = '${row.id}') ORDER BY n`)
		.split("\n");
	const list = (forged) => sha256(cbor(lines.map((line) => {
		const [table, id, version, image] = line.split("|");

		return [Number(table), uuid(id), Number(version),
			forged && id === row.id ? row.image :
				Buffer.from(image, "hex")];
	})));

	return { event, was: list(false), is: list(true) };
}

function replaced(leaf, pairs) {
	let out = leaf;

	for (const [was, is] of pairs) {
		const at = out.indexOf(was);

		if (at >= 0)
			out = Buffer.concat([out.subarray(0, at), is,
				out.subarray(at + was.length)]);
	}
	return out;
}

// Every leaf of the year in order, those forged that have to be.
function forgeLeaves(list) {
	const pairs = [[list.was, list.is]];
	const changes = [];
	const hashes = value(`SELECT s.event_id, encode(l.leaf, 'hex')
		FROM audit.seq s JOIN audit.leaf l USING (event_id)
		WHERE s.year = ${newest} ORDER BY s.idx`).split("\n")
		.map((line) => {
			const [event, text] = line.split("|");
			const leaf = Buffer.from(text, "hex");
			const forged = replaced(leaf, pairs);

			if (forged !== leaf) {
				pairs.push([sha256(leaf), sha256(forged)]);
				changes.push(`UPDATE audit.leaf
				SET leaf = ${hex(forged)}
				WHERE event_id = '${event}';
				UPDATE audit.seq
				SET leaf_hash = ${hex(leafHash(forged))}
				WHERE event_id = '${event}';`);
			}
			return leafHash(forged);
		});

	return { hashes, text: changes.join("\n") };
}

function forgeTree(hashes) {
	const changes = [];

	for (let i = 0; (i + 1) * 256 <= hashes.length; i++)
		changes.push(`UPDATE audit.node SET hash =
			${hex(root(hashes.slice(i * 256, (i + 1) * 256)))}
			WHERE year = ${newest} AND level = 8 AND idx = ${i};`);
	if (hashes.length >= 65536)
		throw new Error("too large a log to forge");
	changes.push(`UPDATE audit.state SET root = ${hex(root(hashes))}
		WHERE year = ${newest};`);
	return changes.join("\n");
}

// An UPDATE shows in the row's header; whoever rewrites a table can also
// make its rows anew, with transactions that fit.
const anew = `UPDATE audit.leaf SET xid = pg_current_xact_id()
	WHERE xmin::text::int8 = (pg_current_xact_id()::text::int8
	    & 4294967295);`;

function everything() {
	const row = forgeRow();
	const list = lists(row);
	const leaves = forgeLeaves(list);

	return [row.text, leaves.text, forgeTree(leaves.hashes), anew]
		.join("\n");
}

const without = `DELETE FROM audit.ckpt WHERE year = ${newest};
	DELETE FROM audit.cosigned WHERE year = ${newest};`;

export function rewrite() {
	attack("6. a decision and all that commits to it: a checkpoint " +
		"differs", by.seq, everything,
	/place \d+: the checkpoint of this size has another root/);
	attack("6. … and with all checkpoints deleted: what is published " +
		"differs", by.seq, () => everything() + without,
	/log \d{4}, the published \S+: it has another root than the first/);
}
