-- SPDX-License-Identifier: Apache-2.0
-- What each room may do in the key database: exactly what the statements of
-- schema/key_query need. Row security leaves each room its own rows.
GRANT USAGE ON SCHEMA keys TO room_portal, room_account, room_vehicle,
    room_desk, room_auditor, room_courier, room_balcao;
GRANT EXECUTE ON FUNCTION keys.this_room() TO room_portal, room_account,
    room_vehicle, room_desk, room_auditor, room_courier, room_balcao;
GRANT SELECT (key_id, service, unit, version, epoch, state, wrapped, kcv,
    created) ON keys.subject_key TO room_portal, room_account, room_vehicle,
    room_desk, room_auditor, room_courier, room_balcao;
GRANT INSERT (key_id, service, unit, version, epoch, state, wrapped, kcv)
    ON keys.subject_key TO room_portal, room_account, room_vehicle,
    room_desk, room_auditor, room_courier, room_balcao;

-- sealer: its own details' keys
GRANT USAGE ON SCHEMA keys TO room_sealer;
GRANT EXECUTE ON FUNCTION keys.this_room() TO room_sealer;
GRANT SELECT (key_id, service, unit, version, epoch, state, wrapped, kcv,
    created), INSERT (key_id, service, unit, version, epoch, state, wrapped,
    kcv) ON keys.subject_key TO room_sealer;

-- balcao: bundles, and keys wrapped anew
GRANT SELECT (room, epoch, state, wrapped) ON keys.room_key TO room_balcao;
GRANT INSERT (room, epoch, state, wrapped) ON keys.room_key TO room_balcao;
GRANT UPDATE (state) ON keys.room_key TO room_balcao;
GRANT UPDATE (epoch, wrapped) ON keys.subject_key TO room_balcao;
