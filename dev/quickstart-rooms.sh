# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Configuration, keys, tables, the programs; and the verbs that use them all.

up() {
	folders
	port=${port:-$(port_configured)}
	step "Packages" "run it as root, or with sudo and a network" \
	    packages run build
	step "Style sheet" "npm needs its registry; try again later" style
	step "Building" "this is a fault of ours: please report the log" \
	    build_programs
	step "System users" "run it as root, or as a user of your own" users
	step "Database" "see the log; $dir/pg/server.log may say more" cluster
	step "Configuration and certificate" "see the log" configuration
	stop_if_missing
	step "Keys and tables" "see the log" tables
	step "Programs" "see $dir/log/<program>.log" rooms_up
	step "Web server" \
	    "see $dir/log/nginx-error.log; is port $port free?" web
	greeting
}

# Nothing is pretended: without these no page can be shown.
stop_if_missing() {
	local missing

	missing=$(missing_programs)
	[ -n "$missing" ] || return 0
	say
	say "Not written yet: $missing"
	case " $missing" in
	*" portal "* | *" balcao "*)
		say "Database and configuration stand in $dir, but no page can"
		say "be shown without them."
		exit 69
		;;
	esac
	say "Their pages will say that they do not answer."
}

port_configured() {
	local p=

	[ ! -e "$conf" ] ||
	    p=$(sed -n 's|^url = https://localhost:||p' "$conf")
	echo "${p:-8443}"
}

# configuration: written once; the port follows --port, the rest is yours.
configuration() {
	local was=nothing

	[ ! -e "$conf" ] || was=$(cksum <"$conf")
	share
	[ -e "$conf" ] || configuration_text >"$conf.new"
	[ -e "$conf" ] || mv "$conf.new" "$conf"
	[ "$(port_configured)" = "$port" ] ||
	    sed -i "s|^url = .*|url = https://localhost:$port|" "$conf"
	certificate
	if [ "$was" = "$(cksum <"$conf")" ]; then
		note "unchanged"
	else
		note "$conf"
	fi
}

# share: what programs and nginx read, where their users can.
share() {
	make -s -C "$build" install-nobase_pkgdataDATA \
	    install-nobase_dist_pkgdataDATA pkgdatadir="$dir/share" \
	    INSTALL_DATA='install -C -m 644'
}

configuration_text() {
	cat <<END
; Written once by quickstart. Change it, then: ./quickstart down, up.
[authority]
name = Município de Demonstração
origin = localhost
zone = America/Sao_Paulo
currency = BRL
country = BR
instance = $id

[web]
url = https://localhost:$port

[database]
data = host=$dir/run/pg dbname=balcao
keys = host=$dir/run/pg dbname=balcao_keys

[path]
run = $dir/run
keys = $shm/keys
root = $dir/root/root.key
locale = $dir/share/locale
state = $dir/state
mail = $dir/mail
assets = $dir/share/assets
schema = $dir/share/schema
forms = $dir/share/forms
tiles = $dir/tiles
signer = $dir/signer

[log]
sealer = $(user_of sealer)
witnesses = $dir/witnesses
certificates = $dir/certificate.pem

[mail]
from = balcao@example.org

[test]
demonstration = yes
clock = yes
END
}

# A program waits for its database; who waits for the program does not.
# It calls psql for each migration; Debian's wrapper of it is slow to start.
balcao() {
	PATH=$(pg_bin):$PATH timeout 120 "$build/balcao" -c "$conf" "$@"
}

# Keys first: migrating writes audit entries. Each verb does what is missing.
tables() {
	balcao init
	balcao key unlock --owner-prefix "balcao-$id-"
	balcao migrate
	[ -e "$dir/demo-accounts.json" ] || balcao demo
	witness_keys
	note "ready"
}

# programs: all that run, in the order of their start.
programs() {
	rooms
	witnesses
}

# program_of NAME: its file.
program_of() {
	case $1 in
	witness-*) echo witness ;;
	*) echo "$1" ;;
	esac
}

# mark_of NAME: what tells its command line from another instance's.
mark_of() {
	case $1 in
	witness-*) echo "/witness -d $dir/$1" ;;
	*) echo "/$1 -c $conf" ;;
	esac
}

