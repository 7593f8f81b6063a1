-- SPDX-License-Identifier: Apache-2.0
-- A service's own copies of people, and the profiles that bring them.

-- A request does not wait for the worker's lease to run out: whoever handles
-- a message second finds it done.
-- name: party_message
-- rows: maybe
-- role: vehicle general
UPDATE ops.message SET attempts = attempts + 1
WHERE id = (SELECT id FROM ops.message
    WHERE to_room = $1 AND kind = $2 AND ref = $3 AND state = 'open'
        AND due <= now()
    ORDER BY first_due, id LIMIT 1 FOR UPDATE)
    AND state = 'open'
RETURNING id, from_room, to_room, kind, ref, first_due, attempts, envelope,
    signature;

-- name: party_get
-- rows: maybe
-- role: vehicle general
SELECT id, row_version, profile_version, data
FROM casework.party WHERE room = $1 AND subject = $2;
