#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The house's two databases in a throwaway cluster:
#
#	house.sh make CONNINFO NAME	NAME and NAME_keys, as the sources in
#					$srcdir would make them
#	house.sh drop CONNINFO NAME
#
# CONNINFO is what cluster.sh prints: whoever may use it is superuser.
set -eu

[ $# -eq 3 ] || { echo "usage: house.sh make|drop CONNINFO NAME" >&2; exit 64; }
verb=$1
conninfo=$2
name=$3
schema=${srcdir:-.}/schema

sql()
{
	database=$1
	shift
	psql -X -q -v ON_ERROR_STOP=1 -o /dev/null \
	    -d "$conninfo dbname=$database" "$@"
}

drop()
{
	sql postgres -c 'SET client_min_messages = warning' \
	    -c "DROP DATABASE IF EXISTS $name WITH (FORCE)" \
	    -c "DROP DATABASE IF EXISTS ${name}_keys WITH (FORCE)"
}

# Everything of one migration or nothing, and nothing owned by who may log in.
migrate()
{
	database=$1
	shift
	for file; do
		{ echo 'SET ROLE balcao_owner;'; cat "$file"; } |
		    sql "$database" --single-transaction -f -
	done
}

registry()
{
	awk "$@" -f "$schema/registry.awk" "$schema/registry"
}

# One at a time: roles belong to the whole cluster.
make()
{
	sql postgres -c "CREATE DATABASE $name" \
	    -c "CREATE DATABASE ${name}_keys"
	{ echo 'SELECT pg_advisory_xact_lock(8443);'; cat "$schema/roles.sql"; } |
	    sql postgres --single-transaction -f -
	sql postgres -c "GRANT ALL ON DATABASE $name, ${name}_keys
	    TO balcao_owner"
	migrate "$name" "$schema"/migration/*.sql
	migrate "${name}_keys" "$schema"/keys/0*.sql
	{ cat "$schema/admin/revoke.sql" "$schema/grants.sql"
	    registry -v out=grants; } | sql "$name" --single-transaction -f -
	cat "$schema/admin/revoke.sql" "$schema/keys/grants.sql" |
	    sql "${name}_keys" --single-transaction -f -
}

case $verb in
make)	drop; make ;;
drop)	drop ;;
esac
