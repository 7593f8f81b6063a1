-- SPDX-License-Identifier: Apache-2.0
-- A room compares audit.q and messages with its own entries' details.

-- name: qcheck_some
-- rows: many
-- role: portal account vehicle general desk auditor courier sealer balcao
SELECT event_id, own, leaf, detail, actor, office, subject, row_id, case_id,
    unnamed
FROM audit.own_entries($1, 500);

-- name: qcheck_first
-- rows: maybe
-- role: portal account vehicle general desk auditor courier sealer balcao
SELECT event_id FROM audit.own_entries(NULL, 1);

-- name: qcheck_sent
-- rows: one
-- role: portal account vehicle general desk auditor courier sealer balcao
SELECT ops.sent($1);
