# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# The programs, in a folder of their own beside the sources.

# build_programs [CONFIGURE-OPTION…]: configure where needed, and make.
build_programs() {
	if [ ! -x "$root/configure" ] ||
	    [ "$root/configure.ac" -nt "$root/configure" ]; then
		(cd "$root" && autoreconf -i)
	fi
	mkdir -p "$build"
	cd "$build"
	if [ ! -e config.status ]; then
		"$root/configure" "$@"
	fi
	make -j "$(jobs_here)"
}

# Two at least, and no more than the memory of a small machine bears.
jobs_here() {
	local n

	n=$(nproc 2>/dev/null || echo 2)
	[ "$n" -le 8 ] || n=8
	echo "$n"
}

# The programs that the sources do not have yet, by name.
missing_programs() {
	local room

	for room in $(rooms); do
		[ -e "$root/cgi-bin/${room}_main.c" ] ||
		    [ -e "$root/bin/$room.c" ] || printf '%s ' "$room"
	done
	[ -e "$root/bin/balcao.c" ] || printf 'balcao '
}
