// SPDX-License-Identifier: Apache-2.0
//
// The log's own tables: entries, their order, what auditors search, and the
// tree above them.

import { attack, by, value } from "./copies.mjs";

const uuid = "[0-9a-f]{8}-[0-9a-f-]{27}";
const entry = (why) => new RegExp(`^First broken place: entry ${uuid}: ${why}`,
	"m");
const place = (why) => new RegExp(
	`^First broken place: log \\d{4}, place \\d+: (?:${why})`, "m");

// Entries by what they are about; their times are of the newest year.
const year = "(SELECT max(year) FROM audit.state)";
const some = (idx) => `(SELECT event_id FROM audit.seq
	WHERE year = ${year} AND idx = ${idx})`;
const entryOf = (type, more = "") => `(SELECT q.event_id FROM audit.q
	WHERE q.type = ${type} ${more} ORDER BY q.at DESC LIMIT 1)`;

export function entries() {
	attack("3. a row of audit.q has no leaf", by.live,
		`INSERT INTO audit.q SELECT gen_random_uuid(), at, room, type,
		    outcome, purpose, actor, office, subject, case_id,
		    table_code, row_id, row_version
		FROM audit.q WHERE event_id = ${some(5)};`,
		entry("audit\\.q has it, but it has no leaf"));
	attack("3. … or an image", by.live,
		`INSERT INTO audit.image SELECT gen_random_uuid(), 0, 71,
		    gen_random_uuid(), 1, sha256('');`,
		entry("an image stands in its name, but it has no leaf"));
	attack("a leaf is edited", by.live,
		`UPDATE audit.leaf SET leaf = set_byte(leaf, 40,
		    get_byte(leaf, 40) # 1) WHERE event_id = ${some(7)};`,
		entry("its (leaf|row)"));
	attack("… and the index sees it", by.seq,
		`UPDATE audit.leaf SET leaf = set_byte(leaf, 40,
		    get_byte(leaf, 40) # 1) WHERE event_id = ${some(7)};`,
		/place 7: its leaf is not the one that was given this place/);
	attack("a sealed detail is made unreadable", by.live,
		`UPDATE audit.leaf SET detail = set_byte(detail, 90,
		    get_byte(detail, 90) # 1) WHERE event_id = ${some(8)};`,
		entry("its sealed detail is not the one"));
	attack("an entry's arrival is backdated", by.live,
		`UPDATE audit.leaf SET ts = ts - interval '2 days'
		WHERE event_id = ${some(9)};`,
		entry("it arrived at another time than it says"));
	attack("… or its transaction", by.live,
		`UPDATE audit.leaf SET xid = '3'
		WHERE event_id = ${some(9)};`,
		entry("its row was written again, by another transaction"));
	attack("an image is edited", by.live,
		`UPDATE audit.image SET image = sha256(image)
		WHERE event_id = (SELECT event_id FROM audit.image
		    ORDER BY event_id LIMIT 1) AND n = 0;`,
		/First broken place: .*(says something else|list of its images)/);
	attack("7. a partition of the leaves is truncated", by.seq,
		() => `TRUNCATE audit.leaf_${value(`SELECT ${year}`)};`,
		/place 0: its leaf is gone/);
	attack("7. … and the entries' tables miss it", by.live,
		() => `TRUNCATE audit.leaf_${value(`SELECT ${year}`)};`,
		entry("(an image|audit\\.q)"));
}

