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

#define HUNG_TASK_TIMEOUT	120ULL	/* seconds, as the kernel's default */
#define DRAIN_TIMEOUT		10ULL	/* seconds of timers after the last task */
#define NSEC			1000000000ULL

struct kshim_hot kshim_hot KSHIM_RUN_STATE __attribute__((aligned(64)));
struct etask kshim_tasks[KSHIM_MAX_TASKS];
unsigned int kshim_ntasks KSHIM_RUN_STATE;
unsigned long kshim_max_points = 200000;
unsigned int kshim_nr_preemptions KSHIM_RUN_STATE;
unsigned long kshim_fair_from KSHIM_RUN_STATE;

KSHIM_ORACLE(kshim_oracle_deadlock, "deadlock",
	     "tasks wait for each other: nothing can run and nothing is due");
KSHIM_ORACLE(kshim_oracle_hang, "hang",
	     "a task is kept alive by timeouts only, longer than the hung task limit");
KSHIM_ORACLE(kshim_oracle_livelock, "livelock",
	     "the run exceeded the step limit");

const struct ctx_ops *kshim_ctx;
static struct kshim_policy *policy KSHIM_RUN_STATE;
static unsigned long long now_ns KSHIM_RUN_STATE, progress_ns KSHIM_RUN_STATE;
static unsigned long long idle_since_ns KSHIM_RUN_STATE;
static unsigned int nr_live KSHIM_RUN_STATE;		/* non-daemon tasks that have not ended */
static unsigned int nr_parked_timed KSHIM_RUN_STATE;
static enum kshim_end run_end KSHIM_RUN_STATE;
static unsigned long step_limit KSHIM_RUN_STATE;	/* contended point that is one too many */

void kshim_run_fair(void)
{
	if (kshim_hot.parallel || kshim_fair_from)
		return;
	kshim_fair_from = kshim_hot.npoints + 1;
	step_limit = kshim_hot.npoints + kshim_max_points;
	policy = &kshim_fair;
	policy->begin(policy);
}

