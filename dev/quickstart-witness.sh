# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Three witnesses, so that the demonstration's log is cosigned: each with a
# user, a key and a folder of its own, reached over HTTPS like a stranger's.
# Two of them are enough.

witnesses() {
	seq -f witness-%g 3
}

# witness_folders: what each keeps, for itself alone.
witness_folders() {
	local name

	for name in $(witnesses); do
		owned "$(user_of "$name")" 700 "$dir/$name"
	done
}

# witness_keys: each key is made once; who has to be believed is in *.vkey,
# and the policy says how many.
witness_keys() {
	local name number options

	balcao audit keys --years 5 >"$dir/log.vkey"
	for name in $(witnesses); do
		number=${name#witness-}
		options=(-d "$dir/$name" -i -n "localhost/witness/$number")
		[ "$is_root" = no ] || options+=(-u "$(user_of "$name")")
		"$build/witness" "${options[@]}" >"$dir/$name.vkey"
		install -m 644 "$dir/log.vkey" "$dir/$name/logs"
	done
	witness_policy >"$dir/witnesses.new"
	mv "$dir/witnesses.new" "$dir/witnesses"
	install -m 644 "$dir/tls/certificate.pem" "$dir/certificate.pem"
}

witness_policy() {
	local name

	echo "# Who cosigns the log (C2SP tlog-policy), and how many suffice."
	for name in $(witnesses); do
		echo "witness ${name#witness-} $(cat "$dir/$name.vkey")" \
		    "https://localhost:$port/witness/${name#witness-}"
	done
	echo "group two 2 $(witnesses | sed 's/^witness-//' | tr '\n' ' ')"
	echo "quorum two"
}

witness_start() {
	local options=(-d "$dir/$1" -s "$dir/run/$1.socket")

	if [ "$is_root" = yes ]; then
		options+=(-u "$(user_of "$1")" -g www-data)
	fi
	setsid "$build/witness" "${options[@]}" </dev/null \
	    >>"$dir/log/$1.log" 2>&1 &
	echo $! >"$dir/run/$1.pid"
}

# witness_locations: for nginx, inside its server block.
witness_locations() {
	local name

	for name in $(witnesses); do
		cat <<END
location = /witness/${name#witness-}/add-checkpoint {
	set \$room witness;
	fastcgi_pass unix:$dir/run/$name.socket;
}
END
	done
}
