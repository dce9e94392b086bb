#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The fail sweep from end to end: error paths with a planted mistake are found, with
# the allocation that has failed and a way to see it again; right ones are not; what
# steps and clauses expect does not count.

. "$(dirname "$0")/lib.sh"

# replayed ORACLE: the command that the output says shows the same
replayed()
{
	token=$(member token <"$tmp/json")
	run 1 replay "$token" --json && [ "$(member oracle <"$tmp/out")" = "$1" ]
}

planted 70
check "without a fault it passes" run 0 run "$tmp/planted.scn" --budget 100
check "a leak in an error path" run 1 run "$tmp/planted.scn" --fail-sweep --save "$tmp/save"
check "is told" said '^leak: 1 objects'
check "with what has failed" said 'failed: allocation in memory() (tests/planted/planted.c:[0-9]*), 100 bytes, fail_nth 2 of ioctl fd 70'
check "and from where" said '^ kmalloc'
check "and how to see it again" said "^replay: vfiosim replay $tmp/planted.scn+one=2@"
check "every allocation has failed" said '^fail sweep: 3 allocations and 0 user copies in 3 steps failed one at a time, 1 report$'
set -- "$tmp"/save/*
check "one folder: $*" test $# -eq 1
check "a scenario that fails of itself" run 1 run "$1"/*-min.scn --budget 100
check "with the allocation in it" grep -q 'one: ioctl setup.fd 0x46 (fail_nth: 2)' "$1"/*-min.scn
check "its token" run 1 replay "$(cat "$1"/token)"
check "its page" grep -q '100 bytes, fail_nth 2 of ioctl fd 70' "$1"/failure.html

run 1 run "$tmp/planted.scn" --fail-sweep --no-minimise --json="$tmp/json"
check "JSON" "$build/tests/run/json_check" "$tmp/json"
check "JSON has the figures" test "$(member allocations <"$tmp/json")" -eq 3
check "JSON has the fault" grep -q '"fault": *"allocation in memory() ' "$tmp/json"
check "the token shows it again" replayed leak
check "the fault alone shows it" run 1 run "$tmp/planted.scn+one=2" --budget 100
check "another allocation does not" run 0 run "$tmp/planted.scn+one=1" --budget 100
check "a step that is not there" run 2 run "$tmp/planted.scn+none=1"
check "is named" grep -q "planted+none=1: no single step has this name" "$tmp/err"
for o in --engine=parallel --reset=init-exit; do
	check "not with $o" run 2 run "$tmp/planted.scn" --fail-sweep $o
	check "says why" grep -q 'fail-sweep executes one schedule again and again' "$tmp/err"
done
check "KTAP" run 1 run "$tmp/planted.scn" --fail-sweep --no-minimise --ktap
check "KTAP is KTAP" "$build/tests/report/ktap_check" <"$tmp/out"
check "KTAP has the fault" said '^  # planted: failed: allocation in memory() '

planted 80
check "a use after free in an error path" run 1 run "$tmp/planted.scn" --fail-sweep --no-minimise \
	--json="$tmp/json"
check "its oracle" test "$(member oracle <"$tmp/json")" = kasan
check "its token" replayed kasan

# one == 0 does not hold when its allocation fails
planted 0
check "an error that is handled is none" run 0 run "$tmp/planted.scn" --fail-sweep
check "nor a report" said 'failed one at a time, 0 reports$'

# What is known is no failure; it has to be that report from that function on that kernel.
mkdir -p "$tmp/src/scenarios"
export VFIOSIM_SRC="$tmp/src"
list=$tmp/src/scenarios/fail-sweep-known.txt
planted 70
printf 'memory leak [>= 5.10]: objects\n\tplanted\n' >"$list"
check "known" run 0 run "$tmp/planted.scn" --fail-sweep
check "is said to be" said '^KNOWN planted@'
check "with the reason" said '^  known: planted'
check "is counted" said '1 report (1 known)$'
for other in 'memory warn: objects' 'memory leak: nothing' 'locks leak: objects' \
	     'memory leak [< 5.10]: objects'; do
	printf '%s\n\tplanted\n' "$other" >"$list"
	check "not known: $other" run 1 run "$tmp/planted.scn" --fail-sweep --no-minimise
done
for wrong in 'memory leak objects\n\tplanted' 'memory leak: objects' 'memory leak [foo]: x\n\ty'; do
	printf "%b\n" "$wrong" >"$list"
	check "no entry: $wrong" run 2 run "$tmp/planted.scn" --fail-sweep
	check "line of: $wrong" grep -q 'fail-sweep-known.txt:1: ' "$tmp/err"
done
export VFIOSIM_SRC="$src"

check "JUnit" run 1 run "$tmp/planted.scn" --fail-sweep --no-minimise --junit
check "JUnit has the fault" said '^  failed: allocation in memory() '

# The kernel's own.
check "what the kernel is known for" run 0 run type1-fail-nth --fail-sweep
check "GET_INFO" said 'failed: allocation in vfio_iommu_iova_build_caps() '
finish
