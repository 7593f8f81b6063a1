-- SPDX-License-Identifier: Apache-2.0
-- The citizen's side of the log: objections to what somebody did with one's
-- file, copies of everything, erasure.

-- Forms whose cases are not for clerks: a supervisor works on them. by_entry:
-- such a case is about an audit entry, goes to the office that made it, and
-- never to whoever made it.
CREATE TABLE casework.supervised (
	id		uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	row_version	int4 NOT NULL DEFAULT 1,
	nonce		uuid NOT NULL DEFAULT gen_random_uuid(),
	form		text NOT NULL,
	by_entry	bool NOT NULL,
	CONSTRAINT supervised_form_once UNIQUE (form)
);
INSERT INTO casework.supervised (form, by_entry)
VALUES ('objection', true), ('erasure', false);

CREATE TABLE casework.objection (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid,
	application	uuid NOT NULL REFERENCES casework.application,
	event		uuid NOT NULL REFERENCES casework.event,
	entry		uuid NOT NULL REFERENCES audit.q,
	subject		uuid,
	CONSTRAINT objection_application_once UNIQUE (application),
	CONSTRAINT objection_once UNIQUE (entry, subject),
	CONSTRAINT objection_nonce CHECK ((subject IS NULL) = (nonce IS NULL))
);
CREATE INDEX objection_subject ON casework.objection (subject);

-- May somebody object to this entry? It is about them, and not their own.
CREATE FUNCTION casework.may_object(p_entry uuid, p_subject uuid)
RETURNS bool LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
	SELECT EXISTS (SELECT FROM audit.q
	WHERE q.event_id = p_entry AND q.subject = p_subject
	    AND NOT EXISTS (SELECT FROM identity.account a
	    WHERE a.id = q.actor AND a.person = p_subject))
$$;

CREATE FUNCTION casework.objection_rules() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM casework.event
	    WHERE id = NEW.event AND application = NEW.application
	    AND xact = pg_current_xact_id() AND room = ops.this_room()) THEN
		PERFORM casework.fail('of_this_act',
		    'an objection without an event of this act');
	END IF;
	IF NOT EXISTS (SELECT FROM casework.application a
	    JOIN casework.supervised s ON s.form = a.form AND s.by_entry
	    WHERE a.id = NEW.application AND a.applicant = NEW.subject
	    AND a.thing = NEW.entry)
	    OR NOT casework.may_object(NEW.entry, NEW.subject) THEN
		PERFORM casework.fail('objection_entry',
		    'this entry is not about the one who objects');
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER rules BEFORE INSERT ON casework.objection
	FOR EACH ROW EXECUTE FUNCTION casework.objection_rules();

SELECT audit.watch('casework.supervised', 220::int2, true),
    audit.watch('casework.objection', 221::int2, false);

-- What the bearer may know of the entry that is objected to.
CREATE FUNCTION casework.objectable(p_token bytea, p_entry uuid, OUT at
    timestamptz, OUT type int2, OUT outcome int2, OUT handle text,
    OUT office text, OUT room int2, OUT reference text, OUT objected bool)
RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	b identity.bearer := identity.bearer(p_token);
BEGIN
	IF b.kind IS DISTINCT FROM 'citizen'
	    OR NOT casework.may_object(p_entry, b.person) THEN
		RETURN;
	END IF;
	RETURN QUERY SELECT q.at, q.type, q.outcome, a.handle, o.name, q.room,
	    c.reference, EXISTS (SELECT FROM casework.objection x
	    WHERE x.entry = q.event_id AND x.subject = q.subject)
	FROM audit.q
	LEFT JOIN identity.account a ON a.id = q.actor
	LEFT JOIN identity.office o ON o.id = q.office
	LEFT JOIN casework.application c ON c.id = q.case_id
	WHERE q.event_id = p_entry;
END $$;

-- Whose case it becomes: the form's office, or that of the entry.
CREATE FUNCTION casework.office_of(d form.definition, p_thing uuid)
RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	RETURN coalesce((SELECT q.office FROM audit.q
	    WHERE q.event_id = p_thing AND EXISTS (SELECT
	    FROM casework.supervised s WHERE s.form = d.name
	    AND s.by_entry)), d.office);
END $$;

