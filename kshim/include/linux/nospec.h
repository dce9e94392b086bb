/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/nospec.h: nothing speculates, but the value is the same. */
#ifndef _LINUX_NOSPEC_H
#define _LINUX_NOSPEC_H

#define array_index_nospec(index, size)					\
({									\
	__typeof__(index) __ani_i = (index);				\
	__ani_i < (size) ? __ani_i : 0;					\
})
#define barrier_nospec()	do { } while (0)

#endif
