// SPDX-License-Identifier: Apache-2.0
//
// The tables that a DBA would change first: what people applied for, what
// was decided, who is who, and money.

import { attack, by } from "./copies.mjs";

const uuid = "[0-9a-f]{8}-[0-9a-f-]{27}";
const one = (table) => `(SELECT id FROM ${table} ORDER BY id LIMIT 1)`;
const last = (table) => `(SELECT id FROM ${table} ORDER BY id DESC LIMIT 1)`;

// The first broken place is a row of that table, and why.
function first(table, why) {
	return new RegExp(`^First broken place: ${table.replace(".", "\\.")} ` +
		`${uuid}: ${why}`, "m");
}

export function rows(saved) {
	attack("1. a clear column of an audited row is edited", by.live,
		`UPDATE casework.application SET submitted_at = submitted_at -
		    interval '1 day'
		WHERE id = ${one("casework.application")};`,
		first("casework.application", "version \\d+ says something else"));
	attack("1. … and an envelope", by.live,
		`UPDATE casework.submission SET answers = set_byte(answers, 100,
		    get_byte(answers, 100) # 1)
		WHERE id = ${one("casework.submission")};`,
		first("casework.submission", "version 1 says something else"));
	attack("2. an audited row is deleted", by.live,
		`DELETE FROM casework.event WHERE id = ${last("casework.event")};`,
		first("casework.event", "the row is gone; the log has its " +
			"version 1"));
	attack("3. an audited row is inserted that no entry tells of", by.live,
		`INSERT INTO identity.staff_role
		SELECT gen_random_uuid(), 1, gen_random_uuid(), account,
		    'supervisor', now(), NULL
		FROM identity.staff_role WHERE role = 'clerk' LIMIT 1;`,
		first("identity.staff_role", "no entry tells of this row"));
	attack("4. two rows' envelopes are swapped", by.live,
		`UPDATE identity.person p SET data = o.data
		FROM (SELECT a.id, b.data FROM
		    (SELECT *, row_number() OVER (ORDER BY id) n
		    FROM identity.person) a JOIN
		    (SELECT *, row_number() OVER (ORDER BY id) n
		    FROM identity.person) b ON a.n + b.n = 3) o
		WHERE p.id = o.id;`,
		first("identity.person", "version \\d+ says something else"));
	attack("5. a row is rolled back to what it was", by.live,
		`UPDATE identity.person SET row_version = ${saved.row_version},
		    profile_version = ${saved.profile_version},
		    national_id = ${saved.national_id === "" ? "NULL" :
			`'\\x${saved.national_id}'`},
		    data = '\\x${saved.data}'
		WHERE id = '${saved.id}';`,
		first("identity.person", `the row has version ` +
			`${saved.row_version}; the log's newest is`));
	attack("5. … with the newer images", by.live,
		`UPDATE identity.person SET row_version = ${saved.row_version},
		    profile_version = ${saved.profile_version},
		    national_id = ${saved.national_id === "" ? "NULL" :
			`'\\x${saved.national_id}'`},
		    data = '\\x${saved.data}'
		WHERE id = '${saved.id}';
		DELETE FROM audit.image WHERE row_id = '${saved.id}'
		    AND row_version > ${saved.row_version};`,
		/^First broken place: entry .*the list of its images is/m);
	attack("6. a past decision is changed, with its event and its case",
		by.live,
		`UPDATE casework.decision SET outcome = 'refused'
		WHERE id = ${one("casework.decision")};
		UPDATE casework.event e SET to_state = 'refused',
		    action = 'refuse' FROM casework.decision d
		WHERE d.event = e.id AND d.id = ${one("casework.decision")};
		UPDATE casework.application a SET state = 'refused'
		FROM casework.decision d WHERE d.application = a.id
		    AND d.id = ${one("casework.decision")};`,
		new RegExp("^First broken place: casework\\.application [^]*" +
			"casework\\.event [^]*casework\\.decision ", "m"));
}

export function ledger() {
	attack("a ledger line is changed", by.live,
		`UPDATE ledger.posting SET amount = amount + sign(amount) * 100
		WHERE id = ${one("ledger.posting")};`,
		first("ledger.posting", "version 1 says something else"));
	attack("… or the balance behind it", by.live,
		`UPDATE ledger.posting SET balance_after = balance_after + 100
		WHERE id = ${one("ledger.posting")};`,
		first("ledger.posting", "its account's lines do not add up"));
	attack("… or the balance of an account", by.live,
		`UPDATE ledger.account SET balance = balance + 100
		WHERE id = ${one("ledger.account")};`,
		first("ledger.account", "its balance is not that of its lines"));
}
