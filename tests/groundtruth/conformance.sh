#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# conformance.sh BUILD: the scenarios of this folder against what the booted
# kernel of the same series has answered, see README.md.

. "$(dirname "$0")/../run/lib.sh"

series=$(echo "$VFIOSIM_KVERSION" | cut -d . -f 1,2)
at_least=150

mkdir "$tmp/out"
for f in "$here"/[a-e]*.scn; do
	name=$(basename "$f" .scn)
	guest run "$f" --steps >"$tmp/out/$name" 2>"$tmp/err"
	rc=$?
	if [ $rc -eq 4 ]; then	# not for this kernel
		rm "$tmp/out/$name"
		continue
	fi
	check "$name: exit status $rc" test $rc -eq 0
	[ $rc -eq 0 ] || tail -n 3 "$tmp/out/$name" "$tmp/err"
done
check "scenarios were run" test -n "$(ls "$tmp/out")"
if [ -f "$here/$series.log" ]; then
	check "the answers of $series" "$build/tests/groundtruth/compare" "$series" \
		"$here/$series.log" main "$at_least" "$tmp"/out/*
else
	echo "no answers of a booted $series are recorded: $(cat "$tmp"/out/* |
		grep -c '^[A-Z]') steps run"
fi
finish
