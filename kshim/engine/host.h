/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The harness's side of the engine: start a run, decide who runs, observe.
 * Search strategies and reports are built on this header alone.
 */
#ifndef KSHIM_ENGINE_HOST_H
#define KSHIM_ENGINE_HOST_H

#include "engine.h"
#include "lockgraph.h"

enum kshim_engine_kind {
	KSHIM_FIBERS,		/* explore, own register-saving switch */
	KSHIM_UCONTEXT,		/* explore, portable swapcontext() */
	KSHIM_BATON,		/* explore, one thread per task and a baton */
	KSHIM_PARALLEL,		/* free-running threads */
};

/**
 * struct kshim_choice - a decision that the policy has to take
 * @n:		number of the contended point, from 1, equal on every replay
 * @runnable:	mask of tasks that can run, at least two bits
 * @cur:	id of the running task
 * @can_stay:	the running task could go on: leaving it is a preemption
 * @yield:	it could, but asked not to (cpu_relax(), cond_resched())
 * @op:		what it is about to do
 * @obj:	to which object
 */
struct kshim_choice {
	unsigned long n;
	unsigned long runnable;
	unsigned int cur;
	unsigned char can_stay;
	unsigned char yield;
	enum kshim_op op;
	const void *obj;
	unsigned long size;
	const void *pc;
};

/**
 * struct kshim_pending - what a task that is not running will do next
 * @op:		kind; KSHIM_SPAWN before its first step, KSHIM_WAIT behind a park
 * @obj:	to which object; NULL: unknown
 * @size:	in bytes
 * @pc:		where
 *
 * Known for tasks that were switched away from at a point; it will happen as
 * it stands here, whatever the others do meanwhile.
 */
struct kshim_pending {
	enum kshim_op op;
	const void *obj;
	unsigned long size;
	const void *pc;
};

const struct kshim_pending *kshim_task_pending(unsigned int id);

/**
 * struct kshim_policy - who runs; a search strategy is one of these
 * @begin:	an execution starts; sets kshim_hot.next_decide
 * @choose:	returns the id of a runnable task and may move
 *		kshim_hot.next_decide: points before it are not asked about
 * @woken:	optional: a task became runnable
 * @access:	optional, with KSHIM_HOOK_FOOTPRINT: the running task does this
 *		now, whether others could have run before it or not
 * @missed:	optional: a task of the environment could have taken its step
 *		(kshim_task_pending()) so far, and no longer can
 *
 * Where the running task cannot go on and two others could, @choose is
 * called whatever next_decide says.
 */
struct kshim_policy {
	void (*begin)(struct kshim_policy *p);
	unsigned int (*choose)(struct kshim_policy *p, const struct kshim_choice *c);
	void (*woken)(struct kshim_policy *p, unsigned int id);
	void (*access)(struct kshim_policy *p, enum kshim_op op, const void *obj,
		       unsigned long size, const void *pc);
	void (*missed)(struct kshim_policy *p, unsigned int id);
};

enum kshim_event_kind {
	KSHIM_EV_POINT,		/* about to do op on obj */
	KSHIM_EV_SWITCH,	/* this task runs from here on */
	KSHIM_EV_PREEMPT,	/* ditto, and the other one could have gone on */
	KSHIM_EV_BLOCK,
	KSHIM_EV_WAKE,		/* obj: the task that was made runnable */
	KSHIM_EV_CREATE,
	KSHIM_EV_EXIT,
	KSHIM_EV_NOTE,		/* a value changed, see what/before/after */
	KSHIM_EV_TIME,		/* virtual time moved to after */
};

struct kshim_event {
	enum kshim_event_kind kind;
	const struct kshim_task *task;
	enum kshim_op op;
	const void *obj;
	unsigned long size;
	const void *pc;
	const char *what;
	long before, after;
};

/* State of one execution, in the engine and in the harness. */
#define KSHIM_RUN_STATE	__attribute__((section("kshim_run_state")))

struct kshim_checkpoint;

/**
 * kshim_checkpoint_range() - state of one execution that is no variable
 * @start:	address
 * @len:	bytes
 *
 * Of those and of variables marked KSHIM_RUN_STATE, of the guest's memory and
 * of the tasks a checkpoint keeps a copy. kshim_checkpoint_forget() drops all
 * ranges; checkpoints that were taken before cannot be used any more.
 */
