#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The result cache: what it gives back is what was found, and only for the same
# code, scenario and options.

. "$(dirname "$0")/../run/lib.sh"

VFIOSIM_RESULTS=$tmp/results
export VFIOSIM_RESULTS

# cached yes|no COMMAND...: is that a result of an earlier run?
cached()
{
	want=$1
	shift
	"$@" >"$tmp/out" 2>&1
	is=no
	! grep -q '^[A-Z]* .*(cached)' "$tmp/out" || is=yes
	check "'$*': cached: $is, not $want: $(head -n 2 "$tmp/out")" test $is = "$want"
}

one="run close-order-group-last --budget 300"

# Whatever the scenarios find: the same again, but for the word.
guest run --budget 60 --json="$tmp/1.json" >"$tmp/1.txt" 2>&1
rc=$?
guest run --budget 60 --json="$tmp/2.json" >"$tmp/2.txt" 2>&1
check "the same exit status" test $? -eq $rc
sed 's/ (cached)//' "$tmp/2.txt" >"$tmp/2.plain"
check "the same text" cmp "$tmp/1.txt" "$tmp/2.plain"
grep -v '^ *"cached":true,' "$tmp/2.json" >"$tmp/2.plain"
check "the same JSON" cmp "$tmp/1.json" "$tmp/2.plain"
check "all of it" test "$(grep -c '"cached":true' "$tmp/2.json")" -eq \
	"$(members status <"$tmp/1.json" | grep -Ec 'pass|known|fail|skip')"

# Another option is another result; where from, how fast and how shown is not.
# shellcheck disable=SC2086 # several words
{
	cached no guest $one
	cached yes guest $one
	cached yes guest $one --jobs 1 --verbose
	cached no guest $one --seed 2
	cached no guest $one --bound 1
	cached no guest $one --no-oracle leak
	cached no guest $one --points sync
	cached no guest $one --strategy random
	cached no guest $one --engine parallel
	cached no guest $one --engine parallel
	cached no guest run close-order-group-last --budget 1s --strategy dfs --bound 0
	cached no guest run close-order-group-last --budget 1s --strategy dfs --bound 0
}

# Pages of what was found earlier; the folder of a failure is wanted anew.
# shellcheck disable=SC2086
cached yes guest $one --html "$tmp/pages"
check "a page of it" test -s "$tmp/pages/index.html"
if grep -q '^KNOWN b01' "$tmp/1.txt"; then
	cached yes guest run b01-set-unset-container --budget 60
	cached no guest run b01-set-unset-container --budget 60 --save "$tmp/pages"
	cached no guest run b01-set-unset-container --budget 60 --save "$tmp/pages"
	cached yes guest run b01-set-unset-container --budget 60
	check "two folders" test "$(find "$tmp/pages" -name failure.html | wc -l)" -eq 2
fi

# The scenario's text.
cp "$src/scenarios/close-order-group-last.scn" "$tmp/mine.scn"
cached no guest run "$tmp/mine.scn" --budget 100
cached yes guest run "$tmp/mine.scn" --budget 100
echo "# more" >>"$tmp/mine.scn"
cached no guest run "$tmp/mine.scn" --budget 100

# A damaged file is no result.
for f in "$tmp"/results/*; do
	printf 'x' | dd of="$f" bs=1 seek=300 conv=notrunc 2>/dev/null
done
# shellcheck disable=SC2086
cached no guest $one
# shellcheck disable=SC2086
cached yes guest $one

# It does not grow without end: the oldest go.
seq 5000 | sed 's/.*/0000000&/;s/.*\(.\{8\}\)$/\1/;s/.*/&&&&&&&&/' |
	(cd "$tmp/results" && xargs touch -d 2001-01-01)
guest run close-order-group-last --budget 301 >/dev/null 2>&1
n=$(find "$tmp/results" -type f | wc -l)
check "$n files" test "$n" -le 4096
# shellcheck disable=SC2086
cached yes guest $one
cached yes guest run close-order-group-last --budget 301

# Through the command: a change of the source that is none of the code.
unset VFIOSIM_RESULTS
XDG_CACHE_HOME=$build/trees-cache
export XDG_CACHE_HOME
rm -rf "$XDG_CACHE_HOME/vfiosim/results"
main=drivers/vfio/vfio_main.c
[ -f "$VFIOSIM_KDIR/$main" ] || main=drivers/vfio/vfio.c
# comment SCRIPT: a patch that does that to the file, in $tmp/comment.patch
comment()
{
	sed "$1" "$VFIOSIM_KDIR/$main" >"$tmp/new.c"
	diff -u --label "a/$main" --label "b/$main" "$VFIOSIM_KDIR/$main" "$tmp/new.c" \
		>"$tmp/comment.patch"
}
run()
{
	"$build/vfiosim" run --kernel "$VFIOSIM_KDIR" --patch "$tmp/comment.patch" \
		close-order-group-last --budget 200 "$@"
}
comment '1s,$, /* one */,'
cached no run
cached yes run
cached no run --no-cache
comment '1s,$, /* two */,'
cached yes run
token=$(sed -n 's/.* \(close-order-group-last@[^ ]*\).*/\1/p' "$tmp/out" | tail -n 1)
"$build/vfiosim" replay "$token" >"$tmp/out" 2>&1
check "its token is replayed" test $? -eq 0
check "as this tree's: $token" grep -qF "${token%%/*}" "$tmp/out"
comment 's/^MODULE_VERSION(.*/static int other; int *others(void) { return \&other; } EXPORT_SYMBOL(others);/'
cached no run
finish
