#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Pages: where they are, what is in them, that their links lead somewhere.

. "$(dirname "$0")/lib.sh"

# As it stands in a page; no other character of a headline or token needs it.
escaped()
{
	sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g' -e 's/"/\&quot;/g'
}

# Every relative link of a page to another one.
links()
{
	grep -o 'href="[^"#][^"]*"' "$1" | sed -e 's/^href="//' -e 's/"$//' -e '/^data:/d' | sort -u
}

links_lead()
{
	for l in $(links "$1" | sed 's/#.*//'); do
		[ -f "$(dirname "$1")/$l" ] && continue
		echo "$1: no $l"
		return 1
	done
}

# Everything within: each "#x" that is linked is the id of something.
anchors_lead()
{
	for a in $(grep -o 'href="#[^"]*"' "$1" | sed -e 's/^href="#//' -e 's/"$//' | sort -u); do
		grep -qF " id=\"$a\"" "$1" && continue
		echo "$1: nothing has the id $a"
		return 1
	done
}

alone()
{
	! grep -qE 'https?:|src=|@import|url\(' "$1"
}

page()
{
	check "$1 is there" test -s "$1"
	check "$1 is a page" grep -q '^</html>$' "$1"
	check "$1: links" links_lead "$1"
	check "$1: links within" anchors_lead "$1"
	check "$1 fetches nothing" alone "$1"
}

guest run b01-set-unset-container close-order-group-last --budget 300 --html "$tmp/pages" \
	>"$tmp/out" 2>&1
folder=$(sed -n 's/^saved: //p' "$tmp/out")
[ -n "$folder" ] || exit 77	# this kernel does not have it
index=$tmp/pages/index.html
failure=$folder/failure.html
page "$index"
page "$failure"
headline=$(sed -n 's/^<h1>\(.*\)<\/h1>$/\1/p' "$failure")
check "the headline is that of the report" \
	test "$headline" = "$(grep -m 1 '^BUG\|corruption' "$folder/report" | escaped)"
check "the token is in the page" grep -qF "$(escaped <"$folder/full")" "$failure"
check "the smaller one's as well" grep -qF "$(escaped <"$folder/token")" "$failure"
check "the page has the trace" grep -q '<li id="r5"' "$failure"
check "the page has the source" grep -q 'list_del(&amp;group-&gt;container_next);</code></span>' "$failure"
check "the page has the outcomes" grep -q '<table class="outcomes">' "$failure"
check "the campaign has the failure" grep -qF "failure.html\">$headline</a>" "$index"
check "the campaign has what passes" grep -q 'close-order-group-last' "$index"
check "from the campaign to the failure" sh -c 'grep -qx "$1" "$2"' sh \
	'b01-set-unset-container-.*/failure.html' - <<-END
	$(links "$index")
	END
check "and back" test "$(links "$failure" | head -n 1)" = ../index.html

# Folders may be elsewhere.
guest run b01-set-unset-container --budget 300 --html "$tmp/other" --save "$tmp/saved" >"$tmp/out" 2>&1
page "$(sed -n 's/^saved: //p' "$tmp/out")/failure.html"
check "with --save the folders are there" test "$(ls "$tmp/other")" = index.html
check "with --save they are linked" grep -q "href=\"$tmp/saved/b01.*/failure.html\"" "$tmp/other/index.html"

guest replay "$(cat "$folder/full")" --html "$tmp/one.html" >/dev/null 2>&1
check "a replay fails as before" test $? -eq 1
page "$tmp/one.html"
check "a replay has the headline" grep -qF "<h1>$headline</h1>" "$tmp/one.html"
guest replay "b01-set-unset-container@$VFIOSIM_KVERSION/m/0" --html "$tmp/none.html" >/dev/null 2>&1
page "$tmp/none.html"
check "a replay that passes has its trace" grep -q '<li id="r2"' "$tmp/none.html"

# Several kernels, or one twice: a folder for each.
"$build/vfiosim" run --kernel "$VFIOSIM_KDIR" --kernel "$VFIOSIM_KDIR" b01-set-unset-container \
	--budget 300 --html "$tmp/two" >"$tmp/out" 2>&1
page "$tmp/two/index.html"
page "$tmp/two/$VFIOSIM_KVERSION/index.html"
page "$tmp/two/$VFIOSIM_KVERSION-2/index.html"
check "the failure is in the folder of its kernel" test "$(find "$tmp/two" -name failure.html | wc -l)" -eq 2
check "its headline is on the page of all" grep -qF "title=\"$headline\"" "$tmp/two/index.html"

guest run close-order-group-last --budget 10 --html /dev/null/x >"$tmp/out" 2>&1
check "a folder that cannot be made is an error" test $? -eq 2
check "and said" grep -q '^vfiosim: --html: /dev/null/x' "$tmp/out"
finish
