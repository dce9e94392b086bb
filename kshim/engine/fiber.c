// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fibers: tasks on stacks of their own, all on one carrier thread, with a
 * switch that saves seven registers. Signal masks and the FPU control word
 * are the same everywhere and are not touched.
 */
#include <stdlib.h>
#include <sys/mman.h>

#include "task.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

void *kshim_stack_alloc(void)
{
	char *p = mmap(NULL, KSHIM_STACK_SIZE + 4096, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		abort();
	mprotect(p, 4096, PROT_NONE);
	return p + 4096;
}

#ifdef __x86_64__
void kshim_fiber_swap(void **save, void *load);
void kshim_fiber_start(void);
#if !defined(__SANITIZE_ADDRESS__)
int kshim_fiber_mark(void **save, void (*fn)(void));
#endif

static void *controller_sp;
#if defined(__SANITIZE_ADDRESS__)
static const void *controller_stack;
static size_t controller_size;
#endif

static void fiber_start(struct etask *t)
{
	unsigned long *sp;

	if (!t->stack)
		t->stack = kshim_stack_alloc();
#if defined(__SANITIZE_ADDRESS__)
	__asan_unpoison_memory_region(t->stack, KSHIM_STACK_SIZE);
#endif
	sp = (unsigned long *)((char *)t->stack + KSHIM_STACK_SIZE - 64);
	*--sp = (unsigned long)kshim_fiber_start;
	*--sp = 0;			/* rbp: the bottom of the walk */
	*--sp = (unsigned long)t;	/* rbx */
	*--sp = 0;
	*--sp = 0;
	*--sp = 0;
	*--sp = 0;
	t->sp = sp;
}

static void fiber_swap(struct etask *from, struct etask *to)
{
#if defined(__SANITIZE_ADDRESS__)
	void *fake;

	__sanitizer_start_switch_fiber(&fake, to ? to->stack : controller_stack,
				       to ? KSHIM_STACK_SIZE : controller_size);
#endif
	kshim_fiber_swap(from ? &from->sp : &controller_sp,
			 to ? to->sp : controller_sp);
#if defined(__SANITIZE_ADDRESS__)
	__sanitizer_finish_switch_fiber(fake, from ? NULL : NULL, NULL);
#endif
}

static void fiber_drop(struct etask *t)
{
	(void)t;	/* the stack is reused as it is */
}

#if !defined(__SANITIZE_ADDRESS__)
static int fiber_mark(struct etask *t, void (*fn)(void))
{
	return kshim_fiber_mark(&t->sp, fn);
}
#endif

const struct ctx_ops kshim_ctx_fiber = {
	.name = "fibers",
	.start = fiber_start,
	.swap = fiber_swap,
	.drop = fiber_drop,
#if !defined(__SANITIZE_ADDRESS__)
	.mark = fiber_mark,
#endif
};
#endif
