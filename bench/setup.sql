-- SPDX-License-Identifier: Apache-2.0
--
-- What the bench needs in its own database and no other has: citizens with
-- sessions in room vehicle, and shorthand for bench/submit-bound.sql. Prints
-- a token a line. people: how many.
CREATE SCHEMA bench;
GRANT USAGE ON SCHEMA bench TO room_vehicle;

CREATE TABLE bench.person AS
SELECT gen_random_uuid() AS subject, gen_random_uuid() AS account,
    gen_random_uuid() AS session,
    sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
        AS token
FROM generate_series(1, :people);

INSERT INTO identity.person (id, row_version, profile_version, data)
SELECT subject, 1, 1, '\x00' FROM bench.person;
INSERT INTO identity.account (id, row_version, person, kind, state, email,
    credential, handle, office, language, created_at)
SELECT account, 1, subject, 'citizen', 'active', uuid_send(gen_random_uuid()),
    '\x00', NULL, NULL, 'en', now() FROM bench.person;
INSERT INTO identity.session (id, kind, account, person, application,
    language, created_at, idle_until, expires_at)
SELECT session, 'citizen', account, subject, NULL, 'en', now(),
    now() + interval '1 hour', now() + interval '8 hours' FROM bench.person;
INSERT INTO identity.session_token (token_hash, session, room)
SELECT sha256(token), session, 3 FROM bench.person;

CREATE FUNCTION bench.id(kind int4, n int8) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$
	SELECT (lpad(to_hex(n), 16, '0') || '8' || lpad(to_hex(kind), 15, '0'))
	    ::uuid
$$;
CREATE FUNCTION bench.bytes(size int4) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$ SELECT decode(repeat('a5', size), 'hex') $$;
-- table u16 | row | version u32 | 32 bytes: event, application, submission,
-- fee.
CREATE FUNCTION bench.images(n int8) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
	SELECT string_agg(int2send(t::int2) || uuid_send(bench.id(k, n))
	    || int4send(1) || bench.bytes(32), ''::bytea ORDER BY t)
	FROM (VALUES (33, 1), (32, 0), (34, 2), (40, 3)) AS v (t, k)
$$;

-- As pgbench's client 0 to 31 count, its drafts to be filed.
CREATE FUNCTION bench.drafts(first int8, clients int4, each int4)
RETURNS void LANGUAGE sql AS $$
	INSERT INTO form.draft (id, form, version, room, person, blob_version,
	    answers, started_at, changed_at, expires_at)
	SELECT bench.id(0, first + c * 100000 + i), 'bench', 1, 3,
	    gen_random_uuid(), 2, bench.bytes(1500), now(), now(),
	    now() + interval '30 days'
	FROM generate_series(0, clients - 1) AS c, generate_series(1, each) AS i
$$;

ANALYZE;
SELECT rtrim(translate(encode(token, 'base64'), '+/' || chr(10), '-_'), '=')
FROM bench.person;
