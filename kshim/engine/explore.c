// SPDX-License-Identifier: GPL-2.0-only
/*
 * The explore engine: one task runs at a time, and a policy decides which.
 *
 * Deterministic by construction: nothing here depends on addresses of the
 * host, on time or on threads. The running task decides and switches directly
 * to the next one; the controller (host) context is entered only at the end.
 */
#include <string.h>

#include "race.h"
#include "task.h"

struct kshim_hot kshim_hot KSHIM_RUN_STATE __attribute__((aligned(64)));
struct etask kshim_tasks[KSHIM_MAX_TASKS];
unsigned int kshim_ntasks KSHIM_RUN_STATE;
unsigned long kshim_max_points = 200000;
unsigned int kshim_nr_preemptions KSHIM_RUN_STATE;
unsigned long kshim_fair_from KSHIM_RUN_STATE;

KSHIM_ORACLE(kshim_oracle_livelock, "livelock",
	     "the run exceeded the step limit");

const struct ctx_ops *kshim_ctx;
static struct kshim_policy *policy KSHIM_RUN_STATE;
static enum kshim_end run_end KSHIM_RUN_STATE;
static unsigned long step_limit KSHIM_RUN_STATE;	/* contended point that is one too many */

void kshim_run_fair(void)
{
	if (kshim_hot.parallel || kshim_fair_from)
		return;
	kshim_fair_from = kshim_hot.npoints + 1;
	step_limit = kshim_hot.npoints + kshim_max_points;
	kshim_environment_end();
	policy = &kshim_fair;
	policy->begin(policy);
}

static inline struct etask *cur_task(void)
{
	return (struct etask *)kshim_hot.cur;
}

struct kshim_task *kshim_self(void)
{
	if (__builtin_expect(kshim_hot.parallel, 0))
		return par_self();
	return kshim_hot.cur;
}

const struct kshim_task *kshim_task_get(unsigned int id)
{
	return id < kshim_ntasks ? &kshim_tasks[id].t : NULL;
}

const struct kshim_pending *kshim_task_pending(unsigned int id)
{
	return &kshim_tasks[id].pending;
}

void kshim_set_pending(struct etask *t, enum kshim_op op, const void *obj,
		       unsigned long size, const void *pc)
{
	t->pending.op = op;
	t->pending.obj = obj;
	t->pending.size = size;
	t->pending.pc = pc;
}

void kshim_make_runnable(struct etask *t)
{
	if (t->deadline != KSHIM_FOREVER) {
		t->deadline = KSHIM_FOREVER;
		kshim_clock.nr_parked--;
	}
	t->state = TASK_RUNNABLE;
	kshim_hot.runnable |= 1UL << t->t.id;
	if (policy->woken)
		policy->woken(policy, t->t.id);
}

struct kshim_task *kshim_task_create(const char *name, unsigned int flags,
				     kshim_task_fn fn, void *arg)
{
	struct etask *t;
	size_t len = strnlen(name, sizeof(t->t.name) - 1), room = sizeof(t->priv);

	/* The library clears it quicker than code for this size, which takes a slow start. */
	__asm__("" : "+r" (room));
	if (kshim_hot.parallel)
		kshim_obj_lock_slow(&kshim_ntasks);
	if (kshim_ntasks == KSHIM_MAX_TASKS) {
		if (kshim_hot.parallel)
			kshim_obj_unlock_slow(&kshim_ntasks);
		return NULL;
	}
	t = &kshim_tasks[kshim_ntasks];
	memset(t->priv, 0, room);
	memcpy(t->t.name, name, len);
	t->t.name[len] = 0;
	t->t.id = kshim_ntasks++;
	t->t.flags = flags;
	t->t.priv = t->priv;
	t->fn = fn;
	t->arg = arg;
	t->permit = 0;
	t->expired = 0;
	t->deadline = KSHIM_FOREVER;
	if (kshim_hot.parallel) {
		kshim_obj_unlock_slow(&kshim_ntasks);
		return par_task_create(t);
	}
	if (!(flags & KSHIM_TASK_DAEMON))
		kshim_clock.nr_live++;
	if (RACE_WATCHED)
		race_spawn(t->t.id, flags);
	kshim_set_pending(t, KSHIM_SPAWN, NULL, 0, NULL);
	kshim_ctx->start(t);
	if (flags & KSHIM_TASK_ENVIRONMENT)
		t->state = TASK_PARKED;
	else
		kshim_make_runnable(t);
	if (kshim_hot.slow)
		kshim_event(KSHIM_EV_CREATE, t, KSHIM_SPAWN, NULL, 0, NULL);
	return &t->t;
}

