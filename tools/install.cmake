# SPDX-License-Identifier: GPL-2.0-only
# What "cmake --install" puts where: the command, the libraries that a guest is linked
# with, and the sources that it is compiled from. The command finds them relative to
# itself, so any prefix will do, also a later one.
set(SHARE share/vfiosim)
install(TARGETS vfiosim RUNTIME DESTINATION bin)
install(TARGETS vfiosim-host vfiosim-run kshim-engine ARCHIVE DESTINATION lib/vfiosim)
install(DIRECTORY core kshim drivers scenarios DESTINATION ${SHARE})
install(FILES README.md ARCHITECTURE.md COPYING DESTINATION share/doc/vfiosim)
install(DIRECTORY doc/ DESTINATION share/doc/vfiosim FILES_MATCHING PATTERN "*.md")

# The sum of it all, see tools/cmd/build.c. Also takes away what an earlier version
# has left there: sources are found by looking into folders.
install(CODE "
	cmake_policy(SET CMP0057 NEW)
	get_filename_component(root \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}\" REALPATH)
	set(all \"\")
	set(sum \"\")
	foreach(f IN LISTS CMAKE_INSTALL_MANIFEST_FILES)
		if(f MATCHES \"/${SHARE}/|/lib/vfiosim/\")
			get_filename_component(f \"\$ENV{DESTDIR}\${f}\" REALPATH)
			list(APPEND all \"\${f}\")
		endif()
	endforeach()
	list(SORT all)
	foreach(f IN LISTS all)
		file(SHA256 \"\${f}\" one)
		string(SHA256 sum \"\${sum}\${one}\")
	endforeach()
	file(GLOB_RECURSE there \"\${root}/${SHARE}/*\")
	foreach(f IN LISTS there)
		if(NOT f IN_LIST all)
			file(REMOVE \"\${f}\")
		endif()
	endforeach()
	file(WRITE \"\${root}/${SHARE}/contents.sum\" \"\${sum}\\n\")
	list(APPEND CMAKE_INSTALL_MANIFEST_FILES \"\${CMAKE_INSTALL_PREFIX}/${SHARE}/contents.sum\")
")
