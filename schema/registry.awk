# SPDX-License-Identifier: Apache-2.0
#
# The register of codes, tables and columns, from schema/registry into
#
#	awk -v out=h        enums and structs         schema/registry.h
#	awk -v out=c        the tables                schema/registry.c
#	awk -v out=query    inserts, updates, rows    schema/query_generated.sql
#	awk -v out=grants   the rights these need,    SQL
#			    and the codes' names for audit_v1
#	awk -v out=comments the data dictionary       SQL
#
# The key database has the tables of the schema keys and the other database
# the rest; grants and comments are for the latter unless -v database=keys.
#
# Its lines (blank ones and those that begin with # say nothing):
#
#	room vehicle 3
#	class contact 2
#	event create 2
#	purpose review 4
#	table casework.draft 17 working(what a citizen has not sent)
#	table casework.application 12 audited insert=vehicle update=vehicle,desk
#	  id uuid key
#	  row_version int4 clear(counts the changes of a row)
#	  reference text clear(citizens quote it)
#
# seeded, behind audited: migrations write rows of this table too, and
# `balcao migrate` enters them in the log.
# and a column's last word is key, nonce, clear(reason), sealed(class),
# index(kind), derived(reason) or retired. Codes are in stored bytes and never
# given again: what is gone stays as "table bill.old 55 retired", or as a
# retired column in its place. All faults are reported, with file and line;
# then nothing is written.

BEGIN {
	if (out !~ /^(h|c|query|grants|comments)$/)
		refuse(0, "give -v out=h, c, query, grants or comments")
	most["room"] = 63		# a bit each in a statement's roles
	most["class"] = most["event"] = most["purpose"] = 65535
	most["table"] = 65535
	words = split("room class event purpose", lists, " ")
}

function refuse(line, why) {
	printf "%s:%d: %s\n", FILENAME, line, why > "/dev/stderr"
	faults++
}

function fault(why) {
	refuse(FNR, why)
}

function constant(name) {
	gsub(/[^A-Za-z0-9]/, "_", name)
	return toupper(name)
}

# Names that differ may still make one constant: a.b_c and a_b.c.
function claim(symbol) {
	if (symbol in symbols)
		fault(symbol " is already made at line " symbols[symbol])
	else
		symbols[symbol] = FNR
}

function claim_code(list, name, code) {
	if (code !~ /^[1-9][0-9]*$/ || code + 0 > most[list])
		fault("'" code "' is no code from 1 to " most[list])
	else if ((list, code + 0) in coded)
		fault("code " code " is already " coded[list, code + 0])
	else
		coded[list, code + 0] = name
	if ((list, name) in code_of)
		fault(list " " name " is named twice")
	else
		code_of[list, name] = code + 0
}

function add_entry(list, name, code) {
	if (name == "none" && code == "0")
		return			# every list begins with it
	if (name !~ /^[a-z][a-z0-9_-]*$/ || name == "none") {
		fault("'" name "' is no name of a " list)
		return
	}
	claim(constant(list " " name))
	claim_code(list, name, code)
	entries[list, ++count[list]] = name
}

# What is between the parentheses of word(...), or "" if that is not it.
function inner(text, word) {
	if (index(text, word "(") != 1 || text !~ /\)$/)
		return ""
	text = substr(text, length(word) + 2)
	sub(/\)$/, "", text)
	return text
}

# insert=a,b: refused if a room is unknown, once all rooms are read.
function add_rooms(verb, text,	each, n, i) {
	n = split(text, each, ",")
	for (i = 1; i <= n; i++)
		wanted[++wants] = each[i]
	for (i = 1; i <= n; i++)
		wanted_at[wants - n + i] = FNR
	rooms[tables, verb] = text
}

