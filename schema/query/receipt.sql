-- SPDX-License-Identifier: Apache-2.0
-- Receipts: an entry, and the rows that it can still show as they stood.
-- Columns of rows are the audited ones, in the order of schema/registry.

-- name: receipt_list
-- rows: many
-- role: vehicle general
SELECT event_id, at, type FROM audit.receipts($1, $2);

-- name: receipt_entry
-- rows: maybe
-- role: vehicle general
SELECT leaf, detail FROM audit.receipt($1, $2);

-- name: receipt_images
-- rows: many
-- role: vehicle general
SELECT table_code, row_id, row_version, image
FROM audit.receipt_images($1, $2);

-- name: receipt_application
-- rows: maybe
-- role: vehicle general
SELECT id, row_version, nonce, reference, form, form_version, room, office,
    applicant, thing, amount, state, submitted_at, due, suspended_on,
    assignee, recommender, decided_on
FROM casework.application WHERE id = $1;

-- name: receipt_event
-- rows: maybe
-- role: vehicle general
SELECT id, row_version, nonce, application, version, action, from_state,
    to_state, actor, room, role, office, at, cause
FROM casework.event WHERE id = $1;

-- name: receipt_submission
-- rows: maybe
-- role: vehicle general
SELECT id, row_version, application, event, number, answers
FROM casework.submission WHERE id = $1;

-- name: receipt_decision
-- rows: maybe
-- role: vehicle general
SELECT id, row_version, event, application, outcome, decided_on,
    appeal_until, letter
FROM casework.decision WHERE id = $1;

-- How many witnesses have signed a checkpoint that holds this entry.
-- name: receipt_witnesses
-- rows: one
-- role: portal vehicle general
SELECT coalesce(max(signatures), 0) FROM audit.cosigned
WHERE year = $1 AND size > $2;
