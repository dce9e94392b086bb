// SPDX-License-Identifier: GPL-2.0-only
/*
 * Virtual time. It moves to the next deadline when nobody can run, and when
 * the environment says so (environment.c); nothing else takes time.
 */
#include <stdio.h>

#include "task.h"

#define HUNG_TASK_TIMEOUT	120ULL	/* seconds, as the kernel's default */
#define DRAIN_TIMEOUT		10ULL	/* seconds of timers after the last task */
#define NSEC			1000000000ULL

struct kshim_clock kshim_clock KSHIM_RUN_STATE;

unsigned long long kshim_now(void)
{
	if (kshim_hot.parallel)
		return par_now();
	kshim_time_read();
	return kshim_clock.now;
}

void kshim_progress(void)
{
	kshim_clock.progress = kshim_clock.now;
}

/* The first deadline of those who sleep with one of @flags, or of all (0). */
static unsigned long long first_deadline(unsigned int flags)
{
	unsigned long long first = KSHIM_FOREVER;
	unsigned int i;

	for (i = 0; i < kshim_ntasks; i++) {
		const struct etask *t = &kshim_tasks[i];

		if (t->state == TASK_PARKED && t->deadline < first && (!flags || t->t.flags & flags))
			first = t->deadline;
	}
	return first;
}

static int is_due(const struct etask *t)
{
	return t->state == TASK_PARKED && t->deadline <= kshim_clock.now;
}

/*
 * Move time to @next: those whose deadline that is go on. All of it is part of
 * what the running task did last, and what the first of them does is not.
 */
static void move_to(unsigned long long next)
{
	unsigned int i;

	kshim_clock.now = next;
	if (kshim_hot.slow)
		kshim_event(KSHIM_EV_TIME, (struct etask *)kshim_hot.cur, KSHIM_WAIT, NULL, 0,
			    NULL);
	for (i = 0; i < kshim_ntasks && kshim_timers_early(); i++)
		if (is_due(&kshim_tasks[i]))
			kshim_deadline_touch(&kshim_tasks[i]);
	for (i = 0; i < kshim_ntasks; i++) {
		struct etask *t = &kshim_tasks[i];

		if (!is_due(t))
			continue;
		t->expired = 1;
		kshim_make_runnable(t);
	}
	kshim_deadlines_settled();
}

int kshim_clock_advance(void)
{
	struct kshim_clock *c = &kshim_clock;
	unsigned long long next;

	if (!c->nr_parked)
		return 0;
	next = first_deadline(0);
	if (!c->nr_live && next > c->idle_since + DRAIN_TIMEOUT * NSEC)
		return 0;
	if (first_deadline(KSHIM_TASK_SCRIPT) != KSHIM_FOREVER)
		c->progress = next;
	else if (c->nr_live && next > c->progress + HUNG_TASK_TIMEOUT * NSEC) {
		if (kshim_try_again(KSHIM_STUCK_HANG))
			return 1;
		kshim_report_hang(HUNG_TASK_TIMEOUT);
	}
	move_to(next);
	return 1;
}

static void tell(unsigned long long next)
{
	char text[64];
	unsigned int i;

	for (i = 0; i < kshim_ntasks; i++) {
		const struct etask *t = &kshim_tasks[i];

		if (t->state != TASK_PARKED || t->deadline > next)
			continue;
		snprintf(text, sizeof(text), "the timeout of %s is over", t->t.name);
		kshim_log(-1, text);
	}
}

/* That one who can run is slow for so long says nothing about those who wait. */
void kshim_clock_fire(void)
{
	unsigned long long next = first_deadline(0);

	if (next == KSHIM_FOREVER)
		return;
	if (kshim_hot.detail)
		tell(next);
	kshim_clock.progress = next;
	move_to(next);
}

int kshim_clock_may_fire(void)
{
	return kshim_clock.nr_parked &&
		first_deadline(0) < first_deadline(KSHIM_TASK_SCRIPT | KSHIM_TASK_IDLE);
}
