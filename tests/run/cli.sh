#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The command line as a user meets it: mistakes are named, exit codes are
# right, output can be read by programs.

. "$(dirname "$0")/lib.sh"

# expect STATUS PATTERN COMMAND...: exit status and a line of its output
expect()
{
	want=$1
	pattern=$2
	shift 2
	checks=$((checks + 1))
	"$@" >"$tmp/out" 2>&1
	rc=$?
	[ "$rc" -eq "$want" ] || bad "'$*': exit status $rc, not $want: $(head -n 3 "$tmp/out")"
	grep -q -- "$pattern" "$tmp/out" || bad "'$*': no line like '$pattern': $(head -n 3 "$tmp/out")"
}

front()
{
	"$build/vfiosim" "$@"
}

# A scenario with one wrong line, which is the fifth.
wrong()
{
	printf '# wrong\nsetup {\n\td0 = device "0000:00:03.0"\n}\n%s\n' "$1" >"$tmp/wrong.scn"
}

wrong 'task a { unbnd d0 }'
expect 2 '^.*wrong.scn:5:10: error: .*unbnd.*unbind' guest run "$tmp/wrong.scn"
wrong 'task a { ioctl 3 SET_CONTANER 4 }'
expect 2 '^.*wrong.scn:5:18: error: .*SET_CONTANER.*SET_CONTAINER' guest run "$tmp/wrong.scn"
wrong 'task a { unbind d1 }'
expect 2 '^.*wrong.scn:5:17: error: .*d1.*d0' guest run "$tmp/wrong.scn"
wrong 'task a { unbind d0 }
sometimes b.unbind == 0'
expect 2 '^.*wrong.scn:6:' guest run "$tmp/wrong.scn"
wrong 'task a { unbind d0'
expect 2 'wrong.scn:' guest run "$tmp/wrong.scn"
expect 2 'nowhere.scn' guest run "$tmp/nowhere.scn"
expect 2 "no scenario matches 'unbind-while-opne'.*unbind-while-open" guest run unbind-while-opne

expect 2 "unknown verb 'rnu'.*run" front rnu
expect 2 "unknown option '--enigne'.*--engine" front run --enigne fibers
expect 2 "none of.*fibers" front run --engine fibres
expect 2 "budget" front run --budget lots
expect 2 "no oracle is called 'ooops'.*oops" guest run --no-oracle ooops
for verb in list run replay minimise kernels coverage bench; do
	expect 0 "vfiosim $verb" front $verb --help
done

mkdir -p "$tmp/empty" "$tmp/novfio/drivers"
printf 'VERSION = 5\nPATCHLEVEL = 10\nSUBLEVEL = 1\n' >"$tmp/novfio/Makefile"
expect 2 "$tmp/empty: no drivers/vfio" front run --kernel "$tmp/empty"
expect 2 "$tmp/novfio: no drivers/vfio" front run --kernel "$tmp/novfio"
expect 2 "$tmp/nodir" front run --kernel "$tmp/nodir"
expect 2 "5.11" front run --kernel 5.11

expect 2 "is no token" guest replay rubbish
expect 2 "is no token" guest replay "unbind-while-open@$VFIOSIM_KVERSION/m/1.zz"
expect 2 "no-such-scenario" guest replay "no-such-scenario@$VFIOSIM_KVERSION/m/0"
expect 0 "trace hash" guest replay "unbind-while-open@$VFIOSIM_KVERSION/m/0" --json
# The front command builds a guest of its own in the cache and runs it.
expect 0 "unbind-while-open  *pass" front run unbind-while-open --kernel "$VFIOSIM_KDIR" \
	--budget 2k -q
expect 0 "^unbind-while-open  *unbind" front list

# KTAP: version, plan, an indented subtest with its own, results, a total.
guest run 'close-order-[cdg]*' --budget 300 --ktap >"$tmp/out" 2>&1
n=$(ls "$src"/scenarios/close-order-[cdg]*.scn | wc -l)
shape=$(sed -e 's/^\( *ok [0-9]*\) .*/\1/' -e 's/^\( *# Subtest\):.*/\1/' \
	-e 's/^# vfiosim: .*/# totals/' "$tmp/out" | tr '\n' ';')
