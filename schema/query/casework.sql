-- SPDX-License-Identifier: Apache-2.0
-- Applications and their steps.

-- name: casework_get
-- rows: maybe
-- role: account vehicle general desk
SELECT id, row_version, nonce, reference, form, form_version, room, office,
    applicant, thing, amount, state, submitted_at, due, suspended_on,
    assignee, recommender, decided_on, lease_until
FROM casework.application WHERE id = $1;

-- name: casework_find
-- rows: maybe
-- role: account vehicle general desk auditor
SELECT id, row_version, nonce, reference, form, form_version, room, office,
    applicant, thing, amount, state, submitted_at, due, suspended_on,
    assignee, recommender, decided_on, lease_until
FROM casework.application WHERE reference = $1;

-- name: casework_plan_filing
-- rows: one
-- role: vehicle general
SELECT to_state, office, due
FROM casework.plan_filing($1, $2, $3, $4, $5, $6);

-- name: casework_file
-- rows: one
-- role: vehicle general
SELECT casework.file($1, $2,
    ROW($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
        NULL)::casework.event,
    ROW($17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29,
        $30, $31, $32, $33, $34, NULL)::casework.application);

-- name: casework_plan
-- rows: maybe
-- role: vehicle general desk
SELECT o.state, p.id, p.row_version, p.nonce, p.reference, p.form,
    p.form_version, p.room, p.office, p.applicant, p.thing, p.amount,
    p.state, p.submitted_at, p.due, p.suspended_on, p.assignee,
    p.recommender, p.decided_on, p.lease_until
FROM casework.application o,
    casework.plan($1, o.id, $3, $4, $5, $6) p
WHERE o.id = $2;

-- name: casework_act
-- rows: one
-- role: vehicle general desk
SELECT casework.act($1, $2,
    ROW($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
        NULL)::casework.event,
    ROW($17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29,
        $30, $31, $32, $33, $34, NULL)::casework.application);

-- name: casework_open
-- rows: one
-- role: vehicle general desk
SELECT casework.open($1, $2, $3);

-- name: casework_renew
-- rows: one
-- role: vehicle general
SELECT casework.renew($1, $2);