void kshim_leave(enum kshim_end end)
{
	struct etask *t = cur_task();

	if (kshim_hot.parallel)
		par_stop();
	run_end = end;
	kshim_hot.cur = NULL;
	kshim_hot.runnable = 0;
	kshim_ctx->swap(t, NULL);
	__builtin_unreachable();
}

void kshim_cut(void)
{
	kshim_leave(KSHIM_END_CUT);
}

static void switch_to(struct etask *from, struct etask *to, int preempt)
{
	kshim_nr_preemptions += preempt;
	kshim_hot.cur = &to->t;
	if (kshim_hot.slow)
		kshim_event(preempt ? KSHIM_EV_PREEMPT : KSHIM_EV_SWITCH, to,
			    KSHIM_YIELD, NULL, 0, NULL);
	kshim_ctx->swap(from, to);
}

/* A policy may look away, but not beyond the step limit. */
static unsigned int ask_policy(const struct kshim_choice *c)
{
	unsigned int id = policy->choose(policy, c);

	if (kshim_hot.next_decide > step_limit)
		kshim_hot.next_decide = step_limit + 1;
	return id;
}

/* The running task cannot go on: who is next? NULL: the run is over. */
static struct etask *pick_next(enum kshim_op op, const void *pc)
{
	struct kshim_choice c;
	unsigned long r;

	while (!((r = kshim_hot.runnable) & ~kshim_environment_tasks)) {
		if (kshim_clock_advance())
			continue;
		if (kshim_clock.nr_live) {
			if (kshim_try_again(KSHIM_STUCK_DEADLOCK))
				continue;
			kshim_report_deadlock();
		}
		kshim_environment_end();
		return NULL;
	}
	if (!(r & (r - 1)))
		return &kshim_tasks[__builtin_ctzl(r)];
	c.n = ++kshim_hot.npoints;
	c.runnable = r;
	c.cur = kshim_hot.cur->id;
	c.can_stay = 0;
	c.yield = 0;
	c.op = op;
	c.obj = NULL;
	c.size = 0;
	c.pc = pc;
	return &kshim_tasks[ask_policy(&c)];
}

/* Returns when @t goes on, which has to wait for that. */
static void leave_to_next(struct etask *t, const void *pc)
{
	struct etask *next = pick_next(KSHIM_WAIT, pc);

	if (!next) {
		/* At rest. A later kshim_run() may wake this task: it comes back here. */
		run_end = KSHIM_END_OK;
		kshim_hot.cur = NULL;
		kshim_ctx->swap(t, NULL);
	} else if (next != t) {
		switch_to(t, next, 0);
	}
}

int kshim_park(unsigned long long deadline)
{
	struct etask *t;

	if (kshim_hot.parallel)
		return par_park(deadline);
	t = cur_task();
	if (t->permit) {
		t->permit = 0;
		return 0;
	}
	if (deadline != KSHIM_FOREVER)
		kshim_time_read();
	if (deadline <= kshim_clock.now)
		return -1;
	t->state = TASK_PARKED;
	t->deadline = deadline;
	t->expired = 0;
	if (deadline != KSHIM_FOREVER) {
		kshim_clock.nr_parked++;
		kshim_deadline_changed(t);
	}
	kshim_set_pending(t, KSHIM_WAIT, NULL, 0, __builtin_return_address(0));
	kshim_hot.runnable &= ~(1UL << t->t.id);
	if (kshim_hot.slow)
		kshim_event(KSHIM_EV_BLOCK, t, KSHIM_WAIT, NULL, 0,
			    __builtin_return_address(0));
	leave_to_next(t, __builtin_return_address(0));
	return t->expired ? -1 : 0;
}

