-- SPDX-License-Identifier: Apache-2.0
-- Schemas, rooms, messages between rooms, people, accounts and sessions.

CREATE SCHEMA ops;
CREATE SCHEMA identity;
CREATE SCHEMA casework;
CREATE SCHEMA form;
CREATE SCHEMA audit;

-- A row's version moves by one, and never without a reason to.
CREATE FUNCTION ops.next_version() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.row_version NOT IN (OLD.row_version, OLD.row_version + 1)
	    OR NEW.id <> OLD.id THEN
		RAISE 'a row moves by one version'
		    USING CONSTRAINT = 'row_version', ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END $$;

CREATE FUNCTION ops.refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	RAISE '%.% keeps what was written', TG_TABLE_SCHEMA, TG_TABLE_NAME
	    USING CONSTRAINT = 'append_only', ERRCODE = 'check_violation';
END $$;

CREATE TABLE ops.room (
	id		uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	row_version	int4 NOT NULL DEFAULT 1,
	nonce		uuid NOT NULL DEFAULT gen_random_uuid(),
	code		int2 NOT NULL,
	name		text NOT NULL,
	CONSTRAINT room_code_once UNIQUE (code),
	CONSTRAINT room_name_once UNIQUE (name)
);
INSERT INTO ops.room (code, name) VALUES
	(1, 'portal'), (2, 'account'), (3, 'vehicle'), (4, 'address'),
	(5, 'bill'), (6, 'benefit'), (7, 'contribution'), (8, 'general'),
	(9, 'payment'), (10, 'desk'), (11, 'auditor'), (12, 'exchange'),
	(13, 'courier'), (14, 'sealer'), (15, 'signer'), (16, 'balcao');

-- The room that is asking: who logged in, whatever role is set. NULL for
-- the owner and superusers, who act for no room.
--
-- Here and below: a function with other rights than its caller's is plpgsql,
-- which keeps its plan for the session; one in SQL is planned at every call.
CREATE FUNCTION ops.this_room() RETURNS int2
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	RETURN (SELECT code FROM ops.room WHERE 'room_' || name = session_user);
END $$;

