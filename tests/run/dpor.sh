#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Partial-order reduction against depth-first search: where the latter can go
# through every schedule there is, both see the same outcomes and reports;
# where it cannot, the reduction has seen at least as many.

. "$(dirname "$0")/lib.sh"

for f in "$(dirname "$0")"/dpor/*.scn; do
	name=$(basename "$f" .scn)
	explore dfs "$f" --strategy dfs --bound 99 --budget 250k
	explore dpor "$f" --strategy dpor
	check "$name: the reduction is complete" grep -q '"exhaustive":true' "$tmp/dpor.json"
	check "$name: something was seen" test -s "$tmp/dpor"
	if grep -q '"exhaustive":true' "$tmp/dfs.json"; then
		check "$name: what every schedule shows" cmp "$tmp/dfs" "$tmp/dpor"
	else
		check "$name: nothing is missing" test -z "$(comm -23 "$tmp/dfs" "$tmp/dpor")"
	fi
done
# The last ones are of the suite, with reports among what is seen.
for name in b01-set-unset-container b02-set-set-container b03b-get-device-fd-unset \
	init-register-gap open-against-unregister; do
	explore dfs "$name" --strategy dfs --bound 2 --budget 30k
	explore dpor "$name" --strategy dpor
	check "$name: the reduction is complete" grep -q '"exhaustive":true' "$tmp/dpor.json"
	check "$name: nothing is missing" test -z "$(comm -23 "$tmp/dfs" "$tmp/dpor")"
done
guest run unbind-while-open --strategy dpor >"$tmp/out" 2>&1
check "unbind-while-open: complete" grep -q "(complete: [0-9]* traces)" "$tmp/out"
check "orders of accesses" grep -q "orders seen, the others cannot happen" "$tmp/out"
finish