-- As in 0003, but for three things: the cases above, an applicant who was
-- erased, and the office.
CREATE OR REPLACE FUNCTION casework.check_role(b identity.bearer,
    p_role text, a casework.application) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	s casework.supervised;
BEGIN
	IF p_role = 'system' THEN
		IF b.session IS NOT NULL THEN
			PERFORM casework.fail('role_missing',
			    'a system step is nobody''s');
		END IF;
		RETURN;
	END IF;
	IF b.session IS NULL THEN
		PERFORM casework.fail('session_over',
		    'nobody is signed in with this token here');
	END IF;
	IF p_role = 'applicant' THEN
		IF b.person IS DISTINCT FROM a.applicant OR b.kind = 'link'
		    AND b.application <> a.id THEN
			PERFORM casework.fail('not_applicant',
			    'somebody else applied');
		END IF;
		RETURN;
	END IF;
	IF p_role = 'other' THEN
		IF b.kind <> 'citizen' OR a.applicant IS NULL
		    OR b.person = a.applicant THEN
			PERFORM casework.fail('not_other',
			    'somebody else than the applicant does this');
		END IF;
		RETURN;
	END IF;
	IF a.applicant IS NULL THEN
		PERFORM casework.fail('erased', 'this file was erased');
	END IF;
	SELECT * INTO s FROM casework.supervised WHERE form = a.form;
	IF b.kind <> 'staff' OR b.roles & (CASE
	    WHEN p_role = 'supervisor' OR p_role = 'clerk' AND FOUND THEN 2
	    WHEN p_role = 'clerk' THEN 1 ELSE 0 END) = 0 THEN
		PERFORM casework.fail('role_missing', 'another role does this');
	END IF;
	IF b.person = a.applicant OR EXISTS (SELECT FROM identity.relation r
	    WHERE r.account = b.account AND r.subject = a.applicant
	    AND r.ended_at IS NULL) THEN
		PERFORM casework.fail('conflict_of_interest',
		    'the file is one''s own or a relation''s');
	END IF;
	IF s.by_entry AND EXISTS (SELECT FROM audit.q
	    WHERE q.event_id = a.thing AND q.actor = b.account) THEN
		PERFORM casework.fail('conflict_of_interest',
		    'what one did is for others to judge');
	END IF;
END $$;

CREATE OR REPLACE FUNCTION casework.file(p_token bytea, p_today date,
    e casework.event, a casework.application) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	b identity.bearer := identity.bearer(p_token);
	t casework.transition := casework.edge('draft', e);
	d form.definition;
	x casework.application;
BEGIN
	PERFORM casework.check_role(b, t.role, a);
	SELECT * INTO d FROM form.definition
	WHERE name = a.form AND version = a.form_version;
	IF NOT FOUND OR p_today <> casework.today() THEN
		PERFORM casework.fail('application_values',
		    'no such form, or another day');
	END IF;
	x := a;
	x.row_version := 0;
	x.room := ops.this_room();
	x.office := casework.office_of(d, a.thing);
	x.due := NULL;
	x.suspended_on := NULL;
	x.assignee := NULL;
	x.recommender := NULL;
	x.decided_on := NULL;
	x.lease_until := NULL;
	a.lease_until := NULL;
	x := casework.after(x, t, b, NULL, p_today);
	IF x IS DISTINCT FROM a OR a.submitted_at <> e.at
	    OR a.applicant IS NULL OR a.nonce IS NULL THEN
		PERFORM casework.fail('application_values',
		    'the application does not say what happens');
	END IF;
	PERFORM casework.check_event(e, t, a, b);
	e.xact := pg_current_xact_id();
	a.lease_until := casework.lease(t, a);
	INSERT INTO casework.application SELECT a.*;
	INSERT INTO casework.event SELECT e.*;
END $$;

