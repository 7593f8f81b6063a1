-- SPDX-License-Identifier: Apache-2.0
-- The desk: work lists across services, and one case as staff see it.

-- name: worklist_read
-- rows: many
-- role: desk
SELECT a.id, a.row_version, a.reference, a.form, a.room, a.state,
    a.submitted_at, a.due, a.assignee, s.handle,
    coalesce(a.lease_until > now(), false), o.name, count(*) OVER ()
FROM casework.application a
JOIN identity.office o ON o.id = a.office
LEFT JOIN identity.account s ON s.id = a.assignee
WHERE a.state IN ('awaiting_payment', 'queued', 'in_review',
    'awaiting_applicant', 'recommended')
    AND CASE $3::int4 WHEN 0 THEN a.assignee = $1
        WHEN 1 THEN a.office = $2
        WHEN 2 THEN a.office = $2 AND a.assignee IS NULL
        ELSE true END
    AND CASE $4::int4 WHEN 0 THEN true
        WHEN 1 THEN a.due < $5::date
        WHEN 2 THEN a.due >= $5::date AND a.due <= $6::date
        ELSE a.due > $6::date OR a.due IS NULL END
    AND ($7::text IS NULL OR a.state = $7)
    AND ($8::text IS NULL OR a.form = $8)
ORDER BY a.due NULLS LAST, a.submitted_at, a.id
LIMIT $9 OFFSET $10;

-- name: worklist_count
-- rows: one
-- role: desk
SELECT count(*) FILTER (WHERE office = $2 AND due < $3::date),
    count(*) FILTER (WHERE office = $2 AND due >= $3::date
        AND due <= $4::date),
    count(*) FILTER (WHERE office = $2
        AND (due > $4::date OR due IS NULL)),
    count(*) FILTER (WHERE office = $2 AND assignee IS NULL),
    count(*) FILTER (WHERE assignee = $1)
FROM casework.application
WHERE state IN ('awaiting_payment', 'queued', 'in_review',
    'awaiting_applicant', 'recommended') AND (office = $2 OR assignee = $1);

-- name: worklist_clerks
-- rows: many
-- role: desk
SELECT s.id, s.handle, o.name, (SELECT count(*)
    FROM casework.application a WHERE a.assignee = s.id
    AND a.state IN ('queued', 'in_review', 'awaiting_applicant',
        'recommended'))
FROM identity.account s JOIN identity.office o ON o.id = s.office
WHERE s.kind = 'staff' AND s.state = 'active'
    AND EXISTS (SELECT FROM identity.staff_role r WHERE r.account = s.id
    AND r.role = 'clerk' AND r.until_at IS NULL)
ORDER BY s.handle;

-- name: casefile_events
-- rows: many
-- role: vehicle general
SELECT e.id, e.version, e.action, e.from_state, e.to_state, e.role, s.handle,
    o.name, e.at, n.id, n.kind, n.body
FROM casework.event e
LEFT JOIN identity.account s ON s.id = e.actor
LEFT JOIN identity.office o ON o.id = e.office
LEFT JOIN casework.note n ON n.event = e.id
WHERE e.application = $1 ORDER BY e.version;

-- Forms that are for supervisors have no clerk.
-- name: casefile_actions
-- rows: many
-- role: vehicle general
SELECT action, CASE WHEN role = 'clerk' AND EXISTS (SELECT
    FROM casework.supervised WHERE form = $3) THEN 'supervisor'
    ELSE role END, needs_lease, second_person
FROM casework.transition
WHERE machine = 'application' AND from_state = $1 AND room = $2
ORDER BY action, role;

-- name: casefile_related
-- rows: many
-- role: vehicle general
SELECT reference, form, state, submitted_at FROM casework.application
WHERE id <> $1 AND (applicant = $2 OR thing = $3)
ORDER BY submitted_at DESC LIMIT 20;

-- name: casefile_handle
-- rows: one
-- role: vehicle general
SELECT handle FROM identity.account WHERE id = $1;
