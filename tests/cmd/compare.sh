#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# vfiosim compare: a planted bug is broken one way round and fixed the other, a
# different error is a changed behaviour with a witness on each side, and of a
# series each commit is told what it changed. All of them share one build.

. "$(dirname "$0")/../run/lib.sh"

command -v git >/dev/null 2>&1 || { echo "no git"; exit 77; }
# what is planted, is planted there
[ -f "$VFIOSIM_KDIR/drivers/vfio/vfio.c" ] || { echo "this kernel has no vfio.c"; exit 77; }
XDG_CACHE_HOME=$build/trees-cache
tree=$tmp/linux
vfio=drivers/vfio/vfio.c
GIT_CONFIG_NOSYSTEM=1 HOME=$tmp
export XDG_CACHE_HOME GIT_CONFIG_NOSYSTEM HOME
git config --global user.name tester
git config --global user.email tester@example.org

# says STATUS TEXT... -- COMMAND...
says()
{
	want=$1
	shift
	: >"$tmp/texts"
	while [ "$1" != -- ]; do
		echo "$1" >>"$tmp/texts"
		shift
	done
	shift
	"$build/vfiosim" "$@" >"$tmp/out" 2>&1
	rc=$?
	before=$failures
	check "'$*': exit status $rc, not $want" test "$rc" -eq "$want"
	while read -r text; do
		check "'$*': no '$text'" grep -q -- "$text" "$tmp/out"
	done <"$tmp/texts"
	[ $failures -eq $before ] || head -n 60 "$tmp/out"
}

# commit NAME SED: change the file, which must change
commit()
{
	sed -i "$2" "$tree/$vfio"
	git -C "$tree" diff --quiet && bad "nothing to commit as $1"
	git -C "$tree" commit -q -a -m "$1"
	git -C "$tree" tag "$1"
}

mkdir -p "$tree"
(cd "$VFIOSIM_KDIR" && tar -cf - Makefile drivers/vfio include/linux include/uapi include/vdso \
	include/asm-generic lib/*.c) | tar -xf - -C "$tree"
git -C "$tree" init -q
git -C "$tree" add -f .
git -C "$tree" commit -q -m base
git -C "$tree" tag base
commit comment '1s,$, /* the same */,'
# the group fd's reference on its group is never put
commit leak '/^static int vfio_group_fops_release(/,/^}/s/^\tvfio_group_put(group);/\t;/'
commit nobuild "\$adoes not build;"
commit repaired '/^does not build;/d;/^static int vfio_group_fops_release(/,/^}/s/^\t;/\tvfio_group_put(group);/'
# without a container a group has no devices to give
commit errno '/^static int vfio_group_get_device_fd(/,/^}/s/return -EINVAL;/return -EPERM;/'
# two locks that nobody held together
commit order '/^static struct vfio_device \*vfio_device_get_from_name(/,/^}/{
	s/^\tmutex_lock(&group->device_lock);/\tmutex_lock(\&vfio.group_lock);&/
	s/^\tmutex_unlock(&group->device_lock);/&mutex_unlock(\&vfio.group_lock);/
}'
# nobody gets a device any more
commit early '/^static int vfio_group_get_device_fd(/,/^}/s/^\tdevice = vfio_device_get_from_name/\tif (group->container)\n\t\treturn -EBUSY;\n&/'
git -C "$tree" diff base leak >"$tmp/leak.patch"
cat >"$tmp/errno.scn" <<'END'
# what a group without a container answers
setup {
	g0 = iommu_group
	d0 = device "0000:00:03.0" group=g0 driver=sample
}
task user {
	grp = open /dev/vfio/$g0 O_RDWR
	fd  = ioctl grp GET_DEVICE_FD d0
	close grp
}
finally fd < 0
END
scn=$tmp/errno.scn
b=close-order-group-last
set -- --budget 300 "$b" register-twice "$scn"

says 1 "^broken   *$b " "^3 scenarios: 1 same, 0 fixed, 2 broken, 0 changed" \
	"^ *replay: vfiosim replay $b@[^ ]*-g" "^needs exactly\|^  leak:" \
	-- compare "$tree@base" "$tree@base" --patch "$tmp/leak.patch" "$@" --json="$tmp/json" \
	--junit="$tmp/junit" --html "$tmp/page.html"
token=$(sed -n 's/^ *replay: vfiosim replay \([^ ]*\).*/\1/p' "$tmp/out" | head -n 1)
check "page" grep -q '^</html>$' "$tmp/page.html"
check "page: witness" grep -qF "vfiosim replay $token" "$tmp/page.html"
check "page: trace" grep -q '<pre class="text">' "$tmp/page.html"
check "page: $b" grep -q "href=\"#x-$b\"" "$tmp/page.html"
check "page: fetches nothing" sh -c '! grep -qE "https?:|src=|@import|url\(" "$1"' sh "$tmp/page.html"
check "JSON" grep -q '"verdict":"broken"' "$tmp/json"
check "JSON has the trace" grep -q '"trace":"' "$tmp/json"
check "JUnit" grep -q '<testsuite name="[^"]*" tests="3" failures="2" errors="0" skipped="0">' "$tmp/junit"
says 0 "^fixed   *$b " "^3 scenarios: 1 same, 2 fixed, 0 broken" \
	-- compare "$tree@leak" "$tree@comment" "$@"