void kshim_checkpoint_range(void *start, unsigned long len);
void kshim_checkpoint_forget(void);

struct kshim_checkpoint *kshim_checkpoint_new(void);
void kshim_checkpoint_free(struct kshim_checkpoint *c);

/**
 * kshim_checkpoint_take() - keep the execution as it stands here
 * @c:		what it held before is gone
 *
 * Only from a policy's @choose, where the running task could go on.
 *
 * Return: 0; 1 whenever kshim_checkpoint_resume() comes back here, and then the
 * policy has to put back what it knows itself; -1: not possible here.
 */
int kshim_checkpoint_take(struct kshim_checkpoint *c);

/* Is it there, and taken by an execution that was looked at like the next one? */
int kshim_checkpoint_usable(const struct kshim_checkpoint *c);

/**
 * kshim_checkpoint_resume() - instead of starting an execution and kshim_run()
 * @c:		usable, stays so
 */
enum kshim_end kshim_checkpoint_resume(struct kshim_checkpoint *c);

/* What a report is about, beyond its text. */
struct kshim_access {
	int valid;
	const void *addr;
	unsigned long size;
	int write;
	unsigned char shadow;	/* the shadow byte found; 0: fault, not shadow */
	const void *pc;
	const void *fp;
};
extern struct kshim_access kshim_last_access;

enum kshim_stuck {
	KSHIM_STUCK_DEADLOCK,	/* nothing can run and nothing is due */
	KSHIM_STUCK_HANG,	/* only timeouts, for longer than the hung task limit */
	KSHIM_STUCK_LIVELOCK,	/* the step limit was passed */
};

#define KSHIM_RACE_STACK	24
#define KSHIM_RACE_LOCKS	8

/**
 * struct kshim_race_side - one of two accesses
 * @task:	who
 * @pc:		return address behind it
 * @addr:	of what; as in the other side when nothing was recorded
 * @size:	in bytes
 * @write:	it writes
 * @marked:	READ_ONCE(), atomic_*() and the like
 * @has_value:	@value is what was there before it; recorded only
 * @stack:	innermost first; recorded only
 * @locks:	that the task held, outermost first; recorded only
 */
struct kshim_race_side {
	unsigned int task;
	const void *pc;
	const void *addr;
	unsigned long size;
	unsigned char write, marked, has_value;
	unsigned long value;
	unsigned int nstack, nlocks;
	const void *stack[KSHIM_RACE_STACK];
	struct kshim_lock_ref locks[KSHIM_RACE_LOCKS];
};

/* Two accesses that race: the one at hand, and one made earlier. */
struct kshim_race {
	struct kshim_race_side now, before;
};

/**
 * struct kshim_sink - who listens
 * @report:	an oracle spoke; returns true when the scenario allows it
 * @log:	kernel log line (only when kshim_hot.detail)
 * @event:	trace event (only when kshim_hot.slow)
 * @tracepoint:	a tracepoint of the code under test
 * @object:	an object was allocated (alive 1) or freed (0); detail only
 * @race:	a pair of places was found to race, once for each pair; returns
 *		the text of the report that it is, or NULL to go on
 * @held:	locks of a task, for recorded accesses
 * @stuck:	asked before a run is reported as stuck; true: something was done
 *		about it, the engine goes on. Runs on the stack of the task that
 *		was the last one to run.
 */
struct kshim_sink {
	int (*report)(struct kshim_oracle *o, int fatal, const char *text);
	void (*log)(int level, const char *text);
	void (*event)(const struct kshim_event *ev);
	void (*tracepoint)(const char *name, long a, long b, long c);
	void (*object)(const void *p, unsigned long size, const char *cache, int alive);
	const char *(*race)(const struct kshim_race *r);
	unsigned int (*held)(unsigned int task, struct kshim_lock_ref *lock,
			     unsigned int max);
	int (*stuck)(enum kshim_stuck how);
};
extern struct kshim_sink kshim_sink;

/**
 * kshim_engine_init() - choose an engine; once per process
 * @kind:	which
 *
 * Maps the arena and its shadow at their fixed addresses.
 *
 * Return: 0, or -errno when the addresses are taken.
 */
