-- SPDX-License-Identifier: Apache-2.0
-- The log's shards for this year and the two to come. A year whose entries
-- fell into the default partition already stays there.
SELECT audit.add_year(y)
FROM (SELECT extract(year FROM now() AT TIME ZONE 'UTC')::int4 + n AS y
    FROM generate_series(0, 2) AS n) AS years
WHERE NOT EXISTS (SELECT FROM audit.leaf_other WHERE year = y);
