-- SPDX-License-Identifier: Apache-2.0
-- Form definitions, drafts, submissions.

-- The portal knows every room's; $1 is NULL.
-- name: form_newest
-- rows: many
-- role: portal vehicle general
SELECT name, max(version) FROM form.definition
WHERE $1::int2 IS NULL OR room = $1 GROUP BY name ORDER BY name;

-- name: form_source
-- rows: maybe
-- role: portal vehicle general
SELECT source, signature FROM form.definition
WHERE name = $1 AND version = $2;

-- name: form_parameters
-- rows: many
-- role: portal vehicle general
SELECT name, valid_from, value FROM form.parameter
ORDER BY name, valid_from;

-- name: draft_count
-- rows: one
-- role: vehicle general
SELECT count(*) FROM form.draft WHERE person = $1;

-- name: draft_insert
-- rows: one
-- role: vehicle general
INSERT INTO form.draft (id, form, version, room, person, thing, blob_version,
    answers, started_at, changed_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10);

-- name: draft_update
-- rows: one
-- role: vehicle general
UPDATE form.draft SET blob_version = $2, answers = $3, changed_at = $4
WHERE id = $1 AND blob_version = $2 - 1;

-- name: draft_get
-- rows: maybe
-- role: vehicle general
SELECT id, form, version, person, thing, blob_version, started_at,
    changed_at, expires_at, answers
FROM form.draft WHERE id = $1 AND person = $2 AND expires_at > now();

-- name: draft_list
-- rows: many
-- role: vehicle general
SELECT id, form, version, person, thing, blob_version, started_at,
    changed_at, expires_at
FROM form.draft WHERE person = $1 AND expires_at > now()
ORDER BY changed_at DESC;

-- name: draft_discard
-- rows: maybe
-- role: vehicle general
DELETE FROM form.draft WHERE id = $1 AND person = $2;

-- name: draft_filed
-- rows: one
-- role: vehicle general
DELETE FROM form.draft WHERE id = $1 AND blob_version = $2;

-- name: draft_expire
-- rows: one
-- role: vehicle general
WITH gone AS (DELETE FROM form.draft WHERE expires_at < now() RETURNING 1)
SELECT count(*) FROM gone;

-- name: submission_newest
-- rows: maybe
-- role: vehicle general
SELECT id, number, answers FROM casework.submission
WHERE application = $1 ORDER BY number DESC LIMIT 1;
