-- SPDX-License-Identifier: Apache-2.0
-- The key database: wrapped keys and nothing else. It lives in a cluster of
-- its own in production, with a short backup retention, because a key that
-- was dropped must be gone from the backups too.

CREATE SCHEMA keys;

CREATE TABLE keys.room (
	code	int2 PRIMARY KEY,
	name	text NOT NULL UNIQUE
);
INSERT INTO keys.room (code, name) VALUES
	(1, 'portal'), (2, 'account'), (3, 'vehicle'), (4, 'address'),
	(5, 'bill'), (6, 'benefit'), (7, 'contribution'), (8, 'general'),
	(9, 'payment'), (10, 'desk'), (11, 'auditor'), (12, 'exchange'),
	(13, 'courier'), (14, 'sealer'), (15, 'signer'), (16, 'balcao');

CREATE FUNCTION keys.this_room() RETURNS int2
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
	SELECT code FROM keys.room WHERE 'room_' || name = session_user
$$;

CREATE TABLE keys.migration (
	number	int4 PRIMARY KEY,
	name	text NOT NULL,
	sha256	bytea NOT NULL,
	at	timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE keys.room_key (
	room	int2 NOT NULL,
	epoch	int4 NOT NULL,
	state	text NOT NULL,
	wrapped	bytea NOT NULL,
	created	timestamptz NOT NULL DEFAULT now(),
	CONSTRAINT room_key_once PRIMARY KEY (room, epoch),
	CONSTRAINT room_key_state CHECK (state IN ('active', 'retired'))
);

CREATE TABLE keys.subject_key (
	key_id	int8 PRIMARY KEY,
	service	int2 NOT NULL,
	unit	uuid NOT NULL,
	version	int4 NOT NULL,
	epoch	int4 NOT NULL,
	state	text NOT NULL,
	wrapped	bytea NOT NULL,
	kcv	bytea NOT NULL,
	created	timestamptz NOT NULL DEFAULT now(),
	CONSTRAINT subject_key_once UNIQUE (service, unit, version),
	CONSTRAINT subject_key_state CHECK (state IN ('active', 'retired')),
	CONSTRAINT subject_key_kcv CHECK (octet_length(kcv) = 32)
);

-- A room sees its own rows.
ALTER TABLE keys.subject_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY subject_key_room ON keys.subject_key
	USING (service = (SELECT keys.this_room())
	    OR (SELECT keys.this_room()) = 16)
	WITH CHECK (service = (SELECT keys.this_room())
	    OR (SELECT keys.this_room()) = 16);
