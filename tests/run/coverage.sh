#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# vfiosim coverage from end to end: the build with gcov, the tables, the pages.

. "$(dirname "$0")/lib.sh"

command -v lcov >/dev/null && command -v gcov >/dev/null || exit 77

VFIOSIM_HOST_DIR=$build VFIOSIM_SRC=$src
export VFIOSIM_HOST_DIR VFIOSIM_SRC
cd "$tmp" || exit 2

coverage()
{
	"$build/vfiosim" coverage --kernel "$VFIOSIM_KDIR" --budget 50 "$@"
}

# The page of a campaign is there first, and somebody's own index.html elsewhere
guest run --budget 10 --html html noiommu >/dev/null
check "no link to what is not there" sh -c "! grep -q 'href=\"coverage.html' html/index.html"
coverage --fail-sweep --lifecycle --html html --json=json noiommu stub-in-group >out 2>err
rc=$?
check "exit status $rc" test $rc -eq 0
check "the sweep as well" grep -q "^fail sweep: [1-9]" out
check "files" grep -q '^drivers/vfio/.* [1-9][0-9.]*% ' out
check "lifecycle" grep -q '^together  *[1-9][0-9.]*% ' out
check "what is missing" grep -q '^vfio_.*: lines .*; one way only: [0-9]' out
check "tracefile" grep -q '^SF:drivers/vfio/' html/coverage.info
check "pages" test -s html/coverage/index.html
# the configuration that only this build has
check "VFIO_NOIOMMU" grep -q 'u1 = -EPERM' out
check "table of events" grep -q '^GET_DEVICE_FD  *[0-9]' out
check "what a scenario reaches alone" grep -q '^noiommu  *[1-9][0-9]*  *[1-9][0-9]*  drivers/vfio/' out
check "JSON" "$build/tests/run/json_check" json
check "JSON, what cannot be" grep -q '"unbound": *null' json
check "page" grep -q 'href="coverage/index.html"' html/coverage.html
check "link from the campaign" grep -q 'href="coverage.html"' html/index.html
guest run --budget 10 --html html noiommu >/dev/null
check "link from the next campaign" grep -q 'href="coverage.html"' html/index.html
[ $failures -eq 0 ] || tail -n 5 out err

# Two trees of one version, a column each; the table of events is their sum
coverage --kernel "$VFIOSIM_KDIR" --fail-sweep -q --json=twice noiommu stub-in-group >out 2>err
rc=$?
check "two kernels: exit status $rc" test $rc -eq 0
check "two kernels" grep -q '^vfio_[a-z_]*  *100\.0  *100\.0$' out
check "two tracefiles" test -s "coverage-$VFIOSIM_KVERSION.info" -a \
	-s "coverage-$VFIOSIM_KVERSION-2.info"
init()
{
	grep -A1 '"init"' "$1" | tail -n 1 | tr -dc '0-9\n'
}
check "sum" test "$(init twice)" -eq $((2 * $(init json)))

# How many processes, and whether somebody pressed ^C before, changes nothing
coverage -q --strategy pct --budget 9000 --jobs 1 --json=one unbind-while-open >/dev/null
mv coverage.info one.info
coverage -q --strategy pct --budget 9000 --jobs 3 --json=three unbind-while-open >/dev/null
check "jobs" cmp one three
check "jobs, how often each line" cmp one.info coverage.info
check "with jobs" test "$(member lines_hit <three)" -gt 100
rm -f coverage.info
"$build/tests/run/with_sigint" "$build/vfiosim" coverage --kernel "$VFIOSIM_KDIR" \
	--strategy pct --budget 1000M -q --html late unbind-while-open >out 2>err &
pid=$!
# not what looks for a compiler, nor what removes old counters
until runner=$(children $pid) && [ "$(cat "/proc/${runner% }/comm" 2>/dev/null)" = vfiosim-guest ] &&
      [ "$(worked "${runner% }")" -ge 50 ]; do
	kill -0 $pid 2>/dev/null || break
	sleep 0.1
done
kill -INT $pid
wait $pid
rc=$?
check "interrupted: exit status $rc" test $rc -eq 130
check "interrupted: nothing half done" sh -c "! ls late/* 2>/dev/null"
check "interrupted: nobody left" sh -c "! kill -0 ${runner% } 2>/dev/null"
coverage -q --strategy pct --budget 9000 --json=after unbind-while-open >/dev/null
check "after an interrupt" cmp one after
check "after an interrupt, how often each line" cmp one.info coverage.info
finish
