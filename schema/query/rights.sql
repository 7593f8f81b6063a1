-- SPDX-License-Identifier: Apache-2.0
-- Erasure: what holds it, what goes, and the keys behind it. The rows
-- themselves are written by the generated updates.

-- name: erasure_open
-- rows: one
-- role: vehicle general
SELECT count(*) FROM casework.application
WHERE applicant = $1 AND room = $2 AND casework.is_open(state);

-- When something was last done about each; not the request for erasure.
-- name: erasure_closed
-- rows: many
-- role: vehicle general
SELECT a.form, a.form_version, max(coalesce(a.decided_on,
    a.submitted_at::date))
FROM casework.application a
WHERE a.applicant = $1 AND a.room = $2 GROUP BY 1, 2;

-- All of somebody, oldest first.
-- name: rights_applications
-- rows: many
-- role: vehicle general
SELECT id, row_version, nonce, reference, form, form_version, room, office,
    applicant, thing, amount, state, submitted_at, due, suspended_on,
    assignee, recommender, decided_on, lease_until
FROM casework.application WHERE applicant = $1 AND room = $2 ORDER BY id;

-- name: casework_erase
-- rows: one
-- role: vehicle general
SELECT casework.erase($1, $2, $3);

-- name: erasure_drafts
-- rows: many
-- role: vehicle general
DELETE FROM form.draft WHERE person = $1;

-- name: audit_erase
-- rows: one
-- role: account vehicle general desk auditor
SELECT audit.erase($1, $2);

-- name: ops_erase
-- rows: one
-- role: account vehicle general desk auditor
SELECT ops.erase($1, $2);

-- name: key_drop_put
-- rows: maybe
-- role: account vehicle general desk auditor
INSERT INTO ops.key_drop (key_id, room, asked_at)
VALUES ($1, $2, now()) ON CONFLICT (key_id) DO NOTHING;

-- name: key_drop_list
-- rows: many
-- role: account vehicle general desk auditor
SELECT key_id FROM ops.key_drop ORDER BY asked_at LIMIT $1;

-- name: key_drop_done
-- rows: maybe
-- role: account vehicle general desk auditor
DELETE FROM ops.key_drop WHERE key_id = $1;

-- Account's rows.
-- name: erasure_find
-- rows: maybe
-- role: account
SELECT id, row_version, nonce, subject, application, state, cause,
    started_at, ended_at
FROM identity.erasure WHERE subject = $1 AND state = 'running';

-- name: erasure_parts
-- rows: many
-- role: account
SELECT id, row_version, erasure, room, state, reason, until, due, cause
FROM identity.erasure_part WHERE erasure = $1 ORDER BY room;

-- Rooms to ask again, with whom it is about.
-- name: erasure_due
-- rows: many
-- role: account
SELECT e.subject, p.id, p.row_version, p.erasure, p.room, p.state, p.reason,
    p.until, p.due, p.cause
FROM identity.erasure_part p
JOIN identity.erasure e ON e.id = p.erasure AND e.state = 'running'
WHERE p.due < $1 ORDER BY p.due LIMIT 50;

-- name: account_by_person
-- rows: many
-- role: account
SELECT id, row_version, person, kind, state, email, credential, handle,
    office, language, created_at
FROM identity.account WHERE person = $1;

-- name: erasure_relations
-- rows: many
-- role: account
SELECT id, row_version, account, ended_at
FROM identity.relation WHERE subject = $1;

-- name: erasure_sign_ups
-- rows: many
-- role: account
DELETE FROM identity.sign_up WHERE person = $1;

-- name: erasure_resets
-- rows: many
-- role: account
DELETE FROM identity.reset WHERE account IN
    (SELECT id FROM identity.account WHERE person = $1);

-- name: erasure_links
-- rows: many
-- role: account
DELETE FROM identity.link WHERE person = $1;

-- name: erasure_sessions
-- rows: many
-- role: account
DELETE FROM identity.session WHERE person = $1;

-- name: erasure_copies
-- rows: many
-- role: account
DELETE FROM identity.copy WHERE subject = $1;

-- name: copy_insert
-- rows: one
-- role: account
INSERT INTO identity.copy (id, subject, asked_at, expires_at)
VALUES ($1, $2, $3, $4);

-- name: copy_part_insert
-- rows: one
-- role: account
INSERT INTO identity.copy_part (id, copy, room, answered_at, data)
VALUES ($1, $2, $3, $4, $5);

-- name: copy_part_take
-- rows: maybe
-- role: account
SELECT p.id FROM identity.copy_part p JOIN identity.copy c ON c.id = p.copy
WHERE c.id = $1 AND c.subject = $2 AND p.room = $3 AND p.data IS NULL;

-- name: copy_part_answer
-- rows: one
-- role: account
UPDATE identity.copy_part SET data = $2, answered_at = $3
WHERE id = $1 AND data IS NULL;

-- name: copy_find
-- rows: maybe
-- role: account
SELECT id, asked_at, expires_at FROM identity.copy
WHERE subject = $1 AND expires_at > now();

-- name: copy_parts
-- rows: many
-- role: account
SELECT id, room, answered_at, CASE WHEN $2 THEN data END
FROM identity.copy_part WHERE copy = $1 ORDER BY room;

-- name: copy_sweep
-- rows: many
-- role: account
DELETE FROM identity.copy WHERE expires_at < now();
