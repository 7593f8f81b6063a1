#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# A throwaway PostgreSQL cluster for tests, reached by a socket in its own
# folder and by nothing else:
#
#	cluster.sh start DIR	makes it if need be, starts it and prints the
#				start of a conninfo: host=DIR port=5432 ...
#	cluster.sh stop DIR	stops it; the folder stays for whoever reads
#				the log
#
# The server refuses to run as root, so root hands DIR to BALCAO_TEST_USER
# (nobody). Whoever may enter the folder is trusted as any role.
set -eu

usage()
{
	echo "usage: cluster.sh start|stop DIR" >&2
	exit 64
}

[ $# -eq 2 ] || usage
verb=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
user=${BALCAO_TEST_USER:-nobody}

# The newest of Debian's, where several are installed.
bin()
{
	for major in 17 16 15; do
		if [ -x "/usr/lib/postgresql/$major/bin/initdb" ]; then
			echo "/usr/lib/postgresql/$major/bin"
			return
		fi
	done
	pg_config --bindir
}

as_user()
{
	if [ "$(id -u)" -eq 0 ]; then
		(cd "$dir" && runuser -u "$user" -- "$@")
	else
		"$@"
	fi
}

make_cluster()
{
	chmod 0700 "$dir"
	if [ "$(id -u)" -eq 0 ]; then
		chown "$user" "$dir"
	fi
	as_user "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 \
	    --locale=C.UTF-8 --no-sync --no-instructions >"$dir/initdb.log"
	as_user tee -a "$dir/data/postgresql.conf" >/dev/null <<-END
		listen_addresses = ''
		unix_socket_directories = '$dir'
		port = 5432
		fsync = off
		full_page_writes = off
		shared_buffers = 32MB
		max_connections = 120
		log_parameter_max_length = 0
		log_parameter_max_length_on_error = 0
	END
}

start()
{
	# A socket's address holds 107 bytes (unix(7)).
	if [ "${#dir}" -gt 90 ]; then
		echo "cluster.sh: $dir is too long for a socket" >&2
		exit 65
	fi
	[ -d "$dir/data" ] || make_cluster
	if ! as_user "$bin/pg_ctl" -D "$dir/data" status >/dev/null; then
		as_user "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 \
		    start >"$dir/pg_ctl.log"
	fi
	echo "host=$dir port=5432 user=postgres dbname=postgres"
}

stop()
{
	if as_user "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1; then
		as_user "$bin/pg_ctl" -D "$dir/data" -m immediate -w -t 60 stop \
		    >/dev/null
	fi
}

bin=$(bin)
case $verb in
start)	start ;;
stop)	stop ;;
*)	usage ;;
esac
