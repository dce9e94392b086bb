# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Sourced by tools/vfiosim and tools/check: have_packages and build_target,
# with $root, the checkout, and $build, where it is built.

root=$(cd "$(dirname "$0")/.." && pwd -P)
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

packages="gcc make cmake libc6-dev liburcu-dev check lcov libdw-dev libelf-dev libjson-c-dev binutils pkg-config xz-utils ca-certificates"

die()
{
	echo "$(basename "$0"): $*" >&2
	exit 2
}

# In the checkout; in the user's cache when that cannot be written to.
choose_build_dir()
{
	build=$root/build/release
	if [ -d "$build" ]; then
		[ ! -w "$build" ] || return 0
	elif mkdir -p "$build" 2>/dev/null; then
		return 0
	fi
	build=${XDG_CACHE_HOME:-${HOME:-}/.cache}/vfiosim/host-$(printf %s "$root" | cksum | tr ' ' -)
	mkdir -p "$build" 2>/dev/null
	[ -w "$build" ] ||
		die "nowhere to build: neither $root/build/release nor $build can be written to; set XDG_CACHE_HOME to a directory of yours"
}

# One process at a time installs or builds; until unlock.
lock()
{
	touch "$build/.lock" 2>/dev/null || die "cannot write to $build"
	exec 9>"$build/.lock"
	command -v flock >/dev/null 2>&1 || return 0
	flock -n 9 || { echo "waiting for another $(basename "$0") ..." >&2; flock 9; }
}

unlock()
{
	exec 9>&-
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
			die "packages are missing and there is no sudo; as root: apt-get install $*"
		as_root=sudo
	fi
	echo "installing: $*" >&2
	# A source of somebody else's may well fail to update: what counts is the install.
	# An apt-get of somebody else's may be at work: wait for it.
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update >"$build/install.log" 2>&1 || :
	if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y \
		-o DPkg::Lock::Timeout=600 --no-install-recommends "$@" \
		>>"$build/install.log" 2>&1 </dev/null; then
		grep '^E: ' "$build/install.log" | head -n 5 >&2
		die "apt-get could not install these packages, for the reasons above (log: $build/install.log): $*"
	fi
}

have_packages()
{
	choose_build_dir
	if command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
		[ -n "$(missing_packages)" ] || return 0
		lock
		missing=$(missing_packages)
		# shellcheck disable=SC2086 # one word is one package
		[ -z "$missing" ] || install_packages $missing
		unlock
	else
		missing=$(missing_pieces)
		[ -z "$missing" ] || die "these are missing, please install them (commands, and libraries by their pkg-config names): $missing"
	fi
}

run_silently()
{
	"$@" >"$build/build.log" 2>&1 && return
	grep -v -e '^-- ' -e '^\[[ 0-9]*%\]' "$build/build.log" >&2
	die "building vfiosim failed, for the reasons above (log: $build/build.log)"
}

# Was it built here? A checkout that was moved or copied takes its build along.
is_elsewhere()
{
	[ -f "$build/CMakeCache.txt" ] &&
		! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt"
}

# Is anything newer than the last build that succeeded? A directory is when a
# file in it came or went.
is_stale()
{
	[ -x "$build/vfiosim" ] && [ -f "$build/.built-$1" ] || return 0
	is_elsewhere && return 0
	[ -n "$(find "$root/tools" "$root/kshim" "$root/core" "$root/tests" "$root/CMakeLists.txt" \
		-newer "$build/.built-$1" -print 2>/dev/null | head -n 1)" ]
}

# build_target TARGET: only one build at a time, and none when nothing changed.
build_target()
{
	is_stale "$1" || return 0
	lock
	if is_stale "$1"; then
		[ -f "$build/vfiosim" ] || echo "building vfiosim ..." >&2
		! is_elsewhere || find "$build" -mindepth 1 -maxdepth 1 ! -name .lock -exec rm -rf {} +
		# before the build: what changes during it is for the next one
		touch "$build/.began" || die "cannot write to $build"
		[ -f "$build/Makefile" ] || run_silently cmake -S "$root" -B "$build" \
			-G "Unix Makefiles" -DCMAKE_BUILD_TYPE=Release
		run_silently cmake --build "$build" --target "$1" -j "$jobs"
		mv "$build/.began" "$build/.built-$1"
	fi
	unlock
}
