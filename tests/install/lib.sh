# SPDX-License-Identifier: GPL-2.0-only
# Sourced by the shell tests of this folder; they get BUILD as first argument and
# need no guest that is built already.
# shellcheck shell=sh

src=$(cd "$(dirname "$0")/../.." && pwd -P)
build=$(cd "$1" && pwd -P)
shift
# nothing of the checkout's may be used in place of what is installed
unset VFIOSIM_HOST_DIR
VFIOSIM_SRC=$src
export VFIOSIM_SRC
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
failures=0
checks=0

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

finish()
{
	echo "$checks checks, $failures failures"
	[ "$checks" -gt 0 ] && [ "$failures" -eq 0 ]
	exit
}