says 0 "^3 scenarios: 3 same, 0 fixed, 0 broken" -- compare "$tree@base" "$tree@comment" "$@"
check "nothing is told of what is the same" test "$(grep -c '^same' "$tmp/out")" -eq 0

says 1 "^changed " "only A: fd = -EINVAL" "only B: fd = -EPERM" "in no schedule of all on A" \
	"; there: fd = -EINVAL" "^ *A: vfiosim replay .*errno.scn@" \
	-- compare "$tree@base" "$tree@errno" "$@"
witness=$(sed -n 's/^ *B: vfiosim replay \(.*errno.scn@.*\)/\1/p' "$tmp/out" | head -n 1)
says 0 "fd = -EPERM" "trace hash" -- replay "$witness"
says 1 "^KTAP version 1" "not ok [0-9] errno # changed" \
	-- compare -q "$tree@base" "$tree@errno" "$@" --ktap
check "strict KTAP" "$build/tests/report/ktap_check" <"$tmp/out"

order="lock order: &vfio.group_lock --> &group->device_lock$"
says 0 "^new $order" " lock orders: 1 new, 0 gone" -- compare "$tree@errno" "$tree@order" --budget 300 "$b" \
	--json="$tmp/json"
check "JSON has the order" grep -q '"first":"&vfio.group_lock"' "$tmp/json"
says 0 "^gone $order" " lock orders: 0 new, 1 gone" -- compare "$tree@order" "$tree@errno" --budget 300 "$b"

# What is found at a glance is told before everything else has been explored.
says 1 "^BUG:\|^WARNING:\|^  leak:" "^A: " "^2 scenarios: 0 same, 0 fixed, 2 broken" "^2 of [0-9]* scenarios compared\$" \
	-- compare "$tree@base" "$tree@leak" --first
says 1 "^[0-9]* of [0-9]* scenarios compared\$" "^[0-9]* scenarios: .* broken" \
	-- compare "$tree@base" "$tree@leak" --first --budget 50
some=$(sed -n 's/^\([0-9]*\) scenarios:.*/\1/p' "$tmp/out")
check "--first: $some scenarios" test "$some" -lt "$("$build/vfiosim" list | wc -l)"

# A series; what does not build is passed over.
says 1 " comment: same" " leak: 2 broken" " nobuild: does not build" " repaired: 2 fixed" \
	" errno: 1 changed" -- compare --range "$tree" base..errno "$@" --json="$tmp/json"
check "JSON names commits" test "$(grep -c '"commit":' "$tmp/json")" -eq 5
says 0 " comment: same" -- compare --range "$tree" base..comment "$@"

# What is no longer reached; the lines have moved.
if command -v lcov >/dev/null && command -v gcov >/dev/null; then
	"$build/vfiosim" compare "$tree@order" "$tree@early" --budget 50 --coverage "$b" \
		--json="$tmp/json" --html "$tmp/page.html" >"$tmp/out" 2>&1
	check "coverage, lost: exit status" test $? -eq 1
	check "coverage: the function" grep -q '^  vfio_group_get_device_fd .* -> .* [0-9]* lost$' "$tmp/out"
	check "coverage: lost lines" grep -q '^  vfio.c:.* vfio_group_get_device_fd: device = vfio_device_get' "$tmp/out"
	check "coverage: a screenful" test "$(sed -n '/^coverage: /,$p' "$tmp/out" | wc -l)" -le 24
	check "coverage: JSON" grep -q '"text":"device = vfio_device_get_from_name(group, buf);"' "$tmp/json"
	check "coverage: page" grep -q 'device = vfio_device_get_from_name(group, buf);</code>' "$tmp/page.html"
	says 0 "^coverage: .* 0 lines lost" "^gained: " \
		-- compare "$tree@early" "$tree@order" --budget 50 --coverage "$b"
	says 0 "^coverage: the same ([1-9][0-9]* lines of [1-9][0-9]*)$" \
		-- compare "$tree@base" "$tree@comment" --budget 50 --coverage register-twice
	check "coverage: nothing is left here" test ! -e coverage.info
fi
says 2 "not for --first" -- compare "$tree@base" "$tree@leak" --coverage --first
says 2 "which two kernels" -- compare
says 2 "not for --range" -- compare --range "$tree" base..leak --html "$tmp/page.html"
says 2 "not BASE..TIP" -- compare --range "$tree" base
says 2 "no revision 'nowhere'" -- compare --range "$tree" nowhere..base
says 2 "no scenario matches" -- compare "$tree@base" "$tree@base" no-such-scenario
says 2 "does not build\|error:" -- compare "$tree@base" "$tree@nobuild" "$@"
finish
