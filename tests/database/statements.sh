#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Rights, exactly: every statement works as every room it names, every grant
# is needed by some statement of its room, every column of the databases is
# in the register. BALCAO_TEST_DB: conninfo of a cluster as superuser.
set -eu

srcdir=${srcdir:-.}
name=statements_$$
here=$(mktemp -d "${TMPDIR:-/tmp}/balcao-statements-XXXXXX")

if [ -z "${BALCAO_TEST_DB:-}" ]; then
	echo "1..0 # SKIP statements: no database (BALCAO_TEST_DB)"
	exit 0
fi
finish()
{
	"$srcdir/tests/database/house.sh" drop "$BALCAO_TEST_DB" "$name"
	rm -rf "$here"
}
trap finish EXIT
"$srcdir/tests/database/house.sh" make "$BALCAO_TEST_DB" "$name"

sql()
{
	psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$BALCAO_TEST_DB dbname=$1" -f "$2"
}

# Each statement prepared once, and a row of a table for it. Only what can be
# explained is asked: SET CONSTRAINTS needs no right.
prepare()
{
	awk '
	/^-- name:/	{ name = $3; sql = ""; next }
	/^-- role:/	{ sub(/^-- role: */, ""); roles = $0; next }
	/^--/		{ next }
	name == ""	{ next }
	{
		sql = sql $0 "\n"
		if ($0 !~ /;[ \t]*$/)
			next
		if (sql ~ /^SET /) { name = ""; next }
		params = 0
		text = sql
		while (match(text, /\$[0-9]+/)) {
			n = substr(text, RSTART + 1, RLENGTH - 1) + 0
			if (n > params)
				params = n
			text = substr(text, RSTART + RLENGTH)
		}
		nulls = ""
		for (i = 1; i <= params; i++)
			nulls = nulls (i > 1 ? ", " : "") "NULL"
		printf "PREPARE s_%s AS %s", name, sql
		n = split(roles, room, " ")
		for (i = 1; i <= n; i++)
			printf "INSERT INTO said VALUES (\047%s\047, " \
			    "\047room_%s\047, \047s_%s%s\047);\n", name, \
			    room[i], name, (params ? "(" nulls ")" : "")
		name = ""
	}' "$@"
}

judge()
{
	cat <<-'END'
	CREATE FUNCTION pg_temp.fails(p_role text, p_call text) RETURNS text
	LANGUAGE plpgsql AS $$
	DECLARE
		why text := '';
	BEGIN
		BEGIN
			EXECUTE format('SET LOCAL ROLE %I', p_role);
			EXECUTE 'EXPLAIN EXECUTE ' || p_call;
			RAISE EXCEPTION USING ERRCODE = 'ZZ000';
		EXCEPTION
			WHEN SQLSTATE 'ZZ000' THEN NULL;
			WHEN insufficient_privilege THEN why := SQLERRM;
		END;
		RETURN why;
	END $$;

	-- what a room was granted, as the sentence that takes it away
	CREATE TEMP VIEW granted AS
	SELECT g.rolname AS role, format('REVOKE %s ON %s FROM %I',
	    x.privilege_type, c.oid::regclass, g.rolname) AS taken
	FROM pg_class c, aclexplode(c.relacl) x, pg_roles g
	WHERE g.oid = x.grantee AND g.rolname LIKE 'room\_%'
	    AND c.relkind IN ('r', 'p', 'v')
	UNION ALL
	SELECT g.rolname, format('REVOKE %s (%I) ON %s FROM %I',
	    x.privilege_type, a.attname, a.attrelid::regclass, g.rolname)
	FROM pg_attribute a, aclexplode(a.attacl) x, pg_roles g
	WHERE g.oid = x.grantee AND g.rolname LIKE 'room\_%'
	    -- the generated rights of a table that is granted whole
	    AND NOT EXISTS (SELECT FROM pg_class c, aclexplode(c.relacl) t
	    WHERE c.oid = a.attrelid AND t.grantee = x.grantee
	    AND t.privilege_type = x.privilege_type)
	UNION ALL
	SELECT g.rolname, format('REVOKE EXECUTE ON FUNCTION %s FROM %I',
	    p.oid::regprocedure, g.rolname)
	FROM pg_proc p, aclexplode(p.proacl) x, pg_roles g
	WHERE g.oid = x.grantee AND g.rolname LIKE 'room\_%'
	UNION ALL
	SELECT g.rolname, format('REVOKE USAGE ON SCHEMA %I FROM %I',
	    n.nspname, g.rolname)
	FROM pg_namespace n, aclexplode(n.nspacl) x, pg_roles g
	WHERE g.oid = x.grantee AND g.rolname LIKE 'room\_%';

	CREATE FUNCTION pg_temp.needed(p_role text, p_taken text)
	RETURNS bool LANGUAGE plpgsql AS $$
	DECLARE
		c text;
		found_one bool := false;
	BEGIN
		BEGIN
			EXECUTE p_taken;
			FOR c IN SELECT call FROM said WHERE role = p_role LOOP
				IF pg_temp.fails(p_role, c) <> '' THEN
					found_one := true;
					EXIT;
				END IF;
			END LOOP;
			RAISE EXCEPTION USING ERRCODE = 'ZZ001';
		EXCEPTION WHEN SQLSTATE 'ZZ001' THEN NULL;
		END;
		RETURN found_one;
	END $$;

	SELECT 'statement ' || name || ' as ' || role || ': '
	    || pg_temp.fails(role, call)
	FROM said WHERE pg_temp.fails(role, call) <> '' ORDER BY 1;
	SELECT 'superfluous: ' || taken FROM granted
	WHERE NOT pg_temp.needed(role, taken) ORDER BY 1;
	END
}

