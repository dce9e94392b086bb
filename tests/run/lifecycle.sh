#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# run --lifecycle: which event met a device in which state.

. "$(dirname "$0")/lib.sh"

# From the first word of a line of the table: its numbers, one blank between
cells()
{
	sed -n "s/^$1  *//p" "$tmp/out" | head -n 1 | tr -s ' '
}

# is WHAT SED-PATTERN-OF-EVENT CELLS
is()
{
	got=$(cells "$1")
	check "$1: $got" test "$got" = "$2"
}

# All schedules of a user who opens and an administrator who unbinds
guest run --lifecycle --strategy=dfs --bound=0 --points=sync --json="$tmp/json" \
	unbind-while-open >"$tmp/out"
check "exit status" test $? -eq 0
n=$(member schedules <"$tmp/json")
is 'unregister returns' "t t t t t $n w t"
is 'close device' "u u 0 u 0 u $(cells 'release()' | cut -d ' ' -f 7) u"
is 'init' "0 t t t t t t t"
check "waited for a user" test "$(cells 'release()' | cut -d ' ' -f 7)" -gt 0
check "no promise broken" sh -c "! grep -q 'seen although' '$tmp/out'"
check "what was never seen" grep -q '^  device mmap: registering; opened; unregistering, open$' \
	"$tmp/out"
check "100 columns" sh -c "! sed -n '/^schedules in which/,/never seen/p' '$tmp/out' | grep -q '.\{101\}'"
check "JSON" grep -A1 '"unregister returns"' "$tmp/json" >"$tmp/cell"
check "JSON cell" grep -q "\"unregistering\": *$n" "$tmp/cell"

# Counted in as many processes as there are: the same table
guest run --lifecycle --strategy=pct --budget=20001 --jobs=1 unbind-while-open | sed -n '/^schedules in/,$p' \
	>"$tmp/one"
guest run --lifecycle --strategy=pct --budget=20001 --jobs=3 unbind-while-open | sed -n '/^schedules in/,$p' \
	>"$tmp/three"
check "jobs" cmp "$tmp/one" "$tmp/three"

# Steps of a driver's own, a signal and a mistake, which breaks no promise
guest run --lifecycle --budget=500 b27-register-twice unbind-while-open-signal >"$tmp/out"
check "signal" sh -c "sed -n 's/^signal, kill//p' '$tmp/out' | grep -q '[1-9]'"
check "mistake" grep -q '^register begins  *t  *[1-9][0-9]*  *t  *[1-9]' "$tmp/out"
check "a driver's mistake is no broken promise" sh -c "! grep -q 'seen although' '$tmp/out'"

# Nobody asked
guest run --budget=50 --json="$tmp/json" unbind-while-open >"$tmp/out"
check "not without the option" sh -c "! grep -q lifecycle '$tmp/json' '$tmp/out'"
finish
