-- SPDX-License-Identifier: Apache-2.0
-- Keys that go: which rooms hold some for a unit, for account alone, and an
-- index for the reaper's way through time.

CREATE INDEX subject_key_unit ON keys.subject_key (unit);
CREATE INDEX subject_key_created ON keys.subject_key (service, created, key_id);

CREATE FUNCTION keys.holders(p_unit uuid) RETURNS SETOF int2
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF keys.this_room() IS DISTINCT FROM 2 THEN
		RAISE 'account asks this';
	END IF;
	RETURN QUERY SELECT DISTINCT service FROM keys.subject_key
	WHERE unit = p_unit ORDER BY 1;
END $$;
