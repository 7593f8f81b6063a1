-- SPDX-License-Identifier: Apache-2.0
-- What each room may do beyond the generated INSERT and UPDATE rights of
-- audited tables. Grants are a state, not a history: every migrate takes all
-- rights back and gives these. A test takes each away in turn and requires
-- some statement of that room to fail; what no statement needs is not here.

-- every room with pages or a worker
GRANT USAGE ON SCHEMA ops, audit TO room_portal, room_account, room_vehicle,
    room_desk, room_auditor, room_courier, room_balcao;
GRANT EXECUTE ON FUNCTION ops.this_room() TO room_portal, room_account,
    room_vehicle, room_desk, room_auditor, room_courier;
GRANT EXECUTE ON FUNCTION audit.append, audit.see_key TO room_portal,
    room_account, room_vehicle, room_desk, room_auditor, room_courier,
    room_balcao;
GRANT SELECT (key_id) ON audit.key_seen TO room_portal, room_account,
    room_vehicle, room_desk, room_auditor, room_courier, room_balcao;

-- rooms with pages
GRANT USAGE ON SCHEMA identity TO room_portal, room_account, room_vehicle,
    room_desk, room_auditor;
GRANT EXECUTE ON FUNCTION identity.session_find, ops.try, ops.forgive
    TO room_portal, room_account, room_vehicle, room_desk, room_auditor;

-- messages: row security lets a room send as itself and take its own
GRANT INSERT (id, from_room, to_room, kind, ref, first_due, due, envelope,
    signature) ON ops.message TO room_portal, room_account, room_vehicle,
    room_desk, room_auditor, room_courier;
GRANT SELECT (id, from_room, to_room, kind, ref, first_due, due, attempts,
    state, leased_until, envelope, signature)
    ON ops.message TO room_account, room_vehicle, room_courier;
GRANT UPDATE (due, attempts, state, leased_until, ended_at, envelope)
    ON ops.message TO room_account, room_vehicle, room_courier;

-- casework
GRANT USAGE ON SCHEMA casework TO room_portal, room_account, room_vehicle,
    room_desk, room_auditor;
GRANT SELECT ON casework.application TO room_account, room_vehicle,
    room_desk, room_auditor;
GRANT EXECUTE ON FUNCTION casework.plan_filing, casework.file,
    casework.renew TO room_vehicle;
GRANT EXECUTE ON FUNCTION casework.plan, casework.act, casework.open
    TO room_vehicle, room_desk;

-- intake
GRANT USAGE ON SCHEMA form TO room_vehicle;
GRANT SELECT (name, version, room, source, signature) ON form.definition
    TO room_vehicle;
GRANT SELECT (name, valid_from, value) ON form.parameter TO room_vehicle;
GRANT SELECT, INSERT, DELETE ON form.draft TO room_vehicle;
GRANT UPDATE (blob_version, answers, changed_at) ON form.draft
    TO room_vehicle;
GRANT SELECT (id, application, number, answers) ON casework.submission
    TO room_vehicle;

-- decisions and information requests
GRANT SELECT (id, code, name) ON identity.office TO room_vehicle;
GRANT EXECUTE ON FUNCTION casework.deadline TO room_vehicle;
GRANT SELECT (answer_days) ON form.definition TO room_vehicle;
GRANT SELECT ON casework.decision, casework.information_request,
    casework.fee TO room_vehicle;
GRANT SELECT (event, code, id) ON casework.reason TO room_vehicle;
GRANT SELECT ON casework.event TO room_vehicle;

-- people as a service knows them
GRANT SELECT (room, subject, profile_version, data) ON casework.party
    TO room_vehicle;

-- ledger
GRANT USAGE ON SCHEMA ledger TO room_vehicle, room_balcao;
GRANT SELECT (id, code, currency) ON ledger.account
    TO room_vehicle, room_balcao;

-- balcao: compares rows, images and entries; the tables it administers it
-- may read by the generated grants
GRANT SELECT (event_id, n, table_code, row_id, row_version, image)
    ON audit.image TO room_balcao;
