-- SPDX-License-Identifier: Apache-2.0
-- The vehicle register. Title, registration and plate are dimensions of their
-- own; every change of one is caused by an application's event in the same
-- act, or by a day gone by.

CREATE SCHEMA vehicle;

CREATE TABLE vehicle.vehicle (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	vin		bytea NOT NULL,
	state		text NOT NULL,
	vin_note	text NOT NULL,
	stolen		bool NOT NULL,
	locked_by	uuid,
	cause		uuid NOT NULL,
	data		bytea NOT NULL,
	CONSTRAINT vehicle_vin_note CHECK (vin_note IN ('good', 'bad',
	    'short'))
);
CREATE UNIQUE INDEX vehicle_vin_once ON vehicle.vehicle (vin)
	WHERE state = 'active';

CREATE TABLE vehicle.title (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	vehicle		uuid NOT NULL REFERENCES vehicle.vehicle,
	owner		uuid NOT NULL,
	state		text NOT NULL,
	from_at		timestamptz NOT NULL,
	until_at	timestamptz,
	previous	uuid REFERENCES vehicle.title,
	cause		uuid NOT NULL,
	CONSTRAINT title_span CHECK ((state = 'issued') = (until_at IS NULL)),
	CONSTRAINT title_previous_once UNIQUE (previous)
);
CREATE UNIQUE INDEX title_active_once ON vehicle.title (vehicle)
	WHERE state = 'issued';
CREATE INDEX title_owner ON vehicle.title (owner);

CREATE TABLE vehicle.registration (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	vehicle		uuid NOT NULL REFERENCES vehicle.vehicle,
	keeper		uuid,
	state		text NOT NULL,
	end_reason	text,
	valid_from	date NOT NULL,
	valid_until	date NOT NULL,
	due		date,
	cause		uuid NOT NULL,
	data		bytea NOT NULL,
	CONSTRAINT registration_end CHECK ((state = 'ended')
	    = (end_reason IS NOT NULL)),
	CONSTRAINT registration_end_reason CHECK (end_reason IN ('exported',
	    'scrapped', 'foreign')),
	CONSTRAINT registration_span CHECK (valid_until >= valid_from)
);
CREATE UNIQUE INDEX registration_once ON vehicle.registration (vehicle)
	WHERE state <> 'ended';
CREATE INDEX registration_due ON vehicle.registration (due)
	WHERE due IS NOT NULL;

CREATE TABLE vehicle.plate (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	number		bytea NOT NULL,
	state		text NOT NULL,
	cause		uuid NOT NULL,
	data		bytea NOT NULL,
	CONSTRAINT plate_number_once UNIQUE (number)
);

CREATE TABLE vehicle.plate_assignment (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	plate		uuid NOT NULL REFERENCES vehicle.plate,
	vehicle		uuid NOT NULL REFERENCES vehicle.vehicle,
	from_at		timestamptz NOT NULL,
	until_at	timestamptz,
	event		uuid NOT NULL REFERENCES casework.event
);
CREATE UNIQUE INDEX plate_assignment_vehicle_once
	ON vehicle.plate_assignment (vehicle) WHERE until_at IS NULL;
CREATE UNIQUE INDEX plate_assignment_plate_once
	ON vehicle.plate_assignment (plate) WHERE until_at IS NULL;

CREATE TABLE vehicle.lien (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	vehicle		uuid NOT NULL REFERENCES vehicle.vehicle,
	state		text NOT NULL,
	from_at		timestamptz NOT NULL,
	until_at	timestamptz,
	cause		uuid NOT NULL,
	data		bytea NOT NULL,
	CONSTRAINT lien_span CHECK ((state = 'open') = (until_at IS NULL))
);
CREATE INDEX lien_vehicle ON vehicle.lien (vehicle);

