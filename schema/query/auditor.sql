-- SPDX-License-Identifier: Apache-2.0
-- What auditors ask of the log: codes, times and pseudonyms. Details stay
-- sealed.
--
-- A search has five statements, one for each index that can lead it, because
-- a plan that fits every combination of filters fits none. In all of them $1
-- and $2 are ids between which an entry's lies (an id begins with its time),
-- $3 to $12 filters that let everything through when NULL, $13 how many, $14
-- leaves out what auditors asked. The names of people, offices and cases are looked up for those alone.

-- No more than $15 entries are looked through in one go: the page says how
-- far it came.
-- name: auditlog_by_time
-- rows: many
-- role: auditor
SELECT q.event_id, q.at, q.room, q.type, q.outcome, q.purpose, q.actor,
    (SELECT s.handle FROM identity.account s WHERE s.id = q.actor),
    (SELECT o.name FROM identity.office o WHERE o.id = q.office),
    q.subject, q.case_id, (SELECT a.reference
        FROM casework.application a WHERE a.id = q.case_id),
    q.table_code, q.row_id, q.row_version
FROM (SELECT event_id, at, room, type, outcome, purpose, actor, office,
        subject, case_id, table_code, row_id, row_version
    FROM (SELECT event_id, at, room, type, outcome, purpose, actor, office,
            subject, case_id, table_code, row_id, row_version
        FROM audit.q WHERE event_id >= $1 AND event_id < $2
        ORDER BY event_id DESC LIMIT $15) slice
    WHERE true
        AND ($3::timestamptz IS NULL OR at >= $3)
        AND ($4::timestamptz IS NULL OR at < $4)
        AND ($5::int2 IS NULL OR room = $5)
        AND ($6::int2 IS NULL OR type = $6)
        AND ($7::int2 IS NULL OR outcome = $7)
        AND ($8::int2 IS NULL OR purpose = $8)
        AND ($9::uuid IS NULL OR office = $9)
        AND ($10::uuid IS NULL OR actor = $10)
        AND ($11::uuid IS NULL OR case_id = $11)
        AND ($12::uuid IS NULL OR subject = $12)
        AND ($14::bool IS NOT TRUE OR type <> 14)
    ORDER BY event_id DESC LIMIT $13) q
ORDER BY q.event_id DESC;

-- Where such a slice of $3 entries ends; none: at the log's beginning.
-- name: auditlog_slice_end
-- rows: maybe
-- role: auditor
SELECT event_id FROM audit.q WHERE event_id >= $1 AND event_id < $2
ORDER BY event_id DESC OFFSET $3 LIMIT 1;

-- name: auditlog_first
-- rows: maybe
-- role: auditor
SELECT at FROM audit.q ORDER BY event_id LIMIT 1;

-- name: auditlog_by_case
-- rows: many
-- role: auditor
SELECT q.event_id, q.at, q.room, q.type, q.outcome, q.purpose, q.actor,
    (SELECT s.handle FROM identity.account s WHERE s.id = q.actor),
    (SELECT o.name FROM identity.office o WHERE o.id = q.office),
    q.subject, q.case_id, (SELECT a.reference
        FROM casework.application a WHERE a.id = q.case_id),
    q.table_code, q.row_id, q.row_version
FROM (SELECT event_id, at, room, type, outcome, purpose, actor, office,
        subject, case_id, table_code, row_id, row_version
    FROM audit.q
    WHERE event_id >= $1 AND event_id < $2
        AND case_id = $11
        AND ($3::timestamptz IS NULL OR at >= $3)
        AND ($4::timestamptz IS NULL OR at < $4)
        AND ($5::int2 IS NULL OR room = $5)
        AND ($6::int2 IS NULL OR type = $6)
        AND ($7::int2 IS NULL OR outcome = $7)
        AND ($8::int2 IS NULL OR purpose = $8)
        AND ($9::uuid IS NULL OR office = $9)
        AND ($10::uuid IS NULL OR actor = $10)
        AND ($12::uuid IS NULL OR subject = $12)
        AND ($14::bool IS NOT TRUE OR type <> 14)
    ORDER BY event_id DESC LIMIT $13) q
