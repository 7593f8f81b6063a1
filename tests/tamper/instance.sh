#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Parts of an instance by quickstart's own functions, for tests/tamper:
#
#	stop [PROGRAM…]		end them; without a name all, PostgreSQL too
#	start [PROGRAM…]	likewise; says who is dead a moment later
#	user PROGRAM		whose processes its own are
#	pg-stop, pg-start	PostgreSQL alone
#
# BUILD and INSTANCE are a stage's.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
dir=$INSTANCE
port=
export BALCAO_BUILD=$BUILD
for part in common users database rooms witness; do
	# shellcheck source=/dev/null
	. "$root/dev/quickstart-$part.sh"
done
prepare

# All are told before the first is waited for.
stop_programs() {
	local name

	for name in "$@"; do
		! alive "$dir/run/$name.pid" "$(mark_of "$name")" ||
		    kill "$(cat "$dir/run/$name.pid")"
	done
	for name in "$@"; do
		stop "$name" "$dir/run/$name.pid" "$(mark_of "$name")"
	done
}

start_programs() {
	local name

	for name in "$@"; do
		case $name in
		witness-*) witness_start "$name" ;;
		*) room_start "$name" ;;
		esac
	done
	sleep 0.5
	for name in "$@"; do
		alive "$dir/run/$name.pid" "$(mark_of "$name")" ||
		    echo "$name is dead"
	done
}

pg_start() {
	as_pg setsid "$(pg_bin)/pg_ctl" -D "$dir/pg" \
	    -l "$dir/pg/server.log" -w -t 60 start >/dev/null
}

verb=$1
shift
mapfile -t all < <(programs)
case $verb in
stop)
	if [ $# -gt 0 ]; then
		stop_programs "$@"
	else
		stop_programs "${all[@]}"
		cluster_down
	fi
	;;
start)
	if [ $# -gt 0 ]; then
		start_programs "$@"
	else
		pg_start
		start_programs "${all[@]}"
	fi
	;;
pg-stop) cluster_down ;;
pg-start) pg_start ;;
user) user_of "$1" ;;
esac
