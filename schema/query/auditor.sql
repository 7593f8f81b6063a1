-- SPDX-License-Identifier: Apache-2.0
-- What auditors ask of the log: codes, times and pseudonyms. Details stay
-- sealed.

-- A filter that is NULL lets everything through. $10 is the last entry of the
-- page before.
-- name: auditlog_search
-- rows: many
-- role: auditor
SELECT q.event_id, q.at, q.room, q.type, q.outcome, q.purpose, q.actor,
    s.handle, o.name, q.subject, q.case_id, a.reference, q.table_code,
    q.row_id, q.row_version
FROM (SELECT event_id, at, room, type, outcome, purpose, actor, office,
        subject, case_id, table_code, row_id, row_version
    FROM audit.q
    WHERE ($1::timestamptz IS NULL OR at >= $1)
        AND ($2::timestamptz IS NULL OR at < $2)
        AND ($3::int2 IS NULL OR room = $3)
        AND ($4::int2 IS NULL OR type = $4)
        AND ($5::int2 IS NULL OR outcome = $5)
        AND ($6::uuid IS NULL OR actor = $6)
        AND ($7::uuid IS NULL OR case_id = $7)
        AND ($8::uuid IS NULL OR subject = $8)
        AND ($9::uuid IS NULL OR office = $9)
        AND ($10::uuid IS NULL OR (at, event_id) < (SELECT b.at, b.event_id
            FROM audit.q b WHERE b.event_id = $10))
    ORDER BY at DESC, event_id DESC LIMIT $11) q
LEFT JOIN identity.account s ON s.id = q.actor
LEFT JOIN identity.office o ON o.id = q.office
LEFT JOIN casework.application a ON a.id = q.case_id
ORDER BY q.at DESC, q.event_id DESC;

-- name: auditlog_entry
-- rows: maybe
-- role: auditor
SELECT q.event_id, q.at, q.room, q.type, q.outcome, q.purpose, q.actor,
    s.handle, o.name, q.subject, q.case_id, a.reference, q.table_code,
    q.row_id, q.row_version, l.leaf, x.year, x.idx, x.leaf_hash
FROM audit.q q
LEFT JOIN identity.account s ON s.id = q.actor
LEFT JOIN identity.office o ON o.id = q.office
LEFT JOIN casework.application a ON a.id = q.case_id
LEFT JOIN audit.leaf l ON l.event_id = q.event_id
    AND l.year = extract(year FROM q.at AT TIME ZONE 'UTC')::int2
LEFT JOIN audit.seq x ON x.event_id = q.event_id
WHERE q.event_id = $1;

-- name: auditlog_images
-- rows: many
-- role: auditor
SELECT table_code, row_id, row_version, image
FROM audit.image WHERE event_id = $1 ORDER BY n;

-- name: auditlog_case
-- rows: many
-- role: auditor
SELECT q.event_id, q.at, q.room, q.type, q.outcome, q.purpose, q.actor,
    s.handle, o.name, q.subject, q.case_id, a.reference, q.table_code,
    q.row_id, q.row_version
FROM audit.q q
LEFT JOIN identity.account s ON s.id = q.actor
LEFT JOIN identity.office o ON o.id = q.office
LEFT JOIN casework.application a ON a.id = q.case_id
WHERE q.case_id = $1 ORDER BY q.at, q.event_id LIMIT $2;

-- The steps of a case, each with the entry that commits to its row; $2 is
-- the code of casework.event.
-- name: auditlog_steps
-- rows: many
-- role: auditor
SELECT e.id, e.action, e.from_state, e.to_state, e.role, s.handle, o.name,
    e.at, i.event_id
FROM casework.event e
LEFT JOIN identity.account s ON s.id = e.actor
LEFT JOIN identity.office o ON o.id = e.office
LEFT JOIN audit.image i ON i.row_id = e.id
    AND i.row_version = e.row_version AND i.table_code = $2::int2
WHERE e.application = $1 ORDER BY e.version;

-- name: auditlog_staff
-- rows: maybe
-- role: auditor
SELECT id FROM identity.account WHERE handle = $1;

-- name: auditlog_offices
-- rows: many
-- role: auditor
SELECT id, name FROM identity.office ORDER BY name, id;
