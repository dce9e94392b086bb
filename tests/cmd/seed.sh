#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A new tree of a known series: what is like in another one is not compiled
# again, and nothing is taken that is not.

# shellcheck source=tests/cmd/scratch.sh
. "$(dirname "$0")/scratch.sh"

trees=$build/seed-test

# compiled TREE: builds it; how many files were compiled, and which ones
compiled()
{
	forget "$1"
	"$build/vfiosim" run -k "$1" open-errors --budget 20 >"$tmp/out" 2>&1 ||
		bad "$1: $(cat "$tmp/out")"
	last_compiled "$1"
}

trees=$(scratch_tree "$trees/a")
trees=${trees%/a}
compiled "$trees/a"

cp -r "$trees/a" "$trees/b"
echo '/* the end */' >>"$trees/b/$main"
compiled "$trees/b"
check "one file has changed, compiled: $(cat "$tmp/compiled")" test "$count" -eq 1
check "not the one that has changed: $(cat "$tmp/compiled")" was_compiled "$main"

# a header that some need, and some do not
cp -r "$trees/a" "$trees/c"
echo '/* the end */' >>"$trees/c/include/uapi/linux/vfio.h"
compiled "$trees/c"
check "who includes a header that has changed is compiled" was_compiled "$main"
check "$count files for a header" test "$count" -gt 2 -a "$count" -lt 60

# whose object is older than its source has nothing to give, though both trees are equal
sleep 1
echo '/* really */' >>"$trees/c/$main"
cp -r "$trees/c" "$trees/d"
compiled "$trees/d"
check "a stale object was taken" was_compiled "$main"

# from then on make knows what an object was made of
echo '/* the end */' >>"$trees/b/include/uapi/linux/vfio.h"
"$build/vfiosim" run -k "$trees/b" open-errors --budget 20 >"$tmp/out" 2>&1
last_compiled "$trees/b"
check "a header of a seeded build was edited" was_compiled "drivers/sample\\.c\|$main"

for t in a b c d; do
	forget "$trees/$t"
done
rm -rf "$trees"
finish