CREATE TABLE vehicle.hold (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	vehicle		uuid NOT NULL REFERENCES vehicle.vehicle,
	state		text NOT NULL,
	from_at		timestamptz NOT NULL,
	until_at	timestamptz,
	cause		uuid NOT NULL,
	data		bytea NOT NULL,
	CONSTRAINT hold_span CHECK ((state = 'placed') = (until_at IS NULL))
);
CREATE INDEX hold_vehicle ON vehicle.hold (vehicle);

CREATE TABLE vehicle.brand (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	vehicle		uuid NOT NULL REFERENCES vehicle.vehicle,
	kind		text NOT NULL,
	at		timestamptz NOT NULL,
	event		uuid NOT NULL REFERENCES casework.event,
	CONSTRAINT brand_kind CHECK (kind IN ('salvage', 'rebuilt', 'flood',
	    'imported', 'odometer-not-actual', 'former-taxi'))
);
CREATE INDEX brand_vehicle ON vehicle.brand (vehicle);

CREATE TABLE vehicle.reading (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	vehicle		uuid NOT NULL REFERENCES vehicle.vehicle,
	at		timestamptz NOT NULL,
	event		uuid NOT NULL REFERENCES casework.event,
	data		bytea NOT NULL
);
CREATE INDEX reading_vehicle ON vehicle.reading (vehicle);

CREATE TABLE vehicle.offer (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	application	uuid NOT NULL REFERENCES casework.application,
	vehicle		uuid NOT NULL REFERENCES vehicle.vehicle,
	buyer		uuid,
	state		text NOT NULL,
	token_hash	bytea NOT NULL,
	cause		uuid NOT NULL,
	data		bytea NOT NULL,
	CONSTRAINT offer_application_once UNIQUE (application),
	CONSTRAINT offer_token_once UNIQUE (token_hash),
	CONSTRAINT offer_buyer CHECK ((state = 'accepted') = (buyer IS NOT NULL))
);
CREATE UNIQUE INDEX offer_open_once ON vehicle.offer (vehicle)
	WHERE state = 'open';

ALTER TABLE vehicle.vehicle ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE vehicle.registration ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE vehicle.plate ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE vehicle.lien ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE vehicle.hold ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE vehicle.reading ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE vehicle.offer ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE TRIGGER move BEFORE INSERT OR UPDATE ON vehicle.vehicle
	FOR EACH ROW EXECUTE FUNCTION casework.move('vehicle');
CREATE TRIGGER move BEFORE INSERT OR UPDATE ON vehicle.title
	FOR EACH ROW EXECUTE FUNCTION casework.move('title');
CREATE TRIGGER move BEFORE INSERT OR UPDATE ON vehicle.registration
	FOR EACH ROW EXECUTE FUNCTION casework.move('registration');
CREATE TRIGGER move BEFORE INSERT OR UPDATE ON vehicle.plate
	FOR EACH ROW EXECUTE FUNCTION casework.move('plate');
CREATE TRIGGER move BEFORE INSERT OR UPDATE ON vehicle.lien
	FOR EACH ROW EXECUTE FUNCTION casework.move('lien');
CREATE TRIGGER move BEFORE INSERT OR UPDATE ON vehicle.hold
	FOR EACH ROW EXECUTE FUNCTION casework.move('hold');
CREATE TRIGGER move BEFORE INSERT OR UPDATE ON vehicle.offer
	FOR EACH ROW EXECUTE FUNCTION casework.move('offer');
CREATE TRIGGER of_this_act BEFORE INSERT OR UPDATE
	ON vehicle.plate_assignment
	FOR EACH ROW EXECUTE FUNCTION casework.of_this_act();
CREATE TRIGGER of_this_act BEFORE INSERT ON vehicle.brand
	FOR EACH ROW EXECUTE FUNCTION casework.of_this_act();
CREATE TRIGGER of_this_act BEFORE INSERT ON vehicle.reading
	FOR EACH ROW EXECUTE FUNCTION casework.of_this_act();

