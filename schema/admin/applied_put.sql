-- SPDX-License-Identifier: Apache-2.0
-- The last thing in a migration's transaction.
INSERT INTO :book (number, name, sha256)
VALUES (:number, :'name', decode(:'sha256', 'hex'));
