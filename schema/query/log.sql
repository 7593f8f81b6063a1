-- SPDX-License-Identifier: Apache-2.0
-- The signed log by SQL: tiles of its tree, and where an entry stands in it.

-- name: log_leaves
-- rows: many
-- role: account vehicle auditor sealer
SELECT leaf_hash FROM audit.seq
WHERE year = $1 AND idx >= $2 AND idx < $3 ORDER BY idx;

-- name: log_nodes
-- rows: many
-- role: account vehicle auditor sealer
SELECT hash FROM audit.node
WHERE year = $1 AND level = $2 AND idx >= $3 AND idx < $4 ORDER BY idx;

-- name: log_place
-- rows: maybe
-- role: account vehicle auditor
SELECT year, idx, leaf_hash FROM audit.seq WHERE event_id = $1;

-- The newest checkpoint that enough witnesses have signed.
-- name: log_cosigned
-- rows: maybe
-- role: account vehicle auditor
SELECT size, note, signatures FROM audit.cosigned
WHERE year = $1 AND size > $2 AND enough
ORDER BY size DESC, signatures DESC LIMIT 1;

-- name: log_signed
-- rows: maybe
-- role: account vehicle auditor
SELECT size, note FROM audit.ckpt
WHERE year = $1 AND size > $2 ORDER BY size DESC LIMIT 1;
