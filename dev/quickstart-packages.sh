# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Debian packages (deploy/packages.txt) and the page tools of package.json.

# packages SECTION…: install what is missing of these sections.
packages() {
	local missing

	missing=$(packages_missing "$@")
	if [ -z "$missing" ]; then
		note "all there"
		return 0
	fi
	command -v apt-get >/dev/null || {
		echo "This machine has no apt-get. Needed are: $missing"
		return 1
	}
	# shellcheck disable=SC2086 # a list of names
	packages_install $missing
	# shellcheck disable=SC2086
	note "installed $(set -- $missing && echo $#)"
}

packages_missing() {
	local installed section package instead

	installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' \
	    2>/dev/null | sed -n 's/^installed //p')
	while read -r section package instead; do
		case " $* " in
		*" $section "*) ;;
		*) continue ;;
		esac
		if [ -n "$instead" ] && command -v "$instead" >/dev/null; then
			continue
		fi
		case $'\n'$installed$'\n' in
		*$'\n'"$package"$'\n'*) ;;
		*) printf '%s ' "$package" ;;
		esac
	done < <(grep -v '^#' "$root/deploy/packages.txt")
}

packages_install() {
	local sudo=()

	if [ "$is_root" = no ]; then
		command -v sudo >/dev/null || {
			echo "Without root or sudo I cannot install: $*"
			return 1
		}
		sudo=(sudo)
	fi
	${sudo[@]+"${sudo[@]}"} bash -s -- "$@" <<'END'
set -eu
# The servers that come with the packages are not ours to start: this file
# is Debian's own way to say so, and it is here only while we install.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
	trap 'rm -f "$policy"' EXIT
	printf '#!/bin/sh\nexit 101\n' >"$policy"
	chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
apt="apt-get -q -y -o DPkg::Lock::Timeout=300 --no-install-recommends"
$apt install "$@" || {
	# The lists of a fresh machine are empty or old.
	$apt update
	$apt install "$@"
}
END
}

# style [always]: the style sheet, built anew where it is missing or old. Only
# then is Node needed; a check always builds it, and needs npm's other tools.
style() {
	local stamp=$root/node_modules/.balcao
	local sheet=$root/assets/build/balcao.css

	if [ $# -eq 0 ] && [ -e "$sheet" ] &&
	    [ -z "$(find "$root/assets" -name '*.scss' -newer "$sheet")" ]
	then
		note "up to date"
		return 0
	fi
	packages style
	cd "$root"
	if ! cmp -s package-lock.json "$stamp"; then
		npm ci --no-audit --no-fund
		cp package-lock.json "$stamp"
	fi
	npm run build
	note "built"
}
