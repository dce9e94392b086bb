# SPDX-License-Identifier: GPL-2.0-only
# Sourced by the shell tests of this folder; they get BUILD as first argument.
# shellcheck shell=sh

here=$(cd "$(dirname "$0")" && pwd -P)
src=$(cd "$here/../.." && pwd -P)
build=$(cd "$1" && pwd -P)
shift
# Another kernel than the one that all tests run on: guest.SERIES, if it is there.
link=${VFIOSIM_TEST_GUEST:-guest}
[ "$link" = guest ] || [ -e "$build/$link/env.sh" ] || exit 77
# shellcheck source=/dev/null
. "$build/$link/env.sh"
unset NO_COLOR
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
failures=0
checks=0

guest()
{
	"$build/$link/vfiosim-guest" "$@"
}

bad()
{
	echo "FAIL: $*"
	failures=$((failures + 1))
}

# check WHAT COMMAND...: the command must succeed
check()
{
	what=$1
	shift
	checks=$((checks + 1))
	"$@" || bad "$what"
}

# The value of a string or number member of our own JSON (first one, or all
# with "members"). Results are printed one member to a line.
members()
{
	sed -n "s|^[ 	]*\"$1\": *\"\{0,1\}\(.*[^,\"]\)\"\{0,1\},\{0,1\}\$|\1|p"
}

member()
{
	members "$1" | head -n 1
}

scenarios()
{
	for f in "$src"/scenarios/*.scn; do
		basename "$f" .scn
	done
}

finish()
{
	echo "$checks checks, $failures failures"
	[ "$checks" -gt 0 ] && [ "$failures" -eq 0 ]
	exit
}

# planted A [B]: a scenario of two tasks that call the driver of tests/planted
planted()
{
	sed -e "s/@A@/$1/" -e "s/@B@/${2:-0}/" -e "s/@KNOWN@//" -e "s/@HOLD@//" \
		"$here/../planted/planted.scn.in" >"$tmp/planted.scn"
}

# run STATUS ARGUMENTS...
run()
{
	want=$1
	shift
	guest "$@" >"$tmp/out" 2>"$tmp/err"
	rc=$?
	[ $rc -eq "$want" ] && return
	echo "'$*': exit status $rc, not $want"
	cat "$tmp/out" "$tmp/err"
	return 1
}

# said WHAT: a line of the output
said()
{
	grep -q -- "$1" "$tmp/out" && return
	echo "no line like '$1':"
	head -n 60 "$tmp/out"
	return 1
}

# Outcomes and headlines of a JSON result, one a line, sorted
seen()
{
	awk '/"values":{/ { on = 1; line = "" }
	     on { line = line $0 }
	     on && /}/ { on = 0; gsub(/[ \t]/, "", line); print line }
	     /"headline":/ { print }' "$1" | sed 's/[0-9a-f]\{12,\}//g' | sort -u
}

# explore NAME ARGUMENTS...: run, and leave in NAME what is seen
explore()
{
	to=$1
	shift
	guest run "$@" --no-minimise --max-failures 30 --quiet --json="$tmp/$to.json" >/dev/null 2>&1
	seen "$tmp/$to.json" >"$tmp/$to"
}

# The processes that a process has started, by number.
children()
{
	cat "/proc/$1/task/$1/children" 2>/dev/null
}

# Processor time of a process and of all below it, in hundredths of a second.
worked()
{
	t=$(cut -d ' ' -f 14 "/proc/$1/stat" 2>/dev/null)
	t=${t:-0}
	for c in $(children "$1"); do
		t=$((t + $(worked "$c")))
	done
	echo "$t"
}