CREATE TABLE ops.migration (
	number		int4 PRIMARY KEY,
	name		text NOT NULL,
	sha256		bytea NOT NULL,
	at		timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE ops.message (
	id		uuid PRIMARY KEY,
	from_room	int2 NOT NULL,
	to_room		int2 NOT NULL,
	kind		text NOT NULL,
	ref		uuid,
	first_due	timestamptz NOT NULL,
	due		timestamptz NOT NULL,
	attempts	int4 NOT NULL DEFAULT 0,
	state		text NOT NULL DEFAULT 'open',
	leased_until	timestamptz,
	ended_at	timestamptz,
	handled_xact	xid8,
	envelope	bytea,
	signature	bytea NOT NULL,
	CONSTRAINT message_state CHECK (state IN ('open', 'done', 'failed')),
	CONSTRAINT message_envelope CHECK ((envelope IS NULL) = (state = 'done')
	    OR state = 'failed'),
	CONSTRAINT message_signature CHECK (octet_length(signature) = 64)
);
ALTER TABLE ops.message ALTER COLUMN envelope SET STORAGE EXTERNAL;
CREATE INDEX message_due ON ops.message (to_room, due) WHERE state = 'open';
CREATE INDEX message_ref ON ops.message (ref) WHERE ref IS NOT NULL;

-- A room sends only in its own name, and takes only what is sent to it.
ALTER TABLE ops.message ENABLE ROW LEVEL SECURITY;
CREATE POLICY message_send ON ops.message FOR INSERT
	WITH CHECK (from_room = (SELECT ops.this_room()));
CREATE POLICY message_see ON ops.message FOR SELECT
	USING ((SELECT ops.this_room()) IN (from_room, to_room));
CREATE POLICY message_take ON ops.message FOR UPDATE
	USING (to_room = (SELECT ops.this_room()));

CREATE FUNCTION ops.message_handled() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	IF OLD.state = 'done' THEN
		RAISE 'this message was handled'
		    USING CONSTRAINT = 'message_once', ERRCODE = 'check_violation';
	END IF;
	IF NEW.state = 'done' THEN
		NEW.handled_xact := pg_current_xact_id();
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER message_handled BEFORE UPDATE ON ops.message
	FOR EACH ROW EXECUTE FUNCTION ops.message_handled();
ALTER TABLE ops.message ENABLE ALWAYS TRIGGER message_handled;

CREATE TABLE ops.attempt (
	room		int2 NOT NULL,
	kind		text NOT NULL,
	key		bytea NOT NULL,
	since		timestamptz NOT NULL,
	n		int4 NOT NULL,
	CONSTRAINT attempt_key PRIMARY KEY (room, kind, key)
);

-- Count one more; true while no more than most happened within the seconds.
CREATE FUNCTION ops.try(p_kind text, p_key bytea, p_seconds int4, p_most int4)
RETURNS bool LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
	counted int4;
BEGIN
	INSERT INTO ops.attempt AS a (room, kind, key, since, n)
	VALUES (ops.this_room(), p_kind, p_key, now(), 1)
	ON CONFLICT ON CONSTRAINT attempt_key DO UPDATE SET
	    n = CASE WHEN a.since < now() - make_interval(secs => p_seconds)
	        THEN 1 ELSE least(a.n + 1, 1000000) END,
	    since = CASE WHEN a.since < now() - make_interval(secs => p_seconds)
	        THEN now() ELSE a.since END
	RETURNING a.n INTO counted;
	RETURN counted <= p_most;
END $$;

-- Forget: after a success, or because an hour has passed.
CREATE FUNCTION ops.forgive(p_kind text, p_key bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	DELETE FROM ops.attempt WHERE room = ops.this_room()
	    AND ((kind = p_kind AND key = p_key)
	    OR since < now() - interval '1 day');
END $$;

-- identity ------------------------------------------------------------------

CREATE TABLE identity.office (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	code		text NOT NULL,
	parent		uuid REFERENCES identity.office,
	name		text NOT NULL,
	CONSTRAINT office_code_once UNIQUE (code)
);

CREATE TABLE identity.person (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	national_id	bytea,
	profile_version	int4 NOT NULL,
	data		bytea NOT NULL,
	CONSTRAINT person_national_id_once UNIQUE (national_id)
);

CREATE TABLE identity.account (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	person		uuid NOT NULL REFERENCES identity.person,
	kind		text NOT NULL,
	state		text NOT NULL,
	email		bytea NOT NULL,
	credential	bytea NOT NULL,
	handle		text,
	office		uuid REFERENCES identity.office,
	language	text NOT NULL,
	created_at	timestamptz NOT NULL,
	CONSTRAINT account_email_once UNIQUE (email),
	CONSTRAINT account_handle_once UNIQUE (handle),
	CONSTRAINT account_kind CHECK (kind IN ('citizen', 'staff')),
	CONSTRAINT account_state CHECK (state IN ('active', 'locked', 'closed')),
	CONSTRAINT account_staff CHECK ((kind = 'staff') = (handle IS NOT NULL)
	    AND (kind = 'staff') = (office IS NOT NULL))
);
CREATE INDEX account_person ON identity.account (person);

CREATE TABLE identity.staff_role (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	account		uuid NOT NULL REFERENCES identity.account,
	role		text NOT NULL,
	from_at		timestamptz NOT NULL,
	until_at	timestamptz,
	CONSTRAINT staff_role_name CHECK (role IN
	    ('clerk', 'supervisor', 'auditor', 'administrator')),
	CONSTRAINT staff_role_span CHECK (until_at IS NULL OR until_at >= from_at)
);
CREATE UNIQUE INDEX staff_role_once ON identity.staff_role (account, role)
	WHERE until_at IS NULL;

CREATE TABLE identity.relation (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	account		uuid NOT NULL REFERENCES identity.account,
	subject		uuid NOT NULL,
	ended_at	timestamptz
);
CREATE INDEX relation_account ON identity.relation (account, subject);

CREATE TABLE identity.profile_given (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	subject		uuid NOT NULL REFERENCES identity.person,
	room		int2 NOT NULL,
	version		int4 NOT NULL,
	given_at	timestamptz NOT NULL,
	CONSTRAINT profile_given_once UNIQUE (subject, room)
);

CREATE TABLE identity.sign_up (
	id		uuid PRIMARY KEY,
	person		uuid NOT NULL,
	email		bytea NOT NULL,
	token_hash	bytea NOT NULL,
	data		bytea NOT NULL,
	expires_at	timestamptz NOT NULL,
	CONSTRAINT sign_up_token_once UNIQUE (token_hash)
);

CREATE TABLE identity.reset (
	id		uuid PRIMARY KEY,
	account		uuid NOT NULL REFERENCES identity.account,
	token_hash	bytea NOT NULL,
	expires_at	timestamptz NOT NULL,
	used_at		timestamptz,
	CONSTRAINT reset_token_once UNIQUE (token_hash)
);

CREATE TABLE identity.session (
	id		uuid PRIMARY KEY,
	kind		text NOT NULL,
	account		uuid REFERENCES identity.account,
	person		uuid NOT NULL,
	application	uuid,
	language	text NOT NULL,
	created_at	timestamptz NOT NULL,
	idle_until	timestamptz NOT NULL,
	expires_at	timestamptz NOT NULL,
	ended_at	timestamptz,
	CONSTRAINT session_kind CHECK (kind IN ('citizen', 'staff', 'link')),
	CONSTRAINT session_bearer CHECK ((kind = 'link') = (account IS NULL)
	    AND (kind = 'link') = (application IS NOT NULL))
);
CREATE INDEX session_account ON identity.session (account)
	WHERE ended_at IS NULL;

CREATE TABLE identity.session_token (
	token_hash	bytea PRIMARY KEY,
	session		uuid NOT NULL REFERENCES identity.session
	    ON DELETE CASCADE,
	room		int2 NOT NULL
);
CREATE INDEX session_token_session ON identity.session_token (session);

CREATE TABLE identity.link (
	token_hash	bytea PRIMARY KEY,
	application	uuid NOT NULL,
	person		uuid NOT NULL,
	room		int2 NOT NULL,
	expires_at	timestamptz NOT NULL
);

-- Who is using this room at this moment. The only way from a token to a
-- person; another room's token is nobody's.
CREATE TYPE identity.bearer AS (
	session		uuid,
	kind		text,
	account		uuid,
	person		uuid,
	application	uuid,
	office		uuid,
	handle		text,
	language	text,
	roles		int4
);

CREATE FUNCTION identity.roles_of(p_account uuid) RETURNS int4
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	RETURN (SELECT coalesce(bit_or(CASE role WHEN 'clerk' THEN 1
	    WHEN 'supervisor' THEN 2 WHEN 'auditor' THEN 4
	    WHEN 'administrator' THEN 8 END), 0)
	FROM identity.staff_role
	WHERE account = p_account AND until_at IS NULL);
END $$;

CREATE FUNCTION identity.bearer(p_token bytea) RETURNS identity.bearer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	b identity.bearer;
	here int2 := ops.this_room();
BEGIN
	SELECT s.id, s.kind, s.account, s.person, s.application, a.office,
	    a.handle, s.language, CASE WHEN s.kind = 'staff'
	    THEN identity.roles_of(s.account) ELSE 0 END INTO b
	FROM identity.session_token t
	JOIN identity.session s ON s.id = t.session
	LEFT JOIN identity.account a ON a.id = s.account
	WHERE t.token_hash = sha256(p_token) AND t.room = here
	    AND s.ended_at IS NULL AND now() < s.idle_until
	    AND now() < s.expires_at AND a.state IS DISTINCT FROM 'locked'
	    AND a.state IS DISTINCT FROM 'closed';
	RETURN b;
END $$;

-- The same for a page view: it touches the session, at most once a minute,
-- and says whether account has sent this room news of who the person is.
CREATE FUNCTION identity.session_find(p_token bytea, p_idle_minutes int4,
    OUT bearer identity.bearer, OUT profile_waits bool)
RETURNS SETOF record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	bearer := identity.bearer(p_token);
	IF bearer.session IS NULL THEN
		RETURN;
	END IF;
	profile_waits := EXISTS (SELECT FROM ops.message m
	    WHERE m.ref = bearer.person AND m.to_room = ops.this_room()
	    AND m.kind = 'profile' AND m.state = 'open' AND m.due <= now());
	UPDATE identity.session
	SET idle_until = now() + make_interval(mins => p_idle_minutes)
	WHERE id = bearer.session
	    AND idle_until < now() + make_interval(mins => p_idle_minutes)
	        - interval '1 minute';
	RETURN NEXT;
END $$;
