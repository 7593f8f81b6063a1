-- SPDX-License-Identifier: Apache-2.0
-- The vehicle register. Inserts and updates are generated from the register
-- of columns.

-- name: vehicle_get
-- rows: maybe
-- role: vehicle
SELECT id, row_version, state, vin_note, stolen, locked_by, cause, data
FROM vehicle.vehicle WHERE id = $1;

-- name: vehicle_by_vin
-- rows: maybe
-- role: vehicle
SELECT id FROM vehicle.vehicle WHERE vin = $1 AND state = 'active';

-- name: vehicle_by_plate
-- rows: maybe
-- role: vehicle
SELECT a.vehicle FROM vehicle.plate p
JOIN vehicle.plate_assignment a ON a.plate = p.id AND a.until_at IS NULL
WHERE p.number = $1;

-- name: vehicle_plate_taken
-- rows: maybe
-- role: vehicle
SELECT 1 FROM vehicle.plate WHERE number = $1;

-- name: vehicle_of
-- rows: many
-- role: vehicle
SELECT v.id FROM vehicle.vehicle v
WHERE EXISTS (SELECT FROM vehicle.title t
    WHERE t.vehicle = v.id AND t.owner = $1 AND t.state = 'issued')
OR EXISTS (SELECT FROM vehicle.registration r
    WHERE r.vehicle = v.id AND r.keeper = $1 AND r.state <> 'ended')
ORDER BY v.id DESC;

-- name: vehicle_titles
-- rows: many
-- role: vehicle
SELECT id, row_version, vehicle, owner, state, from_at, until_at, previous,
    cause
FROM vehicle.title WHERE vehicle = $1
ORDER BY until_at IS NULL DESC, from_at DESC, id DESC;

-- name: vehicle_registration
-- rows: maybe
-- role: vehicle
SELECT id, row_version, vehicle, keeper, state, end_reason, valid_from,
    valid_until, due, cause, data
FROM vehicle.registration WHERE vehicle = $1
ORDER BY state = 'ended', id DESC LIMIT 1;

-- name: vehicle_registration_due
-- rows: many
-- role: vehicle
SELECT vehicle FROM vehicle.registration
WHERE due < $1 ORDER BY due LIMIT 50;

-- name: vehicle_plate
-- rows: maybe
-- role: vehicle
SELECT p.id, p.row_version, p.state, p.cause, p.data, a.id, a.row_version,
    a.from_at
FROM vehicle.plate_assignment a JOIN vehicle.plate p ON p.id = a.plate
WHERE a.vehicle = $1 AND a.until_at IS NULL;

-- name: vehicle_liens
-- rows: many
-- role: vehicle
SELECT id, row_version, vehicle, state, from_at, until_at, cause, data
FROM vehicle.lien WHERE vehicle = $1 ORDER BY id DESC;

-- name: vehicle_holds
-- rows: many
-- role: vehicle
SELECT id, row_version, vehicle, state, from_at, until_at, cause, data
FROM vehicle.hold WHERE vehicle = $1 ORDER BY id DESC;

-- name: vehicle_brands
-- rows: many
-- role: vehicle
SELECT kind, at FROM vehicle.brand WHERE vehicle = $1 ORDER BY at DESC;

-- name: vehicle_readings
-- rows: many
-- role: vehicle
SELECT id, at, data FROM vehicle.reading WHERE vehicle = $1
ORDER BY at DESC, id DESC;

-- name: vehicle_offer_by_token
-- rows: maybe
-- role: vehicle
SELECT o.id, o.row_version, o.application, o.vehicle, o.buyer, o.state,
    o.token_hash, o.cause, o.data
FROM vehicle.offer o WHERE o.token_hash = sha256($1);

-- name: vehicle_offer_of
-- rows: maybe
-- role: vehicle
SELECT id, row_version, application, vehicle, buyer, state, token_hash,
    cause, data
FROM vehicle.offer WHERE application = $1;

-- name: vehicle_bought
-- rows: many
-- role: vehicle
SELECT o.vehicle, a.reference, a.state
FROM vehicle.offer o JOIN casework.application a ON a.id = o.application
WHERE o.buyer = $1 ORDER BY o.id DESC LIMIT 50;

-- name: vehicle_open
-- rows: one
-- role: vehicle
SELECT vehicle.open($1, $2);

-- name: vehicle_cases
-- rows: many
-- role: vehicle
SELECT reference, form, state, submitted_at
FROM casework.application WHERE thing = $1
ORDER BY submitted_at DESC LIMIT 20;

-- What holds somebody's erasure: titles and registrations that run, and
-- transfers to them that are not decided.
-- name: vehicle_rights_holds
-- rows: one
-- role: vehicle
SELECT (SELECT count(*) FROM vehicle.title
    WHERE owner = $1 AND state = 'issued')
    + (SELECT count(*) FROM vehicle.registration
    WHERE keeper = $1 AND state <> 'ended'),
    (SELECT count(*) FROM vehicle.offer o
    JOIN casework.application a ON a.id = o.application
    WHERE o.buyer = $1 AND casework.is_open(a.state));

-- name: vehicle_rights_titles
-- rows: many
-- role: vehicle
SELECT id, row_version, vehicle, state, from_at, until_at, previous
FROM vehicle.title WHERE owner = $1 AND state <> 'issued' ORDER BY id;

-- name: vehicle_rights_registrations
-- rows: many
-- role: vehicle
SELECT id, row_version, vehicle, state, end_reason, valid_from, valid_until,
    due
FROM vehicle.registration WHERE keeper = $1 AND state = 'ended' ORDER BY id;

-- name: vehicle_rights_offers
-- rows: many
-- role: vehicle
SELECT id, row_version, application, vehicle, state, token_hash
FROM vehicle.offer WHERE buyer = $1 ORDER BY id;
