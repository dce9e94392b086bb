#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# No false alarm: unbind-while-open and its siblings on 1,000,000 PCT
# schedules each, every oracle on.

. "$(dirname "$0")/lib.sh"

for s in $(scenarios); do
	case $s in
	unbind-while-open* | close-order-* | two-devices-one-group | hot-unplug-while-open) ;;
	*) continue ;;
	esac
	guest run "$s" --strategy pct --budget 1M --json >"$tmp/out" 2>"$tmp/err"
	check "$s: exit status $?" test "$(member status <"$tmp/out")" = pass
	check "$s: a million" test "$(member schedules <"$tmp/out")" -eq 1000000
	echo "$s: $(member schedules <"$tmp/out") schedules, $(member seconds <"$tmp/out") s"
	[ "$(member status <"$tmp/out")" = pass ] || cat "$tmp/out" "$tmp/err"
done
finish
