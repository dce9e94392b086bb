#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# mutate.sh BUILD: a few mutants that must die, one that nobody can tell from
# the original, and what is said of a survivor.
# mutate.sh BUILD all: every mutant of the lifecycle; the score has a floor.
# Guests stay below BUILD.

what=$2
. "$(dirname "$0")/../run/lib.sh"

XDG_CACHE_HOME=$build/mutate-cache
export XDG_CACHE_HOME

mutate()
{
	"$build/vfiosim" mutate --quiet --kernel "$VFIOSIM_KDIR" "$@" >"$tmp/out" 2>"$tmp/err"
	rc=$?
}

says()
{
	for text in "$@"; do
		if ! grep -qF -- "$text" "$tmp/out" "$tmp/err"; then
			bad "no '$text' in"
			cat "$tmp/out" "$tmp/err"
		fi
	done
}

if [ "$what" = all ]; then
	mutate
	cat "$tmp/out" "$tmp/err"
	score=$(sed -n 's/^score \([0-9]*\)%.*/\1/p' "$tmp/out")
	check "a score of at least 85, not $score" test "${score:-0}" -ge 85
	finish
fi

# What is asked for exists on the kernels with one file, vfio.c.
[ -f "$VFIOSIM_KDIR/drivers/vfio/vfio.c" ] || { echo "for a tree with vfio.c"; exit 0; }

mutate --list -v
check "--list: status $rc" test $rc -eq 0
check "every entry of mutants-equivalent.txt is a mutant" test ! -s "$tmp/err"
cat "$tmp/err"
check "some are recorded as equivalent" grep -q '^     equivalent: ' "$tmp/out"

mutate --functions 'vfio_container_*' open-errors set-container-errors close-order-device-last
check "all dead: status $rc" test $rc -eq 0
says "4 mutants: 4 killed, 0 survived" "score 100%"
check "nothing on stderr" test ! -s "$tmp/err"

mutate --functions vfio_del_group_dev add-twice
check "the rest is equivalent: status $rc" test $rc -eq 0
says "5 mutants: 3 killed, 0 survived, 2 recorded as equivalent"

mutate --functions vfio_container_put register-without-group
check "survivors: status $rc" test $rc -eq 1
says "-	kref_put(&container->kref, vfio_container_release);" "score 0%"

# by a leak, by a hang; the tree is as it was
sum=$(cksum "$VFIOSIM_KDIR/drivers/vfio/vfio.c")
mutate --functions vfio_device_put --json open-against-unregister
check "--json: status $rc" test $rc -eq 0
check "--json parses" "$build/tests/run/json_check" "$tmp/out"
check "each is killed" test "$(grep -c '"end": *"killed"' "$tmp/out")" -eq 3
check "the source is untouched" test "$(cksum "$VFIOSIM_KDIR/drivers/vfio/vfio.c")" = "$sum"

mutate --mutant 100000
check "no such mutant: status $rc" test $rc -eq 2
mutate --file drivers/vfio/no.c
check "no such file: status $rc" test $rc -eq 2
mutate open-errors+open=1
check "a fault: status $rc" test $rc -eq 2
says "open-errors+open=1" "give 'open-errors' alone"
mutate --functions 'no_such_*'
check "no such function: status $rc" test $rc -eq 2
finish
