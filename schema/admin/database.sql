-- SPDX-License-Identifier: Apache-2.0
-- Who may do what with the database itself: the owner of its objects makes
-- schemas, the rooms connect, and nobody else does anything.
SELECT format('GRANT CREATE ON DATABASE %I TO balcao_owner', :'DBNAME') \gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'DBNAME') \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', :'DBNAME', rolname)
FROM pg_catalog.pg_roles WHERE rolname ~ '^room_' \gexec