ORDER BY q.event_id DESC;

-- name: auditlog_by_subject
-- rows: many
-- role: auditor
SELECT q.event_id, q.at, q.room, q.type, q.outcome, q.purpose, q.actor,
    (SELECT s.handle FROM identity.account s WHERE s.id = q.actor),
    (SELECT o.name FROM identity.office o WHERE o.id = q.office),
    q.subject, q.case_id, (SELECT a.reference
        FROM casework.application a WHERE a.id = q.case_id),
    q.table_code, q.row_id, q.row_version
FROM (SELECT event_id, at, room, type, outcome, purpose, actor, office,
        subject, case_id, table_code, row_id, row_version
    FROM audit.q
    WHERE event_id >= $1 AND event_id < $2
        AND subject = $12
        AND ($3::timestamptz IS NULL OR at >= $3)
        AND ($4::timestamptz IS NULL OR at < $4)
        AND ($5::int2 IS NULL OR room = $5)
        AND ($6::int2 IS NULL OR type = $6)
        AND ($7::int2 IS NULL OR outcome = $7)
        AND ($8::int2 IS NULL OR purpose = $8)
        AND ($9::uuid IS NULL OR office = $9)
        AND ($10::uuid IS NULL OR actor = $10)
        AND ($11::uuid IS NULL OR case_id = $11)
        AND ($14::bool IS NOT TRUE OR type <> 14)
    ORDER BY event_id DESC LIMIT $13) q
ORDER BY q.event_id DESC;

-- name: auditlog_by_actor
-- rows: many
-- role: auditor
SELECT q.event_id, q.at, q.room, q.type, q.outcome, q.purpose, q.actor,
    (SELECT s.handle FROM identity.account s WHERE s.id = q.actor),
    (SELECT o.name FROM identity.office o WHERE o.id = q.office),
    q.subject, q.case_id, (SELECT a.reference
        FROM casework.application a WHERE a.id = q.case_id),
    q.table_code, q.row_id, q.row_version
FROM (SELECT event_id, at, room, type, outcome, purpose, actor, office,
        subject, case_id, table_code, row_id, row_version
    FROM audit.q
    WHERE event_id >= $1 AND event_id < $2
        AND actor = $10 AND office IS NOT NULL
        AND ($3::timestamptz IS NULL OR at >= $3)
        AND ($4::timestamptz IS NULL OR at < $4)
        AND ($5::int2 IS NULL OR room = $5)
        AND ($6::int2 IS NULL OR type = $6)
        AND ($7::int2 IS NULL OR outcome = $7)
        AND ($8::int2 IS NULL OR purpose = $8)
        AND ($9::uuid IS NULL OR office = $9)
        AND ($11::uuid IS NULL OR case_id = $11)
        AND ($12::uuid IS NULL OR subject = $12)
        AND ($14::bool IS NOT TRUE OR type <> 14)
    ORDER BY event_id DESC LIMIT $13) q
ORDER BY q.event_id DESC;

-- The condition of the index stands here in its own words, or it is not used.
-- name: auditlog_by_rare
-- rows: many
-- role: auditor
SELECT q.event_id, q.at, q.room, q.type, q.outcome, q.purpose, q.actor,
    (SELECT s.handle FROM identity.account s WHERE s.id = q.actor),
    (SELECT o.name FROM identity.office o WHERE o.id = q.office),
    q.subject, q.case_id, (SELECT a.reference
        FROM casework.application a WHERE a.id = q.case_id),
    q.table_code, q.row_id, q.row_version
