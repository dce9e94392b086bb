#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The completion scripts: bash's is called as readline would call it, the others are
# parsed by their shells where those are installed.

. "$(dirname "$0")/lib.sh"

PATH=$build:$PATH
export PATH
for s in bash zsh fish; do
	vfiosim completion $s >"$tmp/vfiosim.$s"
	check "$s: a script" test -s "$tmp/vfiosim.$s"
	# every verb and every option, as --help has them
	for v in $(vfiosim --help | sed -n "/^usage/,/^'/s/^  \([a-z-]*\) .*/\1/p"); do
		check "$s: $v" grep -qw -- "$v" "$tmp/vfiosim.$s"
		dashes=--
		[ $s != fish ] || dashes="-l "
		for o in $(vfiosim "$v" --help | sed -n 's/^  .\{4\}--\([a-z-]*\).*/\1/p'); do
			check "$s: $v --$o" grep -q -- "$dashes${o}[^a-z-]" "$tmp/vfiosim.$s"
		done
	done
done
vfiosim completion tcsh >/dev/null 2>&1
check "an unknown shell is wrong usage" test $? -eq 2

# candidates WORD...: what bash would offer for the last word
cat >"$tmp/candidates" <<'EOF'
. "$1"
shift
COMP_WORDS=(vfiosim "$@") COMP_CWORD=$#
_vfiosim
printf '%s\n' "${COMPREPLY[@]}"
EOF
# offers WANTED WORD...: all that is offered, in order
offers()
{
	want=$1
	shift
	got=$(cd "$tmp/dir" && bash --norc --noprofile "$tmp/candidates" "$tmp/vfiosim.bash" "$@" 2>&1 |
		tr '\n' ' ' | sed 's/ *$//')
	check "'vfiosim $*' offers '$got', not '$want'" test "$got" = "$want"
}
mkdir -p "$tmp/dir/tree one"
touch "$tmp/dir/my.scn"
if command -v bash >/dev/null 2>&1; then
	offers "run replay" r
	offers "--kernel" run --ker
	offers "--jobs --json --junit" run --j
	offers "baton" run --engine b
	offers "baton" run --engine = b
	offers "snapshot init-exit" replay --reset =
	offers "5.10" run -k 5
	offers "tree one" run --kernel tr
	offers "tree one" run --kernel = tr
	offers "my.scn" run --json = my
	offers "b01-set-unset-container" run --json b01
	offers "my.scn" run my
	offers "" run --budget 1
	offers "fetch" kernels f
	offers "6.1 6.12" kernels fetch 6
	offers "zsh" completion z
	offers "mutate" help mu
	offers "" version --json
	offers "--version" --v
	offers "" no-such-verb --json
fi
! command -v zsh >/dev/null 2>&1 || check "zsh parses it" zsh -n "$tmp/vfiosim.zsh"
if command -v fish >/dev/null 2>&1; then
	check "fish parses it" fish -n "$tmp/vfiosim.fish"
	got=$(HOME=$tmp fish -c "source $tmp/vfiosim.fish; complete -C 'vfiosim run --engine b'" |
		cut -f 1)
	check "fish offers '$got'" test "$got" = baton
fi
finish
