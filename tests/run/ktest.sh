#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The conformance tests of kshim for another kernel, on every engine.

. "$(dirname "$0")/lib.sh"

for e in fibers ucontext baton parallel; do
	check "conformance tests on $e" "$build/$link/vfiosim-ktest" --engine $e
done
finish
