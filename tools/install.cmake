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

# Made by the command itself whenever it is linked, so that they are there with it.
set(COMPLETION ${CMAKE_BINARY_DIR}/completion)
file(MAKE_DIRECTORY ${COMPLETION})
foreach(s bash zsh fish)
	add_custom_command(TARGET vfiosim POST_BUILD
		COMMAND vfiosim completion ${s} > ${COMPLETION}/vfiosim.${s} VERBATIM)
endforeach()
install(FILES ${COMPLETION}/vfiosim.bash DESTINATION share/bash-completion/completions
	RENAME vfiosim)
install(FILES ${COMPLETION}/vfiosim.zsh DESTINATION share/zsh/vendor-completions
	RENAME _vfiosim)
install(FILES ${COMPLETION}/vfiosim.fish DESTINATION share/fish/vendor_completions.d)

# The pages: text for scdoc in any case, pages where there is an scdoc.
add_executable(vfiosim-manpage tools/man/manpage.c)
target_link_libraries(vfiosim-manpage vfiosim-host)
set(MAN ${CMAKE_BINARY_DIR}/man)
file(MAKE_DIRECTORY ${MAN})
add_custom_command(OUTPUT ${MAN}/vfiosim.1.scd
	COMMAND vfiosim-manpage < ${CMAKE_SOURCE_DIR}/tools/man/vfiosim.1.scd.in
		> ${MAN}/vfiosim.1.scd
	DEPENDS vfiosim-manpage ${CMAKE_SOURCE_DIR}/tools/man/vfiosim.1.scd.in VERBATIM)
add_custom_command(OUTPUT ${MAN}/vfiosim-scenario.5.scd
	COMMAND awk -f ${CMAKE_SOURCE_DIR}/tools/man/md2scd.awk ${CMAKE_SOURCE_DIR}/doc/scenario.md
		> ${MAN}/vfiosim-scenario.5.scd
	DEPENDS ${CMAKE_SOURCE_DIR}/tools/man/md2scd.awk ${CMAKE_SOURCE_DIR}/doc/scenario.md
	VERBATIM)
set(pages ${MAN}/vfiosim.1.scd ${MAN}/vfiosim-scenario.5.scd)
find_program(SCDOC scdoc)
if(SCDOC)
	foreach(p vfiosim.1 vfiosim-scenario.5)
		add_custom_command(OUTPUT ${MAN}/${p} COMMAND ${SCDOC} < ${MAN}/${p}.scd > ${MAN}/${p}
			DEPENDS ${MAN}/${p}.scd VERBATIM)
		list(APPEND pages ${MAN}/${p})
	endforeach()
	install(FILES ${MAN}/vfiosim.1 DESTINATION share/man/man1)
	install(FILES ${MAN}/vfiosim-scenario.5 DESTINATION share/man/man5)
endif()
add_custom_target(man ALL DEPENDS ${pages})

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

# cpack -G DEB. What it needs is what tools/packages.sh names, but for what only the
# tests use: the package builds guests where it is installed.
file(STRINGS tools/packages.sh needs REGEX "^packages=")
string(REGEX REPLACE "^packages=\"(.*)\"$" "\\1" needs "${needs}")
string(REPLACE " " ";" needs "${needs}")
list(REMOVE_ITEM needs check lcov)
list(JOIN needs ", " needs)
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME vfiosim)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "vfiosim <vfiosim@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "explore the lifecycle races of the Linux VFIO core")
set(CPACK_PACKAGE_DESCRIPTION "The VFIO core of a kernel tree, unchanged, runs in one process under a scheduler
that decides every switch: races between a user who opens a device and an
administrator who takes it away are enumerated, replayed and explained.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES FALSE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "${needs}")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "lcov")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "git, bash-completion")
find_program(DPKG_SHLIBDEPS dpkg-shlibdeps)
if(DPKG_SHLIBDEPS)
	set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()
include(CPack)
