# SPDX-License-Identifier: GPL-2.0-only
# awk -f md2scd.awk doc/scenario.md: the same page for scdoc. Knows as much of
# Markdown as that file uses: headings, literal blocks, lists, terms with ":" below,
# tables of two columns (written as terms), `code` and *emphasis*.

# Code becomes bold, emphasis underlined; nothing else is markup.
function inline(s,    out, c, i, code, emph, mark)
{
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		if (c == "\\" && substr(s, i + 1, 1) ~ /[|_*\\]/ && !code) {
			out = out "\\" substr(s, ++i, 1)
		} else if (c == "\\" && substr(s, i + 1, 1) == "|") {
			out = out "\\" substr(s, ++i, 1)
		} else if (c == "`") {
			code = !code
			out = out "*"
		} else if (c == "*" && !code && (emph || substr(s, i + 1, 1) ~ /[A-Za-z]/)) {
			# an underline does not end inside a word
			if (!emph)
				mark = substr(s, i + 1) ~ /^[^*]*\*[A-Za-z0-9]/ ? "*" : "_"
			emph = !emph
			out = out mark
		} else if (c ~ /[^A-Za-z0-9 \t]/ && c ~ /[!-~]/) {
			out = out "\\" c
		} else {
			out = out c
		}
	}
	return out
}

# "| a | b |" without its bars
function row(s,    n, cells)
{
	gsub(/\\\|/, "\001", s)
	n = split(s, cells, /[ \t]*\|[ \t]*/)
	gsub(/\001/, "|", cells[2])
	gsub(/\001/, "|", cells[3])
	term = cells[2]
	meaning = n > 3 ? cells[3] : ""
}

BEGIN { print "vfiosim-scenario(5)\n\n; SPDX-License-Identifier: GPL-2.0-only" }
/^```/ { literal = !literal; print; next }
literal { print; next }
/^<!--/ || /^# / { next }
/^## / { print substr($0, 2); next }
/^\|---/ { in_table = 1; next }
/^\|/ && !in_table { next }
/^\|/ {
	row($0)
	if (term !~ /`/)
		term = "`" term "`"
	print inline(term)
	if (meaning != "")
		print "\t" inline(meaning)
	print ""
	next
}
{ in_table = 0 }
/^:\t/ { print "\t" inline(substr($0, 3)); next }
/^\t/ { print "\t" inline(substr($0, 2)); next }
/^\* / { print "- " inline(substr($0, 3)); in_list = 1; next }
/^  / && in_list { print "  " inline(substr($0, 3)); next }
{ in_list = 0; print inline($0) }
