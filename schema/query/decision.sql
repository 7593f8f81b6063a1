-- SPDX-License-Identifier: Apache-2.0
-- Decisions, information requests, fees.

-- name: decision_facts
-- rows: one
-- role: vehicle general
SELECT o.name, casework.deadline($2, $3)
FROM identity.office o WHERE o.id = $1;

-- name: decision_list
-- rows: many
-- role: vehicle general
SELECT d.id, d.event, d.outcome, d.decided_on, d.appeal_until, e.at, d.letter
FROM casework.decision d JOIN casework.event e ON e.id = d.event
WHERE d.application = $1 ORDER BY e.version DESC;

-- name: decision_reasons
-- rows: many
-- role: vehicle general
SELECT code FROM casework.reason WHERE event = $1 ORDER BY id;

-- name: inquiry_due
-- rows: one
-- role: vehicle general
SELECT casework.deadline($3, d.answer_days)
FROM form.definition d WHERE d.name = $1 AND d.version = $2;

-- name: inquiry_list
-- rows: many
-- role: vehicle general
SELECT id, row_version, state, cause, asked_on, due, items, question, answer
FROM casework.information_request WHERE application = $1
ORDER BY id DESC;

-- name: inquiry_overdue
-- rows: many
-- role: vehicle general
SELECT a.id, a.row_version, a.nonce, a.reference, a.form, a.form_version,
    a.room, a.office, a.applicant, a.thing, a.amount, a.state,
    a.submitted_at, a.due, a.suspended_on, a.assignee, a.recommender,
    a.decided_on, a.lease_until
FROM casework.application a
LEFT JOIN casework.information_request r
    ON r.application = a.id AND r.state = 'open'
WHERE a.state = 'awaiting_applicant' AND r.due < $1
    OR a.state = 'awaiting_acceptance' AND a.due < $1
ORDER BY a.id LIMIT $2;

-- name: fee_list
-- rows: many
-- role: vehicle general
SELECT id, row_version, nonce, line, currency, amount, state, cause
FROM casework.fee WHERE application = $1 ORDER BY id;

-- name: office_code
-- rows: one
-- role: vehicle general
SELECT code FROM identity.office WHERE id = $1;

-- name: ledger_account
-- rows: maybe
-- role: vehicle general balcao
SELECT id FROM ledger.account WHERE code = $1 AND currency = $2;
