# SPDX-License-Identifier: Apache-2.0
#
# One location a path: the path itself, and what lies below it. nginx takes
# the longest that fits.

/^#/ || NF < 2 { next }

function location(kind, path, room)
{
	print "\tlocation " kind path " {"
	print "\t\tset $room " room ";"
	print "\t\tfastcgi_pass unix:" run "/" room ".socket;"
	print "\t}"
}

{
	for (i = 2; i <= NF; i++) {
		if ($i == "/") {
			location("", "/", $1)
			continue
		}
		location("= ", $i, $1)
		location("", $i "/", $1)
	}
}
