-- SPDX-License-Identifier: Apache-2.0
-- Casework: one transition table for every life cycle, and casework.act, the
-- only way an application moves. Forms and their drafts come with it.

CREATE TABLE casework.setting (
	id		uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	row_version	int4 NOT NULL DEFAULT 1,
	nonce		uuid NOT NULL DEFAULT gen_random_uuid(),
	zone		text NOT NULL,
	lease_minutes	int4 NOT NULL
);
CREATE UNIQUE INDEX setting_once ON casework.setting ((true));

CREATE FUNCTION casework.today() RETURNS date
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	RETURN (SELECT (now() AT TIME ZONE zone)::date FROM casework.setting);
END $$;

CREATE TABLE casework.holiday (
	id		uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	row_version	int4 NOT NULL DEFAULT 1,
	nonce		uuid NOT NULL DEFAULT gen_random_uuid(),
	day		date NOT NULL,
	name		text NOT NULL,
	CONSTRAINT holiday_day_once UNIQUE (day)
);

-- A deadline counts civil days; the last is inclusive, and one that falls on
-- a weekend or a holiday moves to the next working day.
CREATE FUNCTION casework.deadline(p_from date, p_days int4) RETURNS date
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	d date := p_from + p_days;
BEGIN
	WHILE extract(isodow FROM d) > 5
	    OR EXISTS (SELECT FROM casework.holiday WHERE day = d) LOOP
		d := d + 1;
	END LOOP;
	RETURN d;
END $$;

CREATE TABLE casework.transition (
	id		uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	row_version	int4 NOT NULL DEFAULT 1,
	nonce		uuid NOT NULL DEFAULT gen_random_uuid(),
	machine		text NOT NULL,
	from_state	text NOT NULL,
	action		text NOT NULL,
	to_state	text NOT NULL,
	role		text NOT NULL,
	room		int2 NOT NULL,
	cause		text NOT NULL,
	needs_lease	bool NOT NULL DEFAULT false,
	needs_reason	bool NOT NULL DEFAULT false,
	second_person	bool NOT NULL DEFAULT false,
	assignee	text NOT NULL DEFAULT 'keep',
	due		text NOT NULL DEFAULT 'keep',
	decides		bool NOT NULL DEFAULT false,
	CONSTRAINT transition_once UNIQUE (machine, from_state, action, role,
	    room),
	-- other: a citizen signed in who is not the applicant
	CONSTRAINT transition_role CHECK (role IN ('applicant', 'other',
	    'clerk', 'supervisor', 'system')),
	CONSTRAINT transition_assignee CHECK (assignee IN ('keep', 'actor',
	    'none', 'named')),
	CONSTRAINT transition_due CHECK (due IN ('keep', 'set', 'answer',
	    'suspend', 'resume', 'end'))
);

-- form ------------------------------------------------------------------------

CREATE TABLE form.definition (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	name		text NOT NULL,
	version		int4 NOT NULL,
	room		int2 NOT NULL,
	prefix		text NOT NULL,
	office		uuid NOT NULL REFERENCES identity.office,
	four_eyes	text NOT NULL,
	four_eyes_above	int8,
	review_days	int4 NOT NULL,
	answer_days	int4 NOT NULL,
	appeal_days	int4 NOT NULL,
	fee		text,
	sha256		bytea NOT NULL,
	source		bytea NOT NULL,
	signature	bytea NOT NULL,
	added_at	timestamptz NOT NULL,
	CONSTRAINT definition_once UNIQUE (name, version),
	CONSTRAINT definition_hash CHECK (sha256 = sha256(source)),
	CONSTRAINT definition_four_eyes CHECK (four_eyes IN ('never',
	    'always', 'above') AND (four_eyes = 'above')
	    = (four_eyes_above IS NOT NULL)),
	CONSTRAINT definition_prefix CHECK (prefix ~ '^[A-Z]{2}$')
);

CREATE TABLE form.parameter (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	name		text NOT NULL,
	valid_from	date NOT NULL,
	value		int8 NOT NULL,
	reference	text NOT NULL,
	CONSTRAINT parameter_once UNIQUE (name, valid_from)
);

