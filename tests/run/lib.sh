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