-- A title passes on only free of liens, holds and theft, to whoever accepted
-- the offer, and the chain of owners has no gap: a title follows the one that
-- just ended. The vehicle's row is locked, so that no mark is recorded
-- meanwhile.
CREATE FUNCTION vehicle.next_owner(p_before vehicle.title, p_cause uuid)
RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	RETURN (SELECT CASE coalesce(p_before.state, 'none')
	WHEN 'none' THEN a.applicant
	WHEN 'superseded' THEN p_before.owner
	WHEN 'transferred' THEN (SELECT o.buyer FROM vehicle.offer o
	    WHERE o.application = a.id AND o.state = 'accepted') END
	FROM casework.event e
	JOIN casework.application a ON a.id = e.application
	WHERE e.id = p_cause);
END $$;
CREATE FUNCTION vehicle.title_rules() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	before vehicle.title;
BEGIN
	PERFORM FROM vehicle.vehicle WHERE id = NEW.vehicle FOR UPDATE;
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
		IF NEW.owner IS DISTINCT FROM vehicle.next_owner(before,
		    NEW.cause) THEN
			PERFORM casework.fail('title_owner',
			    'this is not whose title it becomes');
		END IF;
	ELSIF (NEW.vehicle, NEW.owner, NEW.from_at, NEW.previous)
	    IS DISTINCT FROM (OLD.vehicle, OLD.owner, OLD.from_at,
	    OLD.previous) THEN
		PERFORM casework.fail('title_chain',
		    'what a title says of the past stays');
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER rules BEFORE INSERT OR UPDATE ON vehicle.title
	FOR EACH ROW EXECUTE FUNCTION vehicle.title_rules();

CREATE FUNCTION vehicle.mark_rules() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	PERFORM FROM vehicle.vehicle WHERE id = NEW.vehicle FOR UPDATE;
	RETURN NEW;
END $$;
CREATE TRIGGER rules BEFORE INSERT OR UPDATE ON vehicle.lien
	FOR EACH ROW EXECUTE FUNCTION vehicle.mark_rules();
CREATE TRIGGER rules BEFORE INSERT OR UPDATE ON vehicle.hold
	FOR EACH ROW EXECUTE FUNCTION vehicle.mark_rules();

-- A day that is due may be a reminder's; only the last one ends it.
CREATE FUNCTION vehicle.registration_rules() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF NEW.state = 'lapsed' AND NEW.valid_until >= casework.today() THEN
		PERFORM casework.fail('registration_valid',
		    'this registration is still valid');
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER rules BEFORE INSERT OR UPDATE ON vehicle.registration
	FOR EACH ROW EXECUTE FUNCTION vehicle.registration_rules();

-- A vehicle is locked by one application at a time.
CREATE FUNCTION vehicle.lock_rules() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF OLD.locked_by IS NOT NULL AND NEW.locked_by IS NOT NULL
	    AND NEW.locked_by <> OLD.locked_by THEN
		PERFORM casework.fail('vehicle_locked',
		    'another application is under review');
	END IF;
	IF OLD.locked_by IS DISTINCT FROM NEW.locked_by AND NOT EXISTS (SELECT
	    FROM casework.event e WHERE e.id = NEW.cause
	    AND e.application = coalesce(NEW.locked_by, OLD.locked_by)) THEN
		PERFORM casework.fail('vehicle_locked',
		    'only its own application locks and frees a vehicle');
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER lock_rules BEFORE UPDATE ON vehicle.vehicle
	FOR EACH ROW EXECUTE FUNCTION vehicle.lock_rules();

-- The buyer is whoever accepts, and nobody else.
CREATE FUNCTION vehicle.offer_rules() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF NEW.state = 'accepted' AND NOT EXISTS (SELECT
	    FROM casework.event e JOIN identity.account a ON a.id = e.actor
	    WHERE e.id = NEW.cause AND e.application = NEW.application
	    AND e.role = 'other' AND a.person = NEW.buyer) THEN
		PERFORM casework.fail('offer_buyer',
		    'the buyer is whoever accepts');
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER rules BEFORE INSERT OR UPDATE ON vehicle.offer
	FOR EACH ROW EXECUTE FUNCTION vehicle.offer_rules();