results=
i=0
while [ $i -lt "$n" ]; do
	i=$((i + 1))
	results="$results  ok $i;"
done
want="KTAP version 1;1..1;  KTAP version 1;  # Subtest;  1..$n;$results# totals;ok 1;"
check "KTAP: '$shape', not '$want'" test "$shape" = "$want"

# JSON: well-formed, one result each.
guest run 'close-order-[cdg]*' b01-set-unset-container --budget 300 --json >"$tmp/out" 2>"$tmp/err"
check "--json parses" "$build/tests/run/json_check" "$tmp/out"
check "--json has every result" \
	test "$(members scenario <"$tmp/out" | wc -l)" -eq $((n + 1))
guest run unbind-while-open --budget 300 --json="$tmp/file.json" >/dev/null 2>&1
check "--json=FILE parses" "$build/tests/run/json_check" "$tmp/file.json"
guest run unbind-while-open --budget 300 >"$tmp/out" 2>&1
"$build/tests/run/json_check" "$tmp/out" 2>/dev/null
check "json_check knows what is no JSON" test $? -eq 1

# Ctrl-C: what was found so far, and the status that a shell expects of it.
interrupt()
{
	# A shell's background jobs ignore SIGINT; the helper undoes that.
	"$build/tests/run/with_sigint" "$build/guest/vfiosim-guest" run unbind-while-open \
		--strategy pct --budget 1000M --jobs "$1" >"$tmp/out" 2>"$tmp/err" &
	pid=$!
	# The scenario has a process of its own, and that one has more: let them use
	# half a second first.
	until [ "$(worked $pid)" -ge 50 ]; do
		kill -0 $pid 2>/dev/null || break
		sleep 0.1
	done
	# only this one; from a terminal all of them have it
	kill -INT "$pid"
	wait "$pid"
	rc=$?
	[ $rc -eq 130 ] && return
	echo "exit status $rc"
	cat "$tmp/out" "$tmp/err"
	return 1
}
for j in 1 2; do
	check "SIGINT gives exit status 130 (--jobs $j)" interrupt $j
	check "SIGINT says so (--jobs $j)" \
		grep -q 'interrupted: this is what was found so far' "$tmp/out"
	check "SIGINT prints the outcomes (--jobs $j)" grep -q 'witness' "$tmp/out"
done

# Nothing of a kernel tree is in the repository.
if git -C "$src" rev-parse --git-dir >/dev/null 2>&1; then
	git -C "$src" ls-files >"$tmp/files"
	check "git ls-files lists something" test -s "$tmp/files"
	check "no kernel file is in the repository" test -z "$(grep -E \
		'(^|/)(drivers/vfio/|vfio(_main|_iommu_type1)?\.c$|include/(uapi/)?linux/vfio\.h$)|\.(deb|tar|xz|gz)$' \
		"$tmp/files")"
fi
check "kshim knows nothing of VFIO" test -z "$(grep -ril vfio "$src/kshim")"

# What was compiled is the package's file, byte for byte.
stamp=$VFIOSIM_KDIR/vfiosim-source.json
if [ -f "$stamp" ]; then
	for f in "$VFIOSIM_KDIR"/drivers/vfio/*.c; do
		f=${f#"$VFIOSIM_KDIR/"}
		sum=$(sha256sum "$VFIOSIM_KDIR/$f" | cut -d ' ' -f 1)
		check "$f is the package's" test "$sum" = "$(member "$f" <"$stamp")"
	done
	compiled=$(sed -n "s|^[^:]*: *\($VFIOSIM_KDIR/drivers/vfio/vfio[a-z_]*\.c\).*|\1|p" \
		"$build"/guest/CMakeFiles/mod_vfio.dir/depend.make \
		"$build"/guest/CMakeFiles/mod_vfio.dir/compiler_depend.make 2>/dev/null)
	check "vfio.c was compiled from $VFIOSIM_KDIR" test -n "$compiled"
fi
finish
