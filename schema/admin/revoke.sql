-- SPDX-License-Identifier: Apache-2.0
-- Takes back every right of every room, and what PostgreSQL gives to all.
-- The grants follow in the same transaction, so no program sees the gap.
DO $$
DECLARE
	rooms text;
	s name;
	kind text;
BEGIN
	SELECT string_agg(quote_ident(rolname), ', ') INTO rooms
	FROM pg_roles WHERE rolname ~ '^room_';
	FOR s IN SELECT nspname FROM pg_namespace
	    WHERE nspowner = 'balcao_owner'::regrole LOOP
		FOREACH kind IN ARRAY ARRAY['TABLES', 'SEQUENCES',
		    'FUNCTIONS'] LOOP
			EXECUTE format('REVOKE ALL ON ALL %s IN SCHEMA %I
			    FROM PUBLIC, %s', kind, s, rooms);
		END LOOP;
		EXECUTE format('REVOKE ALL ON SCHEMA %I FROM PUBLIC, %s',
		    s, rooms);
	END LOOP;
END $$;
