#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The self-check in front of each campaign: it passes, and when the search, an
# oracle or repetition is broken nothing is green any more.

. "$(dirname "$0")/lib.sh"

for b in search oracle repeat; do
	VFIOSIM_SELFCHECK_BREAK=$b guest run 'close-order-any' b01-set-unset-container \
		--budget 10 >"$tmp/out" 2>&1
	check "broken $b: exit status 2" test $? -eq 2
	check "broken $b: every scenario says so" \
		test "$(grep -c '^ERROR .*: self-check failed: ' "$tmp/out")" -eq 2
	check "broken $b: nothing passed" test "$(grep -c '^\(PASS\|KNOWN\)' "$tmp/out")" -eq 0
done
VFIOSIM_SELFCHECK_BREAK=search guest run close-order-any --ktap >"$tmp/out" 2>/dev/null
check "not ok in KTAP" grep -q '^  not ok 1 close-order-any' "$tmp/out"
for e in fibers ucontext baton; do
	for p in mem sync; do
		check "$e, points $p" guest run close-order-any --engine $e --points $p --budget 10 -q
	done
done
finish
