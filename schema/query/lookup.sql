-- SPDX-License-Identifier: Apache-2.0
-- Room account tells auditors a pseudonym, and supervisors a name.

-- $1, $2: blind indexes; one of them is NULL.
-- name: lookup_person
-- rows: maybe
-- role: account
SELECT id FROM identity.person WHERE national_id = $1
UNION
SELECT person FROM identity.account WHERE email = $2;

-- name: lookup_staff
-- rows: maybe
-- role: account
SELECT id, person FROM identity.account WHERE handle = $1;
