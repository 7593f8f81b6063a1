-- SPDX-License-Identifier: Apache-2.0
-- What applicants see of their own applications.

-- name: apply_list
-- rows: many
-- role: vehicle general
SELECT id, row_version, nonce, reference, form, form_version, room, office,
    applicant, thing, amount, state, submitted_at, due, suspended_on,
    assignee, recommender, decided_on, lease_until
FROM casework.application WHERE applicant = $1 AND id = coalesce($2, id)
ORDER BY submitted_at DESC LIMIT 200;

-- name: apply_office
-- rows: one
-- role: vehicle general
SELECT name FROM identity.office WHERE id = $1;
