# SPDX-License-Identifier: GPL-2.0-only
# A folder of links to the headers that come from the tree (tree-headers.list),
# so that no other header of the tree can be picked up by accident. One that the
# tree lacks is a link to nowhere, which the compiler passes over: the tree may
# get it any time, by another checkout.
set(FARM ${CMAKE_BINARY_DIR}/tree-include)
file(STRINGS ${CMAKE_CURRENT_SOURCE_DIR}/tree-headers.list headers REGEX "^[a-z]")
foreach(h ${headers})
	if(NOT IS_SYMLINK ${FARM}/${h})
		get_filename_component(d ${FARM}/${h} DIRECTORY)
		file(MAKE_DIRECTORY ${d})
		file(CREATE_LINK ${KDIR}/include/${h} ${FARM}/${h} SYMBOLIC)
	endif()
endforeach()
if(NOT EXISTS ${FARM}/uapi)
	file(CREATE_LINK ${KDIR}/include/uapi ${FARM}/uapi SYMBOLIC)
endif()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
	     ${CMAKE_CURRENT_SOURCE_DIR}/tree-headers.list)
set(TREE_LIB "")
if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/tree-lib.list)
	file(STRINGS ${CMAKE_CURRENT_SOURCE_DIR}/tree-lib.list libs REGEX "^[a-z]")
	foreach(l ${libs})
		file(GLOB watched CONFIGURE_DEPENDS ${KDIR}/${l})
		if(EXISTS ${KDIR}/${l})
			list(APPEND TREE_LIB ${KDIR}/${l})
		endif()
	endforeach()
endif()
