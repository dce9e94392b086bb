/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors asm/percpu_types.h: per-CPU data has no address space of its own. */
#ifndef _ASM_PERCPU_TYPES_H
#define _ASM_PERCPU_TYPES_H

#define __percpu_qual

#endif
