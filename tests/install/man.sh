#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The manual pages: verbs and options are those of --help, steps those of the parser.
# What scdoc would refuse is looked for without it; with it, the pages are read.

. "$(dirname "$0")/lib.sh"

page=$build/man/vfiosim.1.scd
scenario=$build/man/vfiosim-scenario.5.scd
check "there is $page" test -s "$page"
check "there is $scenario" test -s "$scenario"

# From the command and from the page, without the page's markup
"$build/vfiosim" --help | sed -n "/^usage/,/^'/s/^  \([a-z-]*\) .*/\1/p" | sort >"$tmp/verbs"
while read -r v; do
	"$build/vfiosim" "$v" --help | sed -n 's/^  .\{4\}--\([a-z-]*\).*/\1/p'
done <"$tmp/verbs" | sort -u >"$tmp/options"
sed 's/\\//g' "$page" >"$tmp/plain"
sed -n '/^# VERBS/,/^# OPTIONS/s/^\*\([a-z-]*\)\*.*/\1/p' "$tmp/plain" | sort >"$tmp/page-verbs"
sed -n '/^# OPTIONS/,/^# EXIT/s/^.*\*--\([a-z-]*\)\*.*/\1/p' "$tmp/plain" | sort >"$tmp/page-options"
check "there are verbs and options" test -s "$tmp/verbs" -a -s "$tmp/options"
check "the verbs are those of --help" diff "$tmp/verbs" "$tmp/page-verbs"
check "the options are those of --help" diff "$tmp/options" "$tmp/page-options"
check "nothing is left of the template" test -z "$(grep '^@' "$page")"

# {"verb", "letters", "usage"} of the tables of the language
sed -n 's/^	\[SCN_[A-Z_]*\].*{ "\([a-z_]*\)", ".*/\1/p' "$src/tools/scenario/names.c" >"$tmp/steps"
check "there are steps" test "$(wc -l <"$tmp/steps")" -gt 30
sed 's/\\//g' "$scenario" >"$tmp/plain"
while read -r s; do
	check "the page has the step $s" grep -q "^\*\(.*, \*\)*${s}[ *]" "$tmp/plain"
done <"$tmp/steps"

# Marks come in pairs within a paragraph and not one in the other
cat >"$tmp/marks.awk" <<'EOF'
/^\t*```/ { literal = !literal; next }
literal { next }
/^[ \t]*$/ { if (open != "") { print "line " NR ": open " open; bad = 1 }; open = "" }
{
	for (i = 1; i <= length($0); i++) {
		c = substr($0, i, 1)
		last = i > 1 ? substr($0, i - 1, 1) : ""
		following = substr($0, i + 1, 1)
		if (c == "\\") {
			i++
		} else if (c == "*" || (c == "_" && (open == "_" ? following : last) !~ /[A-Za-z0-9]/)) {
			if (open != "" && open != c) {
				print "line " NR ": " c " within " open
				bad = 1
			}
			open = open == "" ? c : ""
		}
	}
}
END { exit bad || literal || open != "" }
EOF
check "$page: marks" awk -f "$tmp/marks.awk" "$page"
check "$scenario: marks" awk -f "$tmp/marks.awk" "$scenario"

if [ -s "$build/man/vfiosim.1" ]; then
	check "vfiosim(1) is older than its source" test ! "$page" -nt "$build/man/vfiosim.1"
	for p in vfiosim.1 vfiosim-scenario.5; do
		! command -v groff >/dev/null 2>&1 ||
			check "groff has no complaint about $p" \
				test -z "$(groff -man -Tutf8 -ww "$build/man/$p" 2>&1 >/dev/null)"
	done
fi
finish
