-- SPDX-License-Identifier: Apache-2.0
-- What a room is given to compare with its own entries' details.

-- The p_most entries after p_after, whoever wrote them. Of another room's the
-- id alone is told, so that the reader knows where to go on. unnamed: the
-- rows have lost their ids, as by erasure.
CREATE FUNCTION audit.own_entries(p_after uuid, p_most int4)
RETURNS TABLE (event_id uuid, own bool, leaf bytea, detail bytea, actor uuid,
    office uuid, subject uuid, row_id uuid, case_id uuid, unnamed bool)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	here int2 := ops.this_room();
BEGIN
	RETURN QUERY SELECT w.event_id, q.event_id IS NOT NULL, l.leaf,
	    l.detail, q.actor, q.office, q.subject, q.row_id, q.case_id,
	    q.event_id IS NOT NULL AND EXISTS (SELECT FROM audit.image i
	    WHERE i.event_id = q.event_id AND i.row_id IS NULL)
	FROM (SELECT x.event_id FROM audit.q x
	    WHERE x.event_id > coalesce(p_after,
	        '00000000-0000-0000-0000-000000000000')
	    ORDER BY x.event_id LIMIT p_most) w
	LEFT JOIN audit.q ON q.event_id = w.event_id AND q.room = here
	LEFT JOIN audit.leaf l ON l.event_id = q.event_id
	ORDER BY w.event_id;
END $$;

-- A message that an entry of this room names: is it still there?
CREATE FUNCTION ops.sent(p_message uuid) RETURNS bool
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	RETURN EXISTS (SELECT FROM ops.message
	    WHERE id = p_message AND from_room = ops.this_room());
END $$;
