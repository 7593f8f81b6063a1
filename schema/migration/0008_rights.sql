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
    timestamptz, OUT type int2, OUT handle text, OUT office text,
    OUT room int2, OUT reference text, OUT objected bool)
RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	b identity.bearer := identity.bearer(p_token);
BEGIN
	IF b.kind IS DISTINCT FROM 'citizen'
	    OR NOT casework.may_object(p_entry, b.person) THEN
		RETURN;
	END IF;
	RETURN QUERY SELECT q.at, q.type, a.handle, o.name, q.room,
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
