#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What other programs read: KTAP by a strict reader of our own and, where they
# can be had, by the kernel's kunit.py; JUnit by an XML parser.

. "$(dirname "$0")/lib.sh"

# passes, a skip, a known bug and a failure
cat >"$tmp/never.scn" <<'S'
# for another kernel
kernel > 99.0
setup {
	g0 = iommu_group
}
task a {
	yield
}
S
cat >"$tmp/bad.scn" <<'S'
# <wrong> & "so"
setup {
	g0 = iommu_group
}
task a {
	yield
}
finally refs(g0) == 99
S
run()
{
	guest run 'close-order-[cdg]*' b01-set-unset-container "$tmp/never.scn" "$tmp/bad.scn" \
		--budget 300 "$@"
}

run --ktap --json="$tmp/results.json" --junit="$tmp/results.xml" >"$tmp/ktap" 2>"$tmp/err"
check "ktap_check takes --ktap" "$build/tests/report/ktap_check" <"$tmp/ktap"
check "--json beside it" "$build/tests/run/json_check" "$tmp/results.json"
total=$(sed -n 's/^# vfiosim: .* total:\([0-9]*\)$/\1/p' "$tmp/ktap")
check "there are results" test "${total:-0}" -ge 6
check "a skip" grep -q '^  ok [0-9]* never # SKIP ' "$tmp/ktap"
bads=$(grep -c '^  not ok ' "$tmp/ktap")

check "JUnit has every case" test "$(grep -c '<testcase ' "$tmp/results.xml")" -eq "$total"
check "JUnit counts failures" grep -q "^<testsuites .* tests=\"$total\" failures=\"$bads\"" \
	"$tmp/results.xml"
check "a failure has the line that replays it" test "$(grep -c '^replay: vfiosim replay ' \
	"$tmp/results.xml")" -ge "$bads"
if command -v xmllint >/dev/null 2>&1; then
	check "xmllint takes --junit" xmllint --noout "$tmp/results.xml"
fi
run --junit >"$tmp/junit" 2>/dev/null
check "--junit alone is nothing but XML" test "$(head -c 5 "$tmp/junit")" = "<?xml"
guest run --ktap --junit >"$tmp/out" 2>&1
check "two formats on one output are wrong usage" test $? -eq 2

# As the users of KTAP meet it. Parsers before KTAP had a version only know TAP.
skipped="no python3"
if command -v python3 >/dev/null 2>&1; then
	skipped="no kernel tree with a tools/testing/kunit that knows KTAP version 1"
	PYTHONDONTWRITEBYTECODE=1
	export PYTHONDONTWRITEBYTECODE
	for tree in "$VFIOSIM_KDIR" \
		"${XDG_CACHE_HOME:-$HOME/.cache}"/vfiosim/kernels/*/linux-*; do
		kunit=$tree/tools/testing/kunit
		grep -qs 'KTAP version' "$kunit/kunit_parser.py" || continue
		python3 "$kunit/kunit.py" parse --help >"$tmp/help" 2>/dev/null || continue
		skipped=
		python3 "$kunit/kunit.py" parse --json="$tmp/kunit.json" "$tmp/ktap" >"$tmp/out" 2>&1
		rc=$?
		check "$kunit: the failure fails" test $rc -eq 1
		check "$kunit: all of it is read" grep -q "Ran $total tests: .*failed: $bads" "$tmp/out"
		check "$kunit: nothing is complained about" test -z "$(grep -i '\[ERROR\]' "$tmp/out")"
		check "$kunit: --json" "$build/tests/run/json_check" "$tmp/kunit.json"
		grep -q junit "$tmp/help" || continue
		python3 "$kunit/kunit.py" parse --junit="$tmp/kunit.xml" "$tmp/ktap" >/dev/null 2>&1
		check "$kunit: --junit" grep -q "<testcase .*close-order-group-last" "$tmp/kunit.xml"
	done
fi
if [ -n "$skipped" ] && [ "$failures" -eq 0 ]; then
	echo "SKIP: kunit.py parse: $skipped; everything else ($checks checks) passes"
	exit 77
fi
finish
