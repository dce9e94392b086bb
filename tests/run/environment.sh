#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What the environment does: bugs that need a timeout of somebody who is only
# late, or an allocation that fails and a race, are found with the option and
# not without; the token is enough to see them again; and the reduction sees
# what depth-first search sees.

. "$(dirname "$0")/lib.sh"

# The token of the report: those before it are of outcomes and races.
failed()
{
	members token <"$tmp/json" | tail -n 1
}

# again OPTIONS: the token of the report says the same, and what it says is OPTIONS
again()
{
	token=$(failed)
	case $token in
	*"/$1/"*) ;;
	*) echo "not of /$1/: $token"; return 1 ;;
	esac
	run 1 replay "$token" --json && [ "$(member oracle <"$tmp/out")" = kasan ]
}

# found WHAT OPTION OPTIONS STRATEGY...: each of them finds it, and its token is of OPTIONS
found()
{
	bug=$1 option=$2 kind=$3
	shift 3
	for s; do
		check "$s: $bug" run 1 run "$tmp/planted.scn" "$option" --strategy "$s" \
			--budget 3k --no-minimise --json="$tmp/json"
		check "$s: use after free" test "$(member oracle <"$tmp/json")" = kasan
		check "$s: the token is enough" again "$kind"
	done
}

planted 92 371
check "nobody is late: every trace passes" run 0 run "$tmp/planted.scn" --strategy dpor
check "all of them" said '(complete: '
found "one may be late" --early-timers mt default dfs dpor pct pos surw random
check "small" run 1 run "$tmp/planted.scn" --early-timers --json="$tmp/json"
check "told" said 'after-free'
check "by whom" said ' timer'
check "its token, with names" again mt
check "minimised" run 1 minimise "$(failed)"
check "is the same" said 'after-free'
check "twice" run 1 run "$tmp/planted.scn" --early-timers=2 --no-minimise --json="$tmp/json"
check "its token" again mt2

planted 90 20
check "nothing fails: every trace passes" run 0 run "$tmp/planted.scn" --strategy dpor
check "one fails, nobody is in the way" run 0 run "$tmp/planted.scn" --fail-sweep
found "one fails at the wrong time" --fail-allocations mf default dfs dpor pct pos random
check "small" run 1 run "$tmp/planted.scn" --fail-allocations --json="$tmp/json"
check "told, with what has failed" said 'failed: allocation in memory() (tests/planted/planted.c:[0-9]*), 100 bytes, by --fail-allocations'
check "and from where" said '^ kmalloc'
check "by whom" said ' failslab'
check "its token, with names" again mf
check "both options" run 1 run "$tmp/planted.scn" --fail-allocations --early-timers \
	--no-minimise --json="$tmp/json"
check "in one token" again mtf

# An error is a right answer of a step then: none of this is a mistake.
planted 21 0
check "the driver says -ENOMEM" run 0 run "$tmp/planted.scn" --fail-allocations=2 --budget 10k

# Nor what is known of the sweep, wherever else it shows.
check "warnings by design" run 0 run unbind-while-open --fail-allocations --budget 5k

# A script's own sleep puts things in order: no timer comes in between.
cat >"$tmp/sleep.scn" <<'EOF'
kernel >= 5.10
setup {
	module planted
	fd = open /dev/planted O_RDWR (expect: >= 0)
}
task a {
	sleep 5s
	ioctl fd 0
}
task b {
	ioctl fd 0
	ioctl fd 0
}
EOF
traces()
{
	guest run "$tmp/sleep.scn" --strategy dpor "$@" |
		grep -o 'complete: 1 trace)'
}
check "one trace" test -n "$(traces)"
check "and no more with it" test -n "$(traces --early-timers)"

for options in --early-timers "--early-timers --fail-allocations"; do
	for name in dpor/open-numbers.scn dpor/signal-sleep.scn; do
		# shellcheck disable=SC2086 # words
		explore dfs "$here/$name" --strategy dfs --bound 3 --budget 30k $options
		# shellcheck disable=SC2086
		explore dpor "$here/$name" --strategy dpor --budget 100k $options
		check "$name $options: complete" grep -q '"exhaustive":true' "$tmp/dpor.json"
		check "$name $options: something was seen" test -s "$tmp/dfs"
		check "$name $options: nothing is missing" test -z "$(comm -23 "$tmp/dfs" "$tmp/dpor")"
	done
done
explore plain unbind-while-open --strategy dpor
explore dfs unbind-while-open --strategy dfs --bound 2 --budget 30k --early-timers
explore dpor unbind-while-open --strategy dpor --early-timers
check "unbind-while-open: complete" grep -q '"exhaustive":true' "$tmp/dpor.json"
check "unbind-while-open: nothing is missing" test -z "$(comm -23 "$tmp/dfs" "$tmp/dpor")"
check "nor of what there is without" test -z "$(comm -23 "$tmp/plain" "$tmp/dpor")"
check "and there is more" test -n "$(comm -13 "$tmp/plain" "$tmp/dpor")"

# A result is that of its options; without any the token is what it always was.
VFIOSIM_RESULTS=$tmp/results
export VFIOSIM_RESULTS
planted 92 371
check "kept" run 0 run "$tmp/planted.scn" --budget 1k
check "not for this" run 1 run "$tmp/planted.scn" --budget 1k --early-timers
check "again" run 0 run "$tmp/planted.scn" --budget 1k
check "with the token of old" said '@[^ ]*/m/'

check "not with threads that run freely" run 2 run "$tmp/planted.scn" --engine parallel --early-timers
check "nor at all 0 times" run 2 run "$tmp/planted.scn" --early-timers=0
check "nor in a token" run 2 replay "planted@5.10/mtx/0"
finish
