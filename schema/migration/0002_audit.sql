-- SPDX-License-Identifier: Apache-2.0
-- The audit log's tables. audit.append is the only way in; nothing is the
-- way out. What the bytes mean: audit/entry.h.

CREATE SEQUENCE audit.arrival;

CREATE TABLE audit.leaf (
	year		int2 NOT NULL,
	event_id	uuid NOT NULL,
	leaf		bytea NOT NULL,
	mac		bytea NOT NULL,
	detail		bytea NOT NULL,
	id		int8 NOT NULL DEFAULT nextval('audit.arrival'),
	xid		xid8 NOT NULL DEFAULT pg_current_xact_id(),
	ts		timestamptz NOT NULL DEFAULT clock_timestamp(),
	CONSTRAINT leaf_event_once PRIMARY KEY (year, event_id),
	CONSTRAINT leaf_mac CHECK (octet_length(mac) = 33)
) PARTITION BY LIST (year);
ALTER TABLE audit.leaf ALTER COLUMN leaf SET STORAGE EXTERNAL;
ALTER TABLE audit.leaf ALTER COLUMN detail SET STORAGE EXTERNAL;
CREATE INDEX leaf_arrival ON audit.leaf (xid, id);

CREATE TABLE audit.image (
	event_id	uuid NOT NULL,
	n		int4 NOT NULL,
	table_code	int2 NOT NULL,
	row_id		uuid,
	row_version	int4 NOT NULL,
	image		bytea NOT NULL,
	CONSTRAINT image_place PRIMARY KEY (event_id, n),
	CONSTRAINT image_size CHECK (octet_length(image) = 32)
);
CREATE INDEX image_row ON audit.image (row_id, row_version);

CREATE TABLE audit.q (
	event_id	uuid PRIMARY KEY,
	at		timestamptz NOT NULL,
	room		int2 NOT NULL,
	type		int2 NOT NULL,
	outcome		int2 NOT NULL,
	purpose		int2 NOT NULL,
	actor		uuid,
	office		uuid,
	subject		uuid,
	case_id		uuid,
	table_code	int2,
	row_id		uuid,
	row_version	int4
);
CREATE INDEX q_subject ON audit.q (subject, at) WHERE subject IS NOT NULL;
CREATE INDEX q_case ON audit.q (case_id, at) WHERE case_id IS NOT NULL;

CREATE TABLE audit.seq (
	year		int2 NOT NULL,
	idx		int8 NOT NULL,
	event_id	uuid NOT NULL,
	leaf_hash	bytea NOT NULL,
	CONSTRAINT seq_place PRIMARY KEY (year, idx),
	CONSTRAINT seq_event_once UNIQUE (event_id)
);

CREATE TABLE audit.ckpt (
	year		int2 NOT NULL,
	size		int8 NOT NULL,
	note		bytea NOT NULL,
	at		timestamptz NOT NULL,
	CONSTRAINT ckpt_place PRIMARY KEY (year, size)
);

CREATE TABLE audit.state (
	year		int2 PRIMARY KEY,
	size		int8 NOT NULL,
	low_xid		xid8 NOT NULL,
	root		bytea NOT NULL,
	closed		bool NOT NULL
);

CREATE TABLE audit.key_seen (
	key_id		int8 PRIMARY KEY,
	kcv		bytea NOT NULL,
	event_id	uuid NOT NULL
);

