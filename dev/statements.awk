# SPDX-License-Identifier: Apache-2.0
#
# See dev/format. A C file, one statement a line: "first last<TAB>text", with
# indentation as depth of tabs, and without comments, directives, the insides
# of strings, and blanks that say nothing.

function without_comments(line,	out, c, two, i, n)
{
	out = ""
	n = length(line)
	for (i = 1; i <= n; i++) {
		c = substr(line, i, 1)
		two = substr(line, i, 2)
		if (comment) {
			if (two == "*/") {
				comment = 0
				i++
			}
		} else if (two == "/*") {
			comment = 1
			i++
		} else if (c == "\"" || c == "'") {
			for (i++; i <= n && substr(line, i, 1) != c; i++)
				if (substr(line, i, 1) == "\\")
					i++
			out = out c c
		} else {
			out = out c
		}
	}
	sub(/[ \t]+$/, "", out)
	return out
}

function count(text, what)
{
	return gsub(what, "", text)
}

function squeeze(text)
{
	gsub(/[ \t]+/, " ", text)
	gsub(/ ?[][(){},] ?/, "&", text)
	text = tight(text)
	return text
}

# No blanks beside brackets and commas, where breaks put them.
function tight(text)
{
	gsub(/\( /, "(", text)
	gsub(/ \)/, ")", text)
	gsub(/\{ /, "{", text)
	gsub(/ \}/, "}", text)
	gsub(/\{ /, "{", text)
	gsub(/ \}/, "}", text)
	gsub(/,\}/, "}", text)
	gsub(/\* \*/, "**", text)
	gsub(/" "/, "\"\"", text)
	return text
}

# A heading of a block, or of a function: what follows has its own line.
function complete(text)
{
	return text ~ /^[ \t]*(\} )?(else )?(if|for|while|switch) .*\)$/ ||
	    text ~ /^[ \t]*(\} )?(else|do)$/ || text ~ /^[a-z_].*\)$/ ||
	    text ~ /^[ \t]*(case .*|default|[a-z_]+):$/
}

# A directive ends where no backslash goes on.
/^[ \t]*#/ || directive {
	directive = /\\$/
	next
}

{
	line = without_comments($0)
	if (line ~ /^[ \t]*$/)
		next
	if (text == "") {
		first = FNR
		match(line, /^\t*/)
		indent = RLENGTH
		text = line
	} else {
		text = text " " line
	}
	flat = text
	if (count(flat, "[(]") > count(flat, "[)]"))
		next
	# An initialiser ends with its semicolon.
	if (flat ~ /(=|\)) ?\{/ && flat !~ /\) \{$/ && line !~ /;$/)
		next
	# A list of enumerators or of values is one a line; names of a
	# declaration go on.
	if (line ~ /,$/ && text ~ /^[ \t]*[a-z]/)
		next
	if (line !~ /[;{},]$/ && !complete(text))
		next
	sub(/^[ \t]+/, "", text)
	print first " " FNR "\t" indent " " squeeze(text)
	text = ""
}
