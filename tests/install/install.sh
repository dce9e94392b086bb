#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# "cmake --install": what is there works without the checkout; the Debian package has
# the same. The guest is built again only when something that is installed has changed.

. "$(dirname "$0")/lib.sh"

# shellcheck source=/dev/null
. "$build/guest/env.sh"
unset VFIOSIM_SRC VFIOSIM_KVERSION
work=$build/install-test
mkdir -p "$work"
XDG_CACHE_HOME=$work/cache
export XDG_CACHE_HOME

# a file of an older version must not stay among the sources
mkdir -p "$work/prefix/share/vfiosim/scenarios"
echo "no scenario" >"$work/prefix/share/vfiosim/scenarios/old.scn"
before=$(cat "$work/prefix/share/vfiosim/contents.sum" 2>/dev/null)
check "cmake --install" cmake --install "$build" --prefix "$work/prefix" >"$tmp/out" 2>&1
sum=$(cat "$work/prefix/share/vfiosim/contents.sum")
check "it has a sum" test -n "$sum"
[ "$sum" = "$before" ] || rm -rf "$XDG_CACHE_HOME"
check "what is old is gone" test ! -e "$work/prefix/share/vfiosim/scenarios/old.scn"
for f in share/bash-completion/completions/vfiosim share/zsh/vendor-completions/_vfiosim \
	share/fish/vendor_completions.d/vfiosim.fish share/doc/vfiosim/README.md; do
	check "there is $f" test -s "$work/prefix/$f"
done
[ ! -s "$build/man/vfiosim.1" ] ||
	check "there is vfiosim(1)" test -s "$work/prefix/share/man/man1/vfiosim.1"

cd "$tmp" || exit 2
vfiosim=$work/prefix/bin/vfiosim
check "it runs a scenario" "$vfiosim" run close-order-group-last --budget 50 --no-cache \
	--kernel "$VFIOSIM_KDIR" >"$tmp/out" 2>&1
grep -q '^PASS close-order-group-last' "$tmp/out" || bad "no PASS: $(head -n 5 "$tmp/out")"
"$vfiosim" list >"$tmp/list"
check "all scenarios are there" test "$(wc -l <"$tmp/list")" -eq \
	"$(find "$src/scenarios" -name '*.scn' | wc -l)"
commands=$(find "$XDG_CACHE_HOME/vfiosim/build" -name compile_commands.json | head -n 1)
check "it was built from $work/prefix" grep -q "$work/prefix/share/vfiosim/kshim/" "$commands"
check "it was not built from the checkout" test -z "$(grep -e "$src/kshim/" -e "$src/core/" \
	-e "$src/drivers/" "$commands")"

# The package
if ! command -v dpkg-deb >/dev/null 2>&1 || ! command -v cpack >/dev/null 2>&1; then
	[ "$failures" -gt 0 ] || echo "no dpkg-deb or no cpack: no package is made"
	finish
fi
# by that name cpack does not build everything first, which other tests use just now
(cd "$build" && cpack -G DEB -D CPACK_CMAKE_GENERATOR=Ninja -B "$tmp/package") >"$tmp/out" 2>&1 ||
	bad "cpack: $(tail -n 5 "$tmp/out")"
deb=$(find "$tmp/package" -maxdepth 1 -name 'vfiosim_*.deb')
check "there is a package" test -s "$deb"
dpkg-deb -I "$deb" >"$tmp/control"
check "it is called vfiosim" grep -q '^ Package: vfiosim$' "$tmp/control"
for p in gcc make cmake libjson-c-dev; do
	check "it depends on $p" grep -q "^ Depends: .*\<$p\>" "$tmp/control"
done
dpkg-deb -x "$deb" "$tmp/root"
(cd "$work/prefix" && find . -type f | sort) >"$tmp/installed"
(cd "$tmp/root/usr" && find . -type f | sort) >"$tmp/packaged"
check "it has what cmake --install has" diff "$tmp/installed" "$tmp/packaged"
check "it has the same in it" cmp "$work/prefix/share/vfiosim/contents.sum" \
	"$tmp/root/usr/share/vfiosim/contents.sum"
"$tmp/root/usr/bin/vfiosim" list >"$tmp/packaged"
check "its command finds its scenarios" cmp "$tmp/list" "$tmp/packaged"
finish
