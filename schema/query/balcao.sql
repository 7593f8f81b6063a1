-- SPDX-License-Identifier: Apache-2.0
-- What the administration program asks, beside the generated statements.

-- name: balcao_office
-- rows: maybe
-- role: balcao
SELECT id, name FROM identity.office WHERE code = $1;

-- name: balcao_offices
-- rows: many
-- role: balcao
SELECT o.code, p.code, o.name
FROM identity.office o LEFT JOIN identity.office p ON p.id = o.parent
ORDER BY o.code;

-- name: balcao_holiday
-- rows: maybe
-- role: balcao
SELECT name FROM casework.holiday WHERE day = $1;

-- name: balcao_parameter
-- rows: maybe
-- role: balcao
SELECT value, reference FROM form.parameter
WHERE name = $1 AND valid_from = $2;

-- name: balcao_setting
-- rows: one
-- role: balcao
SELECT id, row_version, zone, lease_minutes FROM casework.setting;

-- name: balcao_form
-- rows: maybe
-- role: balcao
SELECT sha256 FROM form.definition WHERE name = $1 AND version = $2;

-- name: balcao_form_newest
-- rows: one
-- role: balcao
SELECT coalesce(max(version), 0) FROM form.definition WHERE name = $1;

-- name: balcao_forms
-- rows: many
-- role: balcao
SELECT d.name, d.version, d.room, d.prefix, o.code, d.sha256, d.added_at
FROM form.definition d JOIN identity.office o ON o.id = d.office
ORDER BY d.name, d.version;

-- name: balcao_staff_find
-- rows: maybe
-- role: balcao
SELECT a.id, a.state, EXISTS (SELECT FROM identity.staff_role r
    WHERE r.account = a.id)
FROM identity.account a WHERE a.handle = $1;

-- name: balcao_staff
-- rows: many
-- role: balcao
SELECT a.handle, a.state, o.code, r.role, r.from_at
FROM identity.account a
JOIN identity.office o ON o.id = a.office
LEFT JOIN identity.staff_role r ON r.account = a.id AND r.until_at IS NULL
ORDER BY a.handle, r.role;

-- name: balcao_staff_roles
-- rows: many
-- role: balcao
SELECT id, row_version, role, from_at FROM identity.staff_role
WHERE account = $1 AND until_at IS NULL ORDER BY role;

-- The newest image of each row of a table, in a range of ids.
-- name: balcao_images
-- rows: many
-- role: balcao
SELECT DISTINCT ON (row_id) row_id, row_version, image, event_id
FROM audit.image
WHERE table_code = $1 AND row_id > coalesce($2::uuid,
    '00000000-0000-0000-0000-000000000000') AND row_id <= $3
ORDER BY row_id, row_version DESC, event_id DESC;

-- Erasure leaves an image without its row's id.
-- name: balcao_image_erased
-- rows: one
-- role: balcao
SELECT EXISTS (SELECT FROM audit.image WHERE row_id IS NULL
    AND table_code = $1 AND row_version = $2 AND image = $3);

-- What the ledger derives: an account's lines are numbered without a gap and
-- add up, and the account says what the last of them does.
-- name: balcao_posting_off
-- rows: maybe
-- role: balcao
SELECT id FROM (SELECT id, account_version, balance_after,
    sum(amount) OVER line AS balance, row_number() OVER line AS place
    FROM ledger.posting WINDOW line AS (PARTITION BY account
    ORDER BY account_version)) AS p
WHERE balance_after <> balance OR account_version <> place
ORDER BY id LIMIT 1;

-- name: balcao_account_off
-- rows: maybe
-- role: balcao
SELECT a.id FROM ledger.account a
CROSS JOIN LATERAL (SELECT coalesce(sum(p.amount), 0) AS balance,
    count(*) AS lines FROM ledger.posting p WHERE p.account = a.id) AS p
WHERE a.balance <> p.balance OR a.account_version <> p.lines
ORDER BY a.id LIMIT 1;

-- name: balcao_years
-- rows: many
-- role: balcao
SELECT DISTINCT year FROM audit.leaf ORDER BY year;

-- A row that was written anew has another xmin than the transaction it names;
-- of rows that came from another cluster nothing is known.
-- name: balcao_leaves
-- rows: many
-- role: balcao
SELECT l.event_id, l.leaf, sha256(l.detail), l.ts,
    l.ts < (SELECT max(at) FROM audit.cluster)
    OR l.xid::text::int8 & 4294967295 = l.xmin::text::int8,
    q.event_id, q.at, q.room, q.type, q.outcome, q.purpose,
    coalesce(q.table_code, 0), q.row_id, coalesce(q.row_version, 0)
