#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The explore engines agree: the same seeds give the same traces on fibers,
# ucontext and baton-passing threads, and what one search found is found again
# from its token, ten times out of ten, on fibers and on baton.

. "$(dirname "$0")/lib.sh"

schedules=25

hashes()
{
	VFIOSIM_TRACE_HASH=$schedules guest run -q -j 1 --engine "$1" 2>&1 |
		grep -E '^[^ ]+ [0-9]+ [0-9a-f]{16} ' | sort >"$tmp/$1"
}

for e in fibers ucontext baton; do
	hashes $e
done
applicable=$(cut -d ' ' -f 1 "$tmp/fibers" | sort -u | wc -l)
check "some scenarios apply to this kernel" test "$applicable" -gt 0
check "every schedule has a hash" \
	test "$(wc -l <"$tmp/fibers")" -eq $((applicable * schedules))
# A hash that is always the same would compare equal as well.
check "schedules differ" test \
	"$(grep '^unbind-while-open ' "$tmp/fibers" | cut -d ' ' -f 3 | sort -u | wc -l)" -gt 5
for e in ucontext baton; do
	check "the same seeds go the same way on fibers and $e" \
		diff "$tmp/fibers" "$tmp/$e"
done

# Everything that a replay says, but for the time it took.
replay()
{
	guest replay "$2" --json --engine "$1" 2>&1 | grep -v '"seconds"'
}

same_headline()
{
	[ -n "$2" ] && [ "$(member headline <"$1")" = "$2" ] && return
	echo "found '$2', replayed '$(member headline <"$1")'"
	return 1
}

tokens=0
for s in $(scenarios); do
	case $s in
	b[0-9]*) ;;
	*) continue ;;
	esac
	guest run "$s" --json >"$tmp/run" 2>"$tmp/err"
	[ "$(member status <"$tmp/run")" = known ] || continue
	# the tokens of outcomes come first, that of the failure last
	token=$(members token <"$tmp/run" | tail -n 1)
	headline=$(member headline <"$tmp/run")
	tokens=$((tokens + 1))
	check "$s: found within 10,000 schedules" \
		test "$(member schedules_to_first <"$tmp/run")" -le 10000
	replay fibers "$token" >"$tmp/first"
	check "$s: replay finds what the search found" same_headline "$tmp/first" "$headline"
	check "$s: replay has a trace hash" grep -q 'trace hash [0-9a-f]\{16\}' "$tmp/first"
	for i in 1 2 3 4 5 6 7 8 9 10; do
		for e in fibers baton; do
			replay $e "$token" >"$tmp/again"
			check "$s: replay $i on $e" diff "$tmp/first" "$tmp/again"
		done
	done
done
check "some known bug was replayed" test $tokens -gt 0
echo "$applicable scenarios on three engines, $tokens tokens replayed"
finish
