-- SPDX-License-Identifier: Apache-2.0
-- People, accounts, sessions: room account alone. Audited rows are written
-- by the generated statements; here is what is looked up, and what lives for
-- a while.

-- name: person_get
-- rows: maybe
-- role: account
SELECT row_version, profile_version, data
FROM identity.person WHERE id = $1;

-- name: person_given
-- rows: many
-- role: account
SELECT id, row_version, nonce, room, version, given_at
FROM identity.profile_given WHERE subject = $1 ORDER BY room;

-- name: account_by_email
-- rows: maybe
-- role: account
SELECT id, row_version, person, kind, state, email, credential, handle,
    office, language, created_at
FROM identity.account WHERE email = $1;

-- name: account_by_id
-- rows: maybe
-- role: account
SELECT id, row_version, person, kind, state, email, credential, handle,
    office, language, created_at
FROM identity.account WHERE id = $1;

-- The language that somebody with an account chose.
-- name: account_language
-- rows: maybe
-- role: account
SELECT language FROM identity.account WHERE person = $1
ORDER BY created_at DESC LIMIT 1;

-- A place among the two that may hash a password now; 0: none is free. It
-- goes with the connection, whatever happens.
-- name: account_slot_take
-- rows: one
-- role: account
SELECT CASE WHEN pg_try_advisory_lock(8443, 1) THEN 1
    WHEN pg_try_advisory_lock(8443, 2) THEN 2 ELSE 0 END;

-- name: account_slot_give
-- rows: one
-- role: account
SELECT pg_advisory_unlock(8443, $1);

-- name: sign_up_insert
-- rows: one
-- role: account
INSERT INTO identity.sign_up (id, person, email, token_hash, data, expires_at)
VALUES ($1, $2, $3, $4, $5, now() + make_interval(hours => $6));

-- name: sign_up_find
-- rows: maybe
-- role: account
SELECT id, person, email, data FROM identity.sign_up
WHERE token_hash = $1 AND expires_at > now();

-- name: sign_up_delete
-- rows: one
-- role: account
DELETE FROM identity.sign_up WHERE id = $1;

-- name: reset_insert
-- rows: one
-- role: account
INSERT INTO identity.reset (id, account, token_hash, expires_at)
VALUES ($1, $2, $3, now() + make_interval(hours => $4));

-- name: reset_find
-- rows: maybe
-- role: account
SELECT id, account FROM identity.reset
WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now();

-- name: reset_use
-- rows: one
-- role: account
UPDATE identity.reset SET used_at = now()
WHERE id = $1 AND used_at IS NULL AND expires_at > now();

-- name: session_insert
-- rows: one
-- role: account
INSERT INTO identity.session (id, kind, account, person, application,
    language, created_at, idle_until, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, now(), now() + make_interval(mins => $7),
    now() + make_interval(hours => $8));

-- A room's token is made from the session's own: made again, it is the same.
-- name: session_token_put
-- rows: maybe
-- role: account
INSERT INTO identity.session_token (token_hash, session, room)
VALUES ($1, $2, $3) ON CONFLICT (token_hash) DO NOTHING;

-- name: session_end
-- rows: maybe
-- role: account
UPDATE identity.session SET ended_at = now()
WHERE id = $1 AND ended_at IS NULL;

-- All of the account's but this one; NULL: all.
-- name: session_end_others
-- rows: many
-- role: account
UPDATE identity.session SET ended_at = now()
WHERE account = $1 AND id IS DISTINCT FROM $2 AND ended_at IS NULL;

-- name: session_language
-- rows: many
-- role: account
UPDATE identity.session SET language = $2
WHERE account = $1 AND ended_at IS NULL;

-- name: link_insert
-- rows: one
-- role: account
INSERT INTO identity.link (token_hash, application, person, room, expires_at)
VALUES ($1, $2, $3, $4, now() + make_interval(days => $5));

-- name: link_find
-- rows: maybe
-- role: account
SELECT application, person, room FROM identity.link
WHERE token_hash = $1 AND expires_at > now();

-- What is over goes, sessions a day later so that "signed out" is known.
-- name: sign_up_sweep
-- rows: many
-- role: account
DELETE FROM identity.sign_up WHERE expires_at < now();

-- name: reset_sweep
-- rows: many
-- role: account
DELETE FROM identity.reset WHERE expires_at < now();

-- name: link_sweep
-- rows: many
-- role: account
DELETE FROM identity.link WHERE expires_at < now();

-- name: session_sweep
-- rows: many
-- role: account
DELETE FROM identity.session WHERE expires_at < now() - interval '1 day'
    OR idle_until < now() - interval '1 day'
    OR ended_at < now() - interval '1 day';

-- name: history_applications
-- rows: many
-- role: account
SELECT reference, form, room, state, submitted_at, due, decided_on
FROM casework.application WHERE applicant = $1
ORDER BY submitted_at DESC LIMIT $2;

-- Entries about somebody, newest first, from before an instant on; $4 to $6
-- filter: from, until, kind (enum history_kind). An objection to an entry
-- comes with its case's reference and state.
-- name: history_entries
-- rows: many
-- role: account
SELECT q.event_id, q.at, q.room, q.type, q.outcome, q.purpose, q.actor,
    a.handle, o.name, identity.roles_of(q.actor), c.reference, x.reference,
    x.state
FROM audit.q
LEFT JOIN identity.account a ON a.id = q.actor
LEFT JOIN identity.office o ON o.id = q.office
LEFT JOIN casework.application c ON c.id = q.case_id
LEFT JOIN casework.objection b ON b.entry = q.event_id
    AND b.subject = q.subject
LEFT JOIN casework.application x ON x.id = b.application
WHERE q.subject = $1 AND (q.at, q.event_id) < ($2, $3)
    AND q.at >= $4 AND q.at < $5
    AND CASE $6::int4 WHEN 0 THEN true
        WHEN 1 THEN a.person IS DISTINCT FROM $1
        WHEN 2 THEN q.type = 1
        WHEN 3 THEN q.type IN (2, 3)
        WHEN 4 THEN q.type = 4
        WHEN 5 THEN q.type = 5
        WHEN 6 THEN q.type = 10 OR q.outcome <> 0
        ELSE q.type = 9 END
ORDER BY q.at DESC, q.event_id DESC LIMIT $7;

-- name: history_first
-- rows: one
-- role: account
SELECT min(at) FROM audit.q WHERE subject = $1;
