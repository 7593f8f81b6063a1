# SPDX-License-Identifier: Apache-2.0
#
# See dev/layers. A folder may include itself and what stands lower; folders
# of one rank do not know each other.

BEGIN {
	rank["lib"] = 0
	rank["schema"] = 1
	rank["audit"] = rank["forms"] = 2
	rank["services"] = 3
	rank["cgi-bin"] = rank["bin"] = 4
	rank["bench"] = rank["tests"] = 5
	# One order of start-up for all programs.
	allowed["bin" SUBSEP "cgi-bin/program.h"] = 1

	door("fcgi", "cgi-bin/http")
	door("libpq|postgres_ext|pg_config", "lib/db")
	door("libxml/", "lib/xml")
	door("openssl/", "lib/(crypto|cms)")
	door("curl/", "lib/fetch")
	door("argon2", "lib/password")
	door("libintl", "lib/text")
	door("qrencode", "lib/qr")
	door("fido", "services/passkey")
	door("seccomp|linux/seccomp|linux/filter", "lib/sandbox")
	door("ini\\.h", "lib/conf")
	door("jansson|cmocka", "tests/.*")

	never["strcpy stpcpy strcat strncat strncpy sprintf vsprintf gets"] = \
	    "use struct buf or snprintf"
	never["atoi atol atoll atof strtol strtoul strtoll strtoull sscanf"] = \
	    "use str_int()"
	never["system popen"] = "no shell is ever started"
	never["alloca"] = "use the arena"
	never["rand srand random drand48"] = "use crypto_random()"
	never["strtok"] = "it keeps a hidden context"
	clock["time gettimeofday clock_gettime localtime gmtime mktime"] = \
	    "use lib/clock.h"

	rule[1] = "no include goes up a layer"
	rule[2] = "each foreign library has one door"
	rule[3] = "no forbidden function is called"
	rule[4] = "no line is over 100 columns"
	rule[5] = "every file opens with its licence and says what it is"
	rule[6] = "no struct hides behind a typedef"
	rule[7] = "no file is over 600 lines, no header over 150"
	rule[8] = "a function's name opens its line"
	RULES = 8
}

function door(header, file)
{
	doors[header] = "^" file "(_[a-z0-9]+)*\\.[ch]$"
}

function breach(r, what)
{
	found[r]++
	list[r] = list[r] "# " FILENAME ":" FNR ": " what "\n"
}

function layer(path)
{
	sub(/\/.*/, "", path)
	return path
}

function check_include(line,	name, from, to)
{
	name = line
	sub(/^[ \t]*#[ \t]*include[ \t]*["<]/, "", name)
	sub(/[">].*/, "", name)
	from = layer(FILENAME)
	if (line ~ /</) {
		if (from == "tests" || from == "bench")
			return
		for (d in doors)
			if (name ~ ("^(" d ")") && FILENAME !~ doors[d])
				breach(2, "<" name "> belongs to another file")
		return
	}
	to = layer(name)
	if (!(to in rank)) {
		breach(1, "\"" name "\" is not written from the top")
		return
	}
	if (from == to || rank[to] < rank[from])
		return
	if ((from SUBSEP name) in allowed)
		return
	breach(1, from " may not include \"" name "\"")
}

# Code without comments, strings and characters: what is left is called.
function bare(line,	out, c, i, n)
{
	out = ""
	n = length(line)
	for (i = 1; i <= n; i++) {
		c = substr(line, i, 1)
		if (in_comment) {
			if (substr(line, i, 2) == "*/") {
				in_comment = 0
				i++
			}
			continue
		}
		if (substr(line, i, 2) == "/*") {
			in_comment = 1
			i++
			continue
		}
		if (substr(line, i, 2) == "//")
			break
		if (c == "\"" || c == "'") {
			for (i++; i <= n && substr(line, i, 1) != c; i++)
				if (substr(line, i, 1) == "\\")
					i++
			out = out c c
			continue
		}
		out = out c
	}
	return out
}

function check_calls(code, names, why,	i, n, name)
{
	n = split(names, name, " ")
	for (i = 1; i <= n; i++)
		if (code ~ ("(^|[^A-Za-z0-9_>.])" name[i] "(_r)?[ \t]*\\("))
			breach(3, name[i] "(): " why)
}

function columns(line,	n, i, c)
{
	# Bytes that continue a UTF-8 character take no column.
	gsub(/[\200-\277]/, "", line)
	if (index(line, "\t") == 0)
		return length(line)
	n = 0
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		n = c == "\t" ? n + 8 - n % 8 : n + 1
	}
	return n
}

FNR == 1 {
	finish_file()
	file = FILENAME
	in_comment = 0
	if ($0 != "/* SPDX-License-Identifier: Apache-2.0 */")
		breach(5, "the first line is not the licence's")
}

FNR == 2 && $0 != "/*" { breach(5, "no comment says what this file is") }

/^[ \t]*#[ \t]*include/ { check_include($0); lines = FNR; next }

# A signature may go on over lines; its first has the name.
/^[a-z_].*\(/ { signature = $0 }

/^\{$/ && signature !~ /^[a-z_][A-Za-z0-9_]*\(/ {
	breach(8, "type and name share a line")
}

{
	lines = FNR
	if (columns($0) > 100)
		breach(4, columns($0) " columns")
	code = bare($0)
	if (code ~ /typedef[ \t]+(struct|union)/)
		breach(6, "typedef of a struct")
	for (names in never)
		check_calls(code, names, never[names])
	if (FILENAME != "lib/clock.c" && FILENAME !~ /^(tests|bench)\//)
		for (names in clock)
			check_calls(code, names, clock[names])
}

function finish_file(	most)
{
	if (file == "")
		return
	most = file ~ /\.h$/ ? 150 : 600
	if (lines > most) {
		found[7]++
		list[7] = list[7] "# " file ":" lines ": over " most " lines\n"
	}
}

END {
	finish_file()
	print "1.." RULES
	for (r = 1; r <= RULES; r++) {
		print (found[r] ? "not ok " : "ok ") r " - " rule[r]
		printf "%s", list[r]
	}
	exit 0
}
