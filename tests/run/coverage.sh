#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# vfiosim coverage from end to end: the build with gcov, the tables, the pages.

. "$(dirname "$0")/lib.sh"

command -v lcov >/dev/null && command -v gcov >/dev/null || exit 77

VFIOSIM_HOST_DIR=$build VFIOSIM_SRC=$src "$build/vfiosim" coverage --kernel "$VFIOSIM_KDIR" \
	--budget 50 --fail-sweep --lifecycle --html "$tmp/html" noiommu stub-in-group >"$tmp/out" 2>"$tmp/err"
rc=$?
check "exit status $rc" test $rc -eq 0
check "the sweep as well" grep -q "^fail sweep: [1-9]" "$tmp/out"
check "files" grep -q '^drivers/vfio/.* [1-9][0-9.]*% ' "$tmp/out"
check "lifecycle" grep -q '^together  *[1-9][0-9.]*% ' "$tmp/out"
check "what is missing" grep -q '^vfio_.*: lines .*; one way only: [0-9]' "$tmp/out"
check "tracefile" grep -q '^SF:drivers/vfio/' "$tmp/html/coverage.info"
check "pages" test -s "$tmp/html/index.html"
# the configuration that only this build has
check "VFIO_NOIOMMU" grep -q 'u1 = -EPERM' "$tmp/out"
[ $failures -eq 0 ] || tail -n 5 "$tmp/out" "$tmp/err"
finish
