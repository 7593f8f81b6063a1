# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# ./quickstart check: everything that can be said about the tree, on a build
# and an instance of their own, and one line at the end that counts it.
#
# Stages that need a running portal are executables in tests/stages, run in
# the order of their names. They print TAP and are given BUILD (the strict
# build), INSTANCE (the instance's folder) and URL. An exact count comes from
# dev/tap: every stage adds a line to $TAP_COUNTS.

# It aims at 20 minutes on two cores; this only ends what hangs.
check_seconds=$((60 * 60))

check() {
	work=$(mktemp -d "${TMPDIR:-/tmp}/balcao-check-XXXXXX")
	# The programs' own users pass through, and read nothing.
	chmod 711 "$work"
	trap check_end EXIT
	trap 'exit 130' INT TERM
	dir=$work
	build=$work/build
	step_count=2
	export TAP_COUNTS=$work/counts
	: >"$TAP_COUNTS"

	step "Packages" "run it as root or with sudo, with a network" \
	    packages run build style test
	step "Style sheet" "see the log: npm needs its registry" \
	    style always
	if check_build "Strict build" "$build" --enable-werror; then
		check_tests "$build" check
		check_instance
	fi
	check_build "Build with sanitizers" "$work/sanitized" \
	    --enable-sanitizers --enable-werror CFLAGS='-g -O1' &&
	    check_tests "$work/sanitized" check-unit
	check_count
}

# check_end: whatever happened, nothing of this run stays.
check_end() {
	local status=$?

	[ ! -d "$work/var" ] ||
	    "$root/quickstart" reset --dir "$work/var" >/dev/null 2>&1 || true
	rm -rf "$work"
	exit "$status"
}

check_left() {
	local left=$((check_seconds - SECONDS))

	[ "$left" -gt 10 ] || left=10
	echo "$left"
}

# check_build TITLE FOLDER CONFIGURE-OPTION…: a build that fails is a failure.
check_build() {
	local title=$1 log=$work/log/build.log began=$SECONDS status=0
	build=$2
	shift 2
	printf '%s … ' "$title"
	build_programs "$@" >"$log" 2>&1 </dev/null &
	wait $! || status=$?
	if [ "$status" -eq 0 ]; then
		say "done ($((SECONDS - began)) s)"
		return 0
	fi
	say "failed"
	tail -n 40 "$log"
	echo "0 1 0" >>"$TAP_COUNTS"
	return 1
}

# check_tests FOLDER TARGET: what make reports beyond its tests' own count
# (a test program that does not compile) is a failure too.
check_tests() {
	local before after

	say "make $2 in $(basename "$1")"
	before=$(wc -l <"$TAP_COUNTS")
	if ! timeout -k 10 "$(check_left)" \
	    make -s -C "$1" -k -j "$(jobs_here)" "$2"; then
		after=$(awk -v n="$before" 'NR > n { f += $2 } END { print f + 0 }' \
		    "$TAP_COUNTS")
		[ "$after" -gt 0 ] || echo "0 1 0" >>"$TAP_COUNTS"
	fi
}

# check_instance: the stages, on a portal of their own.
check_instance() {
	local missing stage stages=() port

	for stage in "$root"/tests/stages/*; do
		[ ! -x "$stage" ] || [ -d "$stage" ] || stages+=("$stage")
	done
	missing=$(missing_programs)
	if [ -n "$missing" ]; then
		say "No running portal: the sources still lack $missing"
		echo "0 0 $((${#stages[@]} + 1))" >>"$TAP_COUNTS"
		return 0
	fi
	port=$(free_port)
	if ! BALCAO_BUILD=$work/build "$root/quickstart" up \
	    --dir "$work/var" --port "$port"; then
		echo "0 $((${#stages[@]} + 1)) 0" >>"$TAP_COUNTS"
		return 0
	fi
	echo "1 0 0" >>"$TAP_COUNTS"
	[ ${#stages[@]} -gt 0 ] || return 0
	BUILD=$work/build INSTANCE=$work/var URL=https://localhost:$port \
	    timeout -k 10 "$(check_left)" "$root/dev/tap" "${stages[@]}" ||
	    true
}

# A port that nobody listens on now.
free_port() {
	local port

	for port in $(shuf -i 20000-29999 -n 50); do
		if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
			echo "$port"
			return 0
		fi
	done
	return 1
}

check_count() {
	local passed failed skipped

	read -r passed failed skipped < <(awk '
	    { p += $1; f += $2; s += $3 }
	    END { print p + 0, f + 0, s + 0 }' "$TAP_COUNTS")
	say "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ]
}

bench() {
	if [ ! -x "$root/bench/run" ]; then
		say "There is no bench/run yet." >&2
		exit 69
	fi
	exec "$root/bench/run" "$@"
}
