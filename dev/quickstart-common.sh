# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# What all steps share: where things are, how a step is shown, how it fails.

# Everything that a step needs to know. A file inside $dir stays when the
# instance is down; what lies in $shm is gone after a reboot.
prepare() {
	# A user's shell may lack sbin, and a translated tool cannot be read.
	PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
	export PATH LC_ALL=C.UTF-8 LANG=C.UTF-8
	unset LANGUAGE CDPATH
	# Nobody but the owner writes; who may read is said file by file.
	umask 022

	[ -z "$port" ] || port_is_right "$port"
	# The name as given makes the id; ./var may be a link (folders()).
	dir=$(realpath -ms "$dir")
	id=$(printf %s "$dir" | sha256sum | cut -c1-8)
	dir=$(realpath -m "$dir")
	shm=/dev/shm/balcao-$id
	build=${BALCAO_BUILD:-$root/build}
	conf=$dir/balcao.conf
	is_root=no
	[ "$(id -u)" -ne 0 ] || is_root=yes
	step_number=0
	step_count=9
}

port_is_right() {
	case $1 in
	'' | *[!0-9]* | ??????*) ;;
	*)
		[ "$1" -lt 1 ] || [ "$1" -gt 65535 ] || return 0
		;;
	esac
	echo "quickstart: the port is a number from 1 to 65535." >&2
	exit 64
}

# say TEXT…: a line for the person who waits.
say() {
	printf '%s\n' "$*"
}

# note TEXT…: what a step adds to its own line, when it is done.
note() {
	printf '%s\n' "$*" >"$dir/log/note"
}

# step TITLE ADVICE FUNCTION…: one step, its output in a log of its own.
#
# The function runs in the background and is waited for: only so does its
# set -e hold (bash forgets it inside a condition).
step() {
	local title=$1 advice=$2 log began=$SECONDS status=0
	shift 2
	log=$dir/log/$1.log
	step_number=$((step_number + 1))
	mkdir -p "$dir/log"
	: >"$dir/log/note"
	printf '[%d/%d] %s … ' "$step_number" "$step_count" "$title"
	"$@" >"$log" 2>&1 </dev/null &
	step_child=$!
	trap 'kill "$step_child" 2>/dev/null; echo; exit 130' INT TERM
	wait "$step_child" || status=$?
	trap - INT TERM
	if [ "$status" -eq 0 ]; then
		printf '%s\n' "$(step_result $((SECONDS - began)))"
		return 0
	fi
	say "failed"
	say
	say "Step $step_number, \"$title\", did not succeed. Its last lines:"
	tail -n 20 "$log" | sed 's/^/    /'
	say
	say "All of it: $log"
	say "What to do: $advice"
	exit 1
}

step_result() {
	local words

	words=$(cat "$dir/log/note")
	if [ -n "$words" ]; then
		printf '%s (%d s)' "$words" "$1"
	else
		printf 'done (%d s)' "$1"
	fi
}

# alive PIDFILE PATTERN: is the process of that file running, and ours? A
# number may have been given to another program since.
alive() {
	local pid

	[ -s "$1" ] || return 1
	pid=$(head -n 1 "$1" 2>/dev/null)
	case $pid in
	'' | *[!0-9]*) return 1 ;;
	esac
	[ -r "/proc/$pid/cmdline" ] || return 1
	tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF -- "$2"
}

# stop NAME PIDFILE PATTERN [SIGNAL]: end it, wait, and take the file away.
stop() {
	local pid i

	if alive "$2" "$3"; then
		pid=$(head -n 1 "$2")
		kill -s "${4:-TERM}" "$pid"
		for i in $(seq 1 100); do
			alive "$2" "$3" || break
			sleep 0.1
		done
		if alive "$2" "$3"; then
			say "$1 (process $pid) did not stop within 10 s."
			return 1
		fi
		say "Stopped $1."
	fi
	rm -f "$2"
}

# rooms: the names of deploy/rooms.txt, one a line.
rooms() {
	awk '!/^#/ && NF { print $1 }' "$root/deploy/rooms.txt"
}

# web_rooms: those with paths, which therefore listen on a socket.
web_rooms() {
	awk '!/^#/ && NF > 1 { print $1 }' "$root/deploy/rooms.txt"
}
