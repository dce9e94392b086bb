#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A new tree of a known series: what is like in another one is not compiled
# again, and nothing is taken that is not.

. "$(dirname "$0")/../run/lib.sh"

XDG_CACHE_HOME=$build/trees-cache
export XDG_CACHE_HOME
trees=$build/seed-test
main=drivers/vfio/vfio_main.c
[ -f "$VFIOSIM_KDIR/$main" ] || main=drivers/vfio/vfio.c

# forget TREE: its build directory
forget()
{
	for cache in "$XDG_CACHE_HOME"/vfiosim/build/*/CMakeCache.txt; do
		! grep -q "^KDIR:[A-Z]*=$1\$" "$cache" || rm -rf "${cache%/*}" "${cache%/*}.lock"
	done
}

# compiled TREE: builds it; how many files were compiled, and which ones
compiled()
{
	forget "$1"
	"$build/vfiosim" run -k "$1" open-errors --budget 20 >"$tmp/out" 2>&1 ||
		bad "$1: $(cat "$tmp/out")"
	for cache in "$XDG_CACHE_HOME"/vfiosim/build/*/CMakeCache.txt; do
		! grep -q "^KDIR:[A-Z]*=$1\$" "$cache" ||
			grep 'Building C object' "${cache%/*}/vfiosim-build.log" >"$tmp/compiled"
	done
	count=$(wc -l <"$tmp/compiled")
}

was_compiled()
{
	grep -q "$1\\.o" "$tmp/compiled"
}

rm -rf "$trees"
mkdir -p "$trees/a"
trees=$(cd "$trees" && pwd -P)
(cd "$VFIOSIM_KDIR" && tar -cf - Makefile drivers/vfio include lib/*.c) | tar -xf - -C "$trees/a"
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
for cache in "$XDG_CACHE_HOME"/vfiosim/build/*/CMakeCache.txt; do
	! grep -q "^KDIR:[A-Z]*=$trees/b\$" "$cache" ||
		grep 'Building C object' "${cache%/*}/vfiosim-build.log" >"$tmp/compiled"
done
check "a header of a seeded build was edited" was_compiled "drivers/sample\\.c\|$main"

for t in a b c d; do
	forget "$trees/$t"
done
rm -rf "$trees"
finish
