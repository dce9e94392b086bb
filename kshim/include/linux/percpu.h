/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors linux/percpu.h with a single copy of every variable: the tasks are
 * "on" processor 0, all at once. What relies on a copy of its own with
 * preemption off is not protected; nothing that is built needs that.
 */
#ifndef _LINUX_PERCPU_H
#define _LINUX_PERCPU_H

#include <linux/compiler.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/types.h>

#ifndef __percpu
#define __percpu
#endif

#define DECLARE_PER_CPU(type, name)	extern __typeof__(type) name
#define DEFINE_PER_CPU(type, name)	__typeof__(type) name
#define DEFINE_PER_CPU_ALIGNED(type, name)	__typeof__(type) name
#define EXPORT_PER_CPU_SYMBOL(sym)
#define EXPORT_PER_CPU_SYMBOL_GPL(sym)

#define per_cpu(var, cpu)	(*({ (void)(cpu); &(var); }))
#define per_cpu_ptr(p, cpu)	({ (void)(cpu); (p); })
#define this_cpu_ptr(p)		(p)
#define raw_cpu_ptr(p)		(p)
#define get_cpu_var(var)	(*({ preempt_disable(); &(var); }))
#define put_cpu_var(var)	do { (void)&(var); preempt_enable(); } while (0)
#define get_cpu_ptr(p)		({ preempt_disable(); (p); })
#define put_cpu_ptr(p)		do { (void)(p); preempt_enable(); } while (0)
#define this_cpu_read(v)	(v)
#define this_cpu_write(v, n)	((v) = (n))
#define this_cpu_add(v, n)	((v) += (n))
#define this_cpu_inc(v)		((v)++)
#define this_cpu_dec(v)		((v)--)
#define this_cpu_xchg(v, n)	xchg(&(v), n)
#define this_cpu_cmpxchg(v, o, n) cmpxchg(&(v), o, n)
#define __this_cpu_read		this_cpu_read
#define __this_cpu_write	this_cpu_write
#define raw_cpu_read		this_cpu_read

#define alloc_percpu(type)						\
	((__typeof__(type) *)kzalloc(sizeof(type), GFP_KERNEL))
#define alloc_percpu_gfp(type, gfp)					\
	((__typeof__(type) *)kzalloc(sizeof(type), gfp))
#define free_percpu(p)		kfree(p)

#endif
