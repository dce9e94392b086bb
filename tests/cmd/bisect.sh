#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# git bisect run vfiosim bisect-run: finds a planted commit among 16, of which
# one does not build; and the exit status of everything that can happen.

. "$(dirname "$0")/../run/lib.sh"

command -v git >/dev/null 2>&1 || { echo "no git"; exit 77; }
# what is planted, is planted there
[ -f "$VFIOSIM_KDIR/drivers/vfio/vfio.c" ] || { echo "this kernel has no vfio.c"; exit 77; }
XDG_CACHE_HOME=$build/trees-cache
tree=$tmp/linux
GIT_CONFIG_NOSYSTEM=1 HOME=$tmp
export XDG_CACHE_HOME GIT_CONFIG_NOSYSTEM HOME
git config --global user.name tester
git config --global user.email tester@example.org
git config --global advice.detachedHead false

# says STATUS TEXT COMMAND...
says()
{
	want=$1
	text=$2
	shift 2
	(cd "$tree" && "$build/vfiosim" "$@") >"$tmp/out" 2>&1
	rc=$?
	before=$failures
	check "'$*': exit status $rc, not $want" test "$rc" -eq "$want"
	check "'$*': no '$text'" grep -q -- "$text" "$tmp/out"
	[ $failures -eq $before ] || head -n 40 "$tmp/out"
}

scenario()
{
	{
		printf '# x\n%s\nsetup {\n\td0 = device "0000:00:03.0"\n}\n' "$1"
		printf 'task a {\n\tc = open /dev/vfio/vfio\n\tclose c\n}\n'
	} >"$tmp/$2.scn"
}

mkdir -p "$tree"
(cd "$VFIOSIM_KDIR" && tar -cf - Makefile drivers/vfio include/linux include/uapi include/vdso \
	include/asm-generic lib/*.c) | tar -xf - -C "$tree"
cd "$tree" || exit 2
git init -q
git add -f .
git commit -q -m "commit 0"
vfio=drivers/vfio/vfio.c
i=0
while [ $i -lt 16 ]; do
	i=$((i + 1))
	printf '/* change %d */\n' $i >>$vfio
	case $i in
	8) echo 'does not build;' >>$vfio ;;
	9) sed -i '/^does not build;/d' $vfio ;;
	11) # the group fd's reference on its group is never put
		sed -i '/^static int vfio_group_fops_release(/,/^}/s/^\tvfio_group_put(group);/\t;/' $vfio
		git diff --quiet HEAD~ -- $vfio && bad "nothing was planted"
		;;
	esac
	git commit -q -a -m "commit $i"
done

git bisect start HEAD HEAD~16 >/dev/null
# Times of files as an archive or another tool might leave them.
cat >"$tmp/step" <<END
touch -d '2001-01-01' $vfio
exec "$build/vfiosim" bisect-run close-order-group-last --budget 2000
END
git bisect run sh "$tmp/step" >"$tmp/bisect" 2>&1
rc=$?
check "git bisect run: exit status $rc" test $rc -eq 0
git bisect log >"$tmp/log"
check "the planted commit is found" grep -q '^# first bad commit: \[[0-9a-f]*\] commit 11$' "$tmp/log"
check "the commit that does not build is skipped" grep -q '^# skip: \[[0-9a-f]*\] commit 8$' "$tmp/log"
check "steps say how sure they are" grep -q '^good: .*: complete to bound' "$tmp/bisect"
[ $failures -eq 0 ] || { cat "$tmp/log"; tail -n 60 "$tmp/bisect"; }
git bisect reset >/dev/null 2>&1
git checkout -q HEAD~16

# Good and bad: a known bug is bad, and one that is known but not there is good.
says 1 '^bad: b03a-get-device-fd-unset@' bisect-run b03a-get-device-fd-unset
scenario 'known B99 >= 4.0 "not there"' known
says 1 'B99 was not found' run -k . "$tmp/known.scn"
says 0 '^good: 1 scenario' bisect-run "$tmp/known.scn"
says 0 'probability >= 0\.[0-9]*: 1-(1-p)^[0-9]*, p = 1/([0-9]* tasks \* [0-9]* points^1)' \
	bisect-run --strategy pct --depth 2 --budget 50 close-order-group-last
# What cannot be judged.
scenario 'kernel >= 99.0' skipped
says 125 '1 skipped' bisect-run "$tmp/skipped.scn"
says 125 "no scenario matches" bisect-run no-such-scenario
says 125 "unknown option" bisect-run --no-such-option
says 125 "no drivers/vfio" bisect-run -k "$tmp"
says 125 "No such file" bisect-run --patch "$tmp/nowhere.patch"
scenario 'rubbish' rubbish
says 125 "error:" bisect-run "$tmp/rubbish.scn"

# A kernel that crashes before the scenario begins is bad.
cat >"$tmp/crash.patch" <<END
--- a/$vfio
+++ b/$vfio
$(sed -n '/^static int __init vfio_init(void)/,/^{/=' $vfio |
	sed -n '1s/.*/@@ -&,2 +&,3 @@/p')
 static int __init vfio_init(void)
 {
+	*(volatile int *)8 = 1;
END
says 1 'setup failed: .*NULL pointer' bisect-run --patch "$tmp/crash.patch" close-order-group-last
# What could not be run is not kept as a result.
says 2 '"status":"error"' run -k . --patch "$tmp/crash.patch" close-order-group-last --json
says 2 '"status":"error"' run -k . --patch "$tmp/crash.patch" close-order-group-last --json
check "an error was cached" test "$(grep -c '"cached"' "$tmp/out")" -eq 0
finish
