-- SPDX-License-Identifier: Apache-2.0
-- The key database. A room sees its own rows and no others.

-- name: find
-- rows: maybe
-- role: portal account vehicle desk auditor courier sealer balcao
SELECT key_id, unit, version, epoch, wrapped, kcv, created
FROM keys.subject_key
WHERE service = $1 AND unit = $2 AND state = 'active'
ORDER BY version DESC LIMIT 1;

-- name: get
-- rows: maybe
-- role: portal account vehicle desk auditor courier sealer balcao
SELECT key_id, unit, version, epoch, wrapped, kcv, created
FROM keys.subject_key WHERE key_id = $1;

-- name: insert
-- rows: one
-- role: portal account vehicle desk auditor courier sealer balcao
INSERT INTO keys.subject_key (key_id, service, unit, version, epoch, state,
    wrapped, kcv)
VALUES ($1, $2, $3, $4, $5, 'active', $6, $7);

-- name: room_put
-- rows: one
-- role: balcao
INSERT INTO keys.room_key (room, epoch, state, wrapped)
VALUES ($1, $2, 'active', $3);

-- name: room_all
-- rows: many
-- role: balcao
SELECT room, epoch, wrapped FROM keys.room_key
WHERE state = 'active' ORDER BY room, epoch;

-- name: room_retire
-- rows: many
-- role: balcao
UPDATE keys.room_key SET state = 'retired' WHERE room = $1 AND epoch < $2;

-- name: count
-- rows: many
-- role: balcao
SELECT service, epoch, count(*) FROM keys.subject_key
GROUP BY service, epoch ORDER BY service, epoch;

-- name: behind
-- rows: many
-- role: balcao
SELECT key_id, unit, version, epoch, wrapped FROM keys.subject_key
WHERE service = $1 AND epoch < $2 ORDER BY key_id LIMIT 100;

-- A key that was dropped meanwhile is no row.
-- name: rewrap
-- rows: maybe
-- role: balcao
UPDATE keys.subject_key SET epoch = $3, wrapped = $4
WHERE key_id = $1 AND epoch = $2;
