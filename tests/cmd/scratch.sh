# SPDX-License-Identifier: GPL-2.0-only
# Sourced by tests that edit kernel trees: copies, and where they are built.
# shellcheck shell=sh

. "$(dirname "$0")/../run/lib.sh"

XDG_CACHE_HOME=$build/trees-cache
export XDG_CACHE_HOME
main=drivers/vfio/vfio_main.c
# shellcheck disable=SC2034 # used by who sources this
[ -f "$VFIOSIM_KDIR/$main" ] || main=drivers/vfio/vfio.c

# scratch_tree DIR: the part of the kernel under test that is needed; prints its whole name
scratch_tree()
{
	rm -rf "$1"
	mkdir -p "$1"
	(cd "$VFIOSIM_KDIR" && tar -cf - Makefile drivers/vfio include lib/*.c) | tar -xf - -C "$1"
	(cd "$1" && pwd -P)
}

# build_dir TREE: where it was built; a line for each of its versions
build_dir()
{
	for cache in "$XDG_CACHE_HOME"/vfiosim/build/*/CMakeCache.txt; do
		! grep -q "^KDIR:[A-Z]*=$1\$" "$cache" || echo "${cache%/*}"
	done
}

# forget TREE: its build directory
forget()
{
	build_dir "$1" | while read -r dir; do
		rm -rf "$dir" "$dir.lock"
	done
}

# last_compiled TREE: what its last build compiled, to $tmp/compiled; how many in $count
last_compiled()
{
	grep 'Building C object' "$(build_dir "$1")/vfiosim-build.log" >"$tmp/compiled"
	count=$(wc -l <"$tmp/compiled")
}

was_compiled()
{
	grep -q "$1\\.o" "$tmp/compiled"
}
