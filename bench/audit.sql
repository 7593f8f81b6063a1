-- SPDX-License-Identifier: Apache-2.0
--
-- A year of entries as an authority of 500 clerks writes them: entries of
-- them, over a tenth as many cases and as many people again, with a session
-- of an auditor who asks. Prints the session's token. As the owner of the
-- database, past every rule: a bench has nothing to prove. entries: how many.
SET session_replication_role = replica;
SET synchronous_commit = off;
CREATE SCHEMA bench;

-- Names of rows by number, so that nothing has to be joined.
CREATE FUNCTION bench.id(kind int4, n int8) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT ('01900000-' || lpad(to_hex(kind), 4, '0') || '-7000-8000-'
	    || lpad(to_hex(n), 12, '0'))::uuid
$$;

INSERT INTO identity.office (id, row_version, nonce, code, parent, name)
SELECT bench.id(1, n), 1, gen_random_uuid(), 'B' || n, NULL, 'Office ' || n
FROM generate_series(0, 24) AS n;
INSERT INTO identity.account (id, row_version, person, kind, state, email,
    credential, handle, office, language, created_at)
SELECT bench.id(2, n), 1, bench.id(3, n), 'staff', 'active',
    sha256(('staff' || n)::bytea), '\x00', 'BEN-' || lpad(n::text, 3, '0'),
    bench.id(1, n % 25), 'en', now()
FROM generate_series(0, 499) AS n;
INSERT INTO identity.person (id, row_version, profile_version, data)
VALUES (bench.id(3, 0), 1, 1, '\x00');
INSERT INTO identity.staff_role (id, row_version, nonce, account, role,
    from_at)
VALUES (gen_random_uuid(), 1, gen_random_uuid(), bench.id(2, 0), 'auditor',
    now());
INSERT INTO casework.application (id, row_version, nonce, reference, form,
    form_version, room, office, applicant, state, submitted_at)
SELECT bench.id(4, n), 1, gen_random_uuid(), 'BE-' || lpad(to_hex(n), 8, '0')
    || '-2', d.name, d.version, 3, bench.id(1, n % 25), bench.id(5, n),
    'issued', now() - interval '1 year'
    + interval '1 year' * n / (:entries / 10)
FROM generate_series(0, :entries / 10 - 1) AS n,
    (SELECT name, version FROM form.definition LIMIT 1) AS d;

-- One of them by a reference that can be typed.
UPDATE casework.application SET reference = 'VN-2345678A-N'
WHERE id = bench.id(4, :entries / 10 - 100);

-- Clerks are not alike (the square of a random number), work by day more
-- than by night, and mostly on cases of the last weeks and their office.
INSERT INTO audit.q (event_id, at, room, type, outcome, purpose, actor,
    office, subject, case_id, table_code, row_id)
SELECT (left(audit_v1.since(e.at)::text, 13) || '7'
    || substr(gen_random_uuid()::text, 16))::uuid, e.at,
    CASE WHEN e.type IN (11, 12, 13) THEN 1 + e.n % 11
        WHEN e.type = 9 THEN 2 WHEN e.r < 0.1 THEN 10 ELSE 3 END, e.type,
    CASE WHEN e.type = 10 THEN 1 WHEN e.r < 0.001 THEN 2 ELSE 0 END,
    CASE WHEN e.type IN (7, 11, 12, 13) THEN 11 WHEN e.type = 9 THEN 9
        WHEN e.type = 14 THEN 6 WHEN e.r > 0.98 THEN 3 + e.n % 3
        WHEN e.r > 0.9795 THEN 7 WHEN NOT e.staff THEN 1 ELSE 2 END,
    CASE WHEN e.type IN (7, 11, 12, 13) THEN NULL
        WHEN e.staff THEN bench.id(2, e.clerk) ELSE bench.id(6, e.file) END,
    CASE WHEN e.staff THEN bench.id(1, e.clerk % 25) END,
    CASE WHEN e.type IN (7, 11, 12, 13) THEN NULL
        ELSE bench.id(5, e.file) END,
    CASE WHEN e.type NOT IN (7, 9, 11, 12, 13) THEN bench.id(4, e.file) END,
    CASE WHEN e.type < 5 THEN 32 END,
    CASE WHEN e.type < 5 THEN bench.id(4, e.file) END
FROM (SELECT k.n, k.r, k.type, k.clerk, k.staff,
        greatest(0, least(:entries / 10 - 1, k.n / 10 - CASE
            WHEN random() < 0.95 THEN (random() ^ 2 * 2000)::int8
            ELSE (random() * :entries / 10)::int8 END)) / 25 * 25
            + CASE WHEN random() < 0.99 THEN k.clerk % 25
            ELSE (random() * 24)::int8 END AS file,
        now() - interval '365 days' + interval '365 days' * k.n / :entries
            AS at
    FROM (SELECT g.n, random() AS r, (random() ^ 2 * 499)::int8 AS clerk,
            t.type, t.type IN (1, 3, 4, 10, 14) AND random() < 0.85
                AS staff
        FROM generate_series(1, :entries - 1) AS g (n),
            LATERAL (SELECT random() AS x WHERE g.n > 0) AS x,
            LATERAL (SELECT CASE WHEN x < 0.55 THEN 1 WHEN x < 0.70 THEN 3
                WHEN x < 0.78 THEN 2 WHEN x < 0.88 THEN 9
                WHEN x < 0.92 THEN 4 WHEN x < 0.95 THEN 7
                WHEN x < 0.965 THEN 12 WHEN x < 0.978 THEN 10
                WHEN x < 0.988 THEN 5 WHEN x < 0.996 THEN 14
                WHEN x < 0.9995 THEN 11 ELSE 15 END AS type) AS t
        ) AS k) AS e
ORDER BY e.n;

INSERT INTO identity.session (id, kind, account, person, application,
    language, created_at, idle_until, expires_at)
VALUES (bench.id(7, 0), 'staff', bench.id(2, 0), bench.id(3, 0), NULL, 'en',
    now(), now() + interval '8 hours', now() + interval '8 hours');
CREATE TABLE bench.token AS
SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
    AS token;
INSERT INTO identity.session_token (token_hash, session, room)
SELECT sha256(token), bench.id(7, 0), 11 FROM bench.token;
SET session_replication_role = origin;
VACUUM ANALYZE;
SELECT rtrim(translate(encode(token, 'base64'), '+/' || chr(10), '-_'), '=')
FROM bench.token;