void kshim_rest(int ready)
{
	struct etask *t = cur_task();

	if (!ready) {
		t->state = TASK_PARKED;
		kshim_hot.runnable &= ~(1UL << t->t.id);
	}
	leave_to_next(t, NULL);
}

void kshim_missed(struct etask *t)
{
	if (!(kshim_hot.runnable & 1UL << t->t.id))
		return;
	if (policy->missed)
		policy->missed(policy, t->t.id);
	t->state = TASK_PARKED;
	kshim_hot.runnable &= ~(1UL << t->t.id);
}

void kshim_unpark(struct kshim_task *task)
{
	struct etask *t = (struct etask *)task;
	unsigned long long deadline;

	if (kshim_hot.parallel) {
		par_unpark(t);
		return;
	}
	if (t->state == TASK_DONE)
		return;
	if (t->state != TASK_PARKED) {
		t->permit = 1;
		return;
	}
	if (kshim_hot.slow)
		kshim_event(KSHIM_EV_WAKE, cur_task(), KSHIM_WAKE, t, 0,
			    __builtin_return_address(0));
	deadline = t->deadline;
	kshim_make_runnable(t);
	if (deadline != KSHIM_FOREVER)
		kshim_deadline_changed(t);
}

/* A contended point: the policy decides. Returns when this task goes on. */
static void decide(struct etask *t, enum kshim_op op, const void *obj,
		   unsigned long size, const void *pc)
{
	struct kshim_choice c;
	unsigned int id;

	c.n = kshim_hot.npoints;
	if (c.n > step_limit && !kshim_try_again(KSHIM_STUCK_LIVELOCK))
		kshim_report(&kshim_oracle_livelock, 1,
			     "step limit: %lu points and no end%s", kshim_max_points,
			     kshim_fair_from ? ", although all tasks get their turn" : "");
	kshim_set_pending(t, op, obj, size, pc);
	c.runnable = kshim_hot.runnable;
	c.cur = t->t.id;
	c.can_stay = 1;
	c.yield = op == KSHIM_YIELD;
	c.op = op;
	c.obj = obj;
	c.size = size;
	c.pc = pc;
	id = ask_policy(&c);
	if (id != t->t.id)
		switch_to(t, &kshim_tasks[id], !c.yield && policy != &kshim_fair);
}

/* What kshim_point() and the memory callbacks test before they come here. */
static inline int is_due(enum kshim_op op, unsigned long size)
{
	unsigned long r = kshim_hot.runnable;

	return (r & (r - 1)) && !kshim_op_commutes(op, size) &&
		(++kshim_hot.npoints >= kshim_hot.next_decide || op == KSHIM_YIELD);
}

void kshim_point_slow(enum kshim_op op, const void *obj, unsigned long size,
		      const void *pc)
{
	struct etask *t = cur_task();

	if (kshim_hot.parallel || !t)
		return;
	if (!kshim_hot.attention) {
		decide(t, op, obj, size, pc);
		return;
	}
	if (RACE_ONLY) {
		if (is_due(op, size))
			decide(t, op, obj, size, pc);
		race_op(op, obj, size, pc);
		return;
	}
	kshim_point_mem(op, obj, size, pc);
	if (RACE_WATCHED)
		race_op(op, obj, size, pc);
}

