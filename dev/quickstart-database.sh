# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# A private PostgreSQL cluster, reached by a socket in $dir/run/pg and by
# nothing else. Who you are to the kernel decides who you are to it.

pg_bin() {
	local major=

	[ ! -e "$dir/pg/PG_VERSION" ] || major=$(cat "$dir/pg/PG_VERSION")
	for major in $major 18 17 16 15; do
		if [ -x "/usr/lib/postgresql/$major/bin/postgres" ]; then
			echo "/usr/lib/postgresql/$major/bin"
			return 0
		fi
	done
	pg_config --bindir
}

# as_pg COMMAND…: PostgreSQL refuses to run as root.
as_pg() {
	if [ "$is_root" = yes ]; then
		(cd "$dir/run/pg" && exec setpriv --reuid "$(user_of pg)" \
		    --regid "$(user_of pg)" --clear-groups "$@")
	else
		"$@"
	fi
}

cluster() {
	rooms_folders
	if [ -e "$dir/pg/PG_VERSION" ] && cluster_runs; then
		cluster_settings
		as_pg "$(pg_bin)/pg_ctl" -D "$dir/pg" reload
		note "runs already"
		return 0
	fi
	if [ ! -e "$dir/pg/PG_VERSION" ]; then
		rm -rf "$dir/pg"
		owned "$(user_of pg)" 700 "$dir/pg"
		as_pg "$(pg_bin)/initdb" -D "$dir/pg" -U postgres -A peer \
		    -E UTF8 --locale=C.UTF-8 --data-checksums --no-sync
	fi
	cluster_settings
	as_pg touch "$dir/pg/server.log"
	as_pg setsid "$(pg_bin)/pg_ctl" -D "$dir/pg" -l "$dir/pg/server.log" \
	    -w -t 60 start || {
		tail -n 15 "$dir/pg/server.log"
		return 1
	}
	cluster_databases
	if has_pgaudit; then
		note "runs, in $dir/pg"
	else
		note "runs, in $dir/pg, without postgresql-15-pgaudit: what" \
		    "auditors' own logins read is not logged"
	fi
}

cluster_runs() {
	alive "$dir/pg/postmaster.pid" "$dir/pg"
}

cluster_settings() {
	cluster_conf | as_pg tee "$dir/pg/balcao.conf" >/dev/null
	cluster_hba | as_pg tee "$dir/pg/pg_hba.conf" >/dev/null
	cluster_ident | as_pg tee "$dir/pg/pg_ident.conf" >/dev/null
	grep -qx "include 'balcao.conf'" "$dir/pg/postgresql.conf" ||
	    echo "include 'balcao.conf'" |
	    as_pg tee -a "$dir/pg/postgresql.conf" >/dev/null
}

cluster_conf() {
	cat <<END
# Written by quickstart at every start.
listen_addresses = ''
unix_socket_directories = '$dir/run/pg'
max_connections = 100
shared_buffers = 64MB
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
jit = off
# Nothing that a citizen typed reaches the log: no statement, no parameter,
# and no detail line, which may show a row.
log_statement = none
log_min_duration_statement = -1
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
log_line_prefix = '%m [%p] %u@%d '
END
	cluster_pgaudit
}

has_pgaudit() {
	[ -e "$(dirname "$(pg_bin)")/lib/pgaudit.so" ]
}

# What auditors' own logins read of audit_v1 is logged, statements and all;
# rooms read nothing there.
cluster_pgaudit() {
	if has_pgaudit; then
		echo "shared_preload_libraries = 'pgaudit'"
		echo "pgaudit.role = 'balcao_auditor'"
	else
		echo "# postgresql-15-pgaudit is not installed: what auditors'"
		echo "# own logins read of audit_v1 is not logged."
	fi
}

cluster_hba() {
	echo "local all all peer map=balcao"
}

# One line "balcao <system user> <role>" for each that may come. Whoever runs
# this comes as every room: as root to administer, else for want of users.
cluster_ident() {
	local room me

	me=$(id -un)
	echo "balcao $me postgres"
	awk -v me="$me" '$1 == "room" { print "balcao", me, "room_" $2 }' \
	    "$root/schema/registry"
	[ "$is_root" = yes ] || return 0
	echo "balcao $(user_of pg) postgres"
	for room in $(rooms); do
		echo "balcao $(user_of "$room") room_$room"
	done
}

cluster_databases() {
	local name

	for name in balcao balcao_keys; do
		[ "$(sql postgres "SELECT 1 FROM pg_database
		    WHERE datname = '$name'")" = 1 ] ||
		    sql postgres "CREATE DATABASE $name"
	done
}

# sql DATABASE STATEMENT: as superuser.
sql() {
	"$(pg_bin)/psql" -X -A -t -q -v ON_ERROR_STOP=1 -h "$dir/run/pg" \
	    -U postgres -d "$1" -c "$2"
}

cluster_down() {
	if [ -e "$dir/pg/PG_VERSION" ] && cluster_runs; then
		as_pg "$(pg_bin)/pg_ctl" -D "$dir/pg" -m fast -w -t 60 stop \
		    >/dev/null
		say "Stopped PostgreSQL."
	fi
}
