// SPDX-License-Identifier: GPL-2.0-only
/*
 * The loop of wait_event() and its family, one step at a time.
 *
 * The kernel: the condition is tested first without queueing; then queue,
 * announce the state, test, sleep, and so on. A signal counts only when the
 * condition is still false after it was noticed. A timed wait gives the
 * jiffies left, at least 1 when the condition holds, 0 when it does not.
 *
 * Here: the same; a point comes before every test.
 */
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/wait.h>

#include "sched/sched.h"

/**
 * kshim_wait_begin() - before the first test
 * @w:		on the caller's stack, filled
 * @wq:		queue
 * @state:	TASK_*
 * @flags:	WQ_FLAG_EXCLUSIVE or 0
 * @timeout:	jiffies or KSHIM_WAIT_UNTIMED
 */
void kshim_wait_begin(struct kshim_wait *w, struct wait_queue_head *wq,
		      unsigned int state, int flags, long timeout)
{
	might_sleep();
	init_wait_entry(&w->entry, flags);
	w->wq = wq;
	w->state = state;
	w->timed = timeout != KSHIM_WAIT_UNTIMED;
	w->left = timeout;
	w->err = 0;
	w->queued = false;
	kshim_point(KSHIM_WAIT, wq, sizeof(*wq));
}

/**
 * kshim_wait_step() - the condition was false
 * @w:		the wait
 *
 * Return: true: test again; false: give up.
 */
bool kshim_wait_step(struct kshim_wait *w)
{
	if (w->err)
		return false;
	if (w->queued) {
		if (w->timed) {
			if (!w->left)
				return false;
			w->left = schedule_timeout(w->left);
		} else {
			schedule();
		}
	}
	w->err = prepare_to_wait_event(w->wq, &w->entry, w->state);
	w->queued = true;
	return true;
}

/**
 * kshim_wait_end() - after the last test
 * @w:		the wait
 * @ok:		its outcome
 *
 * Return: as wait_event_*() of that kind does.
 */
long kshim_wait_end(struct kshim_wait *w, bool ok)
{
	if (w->queued)
		finish_wait(w->wq, &w->entry);
	if (!ok)
		return w->err;
	if (w->timed)
		return w->left ? w->left : 1;
	return 0;
}