DROP FUNCTION casework.plan_filing(text, int4, text, text, date);
CREATE FUNCTION casework.plan_filing(p_form text, p_version int4,
    p_action text, p_role text, p_today date, p_thing uuid,
    OUT to_state text, OUT office uuid, OUT due date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	e casework.event;
	t casework.transition;
	d form.definition;
BEGIN
	SELECT * INTO STRICT d FROM form.definition
	WHERE name = p_form AND version = p_version;
	e.action := p_action;
	e.role := p_role;
	t := casework.edge('draft', e);
	to_state := t.to_state;
	office := casework.office_of(d, p_thing);
	due := CASE t.due
	    WHEN 'set' THEN casework.deadline(p_today, d.review_days)
	    WHEN 'answer' THEN casework.deadline(p_today, d.answer_days) END;
END $$;

-- Erasure ---------------------------------------------------------------------
-- The request is an application of the form `erasure`; what follows from its
-- approval is here. A room erases in one act, because account's message says
-- so; what it erased is a new version of each row, without the pseudonym.

CREATE TABLE identity.erasure (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid,
	subject		uuid,
	application	uuid NOT NULL,
	state		text NOT NULL,
	cause		uuid NOT NULL,
	started_at	timestamptz NOT NULL,
	ended_at	timestamptz,
	CONSTRAINT erasure_application_once UNIQUE (application),
	CONSTRAINT erasure_end CHECK ((state = 'done')
	    = (ended_at IS NOT NULL) AND (state = 'done') = (subject IS NULL)
	    AND (subject IS NULL) = (nonce IS NULL))
);
CREATE UNIQUE INDEX erasure_running_once ON identity.erasure (subject)
	WHERE state = 'running';

-- due: when a room is asked again; until: what it said itself.
CREATE TABLE identity.erasure_part (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	erasure		uuid NOT NULL REFERENCES identity.erasure,
	room		int2 NOT NULL,
	state		text NOT NULL,
	reason		text,
	until		date,
	due		date,
	cause		uuid NOT NULL,
	CONSTRAINT erasure_part_once UNIQUE (erasure, room),
	CONSTRAINT erasure_part_reason CHECK ((state = 'held')
	    = (reason IS NOT NULL) AND (state = 'held' OR until IS NULL)
	    AND reason IN ('open_application', 'active_title', 'retention'))
);
CREATE INDEX erasure_part_due ON identity.erasure_part (due)
	WHERE due IS NOT NULL;

CREATE TRIGGER move BEFORE INSERT OR UPDATE ON identity.erasure
	FOR EACH ROW EXECUTE FUNCTION casework.move('erasure');
CREATE TRIGGER move BEFORE INSERT OR UPDATE ON identity.erasure_part
	FOR EACH ROW EXECUTE FUNCTION casework.move('erasure_part');

INSERT INTO casework.transition (machine, from_state, action, to_state, role,
    room, cause)
VALUES
	('erasure', 'none', 'start', 'running', 'system', 2,
	    'message:erase-start'),
	('erasure', 'running', 'end', 'done', 'system', 2, 'message:erase'),
	('erasure_part', 'none', 'ask', 'asked', 'system', 2,
	    'message:erase-start'),
	('erasure_part', 'none', 'ask_late', 'asked', 'system', 2,
	    'message:erased'),
	('erasure_part', 'asked', 'hold', 'held', 'system', 2,
	    'message:erase-answer'),
	('erasure_part', 'asked', 'erase', 'erasing', 'system', 2,
	    'message:erase-answer'),
	('erasure_part', 'erasing', 'hold', 'held', 'system', 2,
	    'message:erase-answer'),
	('erasure_part', 'held', 'ask', 'asked', 'system', 2, 'deadline'),
	('erasure_part', 'erasing', 'end', 'erased', 'system', 2,
	    'message:erased'),
	('erasure_part', 'erased', 'ask', 'asked', 'system', 2, 'deadline');

-- Keys that an act gave up and the worker is to destroy.
CREATE TABLE ops.key_drop (
	key_id		int8 PRIMARY KEY,
	room		int2 NOT NULL,
	asked_at	timestamptz NOT NULL
);
ALTER TABLE ops.key_drop ENABLE ROW LEVEL SECURITY;
CREATE POLICY key_drop_room ON ops.key_drop
	USING (room = (SELECT ops.this_room()))
	WITH CHECK (room = (SELECT ops.this_room()));

SELECT audit.watch('identity.erasure', 222::int2, false),
    audit.watch('identity.erasure_part', 223::int2, false);

-- Pseudonyms may go.
ALTER TABLE casework.application ALTER COLUMN applicant DROP NOT NULL,
	ALTER COLUMN nonce DROP NOT NULL,
	ADD CONSTRAINT application_erased
	    CHECK ((applicant IS NULL) = (nonce IS NULL));
ALTER TABLE casework.party ALTER COLUMN subject DROP NOT NULL;
ALTER TABLE vehicle.title ALTER COLUMN owner DROP NOT NULL,
	ALTER COLUMN nonce DROP NOT NULL,
	ADD CONSTRAINT title_erased CHECK ((owner IS NULL) = (nonce IS NULL));
ALTER TABLE vehicle.offer DROP CONSTRAINT offer_buyer,
	ADD CONSTRAINT offer_buyer CHECK (buyer IS NULL OR state = 'accepted');
ALTER TABLE identity.account ALTER COLUMN person DROP NOT NULL,
	ALTER COLUMN email DROP NOT NULL,
	ADD CONSTRAINT account_erased CHECK ((person IS NULL)
	    = (email IS NULL) AND (person IS NOT NULL OR state = 'closed'));
ALTER TABLE identity.profile_given ALTER COLUMN subject DROP NOT NULL,
	ALTER COLUMN nonce DROP NOT NULL,
	ADD CONSTRAINT profile_given_erased
	    CHECK ((subject IS NULL) = (nonce IS NULL));
ALTER TABLE identity.relation ALTER COLUMN subject DROP NOT NULL,
	ALTER COLUMN nonce DROP NOT NULL,
	ADD CONSTRAINT relation_erased
	    CHECK ((subject IS NULL) = (nonce IS NULL));

-- Erased rows are found among the images that lost their row.
CREATE INDEX image_erased ON audit.image (image) WHERE row_id IS NULL;

-- Is this account's word, handled in this act, to erase this person here?
CREATE FUNCTION ops.erasing(p_message uuid, p_subject uuid) RETURNS bool
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
	SELECT EXISTS (SELECT FROM ops.message m
	WHERE m.id = p_message AND m.kind = 'erase' AND m.from_room = 2
	    AND m.to_room = ops.this_room() AND m.ref = p_subject
	    AND m.handled_xact = pg_current_xact_id())
$$;

CREATE FUNCTION casework.is_open(p_state text) RETURNS bool
LANGUAGE sql IMMUTABLE AS $$
	SELECT p_state IN ('awaiting_acceptance', 'awaiting_payment',
	    'queued', 'in_review', 'awaiting_applicant', 'recommended')
$$;

-- An application loses its applicant; the program says which version, so
-- that it knows the image.
CREATE FUNCTION casework.erase(p_message uuid, p_application uuid,
    p_version int4) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	a casework.application;
BEGIN
	SELECT * INTO a FROM casework.application
	WHERE id = p_application AND room = ops.this_room() FOR UPDATE;
	IF NOT FOUND OR a.row_version <> p_version - 1 THEN
		PERFORM casework.fail('application_version',
		    'somebody else was faster');
	END IF;
	IF NOT ops.erasing(p_message, a.applicant) THEN
		PERFORM casework.fail('no_cause', 'nothing calls for this step');
	END IF;
	IF casework.is_open(a.state) THEN
		PERFORM casework.fail('open_application',
		    'an open application is not erased');
	END IF;
	UPDATE casework.application SET row_version = p_version,
	    nonce = NULL, applicant = NULL
	WHERE id = p_application;
END $$;

-- As in 0002; a condition on columns of both tables is read for each.
CREATE OR REPLACE FUNCTION audit.only_erase() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
	was jsonb := to_jsonb(OLD);
	now jsonb := to_jsonb(NEW);
	goes text[] := CASE TG_TABLE_NAME WHEN 'image' THEN '{row_id}'
	    ELSE '{subject,case_id,row_id}' END;
	name text;
BEGIN
	FOREACH name IN ARRAY goes LOOP
		IF now ->> name IS NOT NULL THEN
			was := NULL;
		END IF;
	END LOOP;
	IF was - goes = now - goes THEN
		RETURN NEW;
	END IF;
	RAISE 'audit.% keeps what was written', TG_TABLE_NAME
	    USING CONSTRAINT = 'append_only', ERRCODE = 'check_violation';
END $$;

-- What the log's index says of somebody, as far as this room wrote it.
CREATE FUNCTION audit.erase(p_message uuid, p_subject uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF NOT ops.erasing(p_message, p_subject) THEN
		RAISE 'nothing calls for this'
		    USING CONSTRAINT = 'no_cause',
		    ERRCODE = 'check_violation';
	END IF;
	UPDATE audit.image SET row_id = NULL
	WHERE row_id IS NOT NULL AND event_id IN (SELECT event_id
	    FROM audit.q WHERE subject = p_subject
	    AND room = ops.this_room());
	UPDATE audit.q SET subject = NULL, case_id = NULL, row_id = NULL
	WHERE subject = p_subject AND room = ops.this_room();
END $$;

-- A message that is done loses its ref at erasure, and nothing else ever.
CREATE OR REPLACE FUNCTION ops.message_handled() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	IF OLD.state = 'done' AND (NEW.ref IS NOT NULL OR to_jsonb(NEW) - 'ref'
	    <> to_jsonb(OLD) - 'ref') THEN
		RAISE 'this message was handled'
		    USING CONSTRAINT = 'message_once', ERRCODE = 'check_violation';
	END IF;
	IF NEW.state = 'done' AND OLD.state <> 'done' THEN
		NEW.handled_xact := pg_current_xact_id();
	END IF;
	RETURN NEW;
END $$;

-- Messages about somebody who is erased here: who is account is erased last,
-- and takes what is left of other rooms' with it.
CREATE FUNCTION ops.erase(p_message uuid, p_subject uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF NOT ops.erasing(p_message, p_subject) THEN
		RAISE 'nothing calls for this'
		    USING CONSTRAINT = 'no_cause',
		    ERRCODE = 'check_violation';
	END IF;
	UPDATE ops.message SET ref = NULL, envelope = NULL, ended_at =
	    coalesce(ended_at, now()),
	    state = CASE WHEN state = 'open' THEN 'failed' ELSE state END
	WHERE ref = p_subject AND (ops.this_room() = 2
	    OR ops.this_room() IN (from_room, to_room));
END $$;

-- As in 0005, but for titles and offers that lose their person.
CREATE OR REPLACE FUNCTION vehicle.title_rules() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	before vehicle.title;
BEGIN
	PERFORM FROM vehicle.vehicle WHERE id = NEW.vehicle FOR UPDATE;
	IF TG_OP = 'UPDATE' THEN
		IF NEW.owner IS NULL AND OLD.state <> 'issued'
		    AND ops.erasing(NEW.cause, OLD.owner)
		    AND to_jsonb(NEW) - '{owner,nonce,cause,row_version}'::text[]
		    = to_jsonb(OLD) - '{owner,nonce,cause,row_version}'::text[]
		THEN
			RETURN NEW;
		END IF;
		IF NEW.owner IS NULL OR (NEW.vehicle, NEW.owner, NEW.from_at,
		    NEW.previous) IS DISTINCT FROM (OLD.vehicle, OLD.owner,
		    OLD.from_at, OLD.previous) THEN
			PERFORM casework.fail('title_chain',
			    'what a title says of the past stays');
		END IF;
	END IF;
	IF NEW.state = 'transferred' THEN
		IF EXISTS (SELECT FROM vehicle.lien
		    WHERE vehicle = NEW.vehicle AND state = 'open') THEN
			PERFORM casework.fail('lien_open',
			    'a lien stands against this vehicle');
		END IF;
		IF EXISTS (SELECT FROM vehicle.hold
		    WHERE vehicle = NEW.vehicle AND state = 'placed') THEN
			PERFORM casework.fail('hold_placed',
			    'a hold stands against this vehicle');
		END IF;
		IF EXISTS (SELECT FROM vehicle.vehicle
		    WHERE id = NEW.vehicle AND stolen) THEN
			PERFORM casework.fail('vehicle_stolen',
			    'this vehicle is reported stolen');
		END IF;
	END IF;
	IF TG_OP = 'INSERT' THEN
		SELECT * INTO before FROM vehicle.title t
		WHERE t.vehicle = NEW.vehicle
		ORDER BY t.from_at DESC, t.id DESC LIMIT 1;
		IF before.id IS DISTINCT FROM NEW.previous
		    OR before.until_at IS DISTINCT FROM (CASE
		    WHEN NEW.previous IS NOT NULL THEN NEW.from_at END) THEN
			PERFORM casework.fail('title_chain',
			    'a title follows the one before it');
		END IF;
		IF NEW.owner IS NULL OR NEW.owner IS DISTINCT FROM
		    vehicle.next_owner(before, NEW.cause) THEN
			PERFORM casework.fail('title_owner',
			    'this is not whose title it becomes');
		END IF;
	END IF;
	RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION vehicle.offer_rules() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF TG_OP = 'UPDATE' AND OLD.state = 'accepted' AND NEW.buyer IS NULL
	    AND NEW.state = 'accepted'
	    AND ops.erasing(NEW.cause, OLD.buyer) THEN
		RETURN NEW;
	END IF;
	IF NEW.state = 'accepted' AND NOT EXISTS (SELECT
	    FROM casework.event e JOIN identity.account a ON a.id = e.actor
	    WHERE e.id = NEW.cause AND e.application = NEW.application
	    AND e.role = 'other' AND a.person = NEW.buyer) THEN
		PERFORM casework.fail('offer_buyer',
		    'the buyer is whoever accepts');
	END IF;
	RETURN NEW;
END $$;

INSERT INTO casework.transition (machine, from_state, action, to_state, role,
    room, cause)
SELECT machine, state, 'erase', state, 'system', 3, 'message:erase'
FROM (VALUES ('title', 'transferred'), ('title', 'superseded'),
    ('title', 'surrendered'), ('title', 'cancelled'),
    ('registration', 'ended'), ('offer', 'accepted'))
    AS v (machine, state);

-- A copy of everything ------------------------------------------------------
-- Asked for by the person, answered room by room, sealed again under their
-- key, gone after some days.
CREATE TABLE identity.copy (
	id		uuid PRIMARY KEY,
	subject		uuid NOT NULL,
	asked_at	timestamptz NOT NULL,
	expires_at	timestamptz NOT NULL,
	CONSTRAINT copy_subject_once UNIQUE (subject)
);
CREATE TABLE identity.copy_part (
	id		uuid PRIMARY KEY,
	copy		uuid NOT NULL REFERENCES identity.copy ON DELETE CASCADE,
	room		int2 NOT NULL,
	answered_at	timestamptz,
	data		bytea,
	CONSTRAINT copy_part_once UNIQUE (copy, room),
	CONSTRAINT copy_part_answer CHECK ((data IS NULL)
	    = (answered_at IS NULL))
);
ALTER TABLE identity.copy_part ALTER COLUMN data SET STORAGE EXTERNAL;

-- Receipts --------------------------------------------------------------------
-- What a room may take out of the log for the one whom an entry is about:
-- the room's own entries, and that person's alone.
CREATE FUNCTION audit.about_bearer(p_token bytea, p_event uuid) RETURNS bool
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	b identity.bearer := identity.bearer(p_token);
BEGIN
	RETURN EXISTS (SELECT FROM audit.q WHERE event_id = p_event
	    AND room = ops.this_room() AND subject = b.person);
END $$;

CREATE FUNCTION audit.receipts(p_token bytea, p_case uuid)
RETURNS TABLE (event_id uuid, at timestamptz, type int2)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	b identity.bearer := identity.bearer(p_token);
BEGIN
	RETURN QUERY SELECT q.event_id, q.at, q.type FROM audit.q
	WHERE q.case_id = p_case AND q.room = ops.this_room()
	    AND q.subject = b.person AND q.outcome = 0 AND q.type IN (2, 4)
	ORDER BY q.at, q.event_id;
END $$;

CREATE FUNCTION audit.receipt(p_token bytea, p_event uuid)
RETURNS TABLE (leaf bytea, detail bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF NOT audit.about_bearer(p_token, p_event) THEN
		RETURN;
	END IF;
	RETURN QUERY SELECT l.leaf, l.detail FROM audit.leaf l
	JOIN audit.q ON q.event_id = l.event_id
	    AND l.year = extract(year FROM q.at AT TIME ZONE 'UTC')
	WHERE l.event_id = p_event;
END $$;

CREATE FUNCTION audit.receipt_images(p_token bytea, p_event uuid)
RETURNS TABLE (table_code int2, row_id uuid, row_version int4, image bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF NOT audit.about_bearer(p_token, p_event) THEN
		RETURN;
	END IF;
	RETURN QUERY SELECT i.table_code, i.row_id, i.row_version, i.image
	FROM audit.image i WHERE i.event_id = p_event ORDER BY i.n;
END $$;
