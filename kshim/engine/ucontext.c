// SPDX-License-Identifier: GPL-2.0-only
/*
 * The portable context: swapcontext(). Four times slower than the own switch
 * (it saves the signal mask), and the default where there is none.
 */
#include <stdlib.h>
#include <ucontext.h>

#include "task.h"

void *kshim_stack_alloc(void);

static ucontext_t controller;

static void uc_entry(unsigned int hi, unsigned int lo)
{
	kshim_task_entry((struct etask *)((unsigned long)hi << 32 | lo));
}

static void uc_start(struct etask *t)
{
	unsigned long p = (unsigned long)t;
	ucontext_t *uc = t->backend;

	if (!uc) {
		uc = calloc(1, sizeof(*uc));
		if (!uc)
			abort();
		t->backend = uc;
	}
	if (!t->stack)
		t->stack = kshim_stack_alloc();
	getcontext(uc);
	uc->uc_stack.ss_sp = t->stack;
	uc->uc_stack.ss_size = KSHIM_STACK_SIZE - 64;
	uc->uc_link = NULL;
	makecontext(uc, (void (*)(void))uc_entry, 2, (unsigned int)(p >> 32),
		    (unsigned int)p);
}

static void uc_swap(struct etask *from, struct etask *to)
{
	swapcontext(from ? from->backend : &controller, to ? to->backend : &controller);
}

static void uc_drop(struct etask *t)
{
	(void)t;
}

const struct ctx_ops kshim_ctx_ucontext = {
	.name = "ucontext",
	.start = uc_start,
	.swap = uc_swap,
	.drop = uc_drop,
};

#ifndef __x86_64__
const struct ctx_ops kshim_ctx_fiber = {
	.name = "fibers",
	.start = uc_start,
	.swap = uc_swap,
	.drop = uc_drop,
};
#endif
