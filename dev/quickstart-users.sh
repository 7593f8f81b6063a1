# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Folders, and as root one system user per program, so that the kernel keeps
# the rooms apart. Their names begin with balcao-<id>-.

marker=.balcao-instance

# user_of ROOM: who runs it.
user_of() {
	if [ "$is_root" = yes ]; then
		echo "balcao-$id-$1"
	else
		id -un
	fi
}

# The programs of this instance that have a user: rooms and the database.
users_wanted() {
	rooms
	witnesses
	echo pg
}

users() {
	local name made=0

	if [ "$is_root" = no ]; then
		note "not root: programs are not separated by system users"
		return 0
	fi
	for name in $(users_wanted); do
		name=balcao-$id-$name
		! getent passwd "$name" >/dev/null || continue
		useradd --system --user-group --no-create-home \
		    --home-dir /nonexistent --shell /usr/sbin/nologin "$name"
		made=$((made + 1))
	done
	if [ "$made" -eq 0 ]; then
		note "all there"
	else
		note "made $made, named balcao-$id-…"
	fi
}

users_remove() {
	local name

	[ "$is_root" = yes ] || return 0
	for name in $(getent passwd | grep "^balcao-$id-" | cut -d: -f1); do
		userdel "$name" && say "Removed the user $name."
	done
}

# folders: the first thing of all; refuses a folder that holds other things.
folders() {
	if [ -d "$dir" ] && [ ! -e "$dir/$marker" ] &&
	    [ -n "$(ls -A "$dir")" ]; then
		say "quickstart: $dir holds something else; give an empty" \
		    "folder with --dir." >&2
		exit 73
	fi
	if [ ${#dir} -gt 80 ]; then
		# unix(7): the address of a socket holds 107 bytes.
		say "quickstart: the name of $dir is too long for sockets" \
		    "below it; give a shorter one with --dir." >&2
		exit 73
	fi
	folders_elsewhere
	mkdir -p "$dir" "$dir/log"
	echo "$id" >"$dir/$marker"
	chmod 755 "$dir"
	chmod 700 "$dir/log"
}

# Programs with users of their own cannot pass a closed home folder. Then
# ./var is a link to a place where they can.
folders_elsewhere() {
	local place=$dir

	[ "$is_root" = yes ] && [ "$dir" = "$root/var" ] || return 0
	while [ "$place" != / ]; do
		place=$(dirname "$place")
		case $(stat -c %A "$place") in
		*[xt]) ;;
		*)
			dir=/var/lib/balcao-$id
			conf=$dir/balcao.conf
			mkdir -p "$dir"
			ln -sfn "$dir" "$root/var"
			say "Only root may enter $place: data go to $dir" \
			    "(./var leads there)."
			return 0
			;;
		esac
	done
}

# rooms_folders: what programs write, each for its owner alone.
rooms_folders() {
	install -d -m 711 "$dir/run" "$shm" "$shm/keys"
	install -d -m 700 "$dir/root" "$dir/tls"
	# As in /tmp, each takes away only its own.
	install -d -m 1777 "$dir/state"
	owned "$(user_of courier)" 700 "$dir/mail"
	# The log for everybody to read; the signer's record and its socket, one
	# for itself and one for the sealer.
	owned "$(user_of sealer)" 755 "$dir/tiles"
	owned "$(user_of signer)" 700 "$dir/signer"
	witness_folders
	if [ "$is_root" = yes ]; then
		install -d -m 710 -g "$(user_of sealer)" "$dir/run/signer"
	else
		install -d -m 700 "$dir/run/signer"
	fi
	owned "$(user_of pg)" 755 "$dir/run/pg"
}

# owned USER MODE FOLDER
owned() {
	if [ "$is_root" = yes ]; then
		install -d -m "$2" -o "$1" -g "$1" "$3"
	else
		install -d -m "$2" "$3"
	fi
}
