#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# vfiosim doctor on another release and on trees with planted faults, and runs
# on two kernels at once. Trees and guests stay below BUILD: a second time only
# what was planted is compiled.

. "$(dirname "$0")/../run/lib.sh"

XDG_CACHE_HOME=$build/doctor-cache
export XDG_CACHE_HOME
tree=$build/doctor-tree

front()
{
	"$build/vfiosim" "$@"
}

# says STATUS TEXT...: what doctor said last
says()
{
	want=$1
	shift
	before=$failures
	check "exit status $rc, not $want" test "$rc" -eq "$want"
	for text in "$@"; do
		check "no '$text'" grep -qF -- "$text" "$tmp/out"
	done
	[ $failures -eq $before ] || grep -v '^  simplified' "$tmp/out" | head -n 60
}

doctor()
{
	front doctor --quiet --kernel "$tree" "$@" >"$tmp/out" 2>&1
	rc=$?
}

pristine()
{
	for f in "$VFIOSIM_KDIR"/drivers/vfio/*.[ch] "$VFIOSIM_KDIR"/drivers/vfio/Makefile; do
		cmp -s "$f" "$tree/drivers/vfio/${f##*/}" || cp "$f" "$tree/drivers/vfio/"
	done
	rm -f "$tree/include/linux/frobnicate.h"
}

# Another point release: a tree of its own, but for what is large.
mkdir -p "$tree/drivers/vfio" "$tree/include/linux"
for f in "$VFIOSIM_KDIR"/* "$VFIOSIM_KDIR"/include/* "$VFIOSIM_KDIR"/include/linux/*; do
	f=${f#"$VFIOSIM_KDIR/"}
	case $f in
	drivers | include | include/linux | Makefile | vfiosim-source.json) ;;
	*) [ -e "$tree/$f" ] || ln -s "$VFIOSIM_KDIR/$f" "$tree/$f" ;;
	esac
done
sed 's/^SUBLEVEL = .*/SUBLEVEL = 99/' "$VFIOSIM_KDIR/Makefile" >"$tmp/Makefile"
cmp -s "$tmp/Makefile" "$tree/Makefile" || cp "$tmp/Makefile" "$tree/Makefile"
pristine
main=vfio_main.c
[ -f "$tree/drivers/vfio/$main" ] || main=vfio.c

doctor 'close-order-*'
says 0 "linux ${VFIOSIM_KVERSION%.*}.99" "ok     drivers/vfio/$main" "module vfio" "link: ok" \
	"This tree builds" "simplified EXPORT_SYMBOL_GPL" "none in "

# Two kernels: a table, one KTAP suite and JSON results for each.
front run -k "$VFIOSIM_KDIR" -k "$tree" 'close-order-*' --budget 200 -q >"$tmp/out" 2>&1
rc=$?
says 0 "$VFIOSIM_KVERSION" "${VFIOSIM_KVERSION%.*}.99" "close-order-group-last"
check "a cell for each kernel" test \
	"$(grep -cE '^close-order-[a-z-]+ +(pass|known) +(pass|known)' "$tmp/out")" -eq \
	"$(ls "$src"/scenarios/close-order-*.scn | wc -l)"
front run -k "$VFIOSIM_KDIR" -k "$tree" close-order-group-last --budget 200 -q --ktap >"$tmp/out" 2>&1
rc=$?
says 0 "1..2" "# Subtest: vfiosim-$VFIOSIM_KVERSION" "ok 2 vfiosim-${VFIOSIM_KVERSION%.*}.99"
front run -k "$VFIOSIM_KDIR" -k "$tree" close-order-group-last --budget 200 -q \
	--json="$tmp/json" >/dev/null 2>&1
check "--json parses" "$build/tests/run/json_check" "$tmp/json"
check "--json has both kernels" test "$(members kernel <"$tmp/json" | sort -u | wc -l)" -eq 2
front run -k "$VFIOSIM_KDIR" -k "$tmp" close-order-group-last --budget 200 -q >"$tmp/out" 2>&1
rc=$?
says 2 "no drivers/vfio" "pass        ERROR"
# Mistakes of the command line are said once.
front run -k "$VFIOSIM_KDIR" -k "$tree" close-ordre -q >"$tmp/out" 2>&1
rc=$?
says 2 "no scenario matches 'close-ordre'"
check "said once" test "$(wc -l <"$tmp/out")" -eq 1
front replay -k "$VFIOSIM_KDIR" -k "$tree" x >"$tmp/out" 2>&1
rc=$?
says 2 "one --kernel at a time"

# What a tree may have that the shim has not.
cat >"$tree/include/linux/frobnicate.h" <<'END'
struct brandnew {
	int a;
};
#define BRANDNEW_RUN(x) do { } while (x)
int brandnew_init(struct brandnew *b, int how);
END
sed -i '1,/#include <linux\/vfio.h>/s/#include <linux\/vfio.h>/&\n#include <linux\/frobnicate.h>/' \
	"$tree/drivers/vfio/$main"
cat >>"$tree/drivers/vfio/vfio_iommu_type1.c" <<'END'
static int planted(struct device *dev)
{
	struct brandnew b;

	brandnew_init(&b, 3);
	BRANDNEW_RUN(dev);
	iommu_group_get(dev, 1);
	return device_is_something(dev->brandnew);
}
END
doctor
says 2 "FAILED drivers/vfio/$main" "the shim lacks the header <linux/frobnicate.h>" \
	"the shim lacks brandnew (declared in include/linux/frobnicate.h:1" \
	"the shim lacks brandnew_init (declared in include/linux/frobnicate.h:5" \
	"the shim lacks BRANDNEW_RUN (declared in include/linux/frobnicate.h:4" \
	"device_is_something is declared nowhere" \
	"the shim has iommu_group_get differently" "the shim, kshim/include/linux/iommu.h:" \
	"This tree does not build: 2 of its"

# A file that is wrong by itself: where, and nothing of what follows from it.
pristine
printf '}} oops(\nint x;\nint y(;\n' >>"$tree/drivers/vfio/$main"
line=$(($(wc -l <"$tree/drivers/vfio/$main") - 2))
doctor
says 2 "FAILED drivers/vfio/$main" "drivers/vfio/$main:$line: syntax error in the tree's own file" \
	"ok     drivers/vfio/vfio_iommu_type1.c" "1 of its"
check "one error" test "$(grep -c "^      " "$tmp/out")" -eq 1

# It compiles, but something is missing at the end.
pristine
printf 'void nowhere(void);\nvoid planted(void);\nvoid planted(void)\n{\n\tnowhere();\n}\n' \
	>>"$tree/drivers/vfio/$main"
doctor
says 2 "link: FAILED" "nowhere is declared nowhere" "1 names are unresolved"

pristine
front doctor --kernel "$tmp" >"$tmp/out" 2>&1
rc=$?
says 2 "$tmp: no drivers/vfio"
check "one clear line" test "$(wc -l <"$tmp/out")" -eq 1
finish
