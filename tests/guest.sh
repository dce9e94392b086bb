#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# guest.sh BUILD [SERIES]: the guest program and the conformance tests for one
# kernel, in BUILD/guest-VERSION. Without SERIES, BUILD/guest leads there, and
# the kernel is $VFIOSIM_TEST_KERNEL, a series or a directory; else 5.10, else
# 6.1. With SERIES, BUILD/guest.SERIES does, and status 77 says that this kernel
# cannot be had.
set -e

src=$(cd "$(dirname "$0")/.." && pwd -P)
build=$(cd "$1" && pwd -P)

die()
{
	echo "guest.sh: $*" >&2
	exit 2
}

tree_of()
{
	if [ -d "$1" ]; then
		(cd "$1" && pwd -P)
	else
		"$build/vfiosim" kernels path "$1"
	fi
}

number()
{
	sed -n "s/^$1 *= *\([0-9]*\).*/\1/p" "$kdir/Makefile" | head -n 1
}

link=guest
if [ -n "$2" ]; then
	link=guest.$2
	kdir=$(tree_of "$2") || exit 77
elif [ -n "$VFIOSIM_TEST_KERNEL" ]; then
	kdir=$(tree_of "$VFIOSIM_TEST_KERNEL") || die "no kernel $VFIOSIM_TEST_KERNEL to test with"
elif ! kdir=$(tree_of 5.10); then
	echo "guest.sh: no 5.10 can be had: testing with 6.1 instead" >&2
	kdir=$(tree_of 6.1) || die "no kernel source to test with"
fi
version=$(number VERSION).$(number PATCHLEVEL).$(number SUBLEVEL)
guest=$build/guest-$version
log=$build/guest-$version.log

exec 8>"$build/.guest.lock"
! command -v flock >/dev/null 2>&1 || flock 8
unset MAKEFLAGS MAKELEVEL
[ -x "$guest/vfiosim-ktest" ] || echo "building the guest and its tests for linux $version ..." >&2
if ! { cmake -S "$src/core" -B "$guest" -DKDIR="$kdir" -DVFIOSIM_HOST_DIR="$build" \
		-DVFIOSIM_TESTS=ON &&
	cmake --build "$guest" -j "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)"; } >"$log" 2>&1; then
	cat "$log" >&2
	die "building the guest for linux $version failed"
fi
{
	echo "VFIOSIM_KDIR='$kdir'"
	echo "VFIOSIM_KVERSION='$version'"
	echo "VFIOSIM_SRC='$src'"
	echo "export VFIOSIM_KDIR VFIOSIM_KVERSION VFIOSIM_SRC"
} >"$guest/env.sh"
ln -sfn "guest-$version" "$build/$link"