CREATE TABLE form.draft (
	id		uuid PRIMARY KEY,
	form		text NOT NULL,
	version		int4 NOT NULL,
	room		int2 NOT NULL,
	person		uuid NOT NULL,
	thing		uuid,
	blob_version	int4 NOT NULL,
	answers		bytea NOT NULL,
	started_at	timestamptz NOT NULL,
	changed_at	timestamptz NOT NULL,
	expires_at	timestamptz NOT NULL
);
ALTER TABLE form.draft ALTER COLUMN answers SET STORAGE EXTERNAL;
CREATE INDEX draft_person ON form.draft (person);
CREATE INDEX draft_expiry ON form.draft (expires_at);
ALTER TABLE form.draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY draft_room ON form.draft
	USING (room = (SELECT ops.this_room()))
	WITH CHECK (room = (SELECT ops.this_room()));

-- application -------------------------------------------------------------------

CREATE TABLE casework.application (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	reference	text NOT NULL,
	form		text NOT NULL,
	form_version	int4 NOT NULL,
	room		int2 NOT NULL,
	office		uuid NOT NULL REFERENCES identity.office,
	applicant	uuid NOT NULL,
	thing		uuid,
	amount		int8,
	state		text NOT NULL,
	submitted_at	timestamptz NOT NULL,
	due		date,
	suspended_on	date,
	assignee	uuid REFERENCES identity.account,
	recommender	uuid REFERENCES identity.account,
	decided_on	date,
	lease_until	timestamptz,
	CONSTRAINT application_reference_once UNIQUE (reference),
	CONSTRAINT application_form FOREIGN KEY (form, form_version)
	    REFERENCES form.definition (name, version)
);
CREATE INDEX application_applicant ON casework.application (applicant);
CREATE INDEX application_thing ON casework.application (thing)
	WHERE thing IS NOT NULL;
CREATE INDEX application_work ON casework.application (office, due)
	WHERE state IN ('awaiting_payment', 'queued', 'in_review',
	    'awaiting_applicant', 'recommended');
CREATE INDEX application_assignee ON casework.application (assignee)
	WHERE assignee IS NOT NULL;

CREATE TABLE casework.event (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	application	uuid NOT NULL REFERENCES casework.application,
	version		int4 NOT NULL,
	action		text NOT NULL,
	from_state	text NOT NULL,
	to_state	text NOT NULL,
	actor		uuid,
	room		int2 NOT NULL,
	role		text NOT NULL,
	office		uuid,
	at		timestamptz NOT NULL,
	cause		uuid,
	xact		xid8 NOT NULL,
	CONSTRAINT event_version_once UNIQUE (application, version)
);

-- A service sees its own cases; across services look only those whose
-- business that is: portal (tracking), account (my applications), payment,
-- desk, auditor.
ALTER TABLE casework.application ENABLE ROW LEVEL SECURITY;
CREATE POLICY application_room ON casework.application FOR SELECT
	USING (room = (SELECT ops.this_room())
	    OR (SELECT ops.this_room()) IN (1, 2, 9, 10, 11));
ALTER TABLE casework.event ENABLE ROW LEVEL SECURITY;
CREATE POLICY event_room ON casework.event FOR SELECT
	USING (room = (SELECT ops.this_room())
	    OR (SELECT ops.this_room()) IN (1, 2, 9, 10, 11)
	    OR EXISTS (SELECT FROM casework.application a
	        WHERE a.id = application));

-- Rows that belong to an act name the event of the act: the event is of this
-- transaction, and so its actor was proved.
CREATE FUNCTION casework.of_this_act() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM casework.event WHERE id = NEW.event
	    AND xact = pg_current_xact_id() AND room = ops.this_room()) THEN
		RAISE '%.% without an event of this act',
		    TG_TABLE_SCHEMA, TG_TABLE_NAME
		    USING CONSTRAINT = 'of_this_act',
		    ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END $$;