function add_table(name, code, rest,	each, n, i, eq) {
	if (name !~ /^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/)
		fault("'" name "' is no schema.table")
	claim(constant("table " name))
	claim_code("table", name, code)
	gone = rest == "retired"
	if (gone)
		return
	table[++tables] = name
	table_code[tables] = code + 0
	table_line[tables] = FNR
	columns[tables] = 0
	reason[tables] = inner(rest, "working")
	if (reason[tables] != "")
		return
	n = split(rest, each, /[ \t]+/)
	audited[tables] = each[1] == "audited"
	if (!audited[tables])
		fault(name " is neither audited nor working(reason)")
	for (i = 2; i <= n; i++) {
		eq = index(each[i], "=")
		if (each[i] == "seeded")
			seeded[tables] = 1
		else if (each[i] !~ /^(insert|update)=[a-z0-9_,-]+$/)
			fault("'" each[i] "' is not seeded, insert= or update=")
		else
			add_rooms(substr(each[i], 1, eq - 1),
			    substr(each[i], eq + 1))
	}
}

function set_kind(t, c, text,	word, said) {
	word = text
	sub(/\(.*/, "", word)
	said = inner(text, word)
	kind[t, c] = word
	words_of[t, c] = text
	if (word == "key" || word == "nonce" || word == "retired") {
		if (text != word)
			fault("a " word " says no more")
	} else if (word !~ /^(clear|sealed|index|derived)$/)
		fault("'" text "' is no kind of column")
	else if (said == "")
		fault(word " says why or what: " word "(...)")
	if (word == "sealed") {
		sealed[t, c] = said
		sealed_at[t, c] = FNR
	}
}

function add_column(name, type, text,	t, c) {
	if (tables == 0 || gone) {
		fault("a column of no table")
		return
	}
	t = tables
	c = ++columns[t]
	if (name !~ /^[a-z][a-z0-9_]*$/)
		fault("'" name "' is no name of a column")
	if (c > 99)
		fault("more than 99 columns")
	if ((t, name) in column_at)
		fault("column " name " is named twice")
	column_at[t, name] = c
	claim(constant("column " table[t] " " name))
	column[t, c] = name
	type_of[t, c] = type
	set_kind(t, c, text)
}

# What follows the first n words of the line.
function after(n,	text, i) {
	text = $0
	sub(/^[ \t]+/, "", text)
	for (i = 0; i < n; i++)
		sub(/^[^ \t]+[ \t]*/, "", text)
	sub(/[ \t\r]+$/, "", text)
	return text
}

/^[ \t\r]*(#.*)?$/	{ next }
/^[ \t]/ {
	if (NF < 3)
		fault("a column is a name, a type and a kind")
	else
		add_column($1, $2, after(2))
	next
}
$1 == "table" {
	if (NF < 4)
		fault("a table is schema.name, a code and what it is")
	else
		add_table($2, $3, after(3))
	next
}
$1 ~ /^(room|class|event|purpose)$/ {
	if (NF != 3)
		fault("a " $1 " is a name and a code")
	else
		add_entry($1, $2, $3)
	next
}
{ fault("'" $1 "' begins no line of a register") }

function check_table(t) {
	if (columns[t] == 0)
		refuse(table_line[t], table[t] " has no columns")
	else if (audited[t] && (column[t, 1] != "id" ||
	    type_of[t, 1] != "uuid" || kind[t, 1] != "key" ||
	    column[t, 2] != "row_version" || type_of[t, 2] != "int4" ||
	    kind[t, 2] != "clear"))
		refuse(table_line[t], table[t] " is audited and must begin" \
		    " with id uuid key, row_version int4 clear(...)")
}

function check_all(	i, c) {
	for (i = 1; i <= wants; i++)
		if (!(("room", wanted[i]) in code_of))
			refuse(wanted_at[i], "no room '" wanted[i] "'")
	for (i = 1; i <= tables; i++) {
		check_table(i)
		for (c = 1; c <= columns[i]; c++)
			if (kind[i, c] == "sealed" &&
			    !(("class", sealed[i, c]) in code_of))
				refuse(sealed_at[i, c], "no class '" \
				    sealed[i, c] "'")
	}
}

function write_enum(tag, list,	i, name, top) {
	print "enum " tag " {"
	printf "\t%s_NONE = 0", toupper(list)
	for (i = 1; i <= count[list]; i++) {
		name = entries[list, i]
		printf ",\n\t%s = %d", constant(list " " name),
		    code_of[list, name]
		if (code_of[list, name] > top)
			top = code_of[list, name]
	}
	if (list == "room")
		printf ",\n\tROOM__MAX = %d", top + 1
	print "\n};\n"
}

function write_codes(	t, c) {
	print "enum table_code {"
	printf "\tTABLE_NONE = 0"
	for (t = 1; t <= tables; t++)
		printf ",\n\t%s = %d", constant("table " table[t]),
		    table_code[t]
	print "\n};\n"
	print "/* A table's code and the column's place in the register. */"
	print "enum column_code {"
	printf "\tCOLUMN_NONE = 0"
	for (t = 1; t <= tables; t++)
		for (c = 1; c <= columns[t]; c++)
			printf ",\n\t%s = %d",
			    constant("column " table[t] " " column[t, c]),
			    table_code[t] * 100 + c
	print "\n};\n"
}

function write_h() {
	print "#ifndef SCHEMA_REGISTRY_H"
	print "#define SCHEMA_REGISTRY_H\n"
	print "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n"
	write_enum("room_code", "room")
	write_enum("class_code", "class")
	write_enum("event_type", "event")
	write_enum("purpose", "purpose")
	write_codes()
	print "enum column_kind {"
	print "\tKIND_KEY,\n\tKIND_CLEAR,\n\tKIND_SEALED,\n\tKIND_INDEX,"
	print "\tKIND_DERIVED,\t/* in no row image */\n\tKIND_NONCE\n};\n"
	print "struct registry_column {"
	print "\tconst char\t\t*name;"
	print "\tconst char\t\t*type;\t\t/* PostgreSQL's */"
	print "\tenum column_kind\t kind;"
	print "\tuint16_t\t\t class;\t\t/* of a sealed one, or 0 */"
	print "\tuint32_t\t\t code;\n};\n"
	print "struct registry_table {"
	print "\tuint16_t\t\t\t code;"
	print "\tconst char\t\t\t*name;\t\t/* schema.table */"
	print "\tbool\t\t\t\t audited;"
	print "\tbool\t\t\t\t seeded;\t/* migrations write rows too */"
	print "\tconst struct registry_column\t*columns;"
	print "\tsize_t\t\t\t\t n;\n};\n"
	print "extern const struct registry_table registry_tables[];"
	print "extern const size_t registry_tables_n;\n"
	print "/* NULL if there is none of this code. */"
	print "const struct registry_table *registry_table(unsigned code);\n"
	print "/* \"none\" if there is none of this code. */"
	print "const char\t*registry_room_name(unsigned code);"
	print "const char\t*registry_event_name(unsigned code);"
	print "const char\t*registry_purpose_name(unsigned code);\n"
	print "#endif"
}

function write_columns(t,	c) {
	print "static const struct registry_column table_" table_code[t] \
	    "[] = {"
	for (c = 1; c <= columns[t]; c++) {
		if (kind[t, c] == "retired")
			continue
		printf "\t{ \"%s\", \"%s\", KIND_%s,\n\t    %s, %s },\n",
		    column[t, c], type_of[t, c], toupper(kind[t, c]),
		    (kind[t, c] == "sealed" ? \
		    constant("class " sealed[t, c]) : "0"),
		    constant("column " table[t] " " column[t, c])
	}
	print "};\n"
}

function living(t,	c, n) {
	for (c = 1; c <= columns[t]; c++)
		n += kind[t, c] != "retired"
	return n
}

function write_names(list,	i, name) {
	print "static const struct name " list "_names[] = {"
	for (i = 1; i <= count[list]; i++) {
		name = entries[list, i]
		printf "\t{ %s, \"%s\" },\n", constant(list " " name), name
	}
	print "\t{ 0, NULL }"
	print "};\n"
}

function write_name_function(list) {
	print "\nconst char *"
	print "registry_" list "_name(unsigned code)"
	print "{"
	print "\treturn name_of(" list "_names, code);"
	print "}"
}

function write_c(	t) {
	print "#include \"schema/registry.h\"\n"
	print "struct name {"
	print "\tunsigned\t code;"
	print "\tconst char\t*name;"
	print "};\n"
	for (t = 1; t <= tables; t++)
		write_columns(t)
	print "const struct registry_table registry_tables[] = {"
	for (t = 1; t <= tables; t++)
		printf "\t{ %s, \"%s\", %s, %s,\n\t    table_%d, %d },\n",
		    constant("table " table[t]), table[t],
		    audited[t] ? "true" : "false",
		    seeded[t] ? "true" : "false", table_code[t], living(t)
	print "\t{ TABLE_NONE, \"none\", false, false, NULL, 0 }"
	print "};"
	print "const size_t registry_tables_n = " tables + 0 ";\n"
	write_names("room")
	write_names("event")
	write_names("purpose")
	print "const struct registry_table *"
	print "registry_table(unsigned code)"
	print "{"
	print "\tfor (size_t i = 0; i < registry_tables_n; i++)"
	print "\t\tif (registry_tables[i].code == code)"
	print "\t\t\treturn &registry_tables[i];"
	print "\treturn NULL;"
	print "}\n"
	print "static const char *"
	print "name_of(const struct name *names, unsigned code)"
	print "{"
	print "\tfor (; names->name != NULL; names++)"
	print "\t\tif (names->code == code)"
	print "\t\t\treturn names->name;"
	print "\treturn \"none\";"
	print "}"
	write_name_function("room")
	write_name_function("event")
	write_name_function("purpose")
}

# No program writes the derived ones.
function written(t, c) {
	return kind[t, c] != "derived" && kind[t, c] != "retired"
}

# "id, row_version, ..." from column `first` on.
function column_list(t, first,	c, text) {
	for (c = first; c <= columns[t]; c++)
		if (written(t, c))
			text = text (text == "" ? "" : ", ") column[t, c]
	return text
}

function write_statement(t, verb,	name) {
	name = table[t]
	sub(/\./, "_", name)
	gsub(/,/, " ", rooms[t, verb])
	gsub(/-/, "_", rooms[t, verb])
	print "\n-- name: " name "_" verb
	print "-- rows: " (verb == "rows" ? "many" : "one")
	print "-- role: " rooms[t, verb]
}

function write_insert(t,	c, n, marks) {
	write_statement(t, "insert")
	for (c = 1; c <= columns[t]; c++)
		if (written(t, c))
			marks = marks (n > 0 ? ", " : "") "$" ++n
	print "INSERT INTO " table[t]
	print "\t(" column_list(t, 1) ")"
	print "\tVALUES (" marks ");"
}

# The version that comes in is the new one: whoever read another loses.
function write_update(t,	c, n, sets) {
	write_statement(t, "update")
	n = 1
	for (c = 2; c <= columns[t]; c++)
		if (written(t, c))
			sets = sets (n > 1 ? ", " : "") column[t, c] \
			    " = $" ++n
	print "UPDATE " table[t]
	print "\tSET " sets
	print "\tWHERE id = $1 AND row_version = $2 - 1;"
}

# Room balcao compares each audited row with its image: a table's rows from
# an id on, a few at a time.
function is_compared(t) {
	return audited[t] && ("room", "balcao") in code_of
}

function write_rows(t) {
	rooms[t, "rows"] = "balcao"
	write_statement(t, "rows")
	print "SELECT " column_list(t, 1)
	print "\tFROM " table[t]
	print "\tWHERE id > coalesce($1::uuid,"
	print "\t    '00000000-0000-0000-0000-000000000000')"
	print "\tORDER BY id LIMIT 200;"
}

function write_query(	t) {
	for (t = 1; t <= tables; t++) {
		if ((t, "insert") in rooms)
			write_insert(t)
		if ((t, "update") in rooms)
			write_update(t)
		if (is_compared(t))
			write_rows(t)
	}
}

function elsewhere(t) {
	return (table[t] ~ /^keys\./) != (database == "keys")
}

function grantees(text) {
	gsub(/-/, "_", text)
	gsub(/,/, ", room_", text)
	return "room_" text
}

function grant(right, t, list, verb) {
	print "GRANT " right " (" list ")"
	print "\tON " table[t] " TO " grantees(rooms[t, verb]) ";"
}

# Once for all tables of a schema.
function grant_schema(t,	schema) {
	schema = table[t]
	sub(/\..*/, "", schema)
	if (schema in granted)
		return
	granted[schema] = 1
	print "GRANT USAGE ON SCHEMA " schema " TO room_balcao;"
}

# The names that the views of audit_v1 show. Outcomes are audit/entry.h's.
function write_views(	i, list, t, rows) {
	for (list = 1; list <= words; list++)
		for (i = 1; i <= count[lists[list]]; i++)
			rows = rows code_row(lists[list],
			    code_of[lists[list], entries[lists[list], i]],
			    entries[lists[list], i])
	for (t = 1; t <= tables; t++)
		rows = rows code_row("table", table_code[t], table[t])
	rows = rows code_row("purpose", 0, "none") \
	    code_row("outcome", 0, "ok") code_row("outcome", 1, "denied") \
	    code_row("outcome", 2, "error")
	sub(/,\n$/, "", rows)
	print "CREATE OR REPLACE VIEW audit_v1.code AS"
	print "\tSELECT list::text, code::int4, name::text FROM (VALUES"
	print rows ") AS v (list, code, name);"
}

function code_row(list, code, name) {
	return "\t('" list "', " code ", '" name "'),\n"
}

function write_grants(	t) {
	if (database != "keys" && ("table", "audit.q") in code_of)
		write_views()
	for (t = 1; t <= tables; t++) {
		if (elsewhere(t))
			continue
		if ((t, "insert") in rooms)
			grant("INSERT", t, column_list(t, 1), "insert")
		if ((t, "update") in rooms) {
			grant("UPDATE", t, column_list(t, 2), "update")
			grant("SELECT", t, "id, row_version", "update")
		}
		if (is_compared(t)) {
			rooms[t, "rows"] = "balcao"
			grant("SELECT", t, column_list(t, 1), "rows")
			grant_schema(t)
		}
	}
}

function quoted(text) {
	gsub(/'/, "''", text)
	return "'" text "'"
}

function write_comments(	t, c) {
	for (t = 1; t <= tables; t++) {
		if (elsewhere(t))
			continue
		print "COMMENT ON TABLE " table[t] " IS\n\t" \
		    quoted(audited[t] ? "audited" : \
		    "working(" reason[t] ")") ";"
		for (c = 1; c <= columns[t]; c++)
			if (kind[t, c] != "retired")
				print "COMMENT ON COLUMN " table[t] "." \
				    column[t, c] " IS\n\t" \
				    quoted(words_of[t, c]) ";"
	}
}

END {
	check_all()
	if (faults)
		exit 1
	note = "Generated by schema/registry.awk: change schema/registry, not"
	if (out == "h" || out == "c") {
		print "/* SPDX-License-Identifier: Apache-2.0 */"
		print "/* " note " this. */"
	} else {
		print "-- SPDX-License-Identifier: Apache-2.0"
		print "-- " note " this."
	}
	if (out == "h")
		write_h()
	else if (out == "c")
		write_c()
	else if (out == "query")
		write_query()
	else if (out == "grants")
		write_grants()
	else
		write_comments()
}