# rooms_up: start what does not run, and again what was built anew.
rooms_up() {
	local room pid program started=0

	for room in $(programs); do
		pid=$dir/run/$room.pid
		program=$build/$(program_of "$room")
		[ -x "$program" ] || continue
		if alive "$pid" "$program"; then
			[ "$program" -nt "$pid" ] ||
			    [ "$conf" -nt "$pid" ] || continue
			stop "$room" "$pid" "$program"
		fi
		case $room in
		witness-*) witness_start "$room" ;;
		*) room_start "$room" ;;
		esac
		started=$((started + 1))
	done
	[ "$started" -eq 0 ] || sleep 0.3
	rooms_live
	if [ "$started" -eq 0 ]; then
		note "run already"
	else
		note "started $started"
	fi
}

# A program starts as root, and becomes its user by itself.
room_start() {
	local room=$1 options=(-c "$conf") group=www-data

	[ "$room" != signer ] || group=$(user_of sealer)
	if [ "$is_root" = yes ]; then
		options+=(-u "$(user_of "$room")" -g "$group")
	fi
	setsid "$build/$room" "${options[@]}" </dev/null \
	    >>"$dir/log/$room.log" 2>&1 &
	echo $! >"$dir/run/$room.pid"
}

# rooms_live: did each survive its start?
rooms_live() {
	local room dead=

	for room in $(programs); do
		[ -e "$dir/run/$room.pid" ] || continue
		alive "$dir/run/$room.pid" "$build/$(program_of "$room")" &&
		    continue
		dead="$dead $room"
		echo "$room ended; the last of $dir/log/$room.log:"
		tail -n 10 "$dir/log/$room.log"
		rm -f "$dir/run/$room.pid"
	done
	[ -z "$dead" ]
}

greeting() {
	say
	say "Balcão runs at https://localhost:$port (the certificate is its own)."
	if [ -s "$dir/demo-accounts.json" ]; then
		say "Demonstration sign-ins ($dir/demo-accounts.json):"
		sign_ins <"$dir/demo-accounts.json"
	fi
	say "Stop it with ./quickstart down, remove it with ./quickstart reset."
}

# sign_ins: role, address and password of each, from one object a line.
sign_ins() {
	awk -F '"' '/"role"/ {
		for (i = 2; i + 2 <= NF; i += 4)
			person[$i] = $(i + 2)
		printf "  %-14s %-28s %s\n", person["role"], person["email"],
		    person["password"]
	}'
}

# Every program that has a pid file, whatever the list says today.
pid_rooms() {
	local file

	for file in "$dir"/run/*.pid; do
		[ -e "$file" ] || continue
		basename "$file" .pid
	done | grep -vx nginx || true
}

down() {
	local room

	[ -e "$dir/$marker" ] || { say "Nothing here: $dir"; return 0; }
	web_down
	for room in $(pid_rooms); do
		stop "$room" "$dir/run/$room.pid" "$(mark_of "$room")"
	done
	cluster_down
}

status() {
	local room all=0

	if [ ! -e "$dir/$marker" ]; then
		say "Nothing here: $dir"
		return 3
	fi
	say "Instance $id in $dir, https://localhost:$(port_configured)"
	status_line PostgreSQL "$dir/pg/postmaster.pid" "$dir/pg" || all=3
	for room in $(programs); do
		status_line "$room" "$dir/run/$room.pid" \
		    "$(mark_of "$room")" || all=3
	done
	status_line nginx "$dir/run/nginx.pid" "$dir/nginx/nginx.conf" || all=3
	return "$all"
}

status_line() {
	if alive "$2" "$3"; then
		printf '  %-14s runs (process %s)\n' "$1" "$(head -n 1 "$2")"
		return 0
	fi
	printf '  %-14s does not run\n' "$1"
	return 1
}

reset() {
	if [ ! -e "$dir/$marker" ]; then
		say "Nothing here: $dir"
		return 0
	fi
	down
	users_remove
	rm -rf "$shm" "$dir"
	[ "$(readlink "$root/var" || true)" != "$dir" ] || rm -f "$root/var"
	say "Removed $dir."
}