# run NUMBER DATABASE WHAT FILE…
run()
{
	number=$1
	database=$2
	what=$3
	shift 3
	{
		echo "SET plan_cache_mode = force_generic_plan;"
		echo "CREATE TEMP TABLE said (name text, role text, call text);"
		prepare "$@"
		judge
	} >"$here/$number.sql"
	if sql "$database" "$here/$number.sql" >"$here/$number" 2>&1 &&
	    [ ! -s "$here/$number" ]; then
		echo "ok $number - $what"
	else
		sed 's/^/# /' "$here/$number"
		echo "not ok $number - $what"
		status=1
	fi
}

columns()
{
	cat <<-'END'
	SELECT n.nspname || '.' || c.relname || ' ' || a.attname
	FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
	JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
	    AND NOT c.relispartition AND n.nspname NOT LIKE 'pg\_%'
	    AND n.nspname NOT IN ('information_schema', 'public')
	ORDER BY 1;
	END
}

# Listed and there, and nothing else on either side. The key database keeps
# two working tables of its own: its rooms and its migrations.
same_columns()
{
	awk '/^table/ { t = $2; next }
	    /^  [a-z]/ && $NF != "retired" { print t, $1 }' \
	    "$srcdir/schema/registry" | LC_ALL=C sort >"$here/listed"
	columns >"$here/columns.sql"
	{ sql "$name" "$here/columns.sql"
	  sql "${name}_keys" "$here/columns.sql" |
	      grep -v -e '^keys.room ' -e '^keys.migration '; } |
	    LC_ALL=C sort >"$here/there"
	if diff "$here/listed" "$here/there" >"$here/3"; then
		echo "ok 3 - every column is in the register, and the reverse"
	else
		sed 's/^/# /' "$here/3"
		echo "not ok 3 - every column is in the register, and the reverse"
		status=1
	fi
}

status=0
echo "1..3"
awk -v out=query -f "$srcdir/schema/registry.awk" "$srcdir/schema/registry" \
    >"$here/generated.sql"
run 1 "$name" "rights in the data database fit its statements" \
    "$here/generated.sql" "$srcdir"/schema/query/*.sql
run 2 "${name}_keys" "rights in the key database fit its statements" \
    "$srcdir"/schema/key_query/*.sql
same_columns
exit "$status"