CREATE TABLE casework.submission (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	application	uuid NOT NULL REFERENCES casework.application,
	event		uuid NOT NULL REFERENCES casework.event,
	number		int4 NOT NULL,
	answers		bytea NOT NULL,
	CONSTRAINT submission_once UNIQUE (application, number)
);
ALTER TABLE casework.submission ALTER COLUMN answers SET STORAGE EXTERNAL;

CREATE TABLE casework.reason (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	event		uuid NOT NULL REFERENCES casework.event,
	code		int4 NOT NULL,
	CONSTRAINT reason_once UNIQUE (event, code)
);

CREATE TABLE casework.note (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	event		uuid NOT NULL REFERENCES casework.event,
	kind		text NOT NULL,
	body		bytea NOT NULL,
	CONSTRAINT note_kind CHECK (kind IN ('staff', 'citizen', 'system'))
);
CREATE INDEX note_event ON casework.note (event);

CREATE TABLE casework.decision (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	event		uuid NOT NULL REFERENCES casework.event,
	application	uuid NOT NULL REFERENCES casework.application,
	outcome		text NOT NULL,
	decided_on	date NOT NULL,
	appeal_until	date,
	letter		bytea NOT NULL,
	CONSTRAINT decision_event_once UNIQUE (event),
	CONSTRAINT decision_outcome CHECK (outcome IN ('approved', 'refused'))
);
CREATE INDEX decision_application ON casework.decision (application);

CREATE TABLE casework.information_request (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	application	uuid NOT NULL REFERENCES casework.application,
	state		text NOT NULL,
	cause		uuid NOT NULL,
	asked_on	date NOT NULL,
	due		date NOT NULL,
	items		text NOT NULL,
	question	bytea NOT NULL,
	answer		bytea
);
CREATE UNIQUE INDEX information_request_open
	ON casework.information_request (application) WHERE state = 'open';

CREATE TABLE casework.fee (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	application	uuid NOT NULL REFERENCES casework.application,
	line		text NOT NULL,
	currency	text NOT NULL,
	amount		int8 NOT NULL,
	state		text NOT NULL,
	cause		uuid NOT NULL,
	CONSTRAINT fee_amount CHECK (amount > 0)
);
CREATE INDEX fee_application ON casework.fee (application);

-- A room's own copy of who somebody is, as account gave it.
CREATE TABLE casework.party (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	room		int2 NOT NULL,
	subject		uuid NOT NULL,
	cause		uuid NOT NULL,
	profile_version	int4 NOT NULL,
	data		bytea NOT NULL,
	CONSTRAINT party_once UNIQUE (room, subject)
);
ALTER TABLE casework.party ENABLE ROW LEVEL SECURITY;
CREATE POLICY party_room ON casework.party
	USING (room = (SELECT ops.this_room()))
	WITH CHECK (room = (SELECT ops.this_room()));

CREATE TRIGGER of_this_act BEFORE INSERT ON casework.submission
	FOR EACH ROW EXECUTE FUNCTION casework.of_this_act();
CREATE TRIGGER of_this_act BEFORE INSERT ON casework.reason
	FOR EACH ROW EXECUTE FUNCTION casework.of_this_act();
CREATE TRIGGER of_this_act BEFORE INSERT ON casework.note
	FOR EACH ROW EXECUTE FUNCTION casework.of_this_act();
CREATE TRIGGER of_this_act BEFORE INSERT ON casework.decision
	FOR EACH ROW EXECUTE FUNCTION casework.of_this_act();

-- The life cycle of every row with a state: the trigger's argument is the
-- machine. A row moves only along an edge of the table, by a program that
-- the edge names, and because of something that happened: an application
-- event of this act, a handled message of this act, or a day gone by.
CREATE FUNCTION casework.caused(t casework.transition, p_cause uuid, p_due date)
RETURNS bool
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	RETURN CASE split_part(t.cause, ':', 1)
	WHEN 'event' THEN EXISTS (SELECT FROM casework.event e
	    WHERE e.id = p_cause AND e.xact = pg_current_xact_id()
	    AND e.room = ops.this_room()
	    AND e.action = split_part(t.cause, ':', 2))
	WHEN 'message' THEN EXISTS (SELECT FROM ops.message m
	    WHERE m.id = p_cause AND m.handled_xact = pg_current_xact_id()
	    AND m.to_room = ops.this_room()
	    AND m.kind = split_part(t.cause, ':', 2))
	WHEN 'deadline' THEN p_due < casework.today()
	ELSE false END;
