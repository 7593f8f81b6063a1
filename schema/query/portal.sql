-- SPDX-License-Identifier: Apache-2.0
-- What everybody may know: services, where an application stands, counts.

-- name: catalogue_changes
-- rows: many
-- role: portal
SELECT name, version, added_at FROM form.definition
ORDER BY added_at DESC, name LIMIT $1;

-- name: catalogue_offices
-- rows: many
-- role: portal
SELECT code, name FROM identity.office ORDER BY name, code;

-- Whose application it is, is not asked.
-- name: tracking_find
-- rows: maybe
-- role: portal
SELECT room, form, form_version, state, submitted_at, due, decided_on
FROM casework.application WHERE reference = $1;

-- By form, state and month of filing, in the authority's zone.
-- name: statistics_counts
-- rows: many
-- role: portal
SELECT form, state, to_char(submitted_at AT TIME ZONE $1, 'YYYY-MM'),
    count(*)
FROM casework.application WHERE submitted_at >= $2
GROUP BY 1, 2, 3 ORDER BY 1, 3, 2;

-- Days from filing to decision, of those that are decided.
-- name: statistics_times
-- rows: many
-- role: portal
SELECT form, count(*), percentile_disc(0.5) WITHIN GROUP
    (ORDER BY decided_on - (submitted_at AT TIME ZONE $1)::date)
FROM casework.application
WHERE submitted_at >= $2 AND decided_on IS NOT NULL
GROUP BY form ORDER BY form;

-- name: portal_alive
-- rows: one
-- role: portal
SELECT 1;
