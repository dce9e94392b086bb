/* SPDX-License-Identifier: GPL-2.0-only */
/* The engine's own view of a task; nobody above the seam includes this. */
#ifndef KSHIM_ENGINE_TASK_H
#define KSHIM_ENGINE_TASK_H

#include "engine.h"
#include "host.h"

#define KSHIM_STACK_SIZE	(64UL * 1024)

enum task_state { TASK_FREE, TASK_RUNNABLE, TASK_PARKED, TASK_DONE };

struct etask {
	struct kshim_task t;		/* first: the two are cast into each other */
	void *sp;			/* fiber: saved stack pointer; baton: its frame */
	void *stack;			/* lowest address of the stack */
	kshim_task_fn fn;
	void *arg;
	enum task_state state;
	unsigned char permit;		/* an unpark came before the park */
	unsigned char expired;		/* woken by its deadline */
	unsigned long long deadline;
	struct kshim_pending pending;	/* what it does when it goes on */
	void *backend;			/* ucontext or thread of this task */
	unsigned char priv[KSHIM_PRIV_SIZE] __attribute__((aligned(64)));
};

extern struct etask kshim_tasks[KSHIM_MAX_TASKS];
extern unsigned int kshim_ntasks;

/* A new run may say again that it reached a stub. */
void kshim_stubs_forget(void);

/**
 * struct ctx_ops - how control moves between tasks on one carrier
 * @start:	a new task will be switched to for the first time
 * @swap:	leave @from (NULL: the controller), continue @to (NULL: ditto)
 * @drop:	the task is abandoned wherever it is
 * @mark:	optional: call @fn while the running task @t can be continued by
 *		@swap; 0, and 1 when a copy of its stack is continued later
 */
struct ctx_ops {
	const char *name;
	void (*start)(struct etask *t);
	void (*swap)(struct etask *from, struct etask *to);
	void (*drop)(struct etask *t);
	int (*mark)(struct etask *t, void (*fn)(void));
};

extern const struct ctx_ops kshim_ctx_fiber, kshim_ctx_ucontext, kshim_ctx_baton;

extern const struct ctx_ops *kshim_ctx;	/* of this process */

/* checkpoint.c: one way or the other, in the same order */
struct kshim_mover {
	char *at;
	int save;
};

void kshim_move(struct kshim_mover *m, void *p, unsigned long n);
/* arena.c: the guest's memory; @used: so far it was used until now */
void kshim_arena_move(struct kshim_mover *m, unsigned long used);
unsigned long kshim_arena_moved(void);
/* counted.c: the used parts of arrays; their counts have to be there before */
void kshim_counted_move(struct kshim_mover *m);
unsigned long kshim_counted_room(void);
void kshim_counted_take(void);
void kshim_counted_restore(void);
/* explore.c: how the run that came to rest has ended */
enum kshim_end kshim_run_ended(void);

/* explore.c: it could not run, or has not, and now may */
void kshim_make_runnable(struct etask *t);
/* The running task has nothing to do until it is made runnable; @ready: it is. */
void kshim_rest(int ready);
void kshim_missed(struct etask *t);
void kshim_set_pending(struct etask *t, enum kshim_op op, const void *obj,
		       unsigned long size, const void *pc);

/* stuck.c: true when somebody has done something about it; else a report */
int kshim_try_again(enum kshim_stuck how);
void kshim_report_hang(unsigned long long seconds);
void kshim_report_deadlock(void);

/* clock.c: virtual time of a run */
struct kshim_clock {
	unsigned long long now, progress;	/* ns */
	unsigned long long idle_since;		/* the last task has ended */
	unsigned int nr_live;			/* non-daemon tasks that have not ended */
	unsigned int nr_parked;			/* with a deadline */
};
extern struct kshim_clock kshim_clock;
/* Nothing is runnable. Move time to the next deadline; 0: there is none. */
int kshim_clock_advance(void);
/* Somebody could run, and it is the next deadline's time all the same. */
void kshim_clock_fire(void);
/* Would that be the deadline of one who does not sleep by his own choice? */
int kshim_clock_may_fire(void);

/*
 * environment.c, for a reduction: what its tasks read and write. The deadline
 * of @t is another one; who may fire then; somebody asks what time it is.
 */
void kshim_deadline_touch_slow(const struct etask *t);
void kshim_deadlines_settled_slow(void);
void kshim_time_read_slow(void);

static inline int kshim_timers_early(void)
{
	return __builtin_expect(kshim_hot.environment & KSHIM_ENV_TIMERS, 0);
}

static inline void kshim_deadline_touch(const struct etask *t)
{
	if (kshim_timers_early())
		kshim_deadline_touch_slow(t);
}

static inline void kshim_deadlines_settled(void)
{
	if (kshim_timers_early())
		kshim_deadlines_settled_slow();
}

static inline void kshim_deadline_changed(const struct etask *t)
{
	kshim_deadline_touch(t);
	kshim_deadlines_settled();
}

static inline void kshim_time_read(void)
{
	if (kshim_timers_early())
		kshim_time_read_slow();
}

/* First C function of every task, on every context. */
void kshim_task_entry(struct etask *t);

/* policy.c: the running task goes on while it can; everybody gets a turn */
extern struct kshim_policy kshim_stay, kshim_fair;

/* Switch away for good, back to the controller. */
void kshim_leave(enum kshim_end end) __attribute__((noreturn));

/* fault.c */
void kshim_altstack_here(void);

/* trace.c: record an event (only when kshim_hot.slow) */
void kshim_event(enum kshim_event_kind kind, struct etask *t, enum kshim_op op,
		 const void *obj, unsigned long size, const void *pc) KSHIM_COLD;

/* explore.c: a point at an access, when somebody watches (kshim_hot.attention) */
void kshim_point_mem(enum kshim_op op, const void *obj, unsigned long size,
		     const void *pc);

/* parallel.c */
struct kshim_task *par_task_create(struct etask *t) KSHIM_COLD;
int par_park(unsigned long long deadline) KSHIM_COLD;
void par_unpark(struct etask *t) KSHIM_COLD;
struct kshim_task *par_self(void) KSHIM_COLD;
enum kshim_end par_run(void);
unsigned long long par_now(void);
void par_stop(void) __attribute__((noreturn));

#endif
