#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The benchmark runs, and its figures are of the right size: a smoke test, so
# the limits are far below what an idle machine gives.

. "$(dirname "$0")/lib.sh"

guest bench --budget 20k >"$tmp/out" 2>&1
check "bench: exit status" test $? -eq 0
cat "$tmp/out"
guest bench --budget 20k --json >"$tmp/json" 2>"$tmp/err"
check "bench --json parses" "$build/tests/run/json_check" "$tmp/json"
finish
