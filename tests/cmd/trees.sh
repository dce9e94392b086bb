#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Any tree, any revision, patches on top: runs on them, and what is said of a
# patch that does not apply and of a tree that does not build. The guests of
# scratch copies stay below BUILD: a second time little is compiled.

. "$(dirname "$0")/../run/lib.sh"

command -v git >/dev/null 2>&1 || { echo "no git"; exit 77; }
XDG_CACHE_HOME=$build/trees-cache
export XDG_CACHE_HOME
tree=$tmp/linux
main=drivers/vfio/vfio_main.c
[ -f "$VFIOSIM_KDIR/$main" ] || main=drivers/vfio/vfio.c
GIT_CONFIG_NOSYSTEM=1 HOME=$tmp
export GIT_CONFIG_NOSYSTEM HOME
git config --global user.name tester
git config --global user.email tester@example.org

front()
{
	"$build/vfiosim" "$@" >"$tmp/out" 2>&1
	rc=$?
}

# says STATUS TEXT...: what the last command said
says()
{
	want=$1
	shift
	before=$failures
	check "exit status $rc, not $want" test "$rc" -eq "$want"
	for text in "$@"; do
		check "no '$text'" grep -qF -- "$text" "$tmp/out"
	done
	[ $failures -eq $before ] || head -n 40 "$tmp/out"
}

# The line of $main that a patch is to change: the module's first words
line()
{
	sed -i "s/^MODULE_VERSION(DRIVER_VERSION);/$1&/" "$tree/$main"
}

mkdir -p "$tree"
(cd "$VFIOSIM_KDIR" && tar -cf - Makefile drivers/vfio include lib) | tar -xf - -C "$tree"
git -C "$tree" init -q
git -C "$tree" add -f .
git -C "$tree" commit -q -m base
line 'static int added; static int *added_too(void) { return \&added; } EXPORT_SYMBOL(added_too);\n'
git -C "$tree" commit -q -a -m added
git -C "$tree" format-patch -q -1 -o "$tmp"
line 'uncommitted rubbish;\n'
untouched=$(git -C "$tree" --no-optional-locks status --porcelain; git -C "$tree" rev-parse HEAD; cat "$tree/$main" "$tree/.git/index" | cksum)

# A revision, though the work tree is no C at all; its token leads back to it.
front run -k "$tree@HEAD~1" close-order-group-last --budget 100
says 0 "close-order-group-last@$VFIOSIM_KVERSION-g$(git -C "$tree" rev-parse HEAD~1 | cut -c 1-12)"
token=$(sed -n 's/.* \(close-order-group-last@[^ ]*\).*/\1/p' "$tmp/out" | tail -n 1)
front replay "$token"
says 0 "trace hash"
front replay -k "$tree@HEAD~1" "$token"
says 0 "trace hash"
front replay "close-order-group-last@$VFIOSIM_KVERSION-g000000000000/m/0"
says 2 "no longer in the cache"
front run -k "$tree@nowhere" close-order-group-last
says 2 "no revision 'nowhere' in this repository"
front list -k "$tree@HEAD" close-order-group-last
says 0 "close-order-group-last "

# The patch on the revision before it, from a mailbox on standard input.
"$build/vfiosim" run -k "$tree@HEAD~1" --patch - close-order-group-last --budget 100 \
	<"$tmp/0001-added.patch" >"$tmp/out" 2>&1
rc=$?
says 0 "close-order-group-last@$VFIOSIM_KVERSION-g" "-p"
# On top of itself it does not apply; to a matrix that is one column.
front run -k "$tree@HEAD" --patch "$tmp/0001-added.patch" close-order-group-last
says 2 "0001-added.patch: $main: hunk 1 of 1 (@@ -" "applied already"
front run -k "$tree@HEAD~1" -k "$tree@HEAD" --patch "$tmp/0001-added.patch" \
	close-order-group-last --budget 100
says 2 "a patch does not apply to it"
check "one column passes" grep -qE '^close-order-group-last +(pass|known) +ERROR' "$tmp/out"

# Outside of what is built: a note, and the tree as it is.
sed "s,$main,kernel/fork.c," "$tmp/0001-added.patch" >"$tmp/outside.patch"
front run -k "$VFIOSIM_KDIR" --patch "$tmp/outside.patch" close-order-group-last --budget 100
says 0 "kernel/fork.c is left out" "close-order-group-last@$VFIOSIM_KVERSION:"

# It does not build: what the compiler says, and what that means.
printf 'static void uses(void)\n{\n\tprandom_bytes(0, 0);\n}\n' >"$tmp/tail"
cp "$VFIOSIM_KDIR/$main" "$tmp/old.c"
cat "$tmp/old.c" "$tmp/tail" >"$tmp/new.c"
diff -u --label "a/$main" --label "b/$main" "$tmp/old.c" "$tmp/new.c" >"$tmp/build.patch"
front run -k "$VFIOSIM_KDIR" --patch "$tmp/build.patch" close-order-group-last
says 2 "$main:$(wc -l <"$tmp/new.c" | xargs expr -1 +):" "error:" "prandom_bytes" \
	"the shim lacks prandom_bytes (declared in include/linux/"
front doctor --quiet -k "$tree@HEAD~1" --patch "$tmp/build.patch"
says 2 "FAILED $main" "the shim lacks prandom_bytes (declared in include/linux/"

after=$(git -C "$tree" --no-optional-locks status --porcelain; git -C "$tree" rev-parse HEAD; cat "$tree/$main" "$tree/.git/index" | cksum)
check "work tree, index and HEAD are untouched" test "$untouched" = "$after"
finish
