# SPDX-License-Identifier: Apache-2.0
#
# One map a room: from all cookies of a request, this room's alone. A hole in
# one room must not visit the others with its visitors' cookies. $room is set
# by the location that was chosen.

/^#/ || NF < 2 { next }

{
	rooms = rooms "\t" $1 "\t$cookies_of_" $1 ";\n"
	print "map $http_cookie $cookies_of_" $1 " {"
	print "\tdefault \"\";"
	print "\t\"~(?:^|;[ ]*)(?<session_of_" $1 ">__Host-" instance "-" $1 \
	    "=[^;]*)\"\t$session_of_" $1 ";"
	print "}"
}

END {
	print "map $room $cookies_of_room {"
	print "\tdefault \"\";"
	printf "%s", rooms
	print "}"
}