GRANT SELECT (year, event_id, leaf, detail, xmin) ON audit.leaf
    TO room_balcao;
GRANT SELECT (event_id, at, room, type, outcome, purpose, table_code, row_id,
    row_version) ON audit.q TO room_balcao;
GRANT SELECT (at) ON audit.cluster TO room_balcao;
GRANT SELECT (account_version, balance_after) ON ledger.posting
    TO room_balcao;
GRANT SELECT (balance, account_version) ON ledger.account TO room_balcao;
DO $$
DECLARE
	t regclass;
BEGIN
	FOR t IN SELECT c.oid FROM pg_class c
	    WHERE c.relrowsecurity
	    AND pg_get_userbyid(c.relowner) = 'balcao_owner'
	    AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid
	        AND p.polname = 'balcao_reads') LOOP
		EXECUTE format('CREATE POLICY balcao_reads ON %s
		    FOR SELECT TO room_balcao USING (true)', t);
	END LOOP;
END $$;

-- account: people, accounts, sessions, and what citizens see of themselves
GRANT SELECT (id, profile_version, data) ON identity.person TO room_account;
GRANT SELECT (id, nonce, subject, room, version, given_at)
    ON identity.profile_given TO room_account;
GRANT SELECT (person, kind, state, email, credential, handle, office,
    language, created_at) ON identity.account TO room_account;
GRANT SELECT (id, person, email, token_hash, data, expires_at), INSERT,
    DELETE ON identity.sign_up TO room_account;
GRANT SELECT (id, account, token_hash, expires_at, used_at), INSERT (id,
    account, token_hash, expires_at), UPDATE (used_at), DELETE
    ON identity.reset TO room_account;
GRANT SELECT (id, account, idle_until, expires_at, ended_at), INSERT (id,
    kind, account, person, application, language, created_at, idle_until,
    expires_at), UPDATE (ended_at, language), DELETE
    ON identity.session TO room_account;
GRANT SELECT (token_hash), INSERT ON identity.session_token TO room_account;
GRANT SELECT, INSERT, DELETE ON identity.link TO room_account;
GRANT SELECT (event_id, at, room, type, outcome, purpose, actor, office,
    subject, case_id) ON audit.q TO room_account;
GRANT SELECT (id, name) ON identity.office TO room_account;
GRANT EXECUTE ON FUNCTION identity.roles_of TO room_account;

-- the vehicle register
GRANT USAGE ON SCHEMA vehicle TO room_vehicle;
GRANT SELECT ON vehicle.vehicle, vehicle.title, vehicle.registration,
    vehicle.plate, vehicle.plate_assignment, vehicle.lien, vehicle.hold,
    vehicle.brand, vehicle.reading, vehicle.offer TO room_vehicle;
GRANT EXECUTE ON FUNCTION vehicle.open TO room_vehicle;

-- the desk
GRANT SELECT (id, name) ON identity.office TO room_desk;
GRANT SELECT (id, kind, state, handle, office) ON identity.account
    TO room_desk;
GRANT SELECT (account, role, until_at) ON identity.staff_role TO room_desk;
GRANT SELECT (id, handle) ON identity.account TO room_vehicle;
GRANT SELECT (machine, from_state, action, role, room, needs_lease,
    second_person) ON casework.transition TO room_vehicle;
GRANT SELECT (id, event, kind, body) ON casework.note TO room_vehicle;

-- auditor: the log's codes and pseudonyms, what names them, and the hashes.
-- No detail, no sealed column, no other room's record.
GRANT SELECT (event_id, at, room, type, outcome, purpose, actor, office,
    subject, case_id, table_code, row_id, row_version) ON audit.q
    TO room_auditor;
GRANT SELECT (event_id, n, table_code, row_id, row_version, image)
    ON audit.image TO room_auditor;
GRANT SELECT (year, event_id, leaf) ON audit.leaf TO room_auditor;
GRANT SELECT (year, idx, event_id, leaf_hash) ON audit.seq TO room_auditor;
GRANT SELECT (id, handle) ON identity.account TO room_auditor;
GRANT SELECT (id, name) ON identity.office TO room_auditor;
GRANT SELECT (id, row_version, application, version, action, from_state,
    to_state, actor, role, office, at) ON casework.event TO room_auditor;

-- portal: what is public of forms and applications, and not whose they are
GRANT USAGE ON SCHEMA form TO room_portal;
GRANT SELECT (name, version, room, source, signature, added_at)
    ON form.definition TO room_portal;
GRANT SELECT (name, valid_from, value) ON form.parameter TO room_portal;
GRANT SELECT (reference, form, form_version, room, state, submitted_at, due,
    decided_on) ON casework.application TO room_portal;
GRANT SELECT (code, name) ON identity.office TO room_portal;

-- sealer: orders the leaves and builds the tree over them; it reads no
-- detail, changes no entry, and appends its own like every room
GRANT USAGE ON SCHEMA audit TO room_sealer;
GRANT EXECUTE ON FUNCTION audit.append, audit.see_key TO room_sealer;
GRANT SELECT (key_id) ON audit.key_seen TO room_sealer;
GRANT SELECT (year, event_id, leaf, mac, xid, id) ON audit.leaf
    TO room_sealer;
GRANT SELECT (year, idx, event_id, leaf_hash), INSERT (year, idx, event_id,
    leaf_hash) ON audit.seq TO room_sealer;
GRANT SELECT (year, level, idx, hash), INSERT (year, level, idx, hash)
    ON audit.node TO room_sealer;
GRANT SELECT (year, size, low_xid, root, closed, mark), INSERT (year, size,
    low_xid, root, closed), UPDATE (size, low_xid, root, closed, mark)
    ON audit.state TO room_sealer;
GRANT SELECT, INSERT, UPDATE (sequence, last, prior, xid, closed)
    ON audit.chain TO room_sealer;
GRANT SELECT (year, idx, leaf), INSERT (year, idx, leaf) ON audit.rescued
    TO room_sealer;
GRANT SELECT (n), INSERT (n, system_identifier, at) ON audit.cluster
    TO room_sealer;
GRANT SELECT (year, size, note), INSERT (year, size, note, at)
    ON audit.ckpt TO room_sealer;
GRANT SELECT (year, size, signatures), INSERT (year, size, signatures,
    enough, note, at) ON audit.cosigned TO room_sealer;

-- balcao: compares index, tree and checkpoints
GRANT SELECT (year, size, low_xid, root, closed, mark) ON audit.state
    TO room_balcao;
GRANT SELECT (year, idx, event_id, leaf_hash) ON audit.seq TO room_balcao;
GRANT SELECT (xid, ts) ON audit.leaf TO room_balcao;
GRANT SELECT (year, level, idx, hash) ON audit.node TO room_balcao;
GRANT SELECT (year, size, note, at) ON audit.ckpt TO room_balcao;
GRANT SELECT (year, size, signatures, enough, note) ON audit.cosigned
    TO room_balcao;
GRANT SELECT (year, idx, leaf) ON audit.rescued TO room_balcao;
GRANT EXECUTE ON FUNCTION audit.standing TO room_portal, room_account,
    room_vehicle, room_desk, room_auditor, room_courier, room_sealer,
    room_balcao;

-- proofs of entries, in the rooms that give receipts and to auditors
GRANT SELECT (year, idx, event_id, leaf_hash) ON audit.seq
    TO room_account, room_vehicle;
GRANT SELECT (year, level, idx, hash) ON audit.node
    TO room_account, room_vehicle, room_auditor;
GRANT SELECT (year, size, note) ON audit.ckpt
    TO room_account, room_vehicle, room_auditor;
GRANT SELECT (year, size, signatures, enough, note) ON audit.cosigned
    TO room_account, room_vehicle, room_auditor;

-- every room with entries: what it wrote itself, to compare audit.q and
-- messages with it
GRANT USAGE ON SCHEMA ops TO room_sealer;
GRANT EXECUTE ON FUNCTION audit.own_entries, ops.sent TO room_portal, room_account,
    room_vehicle, room_desk, room_auditor, room_courier, room_sealer,
    room_balcao;
