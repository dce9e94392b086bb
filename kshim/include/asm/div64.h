/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors asm/div64.h for machines with 64-bit division. */
#ifndef _ASM_DIV64_H
#define _ASM_DIV64_H

/* Divides n in place by a 32-bit base; the value is the remainder. */
#define do_div(n, base)							\
({									\
	unsigned int __do_div_base = (base);				\
	unsigned int __do_div_rem = (n) % __do_div_base;		\
									\
	(n) = (n) / __do_div_base;					\
	__do_div_rem;							\
})

#endif
