/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_PAGE_H
#define _ASM_PAGE_H

/* x86-64's page size; also what mm's simulated user memory uses. */
#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))

#include <asm-generic/getorder.h>

#endif