END $$;

CREATE FUNCTION casework.move() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	here int2 := ops.this_room();
	was text := 'none';
	was_due date;
BEGIN
	IF TG_OP = 'UPDATE' THEN
		was := OLD.state;
		was_due := (to_jsonb(OLD) ->> 'due')::date;
	END IF;
	IF NOT EXISTS (SELECT FROM casework.transition t
	    WHERE t.machine = TG_ARGV[0] AND t.from_state = was
	    AND t.to_state = NEW.state AND t.room = here
	    AND casework.caused(t, NEW.cause, was_due)) THEN
		RAISE '% does not go from % to % here',
		    TG_ARGV[0], was, NEW.state
		    USING CONSTRAINT = TG_ARGV[0] || '_edge',
		    ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END $$;

CREATE TRIGGER move BEFORE INSERT OR UPDATE ON casework.information_request
	FOR EACH ROW EXECUTE FUNCTION casework.move('information_request');
CREATE TRIGGER move BEFORE INSERT OR UPDATE ON casework.fee
	FOR EACH ROW EXECUTE FUNCTION casework.move('fee');

CREATE FUNCTION casework.fail(p_constraint text, p_text text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	RAISE '%', p_text
	    USING CONSTRAINT = p_constraint, ERRCODE = 'check_violation';
END $$;

-- May this bearer touch this application in this role? Raises the rule's
-- name if not.
CREATE FUNCTION casework.check_role(b identity.bearer, p_role text,
    a casework.application) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
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
		IF b.person <> a.applicant OR b.kind = 'link'
		    AND b.application <> a.id THEN
			PERFORM casework.fail('not_applicant',
			    'somebody else applied');
		END IF;
		RETURN;
	END IF;
	IF p_role = 'other' THEN
		IF b.kind <> 'citizen' OR b.person = a.applicant THEN
			PERFORM casework.fail('not_other',
			    'somebody else than the applicant does this');
		END IF;
		RETURN;
	END IF;
	IF b.kind <> 'staff' OR b.roles & (CASE p_role WHEN 'clerk' THEN 1
	    WHEN 'supervisor' THEN 2 ELSE 0 END) = 0 THEN
		PERFORM casework.fail('role_missing', 'another role does this');
	END IF;
	IF b.person = a.applicant OR EXISTS (SELECT FROM identity.relation r
	    WHERE r.account = b.account AND r.subject = a.applicant
	    AND r.ended_at IS NULL) THEN
		PERFORM casework.fail('conflict_of_interest',
		    'the file is one''s own or a relation''s');
	END IF;
END $$;

-- The application as this transition leaves it. Only what is audited.
CREATE FUNCTION casework.after(a casework.application, t casework.transition,
    b identity.bearer, p_named uuid, p_today date)
RETURNS casework.application
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	d form.definition;
BEGIN
	SELECT * INTO STRICT d FROM form.definition
	WHERE name = a.form AND version = a.form_version;
	a.row_version := a.row_version + 1;
	a.state := t.to_state;
	a.assignee := CASE t.assignee WHEN 'keep' THEN a.assignee
	    WHEN 'actor' THEN b.account WHEN 'named' THEN p_named END;
	IF t.due = 'set' THEN
		a.due := casework.deadline(p_today, d.review_days);
	ELSIF t.due = 'answer' THEN
		a.due := casework.deadline(p_today, d.answer_days);
	ELSIF t.due = 'suspend' THEN
		a.suspended_on := p_today;
	ELSIF t.due = 'resume' THEN
		a.due := casework.deadline(a.due, p_today - a.suspended_on);
		a.suspended_on := NULL;
	ELSIF t.due = 'end' THEN
		a.due := NULL;
		a.suspended_on := NULL;
	END IF;
	IF t.action = 'recommend' THEN
		a.recommender := b.account;
	ELSIF t.to_state = 'queued' THEN
		a.recommender := NULL;
	END IF;
	IF t.decides THEN
		a.decided_on := p_today;
	ELSIF t.to_state = 'queued' THEN
		a.decided_on := NULL;
	END IF;
	RETURN a;
END $$;

-- Whoever works on a case holds it for a while from each step on.
CREATE FUNCTION casework.lease(t casework.transition,
    a casework.application) RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF t.to_state IN ('in_review', 'recommended')
	    AND a.assignee IS NOT NULL AND t.assignee <> 'named' THEN
		RETURN (SELECT now() + make_interval(mins => lease_minutes)
		    FROM casework.setting);
	END IF;
	RETURN NULL;
END $$;

CREATE FUNCTION casework.edge(p_from text, e casework.event)
RETURNS casework.transition
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	here int2 := ops.this_room();
	t casework.transition;
BEGIN
	SELECT * INTO t FROM casework.transition
	WHERE machine = 'application' AND from_state = p_from
	    AND action = e.action AND role = e.role
	    AND room = here;
	IF NOT FOUND THEN
		PERFORM casework.fail('application_edge', format(
		    'no %s by %s from %s here', e.action, e.role, p_from));
	END IF;
	RETURN t;
END $$;

CREATE FUNCTION casework.check_event(e casework.event, t casework.transition,
    a casework.application, b identity.bearer) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF (e.row_version, e.application, e.version, e.from_state, e.to_state,
	    e.room) IS DISTINCT FROM (1, a.id, a.row_version, t.from_state,
	    t.to_state, ops.this_room())
	    OR (e.actor, e.office) IS DISTINCT FROM (b.account, b.office)
	    OR e.at NOT BETWEEN now() - interval '10 minutes'
	        AND now() + interval '10 minutes' THEN
		PERFORM casework.fail('event_values',
		    'the event does not say what happens');
	END IF;
END $$;

-- Clerk and supervisor work under a lease; a decision that policy gives to
-- two people is not taken by one.
CREATE FUNCTION casework.check_work(t casework.transition,
    a casework.application, b identity.bearer) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	held bool := coalesce(a.lease_until > now(), false);
	d form.definition;
BEGIN
	IF t.needs_lease AND (NOT held OR a.assignee IS DISTINCT FROM
	    b.account) THEN
		PERFORM casework.fail('lease_missing', 'claim the case first');
	END IF;
	IF t.action = 'claim' AND held AND a.assignee <> b.account THEN
		PERFORM casework.fail('lease_held', 'somebody else holds it');
	END IF;
	IF t.second_person AND a.recommender IS NOT DISTINCT FROM b.account THEN
		PERFORM casework.fail('four_eyes',
		    'one''s own recommendation needs another person');
	END IF;
	IF t.action IN ('approve', 'refuse') AND t.from_state = 'in_review'
	    AND a.recommender IS NULL THEN
		SELECT * INTO STRICT d FROM form.definition
		WHERE name = a.form AND version = a.form_version;
		IF d.four_eyes = 'always' OR d.four_eyes = 'above'
		    AND coalesce(a.amount > d.four_eyes_above, true) THEN
			PERFORM casework.fail('four_eyes_policy',
			    'this decision takes two people');
		END IF;
	END IF;
END $$;

-- A first filing: the draft becomes an application.
CREATE FUNCTION casework.file(p_token bytea, p_today date, e casework.event,
    a casework.application) RETURNS void
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
	x.office := d.office;
	x.due := NULL;
	x.suspended_on := NULL;
	x.assignee := NULL;
	x.recommender := NULL;
	x.decided_on := NULL;
	x.lease_until := NULL;
	a.lease_until := NULL;
	x := casework.after(x, t, b, NULL, p_today);
	IF x IS DISTINCT FROM a OR a.submitted_at <> e.at THEN
		PERFORM casework.fail('application_values',
		    'the application does not say what happens');
	END IF;
	PERFORM casework.check_event(e, t, a, b);
	e.xact := pg_current_xact_id();
	a.lease_until := casework.lease(t, a);
	INSERT INTO casework.application SELECT a.*;
	INSERT INTO casework.event SELECT e.*;
END $$;

-- Every later step. The program gives the complete rows it has hashed; they
-- are compared with what the rules make of the rows that are there.
CREATE FUNCTION casework.act(p_token bytea, p_today date, e casework.event,
    a casework.application) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	b identity.bearer;
	t casework.transition;
	old casework.application;
	x casework.application;
BEGIN
	SELECT * INTO old FROM casework.application
	WHERE id = a.id FOR UPDATE;
	IF NOT FOUND OR old.row_version <> a.row_version - 1 THEN
		PERFORM casework.fail('application_version',
		    'somebody else was faster');
	END IF;
	b := identity.bearer(p_token);
	t := casework.edge(old.state, e);
	PERFORM casework.check_role(b, t.role, old);
	PERFORM casework.check_work(t, old, b);
	IF t.role = 'system' AND NOT casework.caused(t, e.cause,
	    coalesce((SELECT r.due FROM casework.information_request r
	    WHERE r.application = old.id AND r.state = 'open'), old.due)) THEN
		PERFORM casework.fail('no_cause', 'nothing calls for this step');
	END IF;
	IF t.assignee = 'named' AND (a.assignee IS NULL OR NOT EXISTS (SELECT
	    FROM identity.account s WHERE s.id = a.assignee
	    AND s.state = 'active' AND s.person <> old.applicant
	    AND identity.roles_of(s.id) & 1 = 1)) THEN
		PERFORM casework.fail('assignee_unfit',
		    'only an active clerk without conflict');
	END IF;
	x := casework.after(old, t, b, a.assignee, p_today);
	x.nonce := a.nonce;
	a.lease_until := x.lease_until;
	IF x IS DISTINCT FROM a OR p_today <> casework.today() THEN
		PERFORM casework.fail('application_values',
		    'the application does not say what happens');
	END IF;
	PERFORM casework.check_event(e, t, a, b);
	e.xact := pg_current_xact_id();
	a.lease_until := casework.lease(t, a);
	UPDATE casework.application SET row_version = a.row_version,
	    nonce = a.nonce, state = a.state, due = a.due,
	    suspended_on = a.suspended_on, assignee = a.assignee,
	    recommender = a.recommender, decided_on = a.decided_on,
	    lease_until = a.lease_until
	WHERE id = a.id;
	INSERT INTO casework.event SELECT e.*;
END $$;

-- What an act would make of the application, for the program to hash. Only a
-- look: casework.act derives it again and compares.
CREATE FUNCTION casework.plan(p_token bytea, p_application uuid,
    p_action text, p_role text, p_named uuid, p_today date)
RETURNS casework.application
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	e casework.event;
	a casework.application;
BEGIN
	SELECT * INTO a FROM casework.application WHERE id = p_application;
	IF NOT FOUND THEN
		PERFORM casework.fail('no_application', 'no such application');
	END IF;
	e.action := p_action;
	e.role := p_role;
	RETURN casework.after(a, casework.edge(a.state, e),
	    identity.bearer(p_token), p_named, p_today);
END $$;

CREATE FUNCTION casework.plan_filing(p_form text, p_version int4,
    p_action text, p_role text, p_today date, OUT to_state text,
    OUT office uuid, OUT due date)
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
	office := d.office;
	due := CASE t.due
	    WHEN 'set' THEN casework.deadline(p_today, d.review_days)
	    WHEN 'answer' THEN casework.deadline(p_today, d.answer_days) END;
END $$;

-- The holder's activity keeps the lease; nobody else's does.
CREATE FUNCTION casework.renew(p_token bytea, p_application uuid)
RETURNS bool LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
	UPDATE casework.application SET lease_until = now() + (SELECT
	    make_interval(mins => lease_minutes) FROM casework.setting)
	WHERE id = p_application
	    AND assignee = (identity.bearer(p_token)).account
	    AND lease_until > now();
	RETURN FOUND;
END $$;

-- May the bearer read this case? Raises conflict_of_interest, role_missing,
-- session_over or outside_queue (then a reason is needed).
CREATE FUNCTION casework.open(p_token bytea, p_application uuid,
    p_reason bool) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	b identity.bearer := identity.bearer(p_token);
	a casework.application;
BEGIN
	SELECT * INTO a FROM casework.application WHERE id = p_application;
	IF NOT FOUND THEN
		PERFORM casework.fail('no_application', 'no such application');
	END IF;
	IF b.kind IN ('citizen', 'link') THEN
		PERFORM casework.check_role(b, 'applicant', a);
		RETURN;
	END IF;
	PERFORM casework.check_role(b, CASE WHEN b.roles & 1 = 1 THEN 'clerk'
	    ELSE 'supervisor' END, a);
	IF b.office <> a.office AND NOT p_reason THEN
		PERFORM casework.fail('outside_queue',
		    'another office''s case needs a reason');
	END IF;
END $$;

-- A refusal without a coded reason does not commit.
CREATE FUNCTION casework.reasoned() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF EXISTS (SELECT FROM casework.transition t
	    WHERE t.machine = 'application' AND t.from_state = NEW.from_state
	    AND t.action = NEW.action AND t.role = NEW.role
	    AND t.room = NEW.room AND t.needs_reason)
	    AND NOT EXISTS (SELECT FROM casework.reason WHERE event = NEW.id)
	THEN
		PERFORM casework.fail('reason_missing',
		    'this step needs a coded reason');
	END IF;
	RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER reasoned AFTER INSERT ON casework.event
	DEFERRABLE INITIALLY DEFERRED
	FOR EACH ROW EXECUTE FUNCTION casework.reasoned();

SELECT audit.watch('casework.setting', 41::int2, false),
    audit.watch('casework.holiday', 39::int2, false),
    audit.watch('casework.transition', 31::int2, false),
    audit.watch('casework.application', 32::int2, false),
    audit.watch('casework.event', 33::int2, true),
    audit.watch('casework.submission', 34::int2, true),
    audit.watch('casework.reason', 35::int2, true),
    audit.watch('casework.note', 36::int2, true),
    audit.watch('casework.decision', 37::int2, true),
    audit.watch('casework.information_request', 38::int2, false),
    audit.watch('casework.fee', 40::int2, false),
    audit.watch('casework.party', 42::int2, false),
    audit.watch('form.definition', 60::int2, true),
    audit.watch('form.parameter', 61::int2, true);

INSERT INTO casework.setting (zone, lease_minutes)
VALUES ('UTC', 30);

-- The edges. Service rooms share the life of an application; what differs is
-- policy in the form's definition.
INSERT INTO casework.transition (machine, from_state, action, to_state, role,
    room, cause, needs_lease, needs_reason, second_person, assignee, due,
    decides)
SELECT 'application', v.from_state, v.action, v.to_state, v.role, r.code,
    v.cause, v.lease, v.reason, v.second, v.assignee, v.due, v.decides
FROM ops.room r, (VALUES
	('draft', 'submit', 'queued', 'applicant', 'session',
	    false, false, false, 'none', 'set', false),
	('draft', 'submit_unpaid', 'awaiting_payment', 'applicant', 'session',
	    false, false, false, 'none', 'set', false),
	('draft', 'record', 'in_review', 'clerk', 'session',
	    false, false, false, 'actor', 'set', false),
	('awaiting_payment', 'paid', 'queued', 'clerk', 'session',
	    false, false, false, 'keep', 'set', false),
	('awaiting_payment', 'withdraw', 'withdrawn', 'applicant', 'session',
	    false, false, false, 'none', 'end', false),
	('queued', 'withdraw', 'withdrawn', 'applicant', 'session',
	    false, false, false, 'none', 'end', false),
	('in_review', 'withdraw', 'withdrawn', 'applicant', 'session',
	    false, false, false, 'none', 'end', false),
	('awaiting_applicant', 'withdraw', 'withdrawn', 'applicant', 'session',
	    false, false, false, 'none', 'end', false),
	('queued', 'claim', 'in_review', 'clerk', 'session',
	    false, false, false, 'actor', 'keep', false),
	('in_review', 'claim', 'in_review', 'clerk', 'session',
	    false, false, false, 'actor', 'keep', false),
	('recommended', 'claim', 'recommended', 'clerk', 'session',
	    false, false, true, 'actor', 'keep', false),
	('in_review', 'release', 'queued', 'clerk', 'session',
	    true, false, false, 'none', 'keep', false),
	('recommended', 'release', 'recommended', 'clerk', 'session',
	    true, false, false, 'none', 'keep', false),
	('queued', 'reassign', 'queued', 'supervisor', 'session',
	    false, false, false, 'named', 'keep', false),
	('in_review', 'reassign', 'queued', 'supervisor', 'session',
	    false, false, false, 'named', 'keep', false),
	('recommended', 'reassign', 'recommended', 'supervisor', 'session',
	    false, false, false, 'named', 'keep', false),
	('in_review', 'note', 'in_review', 'clerk', 'session',
	    true, false, false, 'keep', 'keep', false),
	('in_review', 'request_information', 'awaiting_applicant', 'clerk',
	    'session', true, false, false, 'keep', 'suspend', false),
	('awaiting_applicant', 'respond', 'queued', 'applicant', 'session',
	    false, false, false, 'keep', 'resume', false),
	('awaiting_applicant', 'lapse', 'lapsed', 'system', 'deadline',
	    false, false, false, 'none', 'end', false),
	('in_review', 'recommend', 'recommended', 'clerk', 'session',
	    true, false, false, 'none', 'keep', false),
	('in_review', 'approve', 'approved', 'clerk', 'session',
	    true, false, false, 'keep', 'end', true),
	('in_review', 'refuse', 'refused', 'clerk', 'session',
	    true, true, false, 'keep', 'end', true),
	('recommended', 'approve', 'approved', 'clerk', 'session',
	    true, false, true, 'keep', 'end', true),
	('recommended', 'refuse', 'refused', 'clerk', 'session',
	    true, true, true, 'keep', 'end', true),
	('recommended', 'return', 'queued', 'clerk', 'session',
	    true, false, true, 'none', 'keep', false),
	('approved', 'issue', 'issued', 'clerk', 'session',
	    false, false, false, 'keep', 'end', false),
	('refused', 'set_aside', 'queued', 'supervisor', 'session',
	    false, true, false, 'none', 'set', false),
	('approved', 'set_aside', 'queued', 'supervisor', 'session',
	    false, true, false, 'none', 'set', false),
	('queued', 'correct', 'queued', 'supervisor', 'session',
	    false, true, false, 'keep', 'keep', false)
) AS v (from_state, action, to_state, role, cause, lease, reason, second,
    assignee, due, decides)
WHERE r.name IN ('vehicle', 'address', 'bill', 'benefit', 'contribution',
    'general');

INSERT INTO casework.transition (machine, from_state, action, to_state, role,
    room, cause)
SELECT v.machine, v.from_state, v.action, v.to_state, v.role, r.code, v.cause
FROM ops.room r, (VALUES
	('information_request', 'none', 'ask', 'open', 'clerk',
	    'event:request_information'),
	('information_request', 'open', 'answer', 'answered', 'applicant',
	    'event:respond'),
	('information_request', 'open', 'withdraw', 'lapsed', 'applicant',
	    'event:withdraw'),
	('information_request', 'open', 'lapse', 'lapsed', 'system',
	    'event:lapse'),
	('fee', 'none', 'charge', 'open', 'applicant', 'event:submit_unpaid'),
	('fee', 'open', 'pay', 'paid', 'clerk', 'event:paid'),
	('fee', 'open', 'cancel', 'waived', 'applicant', 'event:withdraw')
) AS v (machine, from_state, action, to_state, role, cause)
WHERE r.name IN ('vehicle', 'address', 'bill', 'benefit', 'contribution',
    'general');

-- desk: the staff home claims, releases and assigns across services.
INSERT INTO casework.transition (machine, from_state, action, to_state, role,
    room, cause, needs_lease, second_person, assignee)
SELECT machine, from_state, action, to_state, role, 10, cause, needs_lease,
    second_person, assignee
FROM casework.transition
WHERE machine = 'application' AND room = 3
    AND action IN ('claim', 'release', 'reassign');