static int try_again(enum kshim_stuck how)
{
	return kshim_sink.stuck && kshim_sink.stuck(how);
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

unsigned long long kshim_now(void)
{
	return kshim_hot.parallel ? par_now() : now_ns;
}

void kshim_progress(void)
{
	progress_ns = now_ns;
}

const struct kshim_task *kshim_task_get(unsigned int id)
{
	return id < kshim_ntasks ? &kshim_tasks[id].t : NULL;
}

const struct kshim_pending *kshim_task_pending(unsigned int id)
{
	return &kshim_tasks[id].pending;
}

static void set_pending(struct etask *t, enum kshim_op op, const void *obj,
			unsigned long size, const void *pc)
{
	t->pending.op = op;
	t->pending.obj = obj;
	t->pending.size = size;
	t->pending.pc = pc;
}

static void make_runnable(struct etask *t)
{
	if (t->deadline != KSHIM_FOREVER) {
		t->deadline = KSHIM_FOREVER;
		nr_parked_timed--;
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
		nr_live++;
	if (RACE_WATCHED)
		race_spawn(t->t.id, flags);
	set_pending(t, KSHIM_SPAWN, NULL, 0, NULL);
	kshim_ctx->start(t);
	make_runnable(t);
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

static void report_stuck(struct kshim_oracle *o)
{
	unsigned int i;
	const struct etask *victim = NULL;

	for (i = 0; i < kshim_ntasks && !victim; i++)
		if (kshim_tasks[i].state == TASK_PARKED &&
		    !(kshim_tasks[i].t.flags & (KSHIM_TASK_DAEMON | KSHIM_TASK_IDLE)))
			victim = &kshim_tasks[i];
	/* The kernel's own wording; the harness adds each task's stack. */
	if (o == &kshim_oracle_hang)
		kshim_report(o, 1, "INFO: task %s blocked for more than %llu seconds.",
			     victim ? victim->t.name : "?", HUNG_TASK_TIMEOUT);
	else
		kshim_report(o, 1, "deadlock: task %s can never run again",
			     victim ? victim->t.name : "?");
}

/* A policy may look away, but not beyond the step limit. */
static unsigned int ask_policy(const struct kshim_choice *c)
{
	unsigned int id = policy->choose(policy, c);

	if (kshim_hot.next_decide > step_limit)
		kshim_hot.next_decide = step_limit + 1;
	return id;
}

/* Nothing is runnable. Move time to the next deadline; 0: there is none. */
static int advance_time(void)
{
	unsigned long long next = KSHIM_FOREVER;
	unsigned int i;
	int script = 0;

	if (!nr_parked_timed)
		return 0;
	for (i = 0; i < kshim_ntasks; i++) {
		const struct etask *t = &kshim_tasks[i];

		if (t->state != TASK_PARKED || t->deadline == KSHIM_FOREVER)
			continue;
		if (t->deadline < next)
			next = t->deadline;
		if (t->t.flags & KSHIM_TASK_SCRIPT)
			script = 1;
	}
	if (!nr_live && next > idle_since_ns + DRAIN_TIMEOUT * NSEC)
		return 0;
	if (script)
		progress_ns = next;
	else if (nr_live && next > progress_ns + HUNG_TASK_TIMEOUT * NSEC) {
		if (try_again(KSHIM_STUCK_HANG))
			return 1;
		report_stuck(&kshim_oracle_hang);
	}
	now_ns = next;
	if (kshim_hot.slow)
		kshim_event(KSHIM_EV_TIME, cur_task(), KSHIM_WAIT, NULL, 0, NULL);
	for (i = 0; i < kshim_ntasks; i++) {
		struct etask *t = &kshim_tasks[i];

		if (t->state == TASK_PARKED && t->deadline <= now_ns) {
			t->expired = 1;
			make_runnable(t);
		}
	}
	return 1;
}

/* The running task cannot go on: who is next? NULL: the run is over. */
static struct etask *pick_next(enum kshim_op op, const void *pc)
{
	struct kshim_choice c;
	unsigned long r;

	while (!(r = kshim_hot.runnable)) {
		if (advance_time())
			continue;
		if (nr_live) {
			if (try_again(KSHIM_STUCK_DEADLOCK))
				continue;
			report_stuck(&kshim_oracle_deadlock);
		}
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

int kshim_park(unsigned long long deadline)
{
	struct etask *t, *next;

	if (kshim_hot.parallel)
		return par_park(deadline);
	t = cur_task();
	if (t->permit) {
		t->permit = 0;
		return 0;
	}
	if (deadline <= now_ns)
		return -1;
	t->state = TASK_PARKED;
	t->deadline = deadline;
	t->expired = 0;
	if (deadline != KSHIM_FOREVER)
		nr_parked_timed++;
	set_pending(t, KSHIM_WAIT, NULL, 0, __builtin_return_address(0));
	kshim_hot.runnable &= ~(1UL << t->t.id);
	if (kshim_hot.slow)
		kshim_event(KSHIM_EV_BLOCK, t, KSHIM_WAIT, NULL, 0,
			    __builtin_return_address(0));
	next = pick_next(KSHIM_WAIT, __builtin_return_address(0));
	if (!next) {
		/* At rest. A later kshim_run() may wake this task: it comes back here. */
		run_end = KSHIM_END_OK;
		kshim_hot.cur = NULL;
		kshim_ctx->swap(t, NULL);
	} else if (next != t) {
		switch_to(t, next, 0);
	}
	return t->expired ? -1 : 0;
}

void kshim_unpark(struct kshim_task *task)
{
	struct etask *t = (struct etask *)task;

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
	make_runnable(t);
}

/* A contended point: the policy decides. Returns when this task goes on. */
static void decide(struct etask *t, enum kshim_op op, const void *obj,
		   unsigned long size, const void *pc)
{
	struct kshim_choice c;
	unsigned int id;

	c.n = kshim_hot.npoints;
	if (c.n > step_limit && !try_again(KSHIM_STUCK_LIVELOCK))
		kshim_report(&kshim_oracle_livelock, 1,
			     "step limit: %lu points and no end%s", kshim_max_points,
			     kshim_fair_from ? ", although all tasks get their turn" : "");
	set_pending(t, op, obj, size, pc);
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
	progress_ns = now_ns;
	if (!(t->t.flags & KSHIM_TASK_DAEMON) && !--nr_live)
		idle_since_ns = now_ns;
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
	nr_live = 0;
	nr_parked_timed = 0;
	now_ns = progress_ns = idle_since_ns = 0;
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
	unsigned long r = kshim_hot.runnable;
	struct etask *first;

	if (kshim_hot.parallel)
		return par_run();
	if (!r)
		return KSHIM_END_OK;
	run_end = KSHIM_END_OK;
	kshim_hot.npoints = 0;	/* creating tasks passed points without a task */
	/* Tasks start in the order of creation unless the policy says otherwise. */
	first = &kshim_tasks[__builtin_ctzl(r)];
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