int kshim_engine_init(enum kshim_engine_kind kind);

/* In a child of fork(), which has no timers: the watchdog runs here as well. */
void kshim_engine_forked(void);

/**
 * kshim_stub_reached() - which stubs were reached in this process
 * @i:		0, 1, ...
 * @count:	filled: how often
 *
 * Return: its name, or NULL when there are not so many.
 */
const char *kshim_stub_reached(unsigned int i, unsigned long *count);

/**
 * kshim_run_begin() - forget all tasks, virtual time 0
 * @p:		decides until the next call; NULL: never preempt
 */
void kshim_run_begin(struct kshim_policy *p);

/**
 * kshim_run() - run until every task has ended
 *
 * Tasks are created with kshim_task_create() before, or by tasks. Daemons
 * do not count; those that are left idle are dropped by kshim_run_end().
 *
 * Return: how it ended.
 */
enum kshim_end kshim_run(void);

/**
 * kshim_run_policy() - go on with another policy
 * @p:		decides from now on; NULL: never preempt
 *
 * Between two calls of kshim_run() of the same run.
 */
void kshim_run_policy(struct kshim_policy *p);

/**
 * kshim_run_fair() - schedule the rest of this run round robin
 *
 * From inside the run: everybody who can run does, in turn, a fixed number of
 * points at a time. Its switches are no preemptions, no policy is asked, and
 * the step limit counts from here on. kshim_fair_from is the number of the last
 * point before it, plus one; 0: the run was not continued this way.
 */
void kshim_run_fair(void);
extern unsigned long kshim_fair_from;

/**
 * struct kshim_environment - what the machine around the tasks may do in a run
 * @timers:	so often a timeout fires although somebody could run
 * @allocations: so many allocations fail
 *
 * Each is a task of its own, which a policy lets run like any other one; but
 * nobody waits for it, and kshim_stay and kshim_fair never choose it.
 */
struct kshim_environment {
	unsigned int timers, allocations;
};
extern struct kshim_environment kshim_environment;

/* Create its tasks, behind kshim_run_begin() and the first tasks of the run. */
void kshim_environment_begin(void);
/* It does nothing any more until then. */
void kshim_environment_end(void);
extern unsigned long kshim_environment_tasks;	/* mask of their ids */

/* Who runs when nobody decides: the one that can go on, else the first of the others. */
static inline unsigned int kshim_default(const struct kshim_choice *c)
{
	unsigned long r = c->runnable & ~kshim_environment_tasks;

	if (c->can_stay && !c->yield)
		return c->cur;
	if (c->yield && r & ~(1UL << c->cur))
		r &= ~(1UL << c->cur);
	return (unsigned int)__builtin_ctzl(r);
}

/* Drop what is left of a run: abandoned tasks, idle daemons. */
void kshim_run_end(void);

/* The run makes progress by the harness's own measure: no hang so far. */
void kshim_progress(void);

/* Cut this execution: nothing of interest is left in it. */
void kshim_cut(void) __attribute__((noreturn));

extern unsigned long kshim_max_points;	/* step limit per run, contended points */
extern unsigned int kshim_nr_preemptions;	/* of this run */

/* Snapshot: everything that a schedule may change. */
void kshim_snapshot_range(void *start, void *end);
void kshim_snapshot_exclude(void *start, void *end);
void kshim_snapshot_take(void);
void kshim_snapshot_restore(void);
extern unsigned long kshim_arena_top;	/* bytes of the arena in use */

/* Range of the guest's globals: accesses there are points. */
void kshim_guest_range(const void *start, const void *end);

/* Range of the code under test: what primitives do for callers there counts. */
void kshim_code_range(const void *start, const void *end);
/* Is this place in it, and not in the shim? */
int kshim_code_has(const void *pc);

/* Pairs that were found to race will be told again. */
void kshim_race_forget(void);

/* Stack of any task; the running one when it is @t. */
unsigned int kshim_task_stack(const struct kshim_task *t, const void **pcs,
			      unsigned int max);
const struct kshim_task *kshim_task_get(unsigned int id);

extern struct kshim_oracle *const __start_kshim_oracles[], *const __stop_kshim_oracles[];

#endif
