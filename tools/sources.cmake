# SPDX-License-Identifier: GPL-2.0-only
# What the libraries that a guest is linked with are made of: for the build of the
# command, and for a guest that is optimised as a whole (core/profile-guided.cmake).
set(VFIOSIM_RELEASE 0.1)
get_filename_component(top ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)

# The seam and its engines: no kernel header, no kernel version.
file(GLOB engine_src CONFIGURE_DEPENDS ${top}/kshim/engine/*.c ${top}/kshim/engine/*.S)

# Scenarios and reports: used by the command and by every guest program.
file(GLOB host_src CONFIGURE_DEPENDS ${top}/tools/scenario/*.c ${top}/tools/report/*.c
     ${top}/tools/cmd/cmdline*.c ${top}/tools/kernels/sha256.c)
# Style and script of the pages are inside the program.
set_source_files_properties(${top}/tools/report/html.c PROPERTIES
	COMPILE_DEFINITIONS VFIOSIM_PAGE_DIR="${top}/tools/report"
	COMPILE_OPTIONS -fno-lto	# their names are in assembly only
	OBJECT_DEPENDS "${top}/tools/report/page.css;${top}/tools/report/page.js")

# What runs a campaign inside a guest program.
file(GLOB run_src CONFIGURE_DEPENDS ${top}/tools/search/*.c ${top}/tools/oracle/*.c
     ${top}/tools/run/*.c)