-- May the bearer, a clerk or a supervisor, read this vehicle's file? Raises
-- role_missing, session_over or conflict_of_interest, as casework.open does
-- for a case.
CREATE FUNCTION vehicle.open(p_token bytea, p_vehicle uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	b identity.bearer := identity.bearer(p_token);
BEGIN
	IF b.session IS NULL THEN
		PERFORM casework.fail('session_over',
		    'nobody is signed in with this token here');
	END IF;
	IF b.kind <> 'staff' OR b.roles & 3 = 0 THEN
		PERFORM casework.fail('role_missing', 'another role does this');
	END IF;
	IF EXISTS (SELECT FROM vehicle.title t
	    WHERE t.vehicle = p_vehicle AND t.state = 'issued'
	    AND (t.owner = b.person OR EXISTS (SELECT
	    FROM identity.relation r WHERE r.account = b.account
	    AND r.subject = t.owner AND r.ended_at IS NULL))) THEN
		PERFORM casework.fail('conflict_of_interest',
		    'the file is one''s own or a relation''s');
	END IF;
END $$;

SELECT audit.watch('vehicle.vehicle', 80::int2, false),
    audit.watch('vehicle.title', 81::int2, false),
    audit.watch('vehicle.registration', 82::int2, false),
    audit.watch('vehicle.plate', 83::int2, false),
    audit.watch('vehicle.plate_assignment', 84::int2, false),
    audit.watch('vehicle.lien', 85::int2, false),
    audit.watch('vehicle.hold', 86::int2, false),
    audit.watch('vehicle.brand', 87::int2, true),
    audit.watch('vehicle.reading', 88::int2, true),
    audit.watch('vehicle.offer', 89::int2, false);

-- A transfer: the owner offers, the buyer accepts, the clerk decides.
INSERT INTO casework.transition (machine, from_state, action, to_state, role,
    room, cause, assignee, due)
VALUES
	('application', 'draft', 'offer', 'awaiting_acceptance', 'applicant',
	    3, 'session', 'none', 'answer'),
	('application', 'awaiting_acceptance', 'accept', 'queued', 'other',
	    3, 'session', 'none', 'set'),
	('application', 'awaiting_acceptance', 'withdraw', 'withdrawn',
	    'applicant', 3, 'session', 'none', 'end'),
	('application', 'awaiting_acceptance', 'lapse', 'lapsed', 'system',
	    3, 'deadline', 'none', 'end');

INSERT INTO casework.transition (machine, from_state, action, to_state, role,
    room, cause)
VALUES
	('vehicle', 'none', 'register', 'active', 'clerk', 3, 'event:approve'),
	('vehicle', 'active', 'change', 'active', 'clerk', 3, 'event:approve'),
	('vehicle', 'active', 'lock', 'active', 'applicant', 3,
	    'event:submit'),
	('vehicle', 'active', 'lock_unpaid', 'active', 'applicant', 3,
	    'event:submit_unpaid'),
	('vehicle', 'active', 'lock_offer', 'active', 'applicant', 3,
	    'event:offer'),
	('vehicle', 'active', 'unlock_refuse', 'active', 'clerk', 3,
	    'event:refuse'),
	('vehicle', 'active', 'unlock_withdraw', 'active', 'applicant', 3,
	    'event:withdraw'),
	('vehicle', 'active', 'unlock_lapse', 'active', 'system', 3,
	    'event:lapse'),
	('vehicle', 'active', 'relock', 'active', 'supervisor', 3,
	    'event:set_aside'),
	('vehicle', 'active', 'end', 'ended', 'clerk', 3, 'event:approve'),
	('title', 'none', 'issue', 'issued', 'clerk', 3, 'event:approve'),
	('title', 'issued', 'transfer', 'transferred', 'clerk', 3,
	    'event:approve'),
	('title', 'issued', 'supersede', 'superseded', 'clerk', 3,
	    'event:approve'),
	('title', 'issued', 'surrender', 'surrendered', 'clerk', 3,
	    'event:approve'),
	('title', 'issued', 'cancel', 'cancelled', 'clerk', 3,
	    'event:approve'),
	('registration', 'none', 'register', 'active', 'clerk', 3,
	    'event:approve'),
	('registration', 'active', 'change', 'active', 'clerk', 3,
	    'event:approve'),
	('registration', 'active', 'expire', 'expiring', 'system', 3,
	    'deadline'),
	('registration', 'expiring', 'remind', 'expiring', 'system', 3,
	    'deadline'),
	('registration', 'expiring', 'change', 'expiring', 'clerk', 3,
	    'event:approve'),
	('registration', 'expiring', 'lapse', 'lapsed', 'system', 3,
	    'deadline'),
	('registration', 'expiring', 'renew', 'active', 'clerk', 3,
	    'event:approve'),
	('registration', 'lapsed', 'renew', 'active', 'clerk', 3,
	    'event:approve'),
	('registration', 'lapsed', 'change', 'lapsed', 'clerk', 3,
	    'event:approve'),
	('registration', 'active', 'park', 'off_road', 'clerk', 3,
	    'event:approve'),
	('registration', 'expiring', 'park', 'off_road', 'clerk', 3,
	    'event:approve'),
	('registration', 'lapsed', 'park', 'off_road', 'clerk', 3,
	    'event:approve'),
	('registration', 'off_road', 'return', 'active', 'clerk', 3,
	    'event:approve'),
	('registration', 'off_road', 'change', 'off_road', 'clerk', 3,
	    'event:approve'),
	('registration', 'active', 'suspend', 'suspended', 'clerk', 3,
	    'event:approve'),
	('registration', 'suspended', 'reinstate', 'active', 'clerk', 3,
	    'event:approve'),
	('registration', 'active', 'end', 'ended', 'clerk', 3,
	    'event:approve'),
	('registration', 'expiring', 'end', 'ended', 'clerk', 3,
	    'event:approve'),
	('registration', 'lapsed', 'end', 'ended', 'clerk', 3,
	    'event:approve'),
	('registration', 'off_road', 'end', 'ended', 'clerk', 3,
	    'event:approve'),
	('registration', 'suspended', 'end', 'ended', 'clerk', 3,
	    'event:approve'),
	('plate', 'none', 'assign', 'assigned', 'clerk', 3, 'event:approve'),
	('plate', 'assigned', 'retain', 'retained', 'clerk', 3,
	    'event:approve'),
	('plate', 'retained', 'assign', 'assigned', 'clerk', 3,
	    'event:approve'),
	('plate', 'assigned', 'replace', 'replaced', 'clerk', 3,
	    'event:approve'),
	('plate', 'assigned', 'lose', 'lost', 'clerk', 3, 'event:approve'),
	('plate', 'assigned', 'steal', 'stolen', 'clerk', 3,
	    'event:approve'),
	('lien', 'none', 'record', 'open', 'clerk', 3, 'event:approve'),
	('lien', 'open', 'discharge', 'discharged', 'clerk', 3,
	    'event:approve'),
	('hold', 'none', 'place', 'placed', 'clerk', 3, 'event:approve'),
	('hold', 'placed', 'lift', 'lifted', 'clerk', 3, 'event:approve'),
	('offer', 'none', 'make', 'open', 'applicant', 3, 'event:offer'),
	('offer', 'open', 'accept', 'accepted', 'other', 3, 'event:accept'),
	('offer', 'open', 'cancel', 'cancelled', 'applicant', 3,
	    'event:withdraw'),
	('offer', 'open', 'expire', 'expired', 'system', 3, 'event:lapse');
