-- SPDX-License-Identifier: Apache-2.0
-- What every room needs: sessions, acts, audit entries, messages, limits.

-- name: session_find
-- rows: maybe
-- role: portal account vehicle desk auditor
SELECT session, kind, account, person, application, office, handle, language,
    roles
FROM identity.session_find($1, $2);

-- name: act_settle
-- rows: none
-- role: portal account vehicle desk auditor courier sealer balcao
SET CONSTRAINTS ALL IMMEDIATE;

-- name: audit_append
-- rows: one
-- role: portal account vehicle desk auditor courier sealer balcao
SELECT audit.append($1, $2, $3, $4, $5, ROW($6, $7, $8, $9, $10, $11, $12,
    $13, $14, $15, $16, $17, $18)::audit.q);

-- name: audit_see_key
-- rows: one
-- role: portal account vehicle desk auditor courier sealer balcao
SELECT audit.see_key($1, $2, $3);

-- name: audit_key_seen
-- rows: maybe
-- role: portal account vehicle desk auditor courier sealer balcao
SELECT 1 FROM audit.key_seen WHERE key_id = $1;

-- name: ops_try
-- rows: one
-- role: portal account vehicle desk auditor
SELECT ops.try($1, $2, $3, $4);

-- name: ops_forgive
-- rows: one
-- role: portal account vehicle desk auditor
SELECT ops.forgive($1, $2);

-- name: message_send
-- rows: one
-- role: portal account vehicle desk auditor courier
INSERT INTO ops.message (id, from_room, to_room, kind, ref, first_due, due,
    envelope, signature)
VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8);

-- name: message_take
-- rows: maybe
-- role: account vehicle courier
UPDATE ops.message SET leased_until = now() + interval '2 minutes',
    attempts = attempts + 1
WHERE id = (SELECT id FROM ops.message
    WHERE to_room = $1 AND state = 'open' AND due <= now()
        AND (leased_until IS NULL OR leased_until < now())
    ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, from_room, to_room, kind, ref, first_due, attempts, envelope,
    signature;

-- name: message_done
-- rows: one
-- role: account vehicle courier
UPDATE ops.message SET state = 'done', ended_at = now(), envelope = NULL
WHERE id = $1 AND state = 'open';

-- name: message_later
-- rows: maybe
-- role: account vehicle courier
UPDATE ops.message SET due = $2, leased_until = NULL
WHERE id = $1 AND state = 'open';

-- name: message_fail
-- rows: maybe
-- role: account vehicle courier
UPDATE ops.message SET state = 'failed', ended_at = now()
WHERE id = $1 AND state = 'open';
