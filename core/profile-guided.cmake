# SPDX-License-Identifier: GPL-2.0-only
#
# GUEST_MODE=pgo: what tsan gives, shim and tools optimised across files and by what a run
# of the benchmark has counted. The vfiosim command configures it twice:
#
#   PGO_PHASE=generate  a runner that counts; the counts lie beside its objects
#   PGO_PHASE=use       the same objects once more, by these counts
#
# Counts of what was changed since are left aside. Frame pointers stay: reports walk stacks.
if(NOT CMAKE_C_COMPILER_ID STREQUAL GNU)
	message(FATAL_ERROR "--pgo needs gcc, this is ${CMAKE_C_COMPILER_ID}")
endif()
include(${SRC}/tools/sources.cmake)

if(PGO_PHASE STREQUAL generate)
	set(pgo_flags -fprofile-generate)
	set(link_flags --coverage -Wl,-u,__gcov_reset)
else()
	# a copy of unknown length is quickest in the library, whatever the training has seen
	set(pgo_flags -fprofile-use -fprofile-correction -fno-reorder-blocks-and-partition
	    -mmemcpy-strategy=libcall:-1:noalign -mmemset-strategy=libcall:-1:noalign
	    -Wno-missing-profile -Wno-coverage-mismatch)
endif()
# The code under test is compiled as ever: the same points, the same tokens. The shim
# becomes one object, so that what is static in one of its files stays so.
set(shim_flags -flto -O3 ${pgo_flags})
set(image_link ${CMAKE_C_COMPILER} -O2 -fno-pie -nostdlib -flto -flto-partition=one -r
    -flinker-output=nolto-rel)

add_library(tools OBJECT ${engine_src} ${host_src} ${run_src})
target_compile_options(tools PRIVATE $<$<COMPILE_LANGUAGE:C>:-std=gnu11> -O3 -g -flto -fno-pie
	-fno-omit-frame-pointer -Wall -Wextra ${pgo_flags})
target_include_directories(tools PRIVATE ${SRC} ${SRC}/kshim ${VFIOSIM_HOST_DIR}/host-include
	${SRC}/tools ${LIBS_INCLUDE_DIRS})
target_compile_definitions(tools PRIVATE _GNU_SOURCE VFIOSIM_VERSION="${VFIOSIM_RELEASE}"
	VFIOSIM_SOURCE_DIR="${SRC}" VFIOSIM_HOST_DIR="${VFIOSIM_HOST_DIR}")
set(tools $<TARGET_OBJECTS:tools> -flto=auto -O2)
# A copy whose length was mostly the same is still quickest in the library.
set_source_files_properties(${SRC}/kshim/engine/checkpoint.c ${SRC}/kshim/engine/arena.c
	PROPERTIES COMPILE_OPTIONS "-fno-profile-values")
