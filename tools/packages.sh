# SPDX-License-Identifier: GPL-2.0-only
# Sourced by tools/vfiosim and tools/check: have_packages and build_target.

root=$(cd "$(dirname "$0")/.." && pwd -P)
build=$root/build/release

packages="gcc make cmake libc6-dev liburcu-dev check lcov libdw-dev libelf-dev libjson-c-dev binutils pkg-config xz-utils ca-certificates"

die()
{
	echo "$(basename "$0"): $*" >&2
	exit 2
}

# The packages of Debian that are not installed; one question for all of them.
missing_packages()
{
	# shellcheck disable=SC2086 # one word is one package
	installed=" $(dpkg-query -W -f '${db:Status-Status} ${binary:Package} ' $packages 2>/dev/null) "
	for p in $packages; do
		case $installed in
		*" installed $p "* | *" installed $p:"*) continue ;;
		esac
		# pkgconf provides it
		[ "$p" = pkg-config ] && command -v pkg-config >/dev/null 2>&1 && continue
		printf '%s ' "$p"
	done
}

# Elsewhere: the commands and libraries themselves, to name what is not there.
missing_pieces()
{
	for c in gcc make cmake ld objcopy pkg-config lcov xz; do
		command -v "$c" >/dev/null 2>&1 || printf '%s ' "$c"
	done
	command -v pkg-config >/dev/null 2>&1 || return
	for l in liburcu-memb check libdw libelf json-c; do
		pkg-config --exists "$l" || printf '%s.pc ' "$l"
	done
}

install_packages()
{
	as_root=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null 2>&1 ||
			die "these packages are missing, install them as root: $*"
		as_root=sudo
	fi
	echo "installing: $*" >&2
	log=$(mktemp) || die "no temporary file"
	# A source of somebody else's may well fail to update: what counts is the install.
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update >"$log" 2>&1 || :
	if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y \
		--no-install-recommends "$@" >>"$log" 2>&1 </dev/null; then
		cat "$log" >&2
		rm -f "$log"
		die "could not install: $*"
	fi
	rm -f "$log"
}

have_packages()
{
	if command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
		missing=$(missing_packages)
		# shellcheck disable=SC2086 # one word is one package
		[ -z "$missing" ] || install_packages $missing
	else
		missing=$(missing_pieces)
		[ -z "$missing" ] || die "these are missing, please install them: $missing"
	fi
}

run_silently()
{
	"$@" >"$build/build.log" 2>&1 && return
	cat "$build/build.log" >&2
	die "building vfiosim failed"
}

# Is anything newer than the last build that succeeded? A directory is when a
# file in it came or went.
is_stale()
{
	[ -x "$build/vfiosim" ] && [ -f "$build/.built-$1" ] || return 0
	[ -n "$(find "$root/tools" "$root/kshim" "$root/core" "$root/tests" "$root/CMakeLists.txt" \
		"$root/CMakePresets.json" -newer "$build/.built-$1" -print 2>/dev/null | head -n 1)" ]
}

# build_target TARGET: only one build at a time, and none when nothing changed.
build_target()
{
	is_stale "$1" || return 0
	mkdir -p "$build" || die "cannot create $build"
	exec 9>"$build/.lock"
	! command -v flock >/dev/null 2>&1 || flock 9
	if is_stale "$1"; then
		[ -f "$build/vfiosim" ] || echo "building vfiosim ..." >&2
		# before the build: what changes during it is for the next one
		touch "$build/.began"
		cd "$root" || die "cannot enter $root"
		[ -f "$build/Makefile" ] || run_silently cmake --preset release
		run_silently cmake --build "$build" --target "$1" \
			-j "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)"
		mv "$build/.began" "$build/.built-$1"
		cd "$OLDPWD" || die "cannot go back"
	fi
	exec 9>&-
}
