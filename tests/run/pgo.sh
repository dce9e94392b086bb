#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# vfiosim run --pgo from end to end: built twice, trained, and then the optimised runner
# gives what the ordinary one gives.

. "$(dirname "$0")/lib.sh"

VFIOSIM_HOST_DIR=$build VFIOSIM_SRC=$src
export VFIOSIM_HOST_DIR VFIOSIM_SRC

pgo()
{
	"$build/vfiosim" run --pgo --no-cache --kernel "$VFIOSIM_KDIR" "$@"
}

# What has to be equal: verdict, schedules, traces, outcomes, where a failure is met
essence()
{
	grep -E '"(status|schedules|traces|complete_bound|schedules_to_first|token|values)"'
}

# same SCENARIO ARGS...
same()
{
	guest run "$@" --json 2>/dev/null | essence >"$tmp/ordinary"
	pgo "$@" --json 2>"$tmp/err" | essence >"$tmp/pgo"
	check "'$*' has a result" test -s "$tmp/ordinary"
	check "'$*' with --pgo" cmp "$tmp/ordinary" "$tmp/pgo"
	[ $failures -eq 0 ] || diff "$tmp/ordinary" "$tmp/pgo" | head -n 5
}

# All strategies that look at the code under test
same unbind-while-open --strategy dpor
same unbind-while-open --strategy dfs --bound 1
same open-against-unregister --strategy pct --budget 4000
# Reports with stacks; checkpoints under the race detector
same b03a-get-device-fd-unset
same b18-concurrent-register
same noiommu --budget 500
pgo b03a-get-device-fd-unset >"$tmp/out" 2>&1
check "the same stack" grep -q '^ vfio_group_fops_unl_ioctl+0x[0-9a-f]*/0x[0-9a-f]* (drivers/vfio/vfio.c:[0-9]*)' "$tmp/out"
pgo unbind-while-open --strategy pct --races=fail --budget 20000 >"$tmp/out" 2>&1
check "what goes on from checkpoints is as from the start" sh -c "! grep -q '^ERROR' '$tmp/out'"
"$build/vfiosim" bench --pgo --kernel "$VFIOSIM_KDIR" --budget 128 --json >"$tmp/json" 2>"$tmp/err"
check "the benchmark" "$build/tests/run/json_check" "$tmp/json"
finish
