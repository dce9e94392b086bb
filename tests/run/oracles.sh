#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Every oracle finds the bug that was planted for it, by default settings, and
# is silent without it. An oracle that the table forgets is a failure.

. "$(dirname "$0")/lib.sh"

# oracle, ioctl of task a, ioctl of task b, a word of the headline
table='
kasan 10 0 after-free
kasan 20 21 after-free
kasan 30 0 double-free
kasan 40 0 out-of-bounds
leak 50 0 objects
held-lock-freed 60 0 held_lock_freed
mutex 100 0 bad_unlock_balance
lock-held 110 0 returning_to_user
deadlock 120 121 deadlock
rwsem 130 0 unlock
lockdep 170 171 circular
lockdep 180 0 recursive
lockdep 191 190 circular
spinlock 140 0 spinlock
atomic-sleep 150 0 sleeping_function
rcu 160 0 synchronize_rcu
list 200 0 list_add
refcount 210 0 decrement_hit_0
warn 220 0 WARNING
bug 230 0 BUG
oops 240 0 NULL_pointer
oops 250 0 page_fault
oops 260 0 divide
hang 270 0 blocked_for_more
livelock 280 280 step_limit
livelock 290 0 soft_lockup
lifecycle-contract 300 0 before_registration
scenario 310 0 finally
iommu 320 0 detached_from_a_domain
pin 330 0 unpinned
stub 340 0 request_module
data-race 350 350 KCSAN:_data-race
liveness 270 361 Idle_user
'

instance()
{
	sed -e "s/@A@/$1/" -e "s/@B@/$2/" -e "s/@KNOWN@/$3/" \
		-e "s/@HOLD@/$4/" "$here/../planted/planted.scn.in" >"$tmp/planted.scn"
}

planted()
{
	hold=
	[ "$1" != liveness ] || hold=hold
	instance "$2" "$3" "known planted" $hold
	# Races fail nothing unless asked to: other mistakes race as well.
	[ "$1" = data-race ] && races=fail || races=list
	guest run "$tmp/planted.scn" --budget 10k --strict --races "$races" --json \
		>"$tmp/out" 2>"$tmp/err"
	rc=$?
	found=$(member oracle <"$tmp/out")
	said=$(member headline <"$tmp/out" | tr ' ' _)
	status=$(member status <"$tmp/out")
	case $rc,$status,$found,$said in
	"0,known,$1,"*"$4"*) return 0 ;;
	esac
	echo "planted bug $2/$3: exit status $rc, status '$status', oracle '$found': $said"
	cat "$tmp/err"
	return 1
}

# One schedule, in which nobody waits, is enough for two orders of two locks.
order()
{
	guest run "$tmp/planted.scn" --budget 1 "$@" >"$tmp/out" 2>&1
}
instance 170 171 "known planted"
check "two orders are seen in the first schedule" order
check "with the kernel's words" grep -q "^the existing dependency chain (in reverse order) is:" "$tmp/out"
instance 170 171 ""
check "and without the oracle it is clean" order --no-oracle lockdep

# Executions with one outcome do not all end alike: one reference more or less counts.
if [ "$(guest run b06-two-devices-register --json | member status)" = known ]; then
	grep -v '^allow leak' "$src/scenarios/two-devices-short-lived.scn" >"$tmp/short.scn"
	guest run "$tmp/short.scn" --budget 10k --no-minimise --json >"$tmp/out"
	check "one reference is missing" test "$(member oracle <"$tmp/out")" = leak
fi

# Without the mistakes: every schedule is clean.
instance 0 0 ""
check "the planted driver without its mistakes" guest run "$tmp/planted.scn" --budget 10k -q

# Under a fair scheduler these two end: no livelock. That user, when he is asked
# or leaves by himself, is waited for rightly; and so he is without the oracle.
instance 360 361 ""
check "spinning without a point" guest run "$tmp/planted.scn" --strategy dfs --bound 0 -q
instance 270 361 ""
check "waiting for a user who acts" guest run "$tmp/planted.scn" --budget 1k -q
instance 270 361 "" hold
check "waiting for an idle user, who leaves at last" \
	guest run "$tmp/planted.scn" --no-oracle liveness --budget 1k -q

# What is told once: the same headline from the same place, in however many
# schedules, also where the smallest schedule is one that fails in two ways.
distinct()
{
	instance "$1" "$2" "known planted"
	guest run "$tmp/planted.scn" --strategy dfs --bound 2 --max-failures 9 --json \
		>"$tmp/out" 2>"$tmp/err"
	members headline <"$tmp/out" >"$tmp/headlines"
	[ "$(wc -l <"$tmp/headlines"),$(sort -u "$tmp/headlines" | wc -l)" = "$3" ]
}
check "two of one place: one failure" distinct 240 240 1,1
check "of two addresses: two failures" distinct 240 241 2,2
check "of two places, one address: two failures" distinct 240 242 2,1

# A stub is an error only when it is asked for; it is counted all the same.
instance 340 0 ""
check "a stub without --strict" guest run "$tmp/planted.scn" --budget 100
check "a stub is counted" sh -c '"$@" | grep -q "stubs reached: __request_module ([0-9]*)"' sh \
	"$build/guest/vfiosim-guest" run "$tmp/planted.scn" --budget 100

while read -r oracle a b word; do
	[ -n "$oracle" ] || continue
	check "$oracle" planted "$oracle" "$a" "$b" "$word"
done <<EOF
$table
EOF

guest run --list-oracles | cut -d ' ' -f 1 >"$tmp/all"
check "--list-oracles lists some" test -s "$tmp/all"
while read -r oracle; do
	check "oracle $oracle has no planted bug" grep -q "^$oracle " <<EOF
$table
EOF
done <"$tmp/all"
finish
