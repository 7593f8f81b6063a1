#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# The administration program on a throwaway cluster: what it makes, what it
# refuses and in which words, and that doing it twice changes nothing. $BALCAO
# is the program. With $BALCAO_TEST_DB (tests/database/run) that cluster is
# used, else one of its own.
set -u

srcdir=$(cd "${srcdir:-.}" && pwd)
balcao=$(realpath "${BALCAO:-./balcao}")
if [ ! -x "$balcao" ]; then
	echo "1..0 # SKIP there is no program at $balcao"
	exit 0
fi
dir=$(mktemp -d "${TMPDIR:-/tmp}/balcao-admin-XXXXXX")
chmod 755 "$dir"
conf=$dir/balcao.conf
n=0

if [ -n "${BALCAO_TEST_DB:-}" ]; then
	host=${BALCAO_TEST_DB#*host=}
	host=${host%% *}
else
	mkdir "$dir/pg"
	"$srcdir/tests/database/cluster.sh" start "$dir/pg" >/dev/null
	host=$dir/pg
fi

sql() {
	psql -X -A -t -q -v ON_ERROR_STOP=1 -h "$host" -U postgres \
	    -d "$@"
}

finish() {
	for name in balcao_admin balcao_admin_keys; do
		sql postgres -c "DROP DATABASE IF EXISTS $name" 2>/dev/null
	done
	[ -n "${BALCAO_TEST_DB:-}" ] ||
	    "$srcdir/tests/database/cluster.sh" stop "$dir/pg"
	[ -n "${KEEP:-}" ] || rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT TERM

# ---- an installation

share=$dir/share
mkdir -p "$share/forms/parameters" "$dir/state" "$dir/root"
cp -r "$srcdir/schema" "$share/"
cp "$srcdir"/forms/parameters/*.xml "$share/forms/parameters/"
# One is enough here; forms have tests of their own.
cp "$srcdir/forms/vehicle-registration.xml" "$share/forms/"
chmod -R u+w "$share"
for out in grants comments; do
	"${AWK:-awk}" -v out=$out -f "$srcdir/schema/registry.awk" \
	    "$srcdir/schema/registry" >"$share/schema/${out}_generated.sql"
done
for name in balcao_admin balcao_admin_keys; do
	sql postgres -c "DROP DATABASE IF EXISTS $name" \
	    -c "CREATE DATABASE $name" 2>/dev/null
done
cat >"$conf" <<END
[authority]
name = Prefeitura de Teste
origin = test.example
zone = America/Sao_Paulo
currency = BRL
country = BR
instance = test
[web]
url = https://localhost:8443
[database]
data = host=$host dbname=balcao_admin
keys = host=$host dbname=balcao_admin_keys
[path]
run = $dir/run
keys = $dir/keys
root = $dir/root/root.key
locale = $dir/locale
state = $dir/state
assets = $dir/assets
schema = $share/schema
forms = $share/forms
[mail]
from = balcao@localhost
[test]
demonstration = yes
END

# ---- saying what happened

result() {
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
		return
	fi
	echo "not ok $n - $2"
	sed 's/^/# /' "$dir/out" "$dir/err" 2>/dev/null
}

run() {
	"$balcao" -c "$conf" "$@" >"$dir/out" 2>"$dir/err"
}

# is STATUS TEXT NAME WORD…: ends so, and says this text on either stream.
is() {
	local status=$1 text=$2 name=$3 got=0

	shift 3
	run "$@" || got=$?
	[ "$got" -eq "$status" ] &&
	    cat "$dir/out" "$dir/err" | tr '\n' ' ' | grep -qF -- "$text"
	result $? "$name"
}

# same WANT GOT NAME
same() {
	[ "$1" = "$2" ]
	local status=$?
	[ $status -eq 0 ] || echo "# wanted '$1', got '$2'"
	result $status "$3"
}

data() {
	sql balcao_admin -c "$1"
}

keys() {
	sql balcao_admin_keys -c "$1"
}

# ---- asked in a wrong way

is 64 'Usage: balcao' 'no verb'
is 0 'audit live' 'help lists the verbs' help
is 0 'CODE NAME [--parent CODE]' 'help of one verb' help office add
is 64 'no verb "fly"' 'an unknown verb' fly
is 64 'no option --fast' 'an unknown option' key status --fast
is 64 '--handle is missing' 'a missing option' staff add
is 64 '--role wants a value' 'an option without value' staff end X --role
is 64 'there is a word too many' 'a word too many' init twice

# ---- keys

is 2 'run balcao init' 'unlock before init' key unlock
is 2 'run balcao key unlock' 'migrate before unlock' migrate
is 0 'Made the root key' 'init' init
same '400 32' "$(stat -c '%a %s' "$dir/root/root.key")" 'the root key is 0400'
same 16 "$(keys 'SELECT count(*) FROM keys.room_key')" 'a bundle a room'
before=$(sha256sum "$dir/root/root.key"; keys 'TABLE keys.room_key')
is 0 'done already' 'init twice' init
same "$before" "$(sha256sum "$dir/root/root.key"; keys 'TABLE keys.room_key')" \
    'init twice changes nothing'

cp "$dir/root/root.key" "$dir/root/kept"
mv "$dir/root/root.key" "$dir/root/away"
is 2 'a new one would open nothing' 'init without the old root key' init
[ ! -e "$dir/root/root.key" ]
result $? 'no second root key is made'
head -c 32 /dev/urandom >"$dir/root/root.key"
chmod 400 "$dir/root/root.key"
is 2 "it is another installation's" 'unlock with a wrong root key' key unlock
is 2 "it is another installation's" 'init with a wrong root key' init
head -c 31 /dev/urandom >"$dir/root/short"
mv -f "$dir/root/short" "$dir/root/root.key"
is 2 'must be a file of 32 bytes' 'a root key that is too short' key unlock
mv -f "$dir/root/away" "$dir/root/root.key"
chmod 440 "$dir/root/root.key"
is 2 'others may read it' 'a root key that others may read' key unlock
chmod 400 "$dir/root/root.key"

is 0 'Unlocked the keys of 16 rooms' 'unlock' key unlock --owner-prefix none-
same 711 "$(stat -c %a "$dir/keys")" "the folder of keys is passed, not listed"
same 16 "$(find "$dir/keys" -name '*.key' -perm 0400 -size -2 | wc -l)" \
    "a room's keys are 0400"
same 444 "$(stat -c %a "$dir/keys/public")" 'public keys are for all'
same '' "$(find "$dir/keys" -name '.*' -type f)" 'no draft stays'
if [ "$(id -u)" -eq 0 ]; then
	same root "$(stat -c %U "$dir/keys/vehicle.key")" \
	    'without such a user the file is ours'
	chown nobody "$dir/keys/vehicle.key"
	run key unlock
	same nobody "$(stat -c %U "$dir/keys/vehicle.key")" \
	    'a file that is there keeps its owner'
	run key unlock --owner-prefix none-
	same root "$(stat -c %U "$dir/keys/vehicle.key")" \
	    'unless another is asked for'
fi

keys "UPDATE keys.room_key SET wrapped = (SELECT wrapped FROM keys.room_key
    WHERE room = 4) WHERE room = 3"
is 2 "another room's" 'bundles swapped in the database' key unlock
keys "DELETE FROM keys.room_key WHERE room = 3"
is 0 'Made the keys of 1 rooms' 'init makes what is missing' init
run key unlock

# ---- migrations

is 0 'Data database:' 'migrate' migrate
files=$(find "$share/schema/migration" -name '[0-9]*.sql' | wc -l)
same "$files" "$(data 'SELECT count(*) FROM ops.migration')" \
    'every migration is in the book'
before=$(data 'SELECT number, sha256, at FROM ops.migration ORDER BY number')
entries=$(data 'SELECT count(*) FROM audit.leaf')
is 0 '0 of them new' 'migrate twice' migrate
same "$before$entries" "$(data 'SELECT number, sha256, at FROM ops.migration
    ORDER BY number')$(data 'SELECT count(*) FROM audit.leaf')" \
    'migrate twice changes nothing'
same "$(sha256sum <"$share/schema/migration/0001_ground.sql" | cut -c1-64)" \
    "$(data "SELECT encode(sha256, 'hex') FROM ops.migration
    WHERE number = 1")" "the book has the file's hash"
same America/Sao_Paulo "$(data 'SELECT zone FROM casework.setting')" \
    "the database counts days in the authority's zone"
same 0 "$(data "SELECT count(*) FROM casework.transition t WHERE NOT EXISTS
    (SELECT FROM audit.image WHERE row_id = t.id)")" \
    'every transition has its image'
same 3 "$(data "SELECT count(*) FROM pg_class c JOIN pg_namespace n
    ON n.oid = c.relnamespace WHERE nspname = 'audit'
    AND relname ~ '^leaf_[0-9]+\$' AND relkind = 'r'")" \
    'the log has shards for three years'
same f "$(data "SELECT has_function_privilege('public',
    'audit.add_year(int4)', 'EXECUTE')")" 'no function is for everybody'

data 'GRANT SELECT ON identity.person TO room_portal'
run migrate
same f "$(data "SELECT has_column_privilege('room_portal',
    'identity.person', 'data', 'SELECT')")" 'migrate takes a stray right back'

echo '-- later' >>"$share/schema/migration/0002_audit.sql"
is 2 'was changed after it was applied' 'a changed migration' migrate
cp "$srcdir/schema/migration/0002_audit.sql" "$share/schema/migration/"

next=$(printf %04d $((files + 1)))
bad=$share/schema/migration/${next}_bad.sql
echo 'CREATE TABLE ops.half (id int4); SELECT 1/0;' >"$bad"
is 2 'nothing of this step was done' 'a migration that fails' migrate
same '' "$(data "SELECT to_regclass('ops.half')")" \
    'nothing of a failed migration stays'
mv "$bad" "$share/schema/migration/9999_bad.sql"
is 2 'without a gap' 'a gap in the numbers' migrate
rm "$share/schema/migration/9999_bad.sql"
last=$(find "$share/schema/migration" -name '[0-9]*.sql' | sort | tail -n 1)
mv "$last" "$dir/kept.sql"
is 2 'it is older than its database' 'a database that is newer' migrate
mv "$dir/kept.sql" "$last"

data "INSERT INTO casework.transition (machine, from_state, action, to_state,
    role, room, cause) VALUES ('application', 'refused', 'wave', 'approved',
    'clerk', 3, 'session')"
is 2 'casework.transition has rows that no entry tells of' \
    'migrate does not bless what somebody else wrote' migrate
is 1 'no entry tells of this row' 'audit live names it' audit live
is 0 'entry for 1 rows' 'unless it is told to' migrate --enter
is 0 'rows are as the log has them' 'audit live is content' audit live

# ---- offices, holidays, parameters

is 0 'is added' 'office add' office add town 'Prefeitura de Teste'
is 0 'is added' 'an office below' office add vehicles Veículos --parent town
is 0 'was there already' 'office add twice' office add vehicles Veículos
same 'counter:town
counter:vehicles' "$(data "SELECT code FROM ledger.account
    WHERE role = 'counter' ORDER BY code")" 'an office has a counter'
is 2 'with the name' 'the same code, another name' office add vehicles Outro
is 2 'there is no office nowhere' 'below nothing' \
    office add x X --parent nowhere
is 2 'letters, digits and hyphens' 'a code with blanks' office add 'a b' X
is 0 '"parent": "town"' 'office list as JSON' office list --json
is 0 'is a holiday now' 'holiday add' holiday add 2026-12-08 'Padroeira'
is 0 'was a holiday already' 'holiday add twice' \
    holiday add 2026-12-08 'Padroeira'
is 2 'is a holiday already' 'another name for a holiday' \
    holiday add 2026-12-08 'Outro'
is 64 'is no day' 'a day that is none' holiday add 2026-02-30 'Nunca'

fees=$share/forms/parameters/vehicle-fees.xml
is 0 'values are new' 'parameter add' parameter add "$fees"
is 0 ' 0 values are new' 'parameter add twice' parameter add "$fees"
sed 's/>19420</>1</' "$fees" >"$dir/changed.xml"
is 2 'a change needs a later day' 'a value that was in force' \
    parameter add "$dir/changed.xml"
sed 's/>19420</>1,5</' "$fees" >"$dir/faulty.xml"
is 1 'faulty.xml:7:' 'faults of a file of parameters' \
    parameter add "$dir/faulty.xml"
sed 's/from="2026-01-01"/from="2026-02-30"/' "$fees" >"$dir/faulty.xml"
is 1 'there is no such day' 'a day that is none, in a file' \
    parameter add "$dir/faulty.xml"

# ---- forms

form=$share/forms/vehicle-registration.xml
is 0 'no faults' 'form check' form check "$form"
is 0 'added' 'form add' form add "$form"
is 0 'was there already' 'form add twice' form add "$form"
sed 's/Register a new vehicle/Register a car/' "$form" >"$dir/form.xml"
is 2 'give the file the next version number' 'a changed form, same version' \
    form add "$dir/form.xml"
sed -i 's/ version="1"/ version="2"/' "$dir/form.xml"
is 0 'added' 'a changed form, next version' form add "$dir/form.xml"
is 0 '"version": 2' 'form list as JSON' form list --json
sed 's/languages=/langauges=/; s/prefix="VR"/prefix="vr"/' "$form" \
    >"$dir/faulty.xml"
is 1 'faulty.xml:3:' 'faults of a form have lines' \
    form check "$dir/faulty.xml"
is 1 'is not two letters' 'all faults of a form' form add "$dir/faulty.xml"
sed 's/office="vehicles"/office="nobody"/; s/ version="1"/ version="3"/' \
    "$form" >"$dir/office.xml"
is 2 'there is no office nobody' "a form whose office is not there" \
    form add "$dir/office.xml"
is 2 'No such file' 'a form that is not there' form check "$dir/none.xml"

# ---- staff

staff=(staff add --name 'Clara Modelo' --office vehicles --role clerk)
is 0 'Password, shown this once' 'staff add' "${staff[@]}" \
    --handle DET-014 --email clara@example.org
is 2 'has an account already' 'a handle twice' "${staff[@]}" \
    --handle DET-014 --email other@example.org
is 2 'this mail address has an account already' 'a mail address twice' \
    "${staff[@]}" --handle DET-015 --email CLARA@example.org
is 64 'the roles are' 'a role that is none' "${staff[@]}" --role king \
    --handle DET-016 --email c@example.org
is 64 'a handle is' 'a handle in small letters' "${staff[@]}" \
    --handle det-016 --email c@example.org
is 2 'too short' 'a password that is too short' \
    "${staff[@]}" --password-stdin --handle DET-016 --email c@example.org \
    <<<'short'
is 0 'is added' 'a password from a pipe' \
    "${staff[@]}" --role supervisor --password-stdin --handle DET-016 \
    --email c@example.org --related 0198c0de-0000-7000-8000-000000000001 \
    <<<'a long enough phrase'
same 'clerk,supervisor' "$(data "SELECT string_agg(role, ',' ORDER BY role)
    FROM identity.staff_role r JOIN identity.account a ON a.id = r.account
    WHERE handle = 'DET-016'")" 'two roles'
same 0 "$(data "SELECT count(*) FROM identity.person
    WHERE position('Clara'::bytea IN data) > 0")" 'no name is in clear'
is 0 '"roles": "clerk supervisor"' 'staff list as JSON' staff list --json
is 0 '1 roles ended' 'staff end of a role' staff end DET-016 --role clerk
is 0 'did not have it' 'staff end of a role twice' \
    staff end DET-016 --role clerk
is 0 '1 roles ended' 'staff end' staff end DET-016
is 2 'nobody has the handle' 'staff end of nobody' staff end NOBODY

# ---- rotation

is 0 'run this again' 'rotate, first step' key rotate account
is 0 'not at its end' 'status says so' key status
is 0 ' of epoch 1' 'keys are wrapped as before' key status
rm "$dir/keys/account.key"
is 0 'run this again' 'a first step that was cut short' key rotate account
is 0 'wrapped anew' 'rotate, second step' key rotate account
same '2 retired|1
2 active|2' "$(keys "SELECT room || ' ' || state, epoch FROM keys.room_key
    WHERE room = 2 ORDER BY epoch")" 'the old bundle is retired'
is 0 'none      yes' 'status says that it is over' key status
same 2 "$(keys "SELECT DISTINCT epoch FROM keys.subject_key
    WHERE service = 2")" 'all of its keys are of the new epoch'
is 2 'this mail address has an account already' \
    'what was indexed and sealed before is found' \
    "${staff[@]}" --handle DET-017 --email clara@example.org
is 0 'Password' 'and a person is added under the new epoch' "${staff[@]}" \
    --handle DET-018 --email d@example.org
is 64 'there is no room attic' 'rotate of no room' key rotate attic
is 0 'the only one' 'all rooms at once' key rotate --now
is 0 'Password' 'old envelopes open, new ones are made' "${staff[@]}" \
    --handle DET-019 --email e@example.org
keys "UPDATE keys.subject_key SET wrapped = set_byte(wrapped, 90,
    get_byte(wrapped, 90) # 1) WHERE key_id = (SELECT min(key_id)
    FROM keys.subject_key WHERE service = 2)"
run key rotate account
is 2 'does not open: the key database was changed' \
    'a wrapped key that was changed stops a rotation' key rotate account
keys "UPDATE keys.subject_key SET wrapped = set_byte(wrapped, 90,
    get_byte(wrapped, 90) # 1) WHERE key_id = (SELECT min(key_id)
    FROM keys.subject_key WHERE service = 2)"
is 0 'the only one' 'and goes on when it is mended' key rotate account

# ---- demonstration

is 0 'ana.exemplo@example.org' 'demo' demo
same 600 "$(stat -c %a "$dir/demo-accounts.json")" 'its passwords are 0600'
before=$(cat "$dir/demo-accounts.json"; data 'SELECT count(*)
    FROM identity.account')
is 0 'ana.exemplo@example.org' 'demo twice' demo
same "$before" "$(cat "$dir/demo-accounts.json"; data 'SELECT count(*)
    FROM identity.account')" 'demo twice changes nothing'
sed -i 's/^demonstration = yes/demonstration = no/' "$conf"
is 2 'this is no demonstration' 'no demonstration in earnest' demo

# ---- tables against the log

is 0 'rows are as the log has them' 'audit live' audit live
same '[]' "$("$balcao" -c "$conf" audit live --json | tr -d '\n')" \
    'audit live as JSON'

# tampered TABLE STATEMENT: as a superuser could.
tampered() {
	data "BEGIN; ALTER TABLE $1 DISABLE TRIGGER USER; $2; COMMIT"
}

office=$(data "SELECT id FROM identity.office WHERE code = 'bills'")
tampered identity.office "UPDATE identity.office SET name = 'x'
    WHERE code = 'bills'"
is 1 "First broken place: identity.office $office: version 1 says something" \
    'an edited row' audit live
is 1 "\"where\": \"identity.office $office\"" 'an edited row, as JSON' \
    audit live --json
tampered identity.office "UPDATE identity.office
    SET name = 'Contas e Tributos' WHERE code = 'bills'"
is 0 'rows are as the log has them' 'put back as it was' audit live

tampered casework.holiday "DELETE FROM casework.holiday
    WHERE day = '2026-12-08'"
is 1 'the row is gone; the log has its version 1' 'a deleted row' audit live
data "BEGIN; ALTER TABLE casework.holiday DISABLE TRIGGER USER;
    INSERT INTO casework.holiday (id, row_version, nonce, day, name)
    SELECT row_id, 1, gen_random_uuid(), '2026-12-08', 'Padroeira'
    FROM audit.image i WHERE table_code = 39 AND NOT EXISTS
    (SELECT FROM casework.holiday h WHERE h.id = i.row_id); COMMIT"
is 1 'says something else than the log' 'made again with another nonce' \
    audit live
tampered casework.holiday "DELETE FROM casework.holiday
    WHERE day = '2026-12-08'"
tampered audit.image "DELETE FROM audit.image i WHERE table_code = 39
    AND NOT EXISTS (SELECT FROM casework.holiday h WHERE h.id = i.row_id)"
is 1 'the list of its images is gone' 'an image deleted with its row' \
    audit live
tampered audit.q "UPDATE audit.q SET type = 1 WHERE event_id = (SELECT
    event_id FROM audit.q WHERE type = 15 ORDER BY at LIMIT 1)"
is 1 'audit.q says something else than its leaf' 'an edited audit.q' \
    audit live
tampered audit.leaf "DELETE FROM audit.leaf WHERE event_id = (SELECT
    event_id FROM audit.q WHERE type = 15 ORDER BY at DESC LIMIT 1)"
is 1 'but it has no leaf' 'a deleted leaf' audit live

echo "1..$n"
