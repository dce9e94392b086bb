#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The fidelity table is complete and true, and the check would notice if not.

. "$(dirname "$0")/../run/lib.sh"

fidelity()
{
	"$build/tests/fidelity/fidelity_check" "$1" "$build/guest/"
}

check "the table" fidelity "$src"
check "the table says nothing of VFIO" test -z "$(grep -i vfio "$src/kshim/fidelity.tsv")"

# A table with a mistake, on a source tree that is this one otherwise.
mkdir -p "$tmp/src/kshim"
for f in tests scenarios; do
	ln -s "$src/$f" "$tmp/src/$f"
done
for f in "$src"/kshim/*; do
	[ "${f##*/}" = fidelity.tsv ] || ln -s "$f" "$tmp/src/kshim/${f##*/}"
done

# broken WHAT SED: the check must say WHAT of the edited table
broken()
{
	sed "$2" "$src/kshim/fidelity.tsv" >"$tmp/src/kshim/fidelity.tsv"
	fidelity "$tmp/src" >"$tmp/out" 2>&1
	check "'$2' is noticed" test $? -eq 1
	check "'$2': $(head -n 3 "$tmp/out")" grep -q "^FAIL: $1" "$tmp/out"
}

broken 'mutex_lock: is used, and has no row' '/^mutex_lock	/d'
broken 'kfree: is used, and has no row' '/^kfree	/d'
broken "kref_get: there is no test 'nobody_proves_it'" \
	's/^\(kref_get	[^	]*	[^	]*	[^	]*	\)[^	]*/\1nobody_proves_it/'
broken "kref_get: there is no test 'scenario:nowhere'" \
	's/^\(kref_get	[^	]*	[^	]*	[^	]*	\)[^	]*/\1scenario:nowhere/'
broken 'kref_get: no test proves it' 's/^\(kref_get	[^	]*	[^	]*	[^	]*	\)[^	]*/\1/'
broken 'kref_gone: no header of the shim has it' 's/^kref_get	/kref_gone	/'
broken 'kref_get: the class is none of' 's/^\(kref_get	[^	]*	\)implemented/\1perfect/'
broken 'kref_get: what is missing stands nowhere' 's/^\(kref_get	[^	]*	\)implemented/\1simplified/'
broken 'kref_get: a stub that does not say so' 's/^\(kref_get	[^	]*	\)implemented/\1stub/'
broken 'kref_get: versions are none of' 's/^\(kref_get	.*	\)all	/\1sometimes	/'
broken 'kref_get: is used, and has no row' 's/^\(kref_get	.*	\)all	/\1<5.0	/'
finish
