-- SPDX-License-Identifier: Apache-2.0
-- The migrations that are in: number|name|sha256. The variable `book` names
-- the table, which the first migration makes.
SELECT to_regclass(:'book') IS NOT NULL AS kept \gset
\if :kept
SELECT number, name, encode(sha256, 'hex') FROM :book ORDER BY number;
\endif
