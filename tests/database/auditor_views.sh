#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What an auditor's own login can do: every query of doc/auditor.md, and
# nothing else. In a cluster of its own, because pgaudit is loaded when a
# server starts; where it is not installed its facts are skipped by name.
set -eu

srcdir=${srcdir:-.}
if [ -z "${BALCAO_TEST_DB:-}" ]; then
	echo "1..0 # SKIP auditor_views: no database (BALCAO_TEST_DB)"
	exit 0
fi
here=$(mktemp -d "${TMPDIR:-/tmp}/balcao-views-XXXXXX")
# shellcheck disable=SC2317 # called by the trap
finish()
{
	"$srcdir/tests/database/cluster.sh" stop "$here/pg"
	rm -rf "$here"
}
trap finish EXIT
chmod 711 "$here"

has_pgaudit()
{
	for major in 17 16 15; do
		if [ -x "/usr/lib/postgresql/$major/bin/initdb" ]; then
			[ -e "/usr/lib/postgresql/$major/lib/pgaudit.so" ]
			return
		fi
	done
	return 1
}

start()
{
	"$srcdir/tests/database/cluster.sh" start "$here/pg" >"$here/conninfo"
	if has_pgaudit; then
		"$srcdir/tests/database/cluster.sh" stop "$here/pg"
		cat >>"$here/pg/data/postgresql.conf" <<-END
			shared_preload_libraries = 'pgaudit'
			pgaudit.role = 'balcao_auditor'
		END
		"$srcdir/tests/database/cluster.sh" start "$here/pg" \
		    >"$here/conninfo"
	fi
	db=$(cat "$here/conninfo")
	"$srcdir/tests/database/house.sh" make "$db" house
}

sql()
{
	psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$db dbname=house" "$@"
}

# As the auditor; what goes wrong is on standard output too.
as_ana()
{
	psql -X -q -A -t -v ON_ERROR_STOP=1 \
	    -d "$db dbname=house user=ana" "$@" 2>&1
}

seed()
{
	sql -f - >"$here/seeded" <<-'END'
	CREATE ROLE ana LOGIN IN ROLE balcao_auditor;
	SET session_replication_role = replica;
	INSERT INTO identity.office VALUES
	    ('01890000-0000-7000-8000-000000000001', 1, gen_random_uuid(),
	    'DET', NULL, 'Vehicles'),
	    ('01890000-0000-7000-8000-000000000002', 1, gen_random_uuid(),
	    'OTH', NULL, 'Elsewhere');
	INSERT INTO identity.account (id, row_version, person, kind, state,
	    email, credential, handle, office, language, created_at)
	SELECT ('01890000-0000-7000-8000-00000000001' || n)::uuid, 1,
	    gen_random_uuid(), 'staff', 'active', sha256(n::text::bytea),
	    'x', 'DET-01' || n, ('01890000-0000-7000-8000-00000000000'
	    || 1 + n % 2)::uuid, 'en', now()
	FROM generate_series(4, 5) AS n;
	INSERT INTO casework.application (id, row_version, nonce, reference,
	    form, form_version, room, office, applicant, state, submitted_at)
	VALUES ('01890000-0000-7000-8000-0000000000cc', 1, gen_random_uuid(),
	    'VR-7K3M9Q2X-C', 'f', 1, 3,
	    '01890000-0000-7000-8000-000000000001',
	    '01890000-0000-7000-8000-0000000000aa', 'queued', now());
	INSERT INTO casework.event (id, row_version, nonce, application,
	    version, action, from_state, to_state, room, role, at, xact)
	VALUES (gen_random_uuid(), 1, gen_random_uuid(),
	    '01890000-0000-7000-8000-0000000000cc', 1, 'submit', 'draft',
	    'queued', 3, 'applicant', now(), '1');
	INSERT INTO audit.q (event_id, at, room, type, outcome, purpose,
	    actor, office, subject, case_id)
	SELECT (left(audit_v1.since(t)::text, 13) || substr(
	    gen_random_uuid()::text, 14))::uuid, t, 3,
	    CASE WHEN n % 5 = 0 THEN 10 ELSE 1 END,
	    CASE WHEN n % 5 = 0 THEN 1 ELSE 0 END, 2,
	    ('01890000-0000-7000-8000-00000000001' || 4 + n % 2)::uuid,
	    ('01890000-0000-7000-8000-00000000000' || 1 + n % 2)::uuid,
	    '01890000-0000-7000-8000-0000000000aa',
	    '01890000-0000-7000-8000-0000000000cc'
	FROM generate_series(1, 20) AS n,
	    LATERAL (SELECT now() - n * interval '1 hour' AS t) AS s;
	INSERT INTO auditor.tally VALUES (current_date - 1,
	    '01890000-0000-7000-8000-000000000014', 9, 5, 1, 0, 0, 8, 2);
	END
}

number=0
fact()
{
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number - $2"
	else
		sed 's/^/# /' "$here/said"
		echo "not ok $number - $2"
		status=1
	fi
}

skip()
{
	number=$((number + 1))
	echo "ok $number - $1 # SKIP pgaudit is not installed"
}

# Each block of the document in a file of its own.
queries()
{
	awk -v to="$here" '
	/^```sql$/	{ n++; inside = 1; next }
	/^```$/		{ inside = 0; next }
	inside		{ print > (to "/query" n) }' "$srcdir/doc/auditor.md"
}

each_query_answers()
{
	n=0
	for file in "$here"/query*; do
		n=$((n + 1))
		result=0
		as_ana -f "$file" >"$here/said" || result=1
		[ -s "$here/said" ] || result=1
		fact "$result" "$(basename "$file") of doc/auditor.md answers"
	done
	echo "$n queries" >"$here/said"
	result=0
	[ "$n" -ge 10 ] || result=1
	fact "$result" "there are ten"
}

refuses()
{
	result=0
	if as_ana -c "$2" >"$here/said"; then
		result=1
	fi
	grep -q 'permission denied' "$here/said" || result=1
	fact "$result" "$1"
}

names_codes()
{
	as_ana -c "SELECT room || ' ' || event || ' ' || purpose
	    FROM audit_v1.entry WHERE event_code = 1 LIMIT 1" >"$here/said"
	result=0
	grep -qx 'vehicle read casework' "$here/said" || result=1
	fact "$result" "codes read as the register names them"
}

logs()
{
	if ! has_pgaudit; then
		skip "pgaudit logs what an auditor asks"
		skip "and nothing of what a room asks"
		return
	fi
	grep 'AUDIT: OBJECT' "$here/pg/log" >"$here/said" || true
	result=0
	grep -q 'audit_v1.reading' "$here/said" || result=1
	fact "$result" "pgaudit logs what an auditor asks"
	psql -X -q -A -t -d "$db dbname=house user=room_auditor" \
	    -c 'SELECT handle FROM identity.account LIMIT 1' >"$here/seen"
	grep 'AUDIT: OBJECT' "$here/pg/log" >"$here/said" || true
	result=0
	if grep -q 'identity.account' "$here/said"; then
		result=1
	fi
	fact "$result" "and nothing of what a room asks"
}

status=0
start
seed
queries
each_query_answers
names_codes
refuses "no table of the log" 'SELECT event_id FROM audit.q'
refuses "no sealed detail" 'SELECT detail FROM audit.leaf'
refuses "no account" 'SELECT email FROM identity.account'
refuses "nothing written" "INSERT INTO audit.q (event_id) VALUES (NULL)"
refuses "no function of a room" "SELECT auditor.tally_next()"
logs
echo "1..$number"
exit "$status"
