#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The examples in contrib/ci: YAML, in it shell, and options that there are.

. "$(dirname "$0")/lib.sh"

"$build/vfiosim" run --help | sed -n 's/^  .\{4\}\(--[a-z-]*\).*/\1/p' >"$tmp/options"
# the kernel's own repository may be anywhere
for f in "$src"/contrib/ci/*.yml; do
	sed -n '/tools\/vfiosim run/,/results.ktap/p' "$f" | grep -o -- ' --[a-z-]*' >"$tmp/used"
	check "$f runs vfiosim" test -s "$tmp/used"
	while read -r o; do
		check "$f: run has $o" grep -qx -- "$o" "$tmp/options"
	done <"$tmp/used"
done

cat >"$tmp/shell.py" <<'EOF'
import sys, yaml

def lines(node):
	if isinstance(node, dict):
		for key, value in node.items():
			if key == "run":
				print(value)
			elif key in ("script", "before_script", "after_script"):
				print("\n".join(value))
			else:
				lines(value)
	elif isinstance(node, list):
		for value in node:
			lines(value)

lines(yaml.safe_load(open(sys.argv[1])))
EOF
if ! python3 -c 'import yaml' 2>/dev/null; then
	[ "$failures" -eq 0 ] || finish
	echo "SKIP: no python3 with yaml; everything else ($checks checks) passes"
	exit 77
fi
for f in "$src"/contrib/ci/*.yml; do
	check "$f is YAML" python3 "$tmp/shell.py" "$f" >"$tmp/shell"
	check "$f: commands" grep -q 'vfiosim run' "$tmp/shell"
	check "$f: commands are shell" sh -n "$tmp/shell"
done
finish
