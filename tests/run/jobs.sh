#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The number of processes changes nothing but the time: same verdict, counts,
# tokens and completeness, whether a search finishes, fails or runs out of budget.

. "$(dirname "$0")/lib.sh"

# same ARGS...: one result for any --jobs
same()
{
	for j in 1 2 3; do
		guest run "$@" --jobs $j --json 2>&1 | grep -v '"seconds"' >"$tmp/$j"
	done
	check "'$*' has a result" test "$(member schedules <"$tmp/1")" -gt 4096
	check "'$*' with --jobs 2" cmp "$tmp/1" "$tmp/2"
	check "'$*' with --jobs 3" cmp "$tmp/1" "$tmp/3"
}

# Exhaustive, to the end and not.
same open-against-unregister --strategy dfs
same open-against-unregister --strategy dfs --budget 10001
# Sampling and the whole plan, to the last schedule of the budget.
same unbind-while-open --strategy pct --budget 20001
same unbind-while-open --strategy surw --budget 10001
same unbind-while-open --budget 20001
check "the plan completes bound 1" test "$(member complete_bound <"$tmp/1")" = 1

# A failure behind thousands of schedules without one: whoever meets another one
# of its kind sooner must not be the first.
{
	cat "$src/scenarios/unbind-while-open.scn"
	echo "never fd == -EINVAL and not (unbind waited)"
} >"$tmp/late.scn"
same "$tmp/late.scn" --strategy dfs
check "the late failure is found" test "$(member status <"$tmp/1")" = fail
check "it is late" test "$(member schedules_to_first <"$tmp/1")" -gt 4096
same "$tmp/late.scn" --strategy dfs --max-failures 9
finish