export function search() {
	attack("8. audit.q: another time", by.live,
		`UPDATE audit.q SET at = at - interval '3 hours'
		WHERE event_id = ${some(11)};`,
		entry("audit\\.q says something else than its leaf"));
	attack("8. audit.q: another purpose", by.live,
		`UPDATE audit.q SET purpose = 12
		WHERE event_id = ${some(11)};`,
		entry("audit\\.q says something else than its leaf"));
	attack("8. audit.q: another version of the row", by.live,
		`UPDATE audit.q SET row_version = row_version + 1
		WHERE event_id = ${entryOf(2)};`,
		entry("audit\\.q names another row than its first image"));
	attack("8. a row of audit.q is deleted", by.live,
		`DELETE FROM audit.q WHERE event_id = ${some(11)};`,
		entry("its row of audit\\.q is gone"));
	const read = entryOf(1, "AND room = 3 AND actor IS NOT NULL");
	const another = `(SELECT a.id FROM identity.account a, audit.q q
		WHERE q.event_id = ${read} AND a.id <> q.actor LIMIT 1)`;
	const differs = (what) => new RegExp("level=alarm.*event=q-differs " +
		`entry=${uuid} why="audit\\.q names another ${what} than`);

	for (const [what, change] of [
		["actor", `actor = ${another}`],
		["office", "office = gen_random_uuid()"],
		["subject", "subject = gen_random_uuid()"],
		["row", "row_id = gen_random_uuid()"],
		["case", "case_id = gen_random_uuid()"]])
		attack(`8. audit.q: another ${what} who read a file`,
			by.room("vehicle"), `UPDATE audit.q SET ${change}
			WHERE event_id = ${read};`, differs(what));
	attack("8. audit.q: nobody, as if erased", by.room("vehicle"),
		`UPDATE audit.q SET subject = NULL, case_id = NULL,
		    row_id = NULL WHERE event_id = ${read};`,
		differs("subject"));
	attack("8. images that lost their rows, as if erased", by.room("vehicle"),
		`UPDATE audit.image SET row_id = NULL WHERE event_id =
		    ${entryOf(2, "AND room = 3 AND subject IS NOT NULL")};`,
		/its images have lost their rows, and nobody was erased/);
	attack("8. audit.q: another actor who configured something", by.q,
		`UPDATE audit.q SET actor = gen_random_uuid()
		WHERE event_id = ${entryOf(15, "AND room = 16")};`,
		differs("actor"));
}

export function message() {
	attack("10. a message is removed before it is handled",
		by.room("vehicle"),
		`DELETE FROM ops.message WHERE id = (SELECT id FROM ops.message
		    WHERE from_room = 3 ORDER BY id DESC LIMIT 1);`,
		/event=q-differs .* why="a message that its act sent is gone"/);
}

export function tree() {
	attack("the index names another leaf hash", by.seq,
		`UPDATE audit.seq SET leaf_hash = sha256(leaf_hash)
		WHERE year = ${year} AND idx = 13;`,
		/place 13: its leaf is not the one/);
	attack("two places of the index are swapped", by.seq,
		`ALTER TABLE audit.seq DROP CONSTRAINT seq_event_once;
		UPDATE audit.seq a SET event_id = b.event_id FROM audit.seq b
		WHERE a.year = ${year} AND b.year = a.year
		    AND a.idx IN (14, 15) AND a.idx + b.idx = 29;`,
		/place 14: its leaf is not the one/);
	attack("the end of the index is cut off", by.seq,
		`DELETE FROM audit.seq s USING audit.state t
		WHERE s.year = t.year AND s.idx = t.size - 1;`,
		place("a checkpoint has more|the index ends here"));
	attack("the root of a tile is changed", by.seq,
		`UPDATE audit.node SET hash = sha256(hash)
		WHERE year = ${year} AND level = 8 AND idx = 0;`,
		/place 256: the root of the tile that ends here is not that/);
	attack("… or is gone", by.seq,
		`DELETE FROM audit.node WHERE year = ${year} AND level = 8
		    AND idx = 0;`,
		/place 256: the root of the tile that ends here is gone/);
	attack("a kept checkpoint is replaced by an older one", by.seq,
		`UPDATE audit.ckpt c SET note = o.note FROM audit.ckpt o
		WHERE c.year = ${year} AND o.year = c.year
		    AND c.size = (SELECT max(size) FROM audit.ckpt
		        WHERE year = ${year})
		    AND o.size = (SELECT min(size) FROM audit.ckpt
		        WHERE year = ${year});`,
		place("the checkpoint of this size cannot be read"));
	attack("the sequencer's place is set back", by.seq,
		`UPDATE audit.state SET size = size - 1, root = sha256('')
		WHERE year = ${year};`,
		/^First broken place: log \d{4}, (place|the published)/m);
	attack("a year's log is gone from the database", by.seq,
		`DELETE FROM audit.ckpt WHERE year = ${year};
		DELETE FROM audit.node WHERE year = ${year};
		DELETE FROM audit.seq WHERE year = ${year};
		DELETE FROM audit.state WHERE year = ${year};`,
		/log \d{4}, the published checkpoint: it has \d+ entries/);
}