-- A partition for a year, with the triggers that a partition needs of its
-- own: TRUNCATE of a partition does not ask its parent.
CREATE FUNCTION audit.add_year(p_year int4) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	name text := 'leaf_' || p_year;
BEGIN
	IF to_regclass('audit.' || name) IS NOT NULL THEN
		RETURN;
	END IF;
	EXECUTE format('CREATE TABLE audit.%I PARTITION OF audit.leaf
	    FOR VALUES IN (%s)', name, p_year);
	EXECUTE format('CREATE TRIGGER keep_all BEFORE TRUNCATE ON audit.%I
	    EXECUTE FUNCTION ops.refuse()', name);
	EXECUTE format('ALTER TABLE audit.%I
	    ENABLE ALWAYS TRIGGER keep_all', name);
END $$;

CREATE TABLE audit.leaf_other PARTITION OF audit.leaf DEFAULT;
CREATE TRIGGER keep_all BEFORE TRUNCATE ON audit.leaf_other
	EXECUTE FUNCTION ops.refuse();
ALTER TABLE audit.leaf_other ENABLE ALWAYS TRIGGER keep_all;

DO $$
DECLARE
	y int4 := extract(year FROM now() AT TIME ZONE 'UTC');
BEGIN
	PERFORM audit.add_year(y), audit.add_year(y + 1), audit.add_year(y + 2);
END $$;

DO $$
DECLARE
	t text;
BEGIN
	FOREACH t IN ARRAY ARRAY['leaf', 'image', 'q', 'seq', 'ckpt',
	    'key_seen'] LOOP
		IF t NOT IN ('image', 'q') THEN
			EXECUTE format('CREATE TRIGGER keep BEFORE UPDATE
			    ON audit.%I FOR EACH ROW
			    EXECUTE FUNCTION ops.refuse()', t);
			IF t <> 'leaf' THEN
				EXECUTE format('ALTER TABLE audit.%I
				    ENABLE ALWAYS TRIGGER keep', t);
			END IF;
		END IF;
		EXECUTE format('CREATE TRIGGER keep_row BEFORE DELETE
		    ON audit.%I FOR EACH ROW
		    EXECUTE FUNCTION ops.refuse()', t);
		EXECUTE format('ALTER TABLE audit.%I
		    ENABLE ALWAYS TRIGGER keep_row', t);
		EXECUTE format('CREATE TRIGGER keep_all BEFORE TRUNCATE
		    ON audit.%I EXECUTE FUNCTION ops.refuse()', t);
		EXECUTE format('ALTER TABLE audit.%I
		    ENABLE ALWAYS TRIGGER keep_all', t);
	END LOOP;
END $$;
ALTER TABLE audit.leaf ENABLE ALWAYS TRIGGER keep;

-- Of these two only erasure may change something: pseudonyms to NULL.
CREATE FUNCTION audit.only_erase() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	IF TG_TABLE_NAME = 'q' AND NEW.subject IS NULL
	    AND NEW.case_id IS NULL AND NEW.row_id IS NULL
	    AND to_jsonb(NEW) - 'subject' - 'case_id' - 'row_id'
	        = to_jsonb(OLD) - 'subject' - 'case_id' - 'row_id' THEN
		RETURN NEW;
	END IF;
	IF TG_TABLE_NAME = 'image'
	    AND to_jsonb(NEW) ->> 'row_id' IS NULL
	    AND to_jsonb(NEW) - 'row_id' = to_jsonb(OLD) - 'row_id' THEN
		RETURN NEW;
	END IF;
	RAISE 'audit.% keeps what was written', TG_TABLE_NAME
	    USING CONSTRAINT = 'append_only', ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER keep BEFORE UPDATE ON audit.q
	FOR EACH ROW EXECUTE FUNCTION audit.only_erase();
ALTER TABLE audit.q ENABLE ALWAYS TRIGGER keep;
CREATE TRIGGER keep BEFORE UPDATE ON audit.image
	FOR EACH ROW EXECUTE FUNCTION audit.only_erase();
ALTER TABLE audit.image ENABLE ALWAYS TRIGGER keep;

-- Append one entry. What the session proves is compared, never filled in:
-- the program hashed these values already. p_images holds 54 bytes a row:
-- table u16 | row UUID | row version u32 | image 32.
CREATE FUNCTION audit.append(p_token bytea, p_leaf bytea, p_mac bytea,
    p_detail bytea, p_images bytea, q audit.q) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	b identity.bearer;
BEGIN
	IF p_token IS NOT NULL THEN
		b := identity.bearer(p_token);
		IF b.session IS NULL THEN
			RAISE 'nobody is signed in with this token here'
			    USING CONSTRAINT = 'session_over',
			    ERRCODE = 'check_violation';
		END IF;
	END IF;
	IF q.room IS DISTINCT FROM ops.this_room()
	    OR q.actor IS DISTINCT FROM b.account
	    OR q.office IS DISTINCT FROM b.office
	    OR q.at NOT BETWEEN now() - interval '10 minutes'
	        AND now() + interval '10 minutes' THEN
		RAISE 'the entry names another room, actor or time'
		    USING CONSTRAINT = 'entry_actor',
		    ERRCODE = 'check_violation';
	END IF;
	INSERT INTO audit.leaf (year, event_id, leaf, mac, detail)
	VALUES (extract(year FROM q.at AT TIME ZONE 'UTC'), q.event_id,
	    p_leaf, p_mac, p_detail);
	INSERT INTO audit.q SELECT q.*;
	INSERT INTO audit.image (event_id, n, table_code, row_id, row_version,
	    image)
	SELECT q.event_id, i,
	    get_byte(p_images, 54 * i) * 256 + get_byte(p_images, 54 * i + 1),
	    encode(substr(p_images, 54 * i + 3, 16), 'hex')::uuid,
	    ('x' || encode(substr(p_images, 54 * i + 19, 4), 'hex'))::bit(32)
	        ::int4,
	    substr(p_images, 54 * i + 23, 32)
	FROM generate_series(0, octet_length(p_images) / 54 - 1) AS i;
END $$;

-- Two workers may name the same new key at once; the first names it.
CREATE FUNCTION audit.see_key(p_key_id int8, p_kcv bytea, p_event uuid)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	INSERT INTO audit.key_seen (key_id, kcv, event_id)
	SELECT p_key_id, p_kcv, p_event
	WHERE EXISTS (SELECT FROM audit.q WHERE event_id = p_event
	    AND room = ops.this_room())
	ON CONFLICT ON CONSTRAINT key_seen_pkey DO NOTHING;
END $$;

-- No act of a room commits an audited row whose image no entry of the act
-- commits to. The argument is the table's code in schema/registry.
CREATE FUNCTION audit.imaged() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF ops.this_room() IS NOT NULL AND NOT EXISTS (SELECT
	    FROM audit.image WHERE row_id = NEW.id
	    AND row_version = NEW.row_version
	    AND table_code = TG_ARGV[0]::int2) THEN
		RAISE '%.% changed without an audit entry',
		    TG_TABLE_SCHEMA, TG_TABLE_NAME
		    USING CONSTRAINT = 'audit_image',
		    ERRCODE = 'check_violation';
	END IF;
	RETURN NULL;
END $$;

-- What every audited table gets: its version rule, its image rule, and, if
-- it is append-only, the refusal to change.
CREATE FUNCTION audit.watch(p_table regclass, p_code int2, p_append bool)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	t text;
BEGIN
	EXECUTE format('CREATE CONSTRAINT TRIGGER imaged
	    AFTER INSERT OR UPDATE ON %s DEFERRABLE INITIALLY DEFERRED
	    FOR EACH ROW EXECUTE FUNCTION audit.imaged(%s)',
	    p_table, p_code);
	EXECUTE format('CREATE TRIGGER keep_row BEFORE DELETE ON %s
	    FOR EACH ROW EXECUTE FUNCTION ops.refuse()', p_table);
	EXECUTE format('CREATE TRIGGER keep_all BEFORE TRUNCATE ON %s
	    EXECUTE FUNCTION ops.refuse()', p_table);
	EXECUTE format('CREATE TRIGGER keep BEFORE UPDATE ON %s
	    FOR EACH ROW EXECUTE FUNCTION %s', p_table,
	    CASE WHEN p_append THEN 'ops.refuse()'
	    ELSE 'ops.next_version()' END);
	FOREACH t IN ARRAY ARRAY['imaged', 'keep_row', 'keep_all', 'keep'] LOOP
		EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I',
		    p_table, t);
	END LOOP;
END $$;

SELECT audit.watch('identity.office', 10::int2, false),
    audit.watch('identity.person', 11::int2, false),
    audit.watch('identity.account', 12::int2, false),
    audit.watch('identity.staff_role', 13::int2, false),
    audit.watch('identity.relation', 14::int2, false),
    audit.watch('identity.profile_given', 15::int2, false),
    audit.watch('ops.room', 70::int2, true);
