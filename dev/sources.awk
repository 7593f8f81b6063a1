# SPDX-License-Identifier: Apache-2.0
#
# See dev/sources. First file: lines "variable name", sorted. Second file:
# Makefile.am, printed with each such variable's list put in its place.

FNR == NR && $1 == "program" {
	if (!($2 in sources))
		names[++programs] = $2
	sources[$2] = sources[$2] " \\\n\t" $3
	next
}

FNR == NR && $1 == "test" {
	if (!($2 in parts))
		tests[++tested] = $2
	parts[$2] = parts[$2] " \\\n\t" $3
	next
}

FNR == NR {
	items[$1] = items[$1] " \\\n\t" $2
	next
}

# A list goes on as long as its lines end with a backslash.
skipping {
	skipping = /\\$/
	next
}

# What an administrator types goes to bin, a room to libexec.
/^# programs, written by/ {
	print
	for (i = 1; i <= programs; i++) {
		name = names[i]
		target = name
		sub(/_/, "-", target)
		administers = name ~ /^balcao/
		print ""
		print (administers ? "bin" : "pkglibexec") \
		    "_PROGRAMS += " target
		print name "_SOURCES =" sources[name]
		print name "_LDADD = " (administers ? "$(house)" : \
		    "$(rooms_house)")
	}
	print ""
	writing = 1
	next
}

# Each with its own helpers: two of them may use one name.
/^# sources of tests, written by/ {
	print
	for (i = 1; i <= tested; i++) {
		name = tests[i]
		gsub(/[^a-z0-9_]/, "_", name)
		print name "_SOURCES =" parts[tests[i]]
	}
	writing = 1
	next
}

/^# end of (programs|sources of tests)/ { writing = 0 }

writing { next }

/^(lib|schema|audit|forms|services|pages)_sources =/ ||
/^(unit|conformance|database)_(tests|scripts) =/ ||
/^fuzz_targets =/ ||
/^(queries|key_queries|migrations|definitions|catalogues) =/ ||
/^(assets|distributed) =/ {
	print $1 " =" items[$1]
	skipping = /\\$/
	next
}

{ print }
