-- SPDX-License-Identifier: Apache-2.0
-- Room auditor: what makes searches of the log fast, saved searches, exports,
-- daily figures of each member of staff, requests to open a sealed detail,
-- and the views of audit_v1 for psql and other people's tools.

CREATE SCHEMA auditor;
CREATE SCHEMA audit_v1;

-- searching -------------------------------------------------------------------

-- An entry's id begins with its millisecond (RFC 9562 5.7), so the key of
-- audit.q is its index by time. That holds only for honest ids: an entry
-- under an id of another time would be hidden from every search by time.
CREATE FUNCTION audit_v1.since(p_at timestamptz) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
	SELECT (lpad(to_hex(greatest(1,
	    floor(extract(epoch FROM p_at) * 1000)::int8)), 12, '0')
	    || repeat('0', 20))::uuid
$$;
COMMENT ON FUNCTION audit_v1.since IS
    'The lowest entry id of an instant: WHERE entry >= audit_v1.since(…) uses the key';

CREATE FUNCTION audit.timely() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF ops.this_room() IS NOT NULL
	    AND abs(('x' || left(replace(NEW.event_id::text, '-', ''), 12))
	    ::bit(48)::int8 - extract(epoch FROM NEW.at) * 1000) > 600000 THEN
		RAISE 'the entry''s id is of another time'
		    USING CONSTRAINT = 'entry_id', ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER timely BEFORE INSERT ON audit.q
	FOR EACH ROW EXECUTE FUNCTION audit.timely();
ALTER TABLE audit.q ENABLE ALWAYS TRIGGER timely;

-- Partial, so that a citizen's act pays for none: what staff did (they alone
-- have an office), and what is rare enough to be looked for by its kind.
CREATE INDEX q_staff ON audit.q (actor, event_id) WHERE office IS NOT NULL;
CREATE INDEX q_rare ON audit.q (type, event_id)
	WHERE type IN (5, 6, 8, 10, 11, 12, 13, 14, 15, 16);

CREATE TABLE auditor.search (
	id		uuid PRIMARY KEY,
	account		uuid NOT NULL REFERENCES identity.account,
	made_at		timestamptz NOT NULL,
	body		bytea NOT NULL
);
CREATE INDEX search_account ON auditor.search (account, made_at);

-- exports ---------------------------------------------------------------------

CREATE TABLE auditor.export (
	id		uuid PRIMARY KEY,
	account		uuid NOT NULL REFERENCES identity.account,
	format		text NOT NULL,
	state		text NOT NULL DEFAULT 'waiting',
	position	uuid NOT NULL,
	entries		int8 NOT NULL DEFAULT 0,
	most		int8 NOT NULL,
	chunks		int4 NOT NULL DEFAULT 0,
	size		int8 NOT NULL DEFAULT 0,
	attempts	int4 NOT NULL DEFAULT 0,
	asked_at	timestamptz NOT NULL DEFAULT now(),
	leased_until	timestamptz,
	expires_at	timestamptz NOT NULL DEFAULT now() + interval '1 day',
	filter		bytea NOT NULL,
	CONSTRAINT export_format CHECK (format IN ('csv', 'jsonl')),
	CONSTRAINT export_state CHECK (state IN ('waiting', 'running',
	    'ready', 'failed'))
);
CREATE INDEX export_account ON auditor.export (account, asked_at);
CREATE INDEX export_due ON auditor.export (asked_at)
	WHERE state IN ('waiting', 'running');

CREATE TABLE auditor.chunk (
	id		uuid PRIMARY KEY,
	export		uuid NOT NULL REFERENCES auditor.export
	    ON DELETE CASCADE,
	n		int4 NOT NULL,
	body		bytea NOT NULL,
	CONSTRAINT chunk_once UNIQUE (export, n)
);
ALTER TABLE auditor.chunk ALTER COLUMN body SET STORAGE EXTERNAL;

-- figures of a day ------------------------------------------------------------

CREATE TABLE auditor.tally (
	day		date NOT NULL,
	actor		uuid NOT NULL,
	entries		int4 NOT NULL,
	reads		int4 NOT NULL,
	alone		int4 NOT NULL,
	late		int4 NOT NULL,
	denied		int4 NOT NULL,
	decisions	int4 NOT NULL,
	refusals	int4 NOT NULL,
	CONSTRAINT tally_place PRIMARY KEY (day, actor)
);
CREATE TABLE auditor.tallied (
	day		date PRIMARY KEY
);

