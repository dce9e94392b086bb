// SPDX-License-Identifier: GPL-2.0-only
/* Stack walking by frame pointers, from the running task or a parked one. */
#include "task.h"

static unsigned int walk(const unsigned long *fp, const void **pcs, unsigned int n,
			 unsigned int max)
{
	while (fp && n < max) {
		unsigned long next = fp[0], ret = fp[1];

		if (!ret)
			break;
		pcs[n++] = (const void *)ret;
		if (next <= (unsigned long)fp || next - (unsigned long)fp > KSHIM_STACK_SIZE * 4)
			break;
		fp = (const unsigned long *)next;
	}
	return n;
}

unsigned int kshim_stack(const void **pcs, unsigned int max)
{
	if (!kshim_self())
		return 0;
	if (kshim_last_access.valid && kshim_last_access.fp) {
		/* A fault: the interrupted frame, not the handler's. */
		if (!max)
			return 0;
		pcs[0] = kshim_last_access.pc;
		return walk(kshim_last_access.fp, pcs, 1, max);
	}
	return walk(__builtin_frame_address(0), pcs, 0, max);
}

unsigned int kshim_task_stack(const struct kshim_task *task, const void **pcs,
			      unsigned int max)
{
	const struct etask *t = (const struct etask *)task;
	const unsigned long *frame;

	if (task == kshim_self())
		return kshim_stack(pcs, max);
	frame = t->sp;
	if (kshim_hot.parallel || !frame || t->state == TASK_DONE || !max)
		return 0;
	if (t->backend)		/* waits for the baton in this frame */
		return walk(frame, pcs, 0, max);
	pcs[0] = (const void *)frame[6];
	return walk((const unsigned long *)frame[5], pcs, 1, max);
}
