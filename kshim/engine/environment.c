// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the machine around the tasks does of its own accord: each kind is a
 * task, so that whoever decides who runs decides this as well.
 *
 * "timer" fires the earliest deadline although somebody could run: that one is
 * slow. It can while a task sleeps with a deadline, unless the earliest is of
 * one that sleeps because its script says so, or of an idle user: their sleep
 * is there to put things in order. "failslab" lets the next allocation fail,
 * whoever makes it, that is allowed to.
 *
 * For a reduction the step of a timer writes the time and all deadlines. A
 * task that begins or ends to sleep with one writes its own, one that asks for
 * the time reads that. So does an allocation read, and the one that fails
 * write, what failslab writes. Where one of them can no longer take its step
 * the policy is told (missed): with nothing to see of it in the execution, no
 * order against it would look as if it could be turned around.
 *
 * Nobody may switch at a read of the time: it is not always the code under
 * test that asks, nor without a lock of the shim.
 */
#include <stddef.h>

#include "task.h"

struct kshim_environment kshim_environment;
unsigned long kshim_environment_tasks KSHIM_RUN_STATE;

/* Addresses that stand for what is said above; what they hold is nothing. */
static struct {
	unsigned int now, deadline[KSHIM_MAX_TASKS];
	unsigned int failing __attribute__((aligned(64)));
} sign __attribute__((aligned(64)));

#define TIMES	(offsetof(__typeof__(sign), deadline) + sizeof(sign.deadline))

static struct etask *timer KSHIM_RUN_STATE, *failslab KSHIM_RUN_STATE;
static unsigned int fires KSHIM_RUN_STATE, arms KSHIM_RUN_STATE;	/* left */
static unsigned int armed KSHIM_RUN_STATE;	/* allocations that shall fail */

void kshim_deadline_touch_slow(const struct etask *t)
{
	kshim_touch(KSHIM_WRITE, &sign.deadline[t->t.id], sizeof(sign.deadline[0]));
}

void kshim_time_read_slow(void)
{
	if (kshim_hot.cur)
		kshim_touch(KSHIM_READ, &sign.now, sizeof(sign.now));
}

void kshim_deadlines_settled_slow(void)
{
	if (kshim_hot.cur == &timer->t || timer->state == TASK_DONE)
		return;
	if (!kshim_clock_may_fire())
		kshim_missed(timer);
	else if (timer->state == TASK_PARKED)
		kshim_make_runnable(timer);
}

static void run_timer(void *unused)
{
	(void)unused;
	for (;;) {
		kshim_touch(KSHIM_WRITE, &sign, TIMES);
		fires--;
		kshim_clock_fire();
		if (!fires)
			break;
		kshim_rest(kshim_clock_may_fire());
	}
}

static void run_failslab(void *unused)
{
	(void)unused;
	for (;;) {
		kshim_touch(KSHIM_WRITE, &sign.failing, sizeof(sign.failing));
		armed++;
		if (kshim_hot.detail)
			kshim_log(-1, "the next allocation fails");
		if (!--arms)
			break;
		kshim_rest(1);
	}
}

int kshim_environment_fails_slow(void)
{
	kshim_point(KSHIM_MARKED_READ, &sign.failing, 0);
	if (!kshim_hot.cur || !armed)
		return 0;
	kshim_touch(KSHIM_WRITE, &sign.failing, sizeof(sign.failing));
	armed--;
	if (kshim_hot.detail)
		kshim_log(-1, "this allocation fails");
	return 1;
}

static struct etask *create(const char *name, kshim_task_fn fn, const void *obj,
			    unsigned long size)
{
	struct etask *t = (struct etask *)
		kshim_task_create(name, KSHIM_TASK_DAEMON | KSHIM_TASK_ENVIRONMENT, fn, NULL);

	if (t) {
		kshim_set_pending(t, KSHIM_WRITE, obj, size, NULL);
		kshim_environment_tasks |= 1UL << t->t.id;
	}
	return t;
}

void kshim_environment_begin(void)
{
	if (kshim_hot.parallel)
		return;
	fires = kshim_environment.timers;
	arms = kshim_environment.allocations;
	armed = 0;
	timer = fires ? create("timer", run_timer, &sign, TIMES) : NULL;
	failslab = arms ? create("failslab", run_failslab, &sign.failing, sizeof(sign.failing)) :
		NULL;
	if (timer)
		kshim_hot.environment |= KSHIM_ENV_TIMERS;
	if (failslab) {
		kshim_hot.environment |= KSHIM_ENV_ALLOCATIONS;
		kshim_make_runnable(failslab);
	}
}

void kshim_environment_end(void)
{
	if (!kshim_hot.environment)
		return;
	if (timer)
		kshim_missed(timer);
	if (failslab)
		kshim_missed(failslab);
	kshim_hot.environment = 0;
	armed = 0;
}