FROM audit.leaf l LEFT JOIN audit.q q ON q.event_id = l.event_id
WHERE l.year = $1 AND l.event_id > coalesce($2::uuid,
    '00000000-0000-0000-0000-000000000000')
ORDER BY l.event_id LIMIT 200;

-- The lists behind the leaves of a range, in writing order.
-- name: balcao_lists
-- rows: many
-- role: balcao
SELECT event_id, table_code, row_id, row_version, image
FROM audit.image
WHERE event_id > coalesce($1::uuid,
    '00000000-0000-0000-0000-000000000000') AND event_id <= $2
ORDER BY event_id, n;

-- name: balcao_stray_image
-- rows: many
-- role: balcao
SELECT i.event_id, i.table_code, i.row_id FROM audit.image i
WHERE NOT EXISTS (SELECT FROM audit.leaf l WHERE l.event_id = i.event_id)
LIMIT 1;

-- name: balcao_stray_q
-- rows: many
-- role: balcao
SELECT q.event_id FROM audit.q q
WHERE NOT EXISTS (SELECT FROM audit.leaf l WHERE l.event_id = q.event_id)
LIMIT 1;

-- The index in order, with the leaf that stands behind each place.
-- name: balcao_seq
-- rows: many
-- role: balcao
SELECT s.idx, s.event_id, s.leaf_hash, coalesce(l.leaf, p.leaf, r.leaf)
FROM audit.seq s
LEFT JOIN LATERAL (SELECT f.leaf FROM audit.leaf f
    WHERE f.year = $1 AND f.event_id = s.event_id OFFSET 0) l ON true
LEFT JOIN LATERAL (SELECT f.leaf FROM audit.leaf f
    WHERE l.leaf IS NULL AND f.year = $1 - 1 AND f.event_id = s.event_id
    OFFSET 0) p ON true
LEFT JOIN audit.rescued r ON r.year = s.year AND r.idx = s.idx
WHERE s.year = $1 AND s.idx >= $2 ORDER BY s.idx LIMIT 2048;

-- name: balcao_node
-- rows: maybe
-- role: balcao
SELECT hash FROM audit.node
WHERE year = $1 AND level = $2 AND idx = $3;

-- name: balcao_node_count
-- rows: one
-- role: balcao
SELECT count(*) FROM audit.node
WHERE year = $1 AND (idx + 1) << level::int4 <= $2;

-- name: balcao_checkpoints
-- rows: many
-- role: balcao
SELECT size, note FROM audit.ckpt
WHERE year = $1 AND size > $2 AND size <= $3 ORDER BY size;

-- name: balcao_checkpoint
-- rows: maybe
-- role: balcao
SELECT size, note, at FROM audit.ckpt
WHERE year = $1 ORDER BY size DESC LIMIT 1;

-- Leaves below the sequencer's mark that have no place in the tree.
-- name: balcao_unplaced
-- rows: many
-- role: balcao
SELECT l.event_id FROM audit.leaf l
WHERE l.xid < (SELECT max(low_xid) FROM audit.state)
    AND NOT EXISTS (SELECT FROM audit.seq s
    JOIN audit.state t ON t.year = s.year
    WHERE s.event_id = l.event_id AND s.idx < t.size)
LIMIT 20;

-- What waits for its place, and since when.
-- name: balcao_waiting
-- rows: one
-- role: balcao
SELECT count(*), min(l.ts) FROM audit.leaf l
LEFT JOIN LATERAL (SELECT true AS taken FROM audit.seq s
    WHERE s.event_id = l.event_id OFFSET 0) s ON true
WHERE l.xid >= coalesce((SELECT max(low_xid) FROM audit.state), '0')
    AND s.taken IS NULL;

-- name: balcao_quarantined
-- rows: one
-- role: balcao
SELECT count(*) FROM audit.q WHERE type = $1;

-- Is this the hash of a year's last checkpoint?
-- name: balcao_closing
-- rows: one
-- role: balcao
SELECT EXISTS (SELECT FROM audit.ckpt c WHERE sha256(c.note) = $1
    AND c.size = (SELECT max(l.size) FROM audit.ckpt l
    WHERE l.year = c.year));

-- name: balcao_cosigned
-- rows: one
-- role: balcao
SELECT coalesce((SELECT max(size) FROM audit.cosigned
    WHERE year = $1 AND enough), 0), (SELECT note FROM audit.cosigned
    WHERE year = $1 ORDER BY size DESC, signatures DESC LIMIT 1);
