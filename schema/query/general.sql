-- SPDX-License-Identifier: Apache-2.0
-- Room general: what the house's own forms look up.

-- name: objection_entry
-- rows: maybe
-- role: general
SELECT at, type, outcome, handle, office, room, reference, objected
FROM casework.objectable($1, $2);

-- name: objection_of
-- rows: many
-- role: general
SELECT id, row_version, application, event, entry
FROM casework.objection WHERE subject = $1 ORDER BY id;
