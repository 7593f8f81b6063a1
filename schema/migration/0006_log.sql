-- SPDX-License-Identifier: Apache-2.0
-- What the sequencer keeps beside audit.seq: the tree above the leaves, the
-- writers' chains, what witnesses have signed, and which cluster this is.

-- The root of every full tile: level 8 hashes 256 leaves, level 16 hashes
-- 256 of those. With audit.seq, any proof is a few hundred rows.
CREATE TABLE audit.node (
	year		int2 NOT NULL,
	level		int2 NOT NULL,
	idx		int8 NOT NULL,
	hash		bytea NOT NULL,
	CONSTRAINT node_place PRIMARY KEY (year, level, idx),
	CONSTRAINT node_level CHECK (level > 0 AND level % 8 = 0),
	CONSTRAINT node_hash CHECK (octet_length(hash) = 32)
);

-- A checkpoint with the cosignatures that came for it. More of them for the
-- same size are another row.
CREATE TABLE audit.cosigned (
	year		int2 NOT NULL,
	size		int8 NOT NULL,
	signatures	int2 NOT NULL,
	enough		bool NOT NULL,
	note		bytea NOT NULL,
	at		timestamptz NOT NULL,
	CONSTRAINT cosigned_place PRIMARY KEY (year, size, signatures)
);

-- Entries that are in the signed log and whose rows a restored backup did
-- not have: balcao audit adopt takes them from the published bundles.
CREATE TABLE audit.rescued (
	year		int2 NOT NULL,
	idx		int8 NOT NULL,
	leaf		bytea NOT NULL,
	CONSTRAINT rescued_place PRIMARY KEY (year, idx)
);

-- Where each writer's chain stands in the log. prior is its last leaf before
-- the transaction of the last: a writer that died after a commit knew that.
CREATE TABLE audit.chain (
	writer		bytea PRIMARY KEY,
	room		int2 NOT NULL,
	sequence	int8 NOT NULL,
	last		bytea NOT NULL,
	prior		bytea,
	xid		xid8 NOT NULL,
	closed		bool NOT NULL,
	CONSTRAINT chain_writer CHECK (octet_length(writer) = 8)
);

-- Transaction ids mean something in one cluster only. The newest row names
-- the cluster that the log goes on in.
CREATE TABLE audit.cluster (
	n			int4 PRIMARY KEY,
	system_identifier	int8 NOT NULL,
	at			timestamptz NOT NULL
);
INSERT INTO audit.cluster (n, system_identifier, at)
SELECT 1, system_identifier, now() FROM pg_control_system();

-- A transaction id taken when the year was over: once the horizon has passed
-- it, nothing of that year is still to come.
ALTER TABLE audit.state ADD COLUMN mark xid8;

DO $$
DECLARE
	t text;
	trigger record;
BEGIN
	FOREACH t IN ARRAY ARRAY['node', 'cosigned', 'rescued', 'cluster'] LOOP
		FOR trigger IN SELECT * FROM (VALUES
		    ('keep', 'UPDATE', 'FOR EACH ROW'),
		    ('keep_row', 'DELETE', 'FOR EACH ROW'),
		    ('keep_all', 'TRUNCATE', '')) AS v(name, what, each) LOOP
			EXECUTE format('CREATE TRIGGER %I BEFORE %s
			    ON audit.%I %s EXECUTE FUNCTION ops.refuse()',
			    trigger.name, trigger.what, t, trigger.each);
			EXECUTE format('ALTER TABLE audit.%I
			    ENABLE ALWAYS TRIGGER %I', t, trigger.name);
		END LOOP;
	END LOOP;
END $$;

-- A year's log only grows, and what is closed stays so.
CREATE FUNCTION audit.only_grow() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.year <> OLD.year OR NEW.size < OLD.size
	    OR (NEW.size = OLD.size) <> (NEW.root = OLD.root)
	    OR (OLD.closed AND (NOT NEW.closed OR NEW.size <> OLD.size)) THEN
		RAISE 'a log only grows'
		    USING CONSTRAINT = 'log_grows', ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER grow BEFORE UPDATE ON audit.state
	FOR EACH ROW EXECUTE FUNCTION audit.only_grow();
ALTER TABLE audit.state ENABLE ALWAYS TRIGGER grow;
CREATE TRIGGER keep_row BEFORE DELETE ON audit.state
	FOR EACH ROW EXECUTE FUNCTION ops.refuse();
ALTER TABLE audit.state ENABLE ALWAYS TRIGGER keep_row;
CREATE TRIGGER keep_all BEFORE TRUNCATE ON audit.state
	EXECUTE FUNCTION ops.refuse();
ALTER TABLE audit.state ENABLE ALWAYS TRIGGER keep_all;

-- What a program asks at its start: is this the cluster that the log is in,
-- have its transaction ids come as far as the sequencer's, and how large is
-- that year's log?
CREATE FUNCTION audit.standing(p_year int2, OUT same_cluster bool,
    OUT xid_reached bool, OUT size int8)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	same_cluster := (SELECT c.system_identifier FROM audit.cluster c
	    ORDER BY c.n DESC LIMIT 1)
	    = (SELECT s.system_identifier FROM pg_control_system() s);
	xid_reached := pg_snapshot_xmax(pg_current_snapshot())
	    >= coalesce((SELECT max(s.low_xid) FROM audit.state s), '0');
	-- A replica may be behind what is published; nobody writes there.
	IF NOT pg_is_in_recovery() THEN
		size := coalesce((SELECT s.size FROM audit.state s
		    WHERE s.year = p_year), 0);
	END IF;
END $$;
