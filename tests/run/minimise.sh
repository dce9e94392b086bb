#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Failures become small and stay what they were; their tokens survive an edit
# of the scenario.

. "$(dirname "$0")/lib.sh"

run()
{
	guest run "$@" --json >"$tmp/out" 2>"$tmp/err"
}

at_most()
{
	n=$(member "$1" <"$tmp/out")
	[ -n "$n" ] && [ "$n" -le "$2" ] && return
	echo "$1 is '$n', not at most $2"
	return 1
}

is()
{
	[ "$(member "$1" <"$tmp/out")" = "$2" ] && return
	echo "$1 is '$(member "$1" <"$tmp/out")', not '$2'"
	return 1
}

# However it was found: exactly one preemption, at most eight steps.
for how in dfs pct random; do
	run b01-set-unset-container --strategy $how
	[ "$(member status <"$tmp/out")" = known ] || continue
	check "B01 by $how: preemptions" is preemptions 1
	check "B01 by $how: proved" is needs exactly
	check "B01 by $how: steps" at_most steps 8
done
[ "$checks" -gt 0 ] || exit 77	# this kernel does not have it

# The trace is short and says which order it is.
guest run b01-set-unset-container >"$tmp/out" 2>&1
check "the trace is short" test "$(grep -c '^ *[0-9]\{1,2\}[ *!] ' "$tmp/out")" -le 25
check "the two that decide" grep -q '^reversing [0-9]* and [0-9]* (!) makes it pass$' "$tmp/out"
check "the late one" grep -q '^ *[0-9]*!     list_del(&group->container_next);' "$tmp/out"

run b01-set-unset-container --strategy random --no-minimise
check "--no-minimise says no more than it knows" test -z "$(member needs <"$tmp/out" | grep -v null)"
check "--no-minimise leaves what was found" test "$(member preemptions <"$tmp/out")" -gt 1

# One folder has all that is needed, and runs from there.
guest run b01-set-unset-container --save "$tmp/save" >"$tmp/out" 2>&1
check "--save says where" grep -q "^saved: $tmp/save/b01" "$tmp/out"
folder=$(sed -n 's/^saved: //p' "$tmp/out")
for f in token full trace report log command b01-set-unset-container-min.scn; do
	check "--save has $f" test -f "$folder/$f"
done
want=$(head -n 1 "$folder/report")
guest replay "$(cat "$folder/token")" >"$tmp/out" 2>"$tmp/err"
check "the saved token fails" test $? -eq 1
check "the saved token fails in the same way" grep -qF "$want" "$tmp/out"
check "the saved token does not diverge" test ! -s "$tmp/err"
check "the smaller scenario fails when it is explored" sh -c '"$@" | grep -q "^KNOWN"' sh \
	"$build/$link/vfiosim-guest" run "$folder/b01-set-unset-container-min.scn" --no-minimise
guest run b01-set-unset-container --save "$tmp/save" >"$tmp/out" 2>&1
check "--save keeps what is there" test "$(ls "$tmp/save" | wc -l)" -eq 2

# An edit in front of the race: the numbers are wrong, the names are not.
token=$(cat "$folder/token")
scn=$folder/b01-set-unset-container-min.scn
sed -i 's/^task a {/task a {\n\topen "\/dev\/vfio\/vfio" O_RDWR/' "$scn"
guest replay "$token" >"$tmp/out" 2>"$tmp/err"
check "after an edit it fails in the same way" grep -q "$(echo "$want" | cut -d , -f 1)" "$tmp/out"
check "after an edit the replay says that it is another text" grep -q 'another text' "$tmp/err"
check "after an edit the replay says what was expected" \
	grep -q 'choice 1, to b: expected: a: write in __vfio_group_unset_container()' "$tmp/err"

# A name that is nowhere: said, and gone on without.
guest replay "$(cat "$folder/full" | sed 's/__vfio_group_unset_container:[0-9a-f]*/nowhere:1/')" \
	>"$tmp/out" 2>"$tmp/err"
check "a name that is nowhere passes" test $? -eq 0
check "a name that is nowhere is told" grep -q 'expected: a: write in nowhere().*left out' "$tmp/err"

guest minimise "$(cat "$folder/full")" >"$tmp/out" 2>"$tmp/err"
check "minimise fails as the token does" test $? -eq 1
check "minimise prints the scenario" grep -q '^task b {' "$tmp/out"
guest minimise "b01-set-unset-container@$VFIOSIM_KVERSION/m/0" >"$tmp/out" 2>"$tmp/err"
check "nothing to minimise" grep -q 'nothing to minimise' "$tmp/out"
finish
