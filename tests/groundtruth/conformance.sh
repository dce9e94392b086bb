#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# conformance.sh BUILD [noiommu]: the scenarios of this folder against what the
# booted kernel of the same series has answered, see README.md. With "noiommu"
# on a guest built with VFIO_NOIOMMU, against the debug kernel's log.

. "$(dirname "$0")/../run/lib.sh"

config=$1
series=$(echo "$VFIOSIM_KVERSION" | cut -d . -f 1,2)
log=$here/$series${config:+-debug}.log
without=i-${config:+without-}noiommu

if [ -n "$config" ]; then
	if [ ! -f "$log" ]; then
		echo "no answers of a booted $series with VFIO_NOIOMMU are recorded"
		exit 0
	fi
	dir=$build/guest-$VFIOSIM_KVERSION-noiommu
	{ cmake -S "$src/core" -B "$dir" -DKDIR="$VFIOSIM_KDIR" \
		-DVFIOSIM_HOST_DIR="$build" -DGUEST_CONFIG=VFIO_NOIOMMU &&
	  cmake --build "$dir" -j 2; } >"$tmp/log" 2>&1 || {
		tail -n 20 "$tmp/log"
		exit 1
	}
	guest()
	{
		"$dir/vfiosim-guest" "$@"
	}
fi

# answers SECTION MINIMUM SCENARIO...: run them, compare with that of the log
answers()
{
	section=$1
	minimum=$2
	shift 2
	rm -rf "$tmp/out"
	mkdir "$tmp/out"
	for f; do
		name=$(basename "$f" .scn)
		[ "$name" != "$without" ] || continue
		guest run "$f" --steps >"$tmp/out/$name" 2>"$tmp/err"
		rc=$?
		if [ $rc -eq 4 ]; then	# not for this kernel
			rm "$tmp/out/$name"
			continue
		fi
		check "$name: exit status $rc" test $rc -eq 0
		[ $rc -eq 0 ] || tail -n 3 "$tmp/out/$name" "$tmp/err"
	done
	if [ -f "$log" ]; then
		check "the answers of $series" "$build/tests/groundtruth/compare" "$series" \
			"$log" "$section" "$minimum" "$tmp"/out/*
		return
	fi
	n=$(cat "$tmp"/out/* | grep -c '^[A-Z]')
	echo "$n steps run, but no answers of a booted $series are recorded"
	check "steps were run" test "$n" -ge "$minimum"
}

answers main 150 "$here"/[a-e]-*.scn "$here"/c[0-9]-*.scn
answers noiommu 10 "$here"/i-*.scn
finish
