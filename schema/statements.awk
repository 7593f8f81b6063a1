# SPDX-License-Identifier: Apache-2.0
#
# Every SQL statement of the house, from schema/query/*.sql into C:
#
#	awk -v out=h -f schema/statements.awk FILE... > schema/statements.h
#	awk -v out=c -f schema/statements.awk FILE... > schema/statements.c
#
# and, with -v table=key_statements, the same for schema/key_query, whose
# enum is KEY_QUERY_*.
#
# A statement is
#
#	-- name: vehicle_find
#	-- rows: maybe
#	-- role: vehicle desk
#	SELECT v.id, v.row_version FROM vehicle.vehicle v WHERE v.id = $1;
#
# Other lines that begin with -- are comments. rows says how many rows come
# back, or are changed if none come back: none (no promise), one, maybe (none
# or one), many. role names the rooms that may run it. All faults are
# reported, with file and line; then nothing is written.

BEGIN {
	promises["none"] = "DB_NONE"
	promises["one"] = "DB_ONE"
	promises["maybe"] = "DB_MAYBE"
	promises["many"] = "DB_MANY"
	if (out != "h" && out != "c")
		refuse("statements.awk", 0, "give -v out=h or -v out=c")
	if (table == "")
		table = "statements"
	kind = table
	if (!sub(/statements$/, "query", kind))
		refuse("statements.awk", 0, "a table's name ends in statements")
	prefix = toupper(kind) "_"
}

function refuse(file, line, why) {
	printf "%s:%d: %s\n", file, line, why > "/dev/stderr"
	faults++
}

function fault(why) {
	refuse(FILENAME, FNR, why)
}

# The text after "-- word:", without the blanks around it.
function header(line) {
	sub(/^--[ \t]*[a-z]+:[ \t]*/, "", line)
	sub(/[ \t]+$/, "", line)
	return line
}

function endless() {
	if (open)
		refuse(file[n], line[n], names[n] " ends without ;")
	open = 0
}

function begin(name) {
	endless()
	if (name !~ /^[a-z][a-z0-9_]*$/ || length(name) > 63)
		fault("'" name "' is no name for a statement")
	if (name in place)
		fault(name " is already at " place[name])
	else
		place[name] = FILENAME ":" FNR
	names[++n] = name
	file[n] = FILENAME
	line[n] = FNR
	promise[n] = roles[n] = sql[n] = ""
	open = 1
	counted[FILENAME]++
}

function set_promise(word) {
	if (!(word in promises))
		fault("rows is none, one, maybe or many, not '" word "'")
	else if (promise[n] != "")
		fault(names[n] " has rows twice")
	else
		promise[n] = promises[word]
}

function set_roles(words,	each, count, i, bits) {
	count = split(words, each, /[ \t,]+/)
	for (i = 1; i <= count; i++) {
		if (each[i] !~ /^[a-z][a-z0-9_]*$/) {
			fault("'" each[i] "' is no role")
			return
		}
		bits = bits (i > 1 ? " |\n\t\t    " : "") \
		    "1ull << ROOM_" toupper(each[i])
	}
	if (roles[n] != "")
		fault(names[n] " has role twice")
	roles[n] = bits
}

# Parameters must be $1 to $n, each used: a gap is a value that the server
# would refuse to type.
function highest_parameter(text,	used, number, most, i) {
	most = 0
	while (match(text, /\$[0-9]+/)) {
		number = substr(text, RSTART + 1, RLENGTH - 1) + 0
		used[number] = 1
		if (number > most)
			most = number
		text = substr(text, RSTART + RLENGTH)
	}
	if (0 in used)
		refuse(file[n], line[n], names[n] " has $0")
	for (i = 1; i < most; i++)
		if (!(i in used))
			refuse(file[n], line[n], names[n] " has $" most \
			    " but no $" i)
	return most
}

# A column added to a table must not change what a program reads.
function names_columns(text) {
	text = toupper(text)
	gsub(/[ \t\n]+/, " ", text)
	return text !~ /(SELECT|DISTINCT|RETURNING|ALL|,) ?\*/ &&
	    text !~ /[A-Z0-9_"]\.\*/
}

function finish() {
	open = 0
	params[n] = highest_parameter(sql[n])
	if (promise[n] == "")
		refuse(file[n], line[n], names[n] " does not say rows")
	if (roles[n] == "")
		refuse(file[n], line[n], names[n] " does not say role")
	if (sql[n] ~ /^[ \t\n]*$/)
		refuse(file[n], line[n], names[n] " has no SQL")
	if (!names_columns(sql[n]))
		refuse(file[n], line[n], names[n] \
		    " says * where it should name columns")
}

function add(text) {
	if (!open) {
		fault("SQL without a name before it")
		return
	}
	if (text ~ /--/)
		fault("a comment stands on a line of its own")
	sub(/[ \t]+$/, "", text)
	if (text !~ /;$/) {
		sql[n] = sql[n] (sql[n] == "" ? "" : "\n") text
		return
	}
	sub(/[ \t]*;$/, "", text)
	sql[n] = sql[n] (sql[n] == "" ? "" : "\n") text
	finish()
}

FNR == 1	{ endless() }
		{ sub(/\r$/, "") }
/^--[ \t]*name:/	{ begin(header($0)); next }
/^--[ \t]*rows:/	{
	if (open)
		set_promise(header($0))
	else
		fault("rows without a name before it")
	next
}
/^--[ \t]*role:/	{
	if (open)
		set_roles(header($0))
	else
		fault("role without a name before it")
	next
}
/^[ \t]*--/		{ next }
/^[ \t]*$/		{ next }
			{ add($0) }

function write_header(	i) {
	print "#ifndef SCHEMA_" toupper(table) "_H"
	print "#define SCHEMA_" toupper(table) "_H"
	print ""
	print "#include \"lib/db.h\""
	print ""
	print "enum " kind " {"
	for (i = 1; i <= n; i++)
		print "\t" prefix toupper(names[i]) ","
	print "\t" prefix "_MAX"
	print "};"
	print ""
	print "extern const struct db_statement " table "[" prefix "_MAX];"
	print ""
	print "#endif"
}

# One literal a line, so that the server's log shows lines too.
function literal(text,	lines, count, i, all) {
	gsub(/\\/, "&&", text)
	gsub(/"/, "\\\"", text)
	count = split(text, lines, "\n")
	for (i = 1; i <= count; i++) {
		gsub(/\t/, "\\t", lines[i])
		all = all "\n\t\t    \"" lines[i] (i < count ? "\\n\"" : "\"")
	}
	return all
}

function write_table(	i) {
	print "#include \"schema/" table ".h\""
	print ""
	print "#include \"schema/registry.h\""
	print ""
	print "const struct db_statement " table "[] = {"
	for (i = 1; i <= n; i++) {
		print "\t[" prefix toupper(names[i]) "] = {"
		print "\t\t.name = \"" names[i] "\","
		print "\t\t.sql =" literal(sql[i]) ","
		print "\t\t.promise = " promise[i] ","
		print "\t\t.params = " params[i] ","
		print "\t\t.roles = " roles[i] ","
		print "\t},"
	}
	print "};"
}

END {
	endless()
	for (i = 1; i < ARGC; i++)
		if (ARGV[i] != "" && ARGV[i] !~ /=/ && !(ARGV[i] in counted))
			refuse(ARGV[i], 1, "no statement in this file")
	if (faults)
		exit 1
	print "/* SPDX-License-Identifier: Apache-2.0 */"
	print "/* Generated by schema/statements.awk: change schema/query, not" \
	    " this. */"
	if (out == "h")
		write_header()
	else
		write_table()
}
