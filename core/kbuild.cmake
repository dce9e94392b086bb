# SPDX-License-Identifier: GPL-2.0-only
# Which files make up the VFIO core: the tree's own drivers/vfio/Makefile says,
# for the configuration below. No list of files per version stands here.
if(NOT IS_DIRECTORY ${KDIR}/drivers/vfio)
	message(FATAL_ERROR "${KDIR}: no drivers/vfio: not a kernel tree with VFIO")
endif()
set(VFIO_CONFIG VFIO ${GUEST_CONFIG})
find_program(GMAKE NAMES gmake make REQUIRED)
foreach(c ${VFIO_CONFIG})
	list(APPEND make_config CONFIG_${c}=y)
endforeach()
execute_process(COMMAND ${GMAKE} -s --no-print-directory
	-f ${CMAKE_CURRENT_SOURCE_DIR}/kbuild.mk KDIR=${KDIR} DIR=drivers/vfio ${make_config}
	OUTPUT_VARIABLE modules ERROR_VARIABLE err RESULT_VARIABLE rc)
if(rc)
	message(FATAL_ERROR "${KDIR}/drivers/vfio/Makefile cannot be read:\n${err}")
endif()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
	     ${KDIR}/drivers/vfio/Makefile ${KDIR}/Makefile ${CMAKE_CURRENT_SOURCE_DIR}/kbuild.mk)
# Lines "module: a.c b.c"
set(GUEST_MODULES "")
string(REPLACE "\n" ";" modules "${modules}")
foreach(l ${modules})
	if(l MATCHES "^([a-z0-9_-]+): *(.*)$")
		string(REPLACE "-" "_" m ${CMAKE_MATCH_1})
		separate_arguments(files UNIX_COMMAND "${CMAKE_MATCH_2}")
		list(APPEND GUEST_MODULES ${m})
		foreach(f ${files})
			list(APPEND MODULE_${m} ${KDIR}/drivers/vfio/${f})
		endforeach()
	endif()
endforeach()
# Our drivers: one module per file.
file(GLOB drivers CONFIGURE_DEPENDS ${SRC}/drivers/*.c)
foreach(f ${drivers})
	get_filename_component(m ${f} NAME_WE)
	list(APPEND GUEST_MODULES ${m})
	set(MODULE_${m} ${f})
endforeach()