-- One day's figures of each member of staff. alone: reads of a case by whom
-- did nothing else with it that day. late: before 7, from 19 o'clock on, on a
-- Saturday, a Sunday or a holiday, in the authority's zone.
CREATE FUNCTION auditor.tally_day(p_day date, p_zone text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	since timestamptz := p_day::timestamp AT TIME ZONE p_zone;
	until timestamptz := (p_day + 1)::timestamp AT TIME ZONE p_zone;
	free bool := extract(isodow FROM p_day) > 5
	    OR EXISTS (SELECT FROM casework.holiday WHERE day = p_day);
BEGIN
	INSERT INTO auditor.tally (day, actor, entries, reads, alone, late,
	    denied, decisions, refusals)
	SELECT p_day, e.actor, count(*),
	    count(*) FILTER (WHERE e.type = 1 AND e.outcome = 0),
	    count(*) FILTER (WHERE e.type = 1 AND e.outcome = 0
	        AND e.case_id IS NOT NULL AND e.acts = 0),
	    count(*) FILTER (WHERE free OR extract(hour
	        FROM e.at AT TIME ZONE p_zone) NOT BETWEEN 7 AND 18),
	    count(*) FILTER (WHERE e.outcome = 1),
	    count(*) FILTER (WHERE e.type = 4),
	    count(*) FILTER (WHERE e.type = 4 AND EXISTS (SELECT
	        FROM casework.event c WHERE c.application = e.case_id
	        AND c.action = 'refuse' AND c.actor = e.actor
	        AND c.at BETWEEN e.at - interval '1 minute'
	        AND e.at + interval '1 minute'))
	FROM (SELECT actor, at, type, outcome, case_id,
	        count(*) FILTER (WHERE type IN (2, 3, 4))
	            OVER (PARTITION BY actor, case_id) AS acts
	    FROM audit.q
	    WHERE event_id >= audit_v1.since(since - interval '10 minutes')
	        AND event_id < audit_v1.since(until + interval '10 minutes')
	        AND at >= since AND at < until
	        AND office IS NOT NULL AND actor IS NOT NULL) e
	GROUP BY e.actor
	ON CONFLICT ON CONSTRAINT tally_place DO NOTHING;
	INSERT INTO auditor.tallied (day) VALUES (p_day)
	ON CONFLICT (day) DO NOTHING;
END $$;

-- The next day that is over and has no figures yet gets them; NULL: none. An
-- hour is left for what began before midnight.
CREATE FUNCTION auditor.tally_next() RETURNS date
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	z text;
	d date;
BEGIN
	SELECT zone INTO STRICT z FROM casework.setting;
	SELECT max(day) + 1 INTO d FROM auditor.tallied;
	IF d IS NULL THEN
		SELECT (at AT TIME ZONE z)::date INTO d FROM audit.q
		ORDER BY event_id LIMIT 1;
	END IF;
	IF d IS NULL OR now() < (d + 1)::timestamp AT TIME ZONE z
	    + interval '1 hour' THEN
		RETURN NULL;
	END IF;
	PERFORM auditor.tally_day(d, z);
	RETURN d;
END $$;

-- opening a sealed detail -----------------------------------------------------

CREATE TABLE auditor.detail_request (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	entry		uuid NOT NULL,
	room		int2 NOT NULL,
	asker		uuid NOT NULL REFERENCES identity.account,
	state		text NOT NULL,
	asked_at	timestamptz NOT NULL,
	until_at	timestamptz NOT NULL,
	decider		uuid REFERENCES identity.account,
	decided_at	timestamptz,
	opened_at	timestamptz,
	reason		bytea NOT NULL
);
CREATE UNIQUE INDEX detail_request_once ON auditor.detail_request
	(asker, entry) WHERE state IN ('asked', 'approved');
CREATE INDEX detail_request_until ON auditor.detail_request (until_at)
	WHERE state IN ('asked', 'approved');
CREATE INDEX detail_request_asker ON auditor.detail_request
	(asker, asked_at);
ALTER TABLE auditor.detail_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY detail_request_room ON auditor.detail_request FOR SELECT
	USING ((SELECT ops.this_room()) IN (room, 11));
SELECT audit.watch('auditor.detail_request', 205::int2, false);

ALTER TABLE casework.transition DROP CONSTRAINT transition_role;
ALTER TABLE casework.transition ADD CONSTRAINT transition_role
	CHECK (role IN ('applicant', 'other', 'clerk', 'supervisor', 'system',
	    'auditor'));
INSERT INTO casework.transition (machine, from_state, action, to_state, role,
    room, cause, second_person)
VALUES
	('detail_request', 'none', 'ask', 'asked', 'auditor', 11, 'session',
	    false),
	('detail_request', 'asked', 'approve', 'approved', 'supervisor', 11,
	    'session', true),
	('detail_request', 'asked', 'refuse', 'refused', 'supervisor', 11,
	    'session', true),
	('detail_request', 'asked', 'lapse', 'lapsed', 'system', 11,
	    'deadline', false),
	('detail_request', 'approved', 'lapse', 'lapsed', 'system', 11,
	    'deadline', false);
-- the rooms with pages
INSERT INTO casework.transition (machine, from_state, action, to_state, role,
    room, cause)
SELECT 'detail_request', 'approved', 'open', 'opened', 'auditor', code,
    'session'
FROM ops.room WHERE code BETWEEN 1 AND 11;

-- Is this bearer one whom the edge means, and not too near to the entry?
CREATE FUNCTION auditor.detail_check(b identity.bearer,
    t casework.transition, r auditor.detail_request) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	q audit.q;
BEGIN
	IF t.role = 'system' THEN
		IF b.session IS NOT NULL OR now() < r.until_at THEN
			PERFORM casework.fail('no_cause',
			    'nothing calls for this step');
		END IF;
		RETURN;
	END IF;
	IF b.session IS NULL THEN
		PERFORM casework.fail('session_over',
		    'nobody is signed in with this token here');
	END IF;
	IF b.kind <> 'staff' OR b.roles & (CASE t.role WHEN 'supervisor' THEN 2
	    WHEN 'auditor' THEN 4 ELSE 0 END) = 0 THEN
		PERFORM casework.fail('role_missing', 'another role does this');
	END IF;
	SELECT * INTO q FROM audit.q WHERE event_id = r.entry;
	IF b.person = q.subject OR EXISTS (SELECT FROM identity.relation x
	    WHERE x.account = b.account AND x.subject = q.subject
	    AND x.ended_at IS NULL) THEN
		PERFORM casework.fail('conflict_of_interest',
		    'the entry is about oneself or a relation');
	END IF;
	IF t.second_person AND b.account IN (r.asker, q.actor) THEN
		PERFORM casework.fail('four_eyes',
		    'neither who asks nor whose entry it is approves');
	END IF;
	IF t.action = 'open' AND b.account <> r.asker THEN
		PERFORM casework.fail('not_asker', 'somebody else asked');
	END IF;
	IF t.from_state <> 'none' AND now() > r.until_at THEN
		PERFORM casework.fail('detail_over', 'the 24 hours are over');
	END IF;
END $$;

-- The request as this edge leaves it; at is when the program says it is.
CREATE FUNCTION auditor.detail_after(r auditor.detail_request,
    t casework.transition, b identity.bearer, p_at timestamptz)
RETURNS auditor.detail_request
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
	r.row_version := r.row_version + 1;
	r.state := t.to_state;
	IF t.action IN ('approve', 'refuse') THEN
		r.decider := b.account;
		r.decided_at := p_at;
	END IF;
	IF t.action IN ('ask', 'approve') THEN
		r.until_at := p_at + interval '24 hours';
	END IF;
	IF t.action = 'open' THEN
		r.opened_at := p_at;
	END IF;
	RETURN r;
END $$;

-- The only way a request moves. The program gives the complete new row that
-- it has hashed; it is compared with what the rules make of the old one. An
-- opening gives the entry and its sealed detail, to the room that wrote it
-- and to nobody else, once.
CREATE FUNCTION auditor.detail_move(p_token bytea, p_action text,
    p_at timestamptz, r auditor.detail_request)
RETURNS TABLE (leaf bytea, detail bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE
	b identity.bearer;
	t casework.transition;
	old auditor.detail_request;
	x auditor.detail_request;
BEGIN
	SELECT * INTO old FROM auditor.detail_request d
	WHERE d.id = r.id FOR UPDATE;
	IF NOT FOUND THEN
		old := r;
		old.row_version := 0;
		old.state := 'none';
		SELECT q.room INTO old.room FROM audit.q q
		WHERE q.event_id = r.entry;
		old.decider := NULL;
		old.decided_at := NULL;
		old.opened_at := NULL;
	END IF;
	b := identity.bearer(p_token);
	SELECT * INTO t FROM casework.transition e
	WHERE e.machine = 'detail_request' AND e.from_state = old.state
	    AND e.action = p_action AND e.room = ops.this_room();
	IF NOT FOUND OR p_action = 'open'
	    AND old.room IS DISTINCT FROM ops.this_room() THEN
		PERFORM casework.fail('detail_request_edge',
		    'the request does not go this way here');
	END IF;
	IF NOT EXISTS (SELECT FROM casework.transition e
	    WHERE e.machine = 'detail_request' AND e.action = 'open'
	    AND e.room = old.room) THEN
		PERFORM casework.fail('detail_nowhere',
		    'no room with pages wrote this entry');
	END IF;
	PERFORM auditor.detail_check(b, t, old);
	IF old.state = 'none' THEN
		old.asker := b.account;
		old.asked_at := p_at;
	END IF;
	x := auditor.detail_after(old, t, b, p_at);
	IF x IS DISTINCT FROM r OR p_at NOT BETWEEN now() - interval
	    '10 minutes' AND now() + interval '10 minutes' THEN
		PERFORM casework.fail('detail_request_values',
		    'the request does not say what happens');
	END IF;
	IF p_action = 'ask' THEN
		INSERT INTO auditor.detail_request SELECT r.*;
		RETURN;
	END IF;
	UPDATE auditor.detail_request d SET row_version = r.row_version,
	    state = r.state, until_at = r.until_at, decider = r.decider,
	    decided_at = r.decided_at, opened_at = r.opened_at
	WHERE d.id = r.id;
	IF p_action = 'open' THEN
		RETURN QUERY SELECT l.leaf, l.detail FROM audit.leaf l
		WHERE l.event_id = r.entry;
	END IF;
END $$;

-- What an opening's own entry says it is about.
CREATE FUNCTION auditor.detail_about(p_request uuid, OUT at timestamptz,
    OUT type int2, OUT subject uuid, OUT case_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
	SELECT q.at, q.type, q.subject, q.case_id
	FROM auditor.detail_request d JOIN audit.q q ON q.event_id = d.entry
	WHERE d.id = p_request AND d.room = ops.this_room()
$$;

-- views -----------------------------------------------------------------------

COMMENT ON SCHEMA audit_v1 IS 'The audit log for auditors'' own tools: read
only, pseudonyms and codes with their names, nothing sealed. Columns are
added, never taken away or given another meaning.';

-- The register's names; migrate writes what stands in it.
CREATE VIEW audit_v1.code AS
	SELECT NULL::text AS list, NULL::int4 AS code, NULL::text AS name
	WHERE false;
COMMENT ON VIEW audit_v1.code IS
    'Names of the codes of the log: list is room, event, purpose, outcome or table';

CREATE VIEW audit_v1.office AS
	SELECT id, code, name, parent FROM identity.office;
COMMENT ON VIEW audit_v1.office IS 'Offices of the authority';

CREATE VIEW audit_v1.staff AS
	SELECT a.id AS account, a.handle, a.state, a.office,
	    o.name AS office_name, (SELECT string_agg(r.role, ' '
	        ORDER BY r.role) FROM identity.staff_role r
	        WHERE r.account = a.id AND r.until_at IS NULL) AS roles
	FROM identity.account a LEFT JOIN identity.office o ON o.id = a.office
	WHERE a.kind = 'staff';
COMMENT ON VIEW audit_v1.staff IS
    'Members of staff by handle, with the roles they have today';

CREATE VIEW audit_v1.entry AS
	SELECT q.event_id AS entry, q.at,
	    (SELECT c.name FROM audit_v1.code c
	        WHERE c.list = 'room' AND c.code = q.room) AS room,
	    (SELECT c.name FROM audit_v1.code c
	        WHERE c.list = 'event' AND c.code = q.type) AS event,
	    (SELECT c.name FROM audit_v1.code c
	        WHERE c.list = 'outcome' AND c.code = q.outcome) AS outcome,
	    (SELECT c.name FROM audit_v1.code c
	        WHERE c.list = 'purpose' AND c.code = q.purpose) AS purpose,
	    q.actor AS account, (SELECT s.handle FROM identity.account s
	        WHERE s.id = q.actor) AS handle,
	    q.office, q.subject AS person, q.case_id AS application,
	    (SELECT a.reference FROM casework.application a
	        WHERE a.id = q.case_id) AS reference,
	    (SELECT c.name FROM audit_v1.code c
	        WHERE c.list = 'table' AND c.code = q.table_code) AS record,
	    q.row_id, q.row_version, q.room AS room_code, q.type AS event_code,
	    q.outcome AS outcome_code, q.purpose AS purpose_code
	FROM audit.q q;
COMMENT ON VIEW audit_v1.entry IS
    'Every entry of the log; filter by the codes and by entry ranges (audit_v1.since) where speed matters';

CREATE VIEW audit_v1.application AS
	SELECT a.id AS application, a.reference, a.form, a.form_version,
	    (SELECT c.name FROM audit_v1.code c
	        WHERE c.list = 'room' AND c.code = a.room) AS room,
	    a.office, a.applicant AS person, a.state, a.submitted_at, a.due,
	    a.decided_on
	FROM casework.application a;
COMMENT ON VIEW audit_v1.application IS 'Cases, without what was answered';

CREATE VIEW audit_v1.step AS
	SELECT e.id AS step, e.application, a.reference, e.version, e.action,
	    e.from_state, e.to_state, e.actor AS account, s.handle, e.role,
	    e.office, e.at, i.event_id AS entry
	FROM casework.event e
	JOIN casework.application a ON a.id = e.application
	LEFT JOIN identity.account s ON s.id = e.actor
	LEFT JOIN audit.image i ON i.row_id = e.id
	    AND i.row_version = e.row_version AND i.table_code = 33;
COMMENT ON VIEW audit_v1.step IS
    'Steps of cases, each with the entry that commits to it; NULL: none does';

CREATE VIEW audit_v1.reading AS
	SELECT q.event_id AS entry, q.at, q.actor AS account, s.handle,
	    q.office, q.subject AS person, q.case_id AS application,
	    a.reference, (SELECT c.name FROM audit_v1.code c
	        WHERE c.list = 'purpose' AND c.code = q.purpose) AS purpose,
	    q.purpose AS purpose_code,
	    a.office <> q.office AS outside_office
	FROM audit.q q
	LEFT JOIN identity.account s ON s.id = q.actor
	LEFT JOIN casework.application a ON a.id = q.case_id
	WHERE q.type = 1 AND q.outcome = 0 AND q.office IS NOT NULL;
COMMENT ON VIEW audit_v1.reading IS
    'Who of the staff saw whom; outside_office: the case is another office''s';

CREATE VIEW audit_v1.day AS
	SELECT t.day, t.actor AS account, s.handle, s.office, t.entries,
	    t.reads, t.alone AS reads_without_act, t.late AS out_of_hours,
	    t.denied, t.decisions, t.refusals
	FROM auditor.tally t LEFT JOIN identity.account s ON s.id = t.actor;
COMMENT ON VIEW audit_v1.day IS
    'Figures of each member of staff for each day that is over';

CREATE VIEW audit_v1.image AS
	SELECT i.event_id AS entry, i.n, (SELECT c.name FROM audit_v1.code c
	        WHERE c.list = 'table' AND c.code = i.table_code) AS record,
	    i.row_id, i.row_version, encode(i.image, 'hex') AS image
	FROM audit.image i;
COMMENT ON VIEW audit_v1.image IS 'The rows that an entry commits to';

CREATE VIEW audit_v1.place AS
	SELECT x.event_id AS entry, x.year, x.idx AS index,
	    encode(x.leaf_hash, 'hex') AS leaf_hash
	FROM audit.seq x;
COMMENT ON VIEW audit_v1.place IS 'Where an entry stands in the signed log';

CREATE VIEW audit_v1.checkpoint AS
	SELECT c.year, c.size, c.at, convert_from(c.note, 'UTF8') AS note
	FROM audit.ckpt c;
COMMENT ON VIEW audit_v1.checkpoint IS 'Signed heads of the log';

CREATE VIEW audit_v1.detail_request AS
	SELECT d.id AS request, d.entry, (SELECT c.name FROM audit_v1.code c
	        WHERE c.list = 'room' AND c.code = d.room) AS room,
	    a.handle AS asked_by, d.state, d.asked_at, b.handle AS decided_by,
	    d.decided_at, d.opened_at
	FROM auditor.detail_request d
	LEFT JOIN identity.account a ON a.id = d.asker
	LEFT JOIN identity.account b ON b.id = d.decider;
COMMENT ON VIEW audit_v1.detail_request IS
    'Requests to open a sealed detail; their reasons are sealed';

COMMENT ON COLUMN audit_v1.entry.person IS
    'Pseudonym of whom the entry is about; NULL: nobody, or erased';
COMMENT ON COLUMN audit_v1.entry.account IS
    'Who did it; NULL: a program by itself';
COMMENT ON COLUMN audit_v1.entry.record IS
    'Table of the first row that was read or written';
COMMENT ON COLUMN audit_v1.day.reads_without_act IS
    'Reads of a case by whom did nothing else with it that day';
COMMENT ON COLUMN audit_v1.day.out_of_hours IS
    'Before 7, from 19 o''clock on, on weekends and holidays';
COMMENT ON COLUMN audit_v1.day.refusals IS
    'Decisions of theirs that refused an application';