/* The same for an access, which race_access() has seen or will see. */
void kshim_point_mem(enum kshim_op op, const void *obj, unsigned long size, const void *pc)
{
	struct etask *t = cur_task();

	if (kshim_hot.parallel || !t)
		return;
	if (kshim_hot.slow)
		kshim_event(KSHIM_EV_POINT, t, op, obj, size, pc);
	if (is_due(op, size))
		decide(t, op, obj, size, pc);
	kshim_touch_slow(op, obj, size, pc);
}

void kshim_touch_slow(enum kshim_op op, const void *obj, unsigned long size,
		      const void *pc)
{
	if (kshim_hot.hooks & KSHIM_HOOK_FOOTPRINT && kshim_hot.cur && policy->access)
		policy->access(policy, op, obj, size, pc);
}

void kshim_task_entry(struct etask *t)
{
	struct etask *next;

	t->fn(t->arg);
	if (kshim_hot.slow)
		kshim_event(KSHIM_EV_EXIT, t, KSHIM_EXIT, NULL, 0, NULL);
	t->state = TASK_DONE;
	kshim_hot.runnable &= ~(1UL << t->t.id);
	kshim_clock.progress = kshim_clock.now;
	if (!(t->t.flags & KSHIM_TASK_DAEMON) && !--kshim_clock.nr_live)
		kshim_clock.idle_since = kshim_clock.now;
	next = pick_next(KSHIM_EXIT, NULL);
	if (!next)
		kshim_leave(KSHIM_END_OK);
	switch_to(t, next, 0);
	__builtin_unreachable();
}

void kshim_run_begin(struct kshim_policy *p)
{
	policy = p ? p : &kshim_stay;
	kshim_ntasks = 0;
	memset(&kshim_clock, 0, sizeof(kshim_clock));
	kshim_environment_tasks = 0;
	kshim_hot.environment = 0;
	kshim_nr_preemptions = 0;
	kshim_fair_from = 0;
	step_limit = kshim_max_points;
	kshim_hot.runnable = 0;
	kshim_hot.npoints = 0;
	kshim_hot.next_decide = 0;
	kshim_hot.cur = NULL;
	kshim_last_access.valid = 0;
	kshim_stubs_forget();
	if (RACE_WATCHED)
		race_begin();
	policy->begin(policy);
	if (kshim_hot.next_decide > step_limit)
		kshim_hot.next_decide = step_limit + 1;
}

enum kshim_end kshim_run(void)
{
	unsigned long r = kshim_hot.runnable, own = r & ~kshim_environment_tasks;
	struct etask *first;

	if (kshim_hot.parallel)
		return par_run();
	if (!own)
		return KSHIM_END_OK;
	run_end = KSHIM_END_OK;
	kshim_hot.npoints = 0;	/* creating tasks passed points without a task */
	/* Tasks start in the order of creation unless the policy says otherwise. */
	first = &kshim_tasks[__builtin_ctzl(own)];
	if (r & (r - 1)) {
		struct kshim_choice c = {
			.n = ++kshim_hot.npoints, .runnable = r, .cur = first->t.id,
			.op = KSHIM_SPAWN,
		};

		first = &kshim_tasks[ask_policy(&c)];
	}
	switch_to(NULL, first, 0);
	if (RACE_WATCHED)
		race_rest();
	return run_end;
}

enum kshim_end kshim_run_ended(void)
{
	return run_end;
}

void kshim_run_end(void)
{
	unsigned int i;

	if (kshim_hot.parallel)
		return;
	for (i = 0; i < kshim_ntasks; i++)
		kshim_ctx->drop(&kshim_tasks[i]);
	kshim_ntasks = 0;
	kshim_hot.runnable = 0;
	kshim_hot.cur = NULL;
}

void kshim_explore_init(const struct ctx_ops *ops)
{
	kshim_ctx = ops;
	policy = &kshim_stay;
}

void kshim_run_policy(struct kshim_policy *p)
{
	policy = p ? p : &kshim_stay;
	policy->begin(policy);
}