FROM (SELECT event_id, at, room, type, outcome, purpose, actor, office,
        subject, case_id, table_code, row_id, row_version
    FROM audit.q
    WHERE event_id >= $1 AND event_id < $2
        AND type = $6
        AND type IN (5, 6, 8, 10, 11, 12, 13, 14, 15, 16)
        AND ($3::timestamptz IS NULL OR at >= $3)
        AND ($4::timestamptz IS NULL OR at < $4)
        AND ($5::int2 IS NULL OR room = $5)
        AND ($7::int2 IS NULL OR outcome = $7)
        AND ($8::int2 IS NULL OR purpose = $8)
        AND ($9::uuid IS NULL OR office = $9)
        AND ($10::uuid IS NULL OR actor = $10)
        AND ($11::uuid IS NULL OR case_id = $11)
        AND ($12::uuid IS NULL OR subject = $12)
        AND ($14::bool IS NOT TRUE OR type <> 14)
    ORDER BY event_id DESC LIMIT $13) q
ORDER BY q.event_id DESC;

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

-- Reads outside the usual: for another purpose than casework, or of a case of
-- another office. A slice of $5 entries in one go, as above.
-- name: auditlog_unusual
-- rows: many
-- role: auditor
SELECT q.event_id, q.at, q.room, q.type, q.outcome, q.purpose, q.actor,
    (SELECT s.handle FROM identity.account s WHERE s.id = q.actor),
    (SELECT o.name FROM identity.office o WHERE o.id = q.office),
    q.subject, q.case_id, (SELECT a.reference
        FROM casework.application a WHERE a.id = q.case_id),
    q.table_code, q.row_id, q.row_version
FROM (SELECT event_id, at, room, type, outcome, purpose, actor, office,
        subject, case_id, table_code, row_id, row_version
    FROM (SELECT event_id, at, room, type, outcome, purpose, actor, office,
            subject, case_id, table_code, row_id, row_version
        FROM audit.q WHERE event_id >= $1 AND event_id < $2
        ORDER BY event_id DESC LIMIT $5) slice
    WHERE type = 1 AND office IS NOT NULL
        AND at >= $3 AND at < $4
        AND (purpose <> 2 OR EXISTS (SELECT FROM casework.application a
            WHERE a.id = case_id AND a.office <> slice.office))
    ORDER BY event_id DESC LIMIT $6) q
ORDER BY q.event_id DESC;

-- Who of the staff saw a person ...
-- name: auditlog_readers
-- rows: many
-- role: auditor
SELECT q.actor, (SELECT s.handle FROM identity.account s
        WHERE s.id = q.actor),
    (SELECT o.name FROM identity.office o WHERE o.id = q.office),
    q.reads, q.acts, q.refused, q.first, q.last
FROM (SELECT actor, office,
        count(*) FILTER (WHERE type = 1 AND outcome = 0) AS reads,
        count(*) FILTER (WHERE type <> 1 AND outcome = 0) AS acts,
        count(*) FILTER (WHERE outcome <> 0) AS refused,
        min(at) AS first, max(at) AS last
    FROM audit.q
    WHERE subject = $1 AND at >= $2 AND at < $3 AND office IS NOT NULL
    GROUP BY actor, office
    ORDER BY 3 DESC, 4 DESC, actor LIMIT $4) q
ORDER BY q.reads DESC, q.acts DESC, q.actor;

-- ... and whom a member of staff saw.
-- name: auditlog_read_by
-- rows: many
-- role: auditor
SELECT subject, count(*) FILTER (WHERE type = 1 AND outcome = 0),
    count(*) FILTER (WHERE type <> 1 AND outcome = 0),
    count(*) FILTER (WHERE outcome <> 0), min(at), max(at)
FROM audit.q
WHERE actor = $1 AND office IS NOT NULL
    AND event_id >= $2 AND event_id < $3 AND subject IS NOT NULL
GROUP BY subject ORDER BY 2 DESC, 3 DESC, subject LIMIT $4;

