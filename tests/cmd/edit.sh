#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# After an edit of one kernel file that file is compiled, and the verdict is the
# new one; without an edit nothing is built and nothing explored.

# shellcheck source=tests/cmd/scratch.sh
. "$(dirname "$0")/scratch.sh"

# verdict WHAT STATUS: runs, and how that must end; what the build said is in $log
verdict()
{
	[ ! -f "$log" ] || echo "nobody built" >"$log"
	"$build/vfiosim" run -k "$tree" unbind-while-open >"$tmp/out" 2>&1
	status=$?
	check "$1: exit status $status: $(cat "$tmp/out")" test "$status" -eq "$2"
}

nothing_built()
{
	grep -q "nobody built" "$log"
}

# make names each target that it goes through
whole_way()
{
	grep -q "Built target" "$log"
}

# one_object WHAT: it was the one of $main, and make was asked for no more
one_object()
{
	last_compiled "$tree"
	check "$1, $count compiled: $(cat "$log")" test "$count" -eq 1
	check "$1, not $main: $(cat "$log")" was_compiled "$main"
	! whole_way || bad "$1: make went through every target"
}

explored()
{
	! grep -q "(cached)" "$tmp/out"
}

log=
tree=$(scratch_tree "$build/edit-test")
forget "$tree"
# the same edits have been explored by earlier runs of this test
rm -rf "$XDG_CACHE_HOME/vfiosim/results"
verdict "first run" 0
log=$(build_dir "$tree")/vfiosim-build.log

verdict "nothing has changed" 0
check "nothing has changed, and something was built: $(cat "$log")" nothing_built
! explored || bad "nothing has changed, and it was explored"

cp -p "$tree/$main" "$tmp/main.c"
sed '/vfio_device_fops_release(/,/^{/ s/^{/{ WARN_ON(1);/' "$tmp/main.c" >"$tree/$main"
! cmp -s "$tree/$main" "$tmp/main.c" || bad "no vfio_device_fops_release() in $main"
verdict "a warning was added" 1
one_object "a warning was added"
check "a warning was added, and nothing explored" explored

cat "$tmp/main.c" >"$tree/$main"
verdict "it was taken away again" 0
one_object "it was taken away again"

# a header that no earlier build knows of, its edit, its end
mkdir "$tree/drivers/vfio/more"
echo '#define MORE 0' >"$tree/drivers/vfio/more/more.h"
sed '/vfio_device_fops_release(/,/^{/ s/^{/{ WARN_ON(MORE);/' "$tmp/main.c" >"$tree/$main"
sed -i '1i #include "more/more.h"' "$tree/$main"
verdict "a new header" 0
one_object "a new header"
echo '#define MORE 1' >"$tree/drivers/vfio/more/more.h"
verdict "the new header was edited" 1
one_object "the new header was edited"
rm -r "$tree/drivers/vfio/more"
cat "$tmp/main.c" >"$tree/$main"
verdict "the new header is gone" 0

# what does not compile is told, again and again; then it does
echo 'oops' >>"$tree/$main"
for i in 1 2; do
	verdict "a mistake, run $i" 2
	check "the mistake is not told in run $i: $(cat "$tmp/out")" grep -q "oops" "$tmp/out"
done
cat "$tmp/main.c" >"$tree/$main"
verdict "the mistake was corrected" 0

# an object that got lost, a runner that got lost
rm "$(find "${log%/*}" -name "${main##*/}.o")"
verdict "an object is missing" 0
rm "${log%/*}/vfiosim-guest"
verdict "the runner is missing" 0

# what cmake reads is left to cmake, once
touch "$tree/Makefile"
verdict "cmake has to run" 0
check "cmake has to run, and make did not follow: $(cat "$log")" whole_way
verdict "cmake has run" 0
check "cmake has run, and something was built: $(cat "$log")" nothing_built

forget "$tree"
rm -rf "$tree"
finish
