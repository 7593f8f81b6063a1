-- SPDX-License-Identifier: Apache-2.0
-- Requests to open a sealed detail: asked and approved in room auditor, opened
-- in the room that wrote the entry.

-- name: detail_get
-- rows: maybe
-- role: portal account vehicle general desk auditor
SELECT id, row_version, entry, room, asker, state, asked_at, until_at,
    decider, decided_at, opened_at, reason
FROM auditor.detail_request WHERE id = $1;

-- What an auditor asked for; NULL: what waits for a supervisor, all of it.
-- name: detail_list
-- rows: many
-- role: auditor
SELECT d.id, d.row_version, d.entry, d.room, d.asker, d.state, d.asked_at,
    d.until_at, d.decider, d.decided_at, d.opened_at, d.reason,
    (SELECT s.handle FROM identity.account s WHERE s.id = d.asker)
FROM auditor.detail_request d
WHERE CASE WHEN $1::uuid IS NULL THEN d.state = 'asked' ELSE d.asker = $1 END
ORDER BY d.asked_at DESC LIMIT $2;

-- name: detail_over
-- rows: many
-- role: auditor
SELECT id, row_version, entry, room, asker, state, asked_at, until_at,
    decider, decided_at, opened_at, reason
FROM auditor.detail_request
WHERE state IN ('asked', 'approved') AND until_at < now()
ORDER BY until_at LIMIT $1;

-- name: detail_about
-- rows: one
-- role: portal account vehicle general desk auditor
SELECT at, type, subject, case_id FROM auditor.detail_about($1);

-- name: detail_move
-- rows: maybe
-- role: portal account vehicle general desk auditor
SELECT leaf, detail FROM auditor.detail_move($1, $2, $3, ROW($4, $5, $6, $7,
    $8, $9, $10, $11, $12, $13, $14, $15)::auditor.detail_request);

-- Whom an entry is about, for who asks to open it and who decides.
-- name: detail_entry
-- rows: maybe
-- role: auditor
SELECT room, subject, case_id FROM audit.q WHERE event_id = $1;
