#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Every scenario with a small budget: clean ones pass, known bugs are found,
# and the results are what they should look like to a KTAP reader.

. "$(dirname "$0")/lib.sh"

guest run --ktap --budget 50k >"$tmp/ktap" 2>"$tmp/err"
rc=$?
check "exit status $rc" test $rc -eq 0
check "every scenario has a result" \
	test "$(grep -Ec '^  (not )?ok [0-9]+ ' "$tmp/ktap")" -eq "$(scenarios | wc -l)"
check "no 'not ok'" test -z "$(grep '^ *not ok' "$tmp/ktap")"
check "nothing on stderr" test ! -s "$tmp/err"
if [ $failures -gt 0 ]; then
	cat "$tmp/ktap" "$tmp/err"
fi
tail -n 2 "$tmp/ktap"
finish