-- name: auditlog_tally_next
-- rows: one
-- role: auditor
SELECT auditor.tally_next();

-- name: auditlog_tallied
-- rows: one
-- role: auditor
SELECT min(day), max(day) FROM auditor.tallied;

-- name: auditlog_tally
-- rows: many
-- role: auditor
SELECT t.actor, (SELECT s.handle FROM identity.account s
        WHERE s.id = t.actor),
    (SELECT o.name FROM identity.office o JOIN identity.account s
        ON s.office = o.id WHERE s.id = t.actor),
    t.entries, t.reads, t.alone, t.late, t.denied, t.decisions, t.refusals
FROM (SELECT actor, sum(entries)::int8 AS entries, sum(reads)::int8 AS reads,
        sum(alone)::int8 AS alone, sum(late)::int8 AS late,
        sum(denied)::int8 AS denied, sum(decisions)::int8 AS decisions,
        sum(refusals)::int8 AS refusals
    FROM auditor.tally WHERE day >= $1 AND day <= $2
    GROUP BY actor) t
ORDER BY 2, t.actor LIMIT $3;

-- Saved searches.
-- name: auditlog_saved_put
-- rows: one
-- role: auditor
INSERT INTO auditor.search (id, account, made_at, body)
VALUES ($1, $2, $3, $4);

-- name: auditlog_saved
-- rows: many
-- role: auditor
SELECT id, body FROM auditor.search WHERE account = $1
ORDER BY made_at LIMIT $2;

-- name: auditlog_saved_drop
-- rows: maybe
-- role: auditor
DELETE FROM auditor.search WHERE id = $1 AND account = $2;

-- Exports: a job, taken by whoever has its lease.
-- name: auditlog_export_put
-- rows: one
-- role: auditor
INSERT INTO auditor.export (id, account, format, position, most, filter)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: auditlog_export_get
-- rows: maybe
-- role: auditor
SELECT id, format, state, position, entries, most, chunks, size, attempts,
    asked_at, expires_at, filter
FROM auditor.export WHERE id = $1 AND account = $2 AND expires_at > now();

-- name: auditlog_export_list
-- rows: many
-- role: auditor
SELECT id, format, state, position, entries, most, chunks, size, attempts,
    asked_at, expires_at, filter
FROM auditor.export WHERE account = $1 AND expires_at > now()
ORDER BY asked_at DESC LIMIT $2;

-- name: auditlog_export_take
-- rows: maybe
-- role: auditor
UPDATE auditor.export SET leased_until = now() + interval '30 seconds',
    state = 'running', attempts = attempts + 1
WHERE id = (SELECT id FROM auditor.export
    WHERE state IN ('waiting', 'running')
        AND (leased_until IS NULL OR leased_until < now())
    ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, format, state, position, entries, most, chunks, size, attempts,
    asked_at, expires_at, filter;

-- name: auditlog_chunk_put
-- rows: one
-- role: auditor
INSERT INTO auditor.chunk (id, export, n, body) VALUES ($1, $2, $3, $4);

-- One chunk further; whoever thinks that there are $2 already and is wrong
-- changes nothing.
-- name: auditlog_export_step
-- rows: one
-- role: auditor
UPDATE auditor.export SET chunks = $2 + 1, position = $3,
    entries = entries + $4, size = size + $5, state = $6, attempts = 0,
    leased_until = NULL
WHERE id = $1 AND chunks = $2;

-- name: auditlog_export_fail
-- rows: maybe
-- role: auditor
UPDATE auditor.export SET state = 'failed', leased_until = NULL
WHERE id = $1 AND state = 'running';

-- name: auditlog_export_sweep
-- rows: many
-- role: auditor
DELETE FROM auditor.export WHERE expires_at < now();

-- name: auditlog_chunk
-- rows: maybe
-- role: auditor
SELECT id, body FROM auditor.chunk WHERE export = $1 AND n = $2;
