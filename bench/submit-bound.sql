-- SPDX-License-Identifier: Apache-2.0
--
-- One filing for pgbench: the rows of bench/record.c's flight, by the same
-- functions and INSERTs, with ids made from a count. See bench/run, which
-- gives first, token, subject, account, office, today, due, sizes of envelopes.
\set i :i + 1
\set n :first + :client_id * 100000 + :i
\startpipeline
BEGIN;
SELECT casework.file(:token::text::bytea, :today::date,
    ROW(bench.id(1, :n), 1, gen_random_uuid(), bench.id(0, :n), 1,
        'submit_unpaid', 'draft', 'awaiting_payment', :account::uuid, 3,
        'applicant', NULL, now(), NULL, NULL)::casework.event,
    ROW(bench.id(0, :n), 1, gen_random_uuid(), 'XX-' || :n::int8, :form::text,
        :version::int4, 3, :office::uuid, :subject::uuid, NULL, NULL,
        'awaiting_payment', now(), :due::date, NULL, NULL, NULL, NULL,
        NULL)::casework.application);
INSERT INTO casework.submission (id, row_version, application, event, number,
    answers)
VALUES (bench.id(2, :n), 1, bench.id(0, :n), bench.id(1, :n), 1,
    bench.bytes(:answers));
INSERT INTO casework.fee (id, row_version, nonce, application, line, currency,
    amount, state, cause)
VALUES (bench.id(3, :n), 1, gen_random_uuid(), bench.id(0, :n), 'bench',
    'BRL', 100, 'open', bench.id(1, :n));
INSERT INTO ops.message (id, from_room, to_room, kind, ref, first_due, due,
    envelope, signature)
VALUES (bench.id(4, :n), 3, 2, 'bench', :subject::uuid, now(), now(),
    bench.bytes(:envelope), bench.bytes(64));
DELETE FROM form.draft WHERE id = bench.id(0, :n) AND blob_version = 2;
SELECT audit.append(:token::text::bytea, bench.bytes(:leaf), bench.bytes(33),
    bench.bytes(:detail), bench.images(:n), ROW(bench.id(5, :n), now(), 3, 1,
        0, 1, :account::uuid, NULL, :subject::uuid, bench.id(0, :n), 33,
        bench.id(1, :n), 1)::audit.q);
SET CONSTRAINTS ALL IMMEDIATE;
COMMIT;
\endpipeline
