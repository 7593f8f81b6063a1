-- SPDX-License-Identifier: Apache-2.0
-- What the sequencer asks. Lists travel as packed bytes, one after another:
-- seq: event 16 | leaf hash 32; nodes: level u8 | index u64 | hash 32;
-- chains: writer 8 | room u16 | next sequence u64 | xid u64 | last 32 | flags
-- u8 (1: has prior, 2: closed) | prior 32.

-- Transactions below the first number are over; those from the second on had
-- not begun. Asked by itself, so that what is read next sees all of the former.
-- name: sealer_horizon
-- rows: one
-- role: sealer
SELECT pg_snapshot_xmin(s), pg_snapshot_xmax(s), EXISTS (
    SELECT FROM pg_locks WHERE locktype = 'advisory'
    AND pid = pg_backend_pid() AND classid = 8443 AND objid = 120)
FROM pg_current_snapshot() AS s;

-- name: sealer_lock
-- rows: one
-- role: sealer
SELECT pg_try_advisory_lock(8443, 120);

-- name: sealer_states
-- rows: many
-- role: sealer balcao
SELECT year, size, low_xid, root, closed, mark FROM audit.state ORDER BY year;

-- name: sealer_some
-- rows: many
-- role: sealer
SELECT l.year, l.event_id, l.leaf, l.mac, l.xid
FROM audit.leaf l
LEFT JOIN LATERAL (SELECT true AS taken FROM audit.seq s
    WHERE s.event_id = l.event_id OFFSET 0) s ON true
WHERE l.xid >= $1 AND l.xid < $2 AND s.taken IS NULL
ORDER BY l.xid, l.id LIMIT $3;

-- name: sealer_writers
-- rows: many
-- role: sealer
SELECT writer, room, sequence, last, prior, xid, closed FROM audit.chain
WHERE writer IN (SELECT substr($1::bytea, 8 * i + 1, 8)
    FROM generate_series(0, octet_length($1::bytea) / 8 - 1) AS i);

-- Is this hash a leaf's that a writer stands at? Else look at all of them.
-- name: sealer_stands
-- rows: one
-- role: sealer
SELECT EXISTS (SELECT FROM audit.chain WHERE last = $1 OR prior = $1);

-- name: sealer_has_leaf
-- rows: one
-- role: sealer
SELECT EXISTS (SELECT FROM audit.leaf WHERE year BETWEEN $2 - 1 AND $2
    AND sha256(leaf) = $1);

-- name: sealer_year_new
-- rows: one
-- role: sealer
INSERT INTO audit.state (year, size, low_xid, root, closed)
VALUES ($1, 0, $2, sha256(''), false);

-- name: sealer_advance
-- rows: one
-- role: sealer
UPDATE audit.state SET size = $3, root = $4, low_xid = $5
WHERE year = $1 AND size = $2 AND NOT closed;

-- name: sealer_seq
-- rows: many
-- role: sealer
INSERT INTO audit.seq (year, idx, event_id, leaf_hash)
SELECT $1, $2 + i, encode(substr($3::bytea, 48 * i + 1, 16), 'hex')::uuid,
    substr($3::bytea, 48 * i + 17, 32)
FROM generate_series(0, octet_length($3::bytea) / 48 - 1) AS i;

-- name: sealer_nodes
-- rows: many
-- role: sealer
INSERT INTO audit.node (year, level, idx, hash)
SELECT $1, get_byte($2::bytea, 41 * i),
    ('x' || encode(substr($2::bytea, 41 * i + 2, 8), 'hex'))::bit(64)::int8,
    substr($2::bytea, 41 * i + 10, 32)
FROM generate_series(0, octet_length($2::bytea) / 41 - 1) AS i;

-- name: sealer_chains
-- rows: many
-- role: sealer
INSERT INTO audit.chain (writer, room, sequence, xid, last, prior, closed)
SELECT substr(c, 1, 8),
    ('x' || encode(substr(c, 9, 2), 'hex'))::bit(16)::int4,
    ('x' || encode(substr(c, 11, 8), 'hex'))::bit(64)::int8,
    ('x' || encode(substr(c, 19, 8), 'hex'))::bit(64)::int8::text::xid8,
    substr(c, 27, 32),
    CASE WHEN get_byte(c, 58) & 1 = 1 THEN substr(c, 60, 32) END,
    get_byte(c, 58) & 2 = 2
FROM (SELECT substr($1::bytea, 91 * i + 1, 91) AS c
    FROM generate_series(0, octet_length($1::bytea) / 91 - 1) AS i) AS each
ON CONFLICT ON CONSTRAINT chain_pkey DO UPDATE
SET sequence = excluded.sequence, xid = excluded.xid, last = excluded.last,
    prior = excluded.prior, closed = excluded.closed;

-- What entry bundles hold. A late leaf stands in the year after its own.
-- name: sealer_bundle
-- rows: many
-- role: sealer
SELECT s.leaf_hash, coalesce(l.leaf, p.leaf, r.leaf)
FROM audit.seq s
LEFT JOIN LATERAL (SELECT f.leaf FROM audit.leaf f
    WHERE f.year = $1 AND f.event_id = s.event_id OFFSET 0) l ON true
LEFT JOIN LATERAL (SELECT f.leaf FROM audit.leaf f
    WHERE l.leaf IS NULL AND f.year = $1 - 1 AND f.event_id = s.event_id
    OFFSET 0) p ON true
LEFT JOIN audit.rescued r ON r.year = s.year AND r.idx = s.idx
WHERE s.year = $1 AND s.idx >= $2 AND s.idx < $3 ORDER BY s.idx;

-- name: sealer_checkpoint
-- rows: maybe
-- role: sealer
INSERT INTO audit.ckpt (year, size, note, at) VALUES ($1, $2, $3, $4)
ON CONFLICT ON CONSTRAINT ckpt_place DO NOTHING;

-- name: sealer_newest
-- rows: maybe
-- role: sealer
SELECT size, note FROM audit.ckpt WHERE year = $1 ORDER BY size DESC LIMIT 1;

-- name: sealer_cosigned
-- rows: maybe
-- role: sealer
INSERT INTO audit.cosigned (year, size, signatures, enough, note, at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT ON CONSTRAINT cosigned_place DO NOTHING;

-- name: sealer_mark
-- rows: maybe
-- role: sealer
UPDATE audit.state SET mark = pg_current_xact_id()
WHERE year = $1 AND mark IS NULL;

-- name: sealer_close
-- rows: one
-- role: sealer
UPDATE audit.state SET closed = true
WHERE year = $1 AND size = $2 AND NOT closed;

-- name: audit_standing
-- rows: one
-- role: portal account vehicle desk auditor courier sealer balcao
SELECT same_cluster, xid_reached, size FROM audit.standing($1);

-- Adopting a database that was restored or made anew.
-- name: adopt_rescue
-- rows: one
-- role: sealer
INSERT INTO audit.rescued (year, idx, leaf) VALUES ($1, $2, $3);

-- name: adopt_cluster
-- rows: one
-- role: sealer
INSERT INTO audit.cluster (n, system_identifier, at)
SELECT (SELECT max(n) + 1 FROM audit.cluster), system_identifier, now()
FROM pg_control_system();

-- Transaction ids begin anew: look at all leaves once.
-- name: adopt_sweep
-- rows: many
-- role: sealer
UPDATE audit.state SET low_xid = '0', mark = NULL;
