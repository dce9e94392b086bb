/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The seam between "what the kernel code sees" and "when it runs".
 *
 * Everything above this header (the primitives in kshim/, the code under
 * test) asks for tasks, points, parking and time here and nowhere else.
 * Everything below it decides who runs. Includable from both worlds: it
 * needs neither libc nor kernel headers.
 */
#ifndef KSHIM_ENGINE_H
#define KSHIM_ENGINE_H

/* What a good schedule never calls: kept out of the way of what it does. */
#define KSHIM_COLD	__attribute__((cold))

#define KSHIM_FOREVER	(~0ULL)		/* no deadline, for kshim_park() */
#define KSHIM_MAX_TASKS	64		/* one bit each in the runnable mask */
#define KSHIM_PRIV_SIZE	1024		/* bytes at priv of struct kshim_task */

/* The guest's, but the same in all executions wherever it is looked at: never put back. */
#define KSHIM_SAME	__attribute__((section("kshim_same")))

/**
 * struct kshim_counted - an array of which the first elements are in use
 * @start:	the array
 * @elem:	bytes of an element
 * @room:	elements
 * @count:	so many are in use; part of the guest's data or KSHIM_RUN_STATE
 * @guest:	1: the snapshot has them as well
 */
struct kshim_counted {
	void *start;
	unsigned int elem, room;
	const unsigned int *count;
	int guest;
};

/* For the array itself; elements that are not in use are not looked at by anybody. */
#define KSHIM_COUNTED_ARRAY	__attribute__((section("kshim_counted_data")))
#define KSHIM_COUNTED(array, n, is_guest)					\
static const struct kshim_counted array##_counted				\
	__attribute__((used, section("kshim_counted"))) = {			\
	array, sizeof((array)[0]), sizeof(array) / sizeof((array)[0]), &(n), is_guest \
}

/**
 * enum kshim_op - what a task is about to do to an object
 *
 * The kind of the pending operation of a point. Policies, the trace and the
 * dependency relation of a partial-order reduction read it.
 */
enum kshim_op {
	KSHIM_READ,		/* plain memory access */
	KSHIM_WRITE,
	KSHIM_MARKED_READ,	/* READ_ONCE(), volatile, atomic_read() */
	KSHIM_MARKED_WRITE,
	KSHIM_ATOMIC,		/* read-modify-write */
	KSHIM_LOCK,		/* acquire, may block; exclusive */
	KSHIM_LOCK_SHARED,
	KSHIM_TRYLOCK,
	KSHIM_UNLOCK,
	KSHIM_WAIT,		/* test of a condition that others signal */
	KSHIM_WAKE,		/* complete(), wake_up(), ... */
	KSHIM_ALLOC,
	KSHIM_FREE,
	KSHIM_SPAWN,
	KSHIM_EXIT,
	KSHIM_YIELD,		/* cond_resched(), cpu_relax() */
	KSHIM_SYSCALL,		/* entry from user space */
	KSHIM_SIGNAL,
	KSHIM_CALL,		/* driver callback */
	KSHIM_HELD,		/* the lock is the caller's now */
	KSHIM_GET,		/* the atomic operation just done counted up by one */
	KSHIM_PUT,		/* ... or down, and only whether that gave 0 matters */
	KSHIM_TAKE,		/* what another task has put there, behind its doing so */
	KSHIM_INSIDE,		/* state of the shim itself, under kshim_obj_lock() */
	KSHIM_NR_OPS
};

/**
 * struct kshim_task - a simulated CPU context
 * @id:		small number, the bit in the runnable mask; also the
 *		owner number that lock debugging uses
 * @name:	for traces and reports
 * @priv:	of the layer above (struct task_struct)
 *
 * The rest is the engine's own, see engine/task.h.
 */
struct kshim_task {
	unsigned int id;
	unsigned int flags;
	char name[24];
	void *priv;
};

#define KSHIM_TASK_DAEMON	1u	/* idle is not deadlock; does not keep a run alive */
#define KSHIM_TASK_SCRIPT	2u	/* sleeping on purpose: no hang while its timer is due */
#define KSHIM_TASK_IDLE		4u	/* sleeping by choice: others may be stuck, it is not */
#define KSHIM_TASK_ENVIRONMENT	8u	/* of engine/environment.c: runs by choice only */

typedef void (*kshim_task_fn)(void *arg);

/**
 * kshim_task_create() - make a runnable task
 * @name:	copied, truncated to fit
 * @flags:	KSHIM_TASK_*
 * @fn:		runs in the new task; returning from it ends the task
 * @arg:	handed to @fn
 *
 * Return: the task, or NULL when KSHIM_MAX_TASKS exist.
 */
struct kshim_task *kshim_task_create(const char *name, unsigned int flags,
				     kshim_task_fn fn, void *arg);

/**
 * kshim_self() - the running task
 *
 * Return: the calling task; NULL outside any (host code).
 */
struct kshim_task *kshim_self(void);

/**
 * kshim_park() - stop running until unparked or until the deadline
 * @deadline:	absolute virtual time in ns, or KSHIM_FOREVER
 *
 * An unpark that came before the park is remembered (one permit): it makes
 * the park return at once. So callers must re-test their condition in a loop.
 *
 * Return: 0 when unparked, -1 when the deadline passed.
 */
int kshim_park(unsigned long long deadline);

/**
 * kshim_unpark() - let a parked task run again
 * @t:		any task; unparking one that is not parked leaves a permit
 *
 * Never switches: it marks runnable, and the next point may switch.
 */
void kshim_unpark(struct kshim_task *t);

/**
 * kshim_now() - virtual time
 *
 * Return: ns since the start of the run. Moves only when nothing is runnable,
 * and by a step of the environment (host.h).
 */
unsigned long long kshim_now(void);

/**
 * kshim_obj_lock() - protect the inside of a primitive
 * @obj:	address of the primitive
 *
 * One task runs at a time on the explore engine and nothing switches inside
 * a primitive, so this is nothing there. On the parallel engine it is a
 * short raw lock hashed by address. Never hold it across kshim_point() or
 * kshim_park(), never hold two.
 */
void kshim_obj_lock_slow(const void *obj) KSHIM_COLD;
void kshim_obj_unlock_slow(const void *obj) KSHIM_COLD;

/* Hot state of the running execution; one cache line, engine's to write. */
struct kshim_hot {
	unsigned long runnable;		/* bit mask of task ids (explore only) */
	unsigned long npoints;		/* contended points so far */
	unsigned long next_decide;	/* first contended point the policy wants to see */
	struct kshim_task *cur;		/* explore only */
	union {
		struct {
			unsigned char slow;	/* 1: a trace is recorded */
			unsigned char hooks;	/* KSHIM_HOOK_*: who watches operations */
			unsigned char points_mem;	/* 1: plain memory accesses are points */
			unsigned char unused;
		};
		unsigned short attention;	/* slow, hooks: points go the slow way */
		unsigned int plain;	/* or points_mem: plain accesses matter */
	};
	unsigned char parallel;		/* 1: the parallel engine runs */
	unsigned char detail;		/* 1: somebody reads stacks and log lines */
	unsigned char environment;	/* KSHIM_ENV_*: what it may do in this run */
};
extern struct kshim_hot kshim_hot __attribute__((aligned(64)));

#define KSHIM_HOOK_FOOTPRINT	1u	/* the policy wants every operation */
#define KSHIM_HOOK_RACE		2u	/* data races are looked for */

#define KSHIM_ENV_TIMERS	1u	/* a timeout fires although somebody can run */
#define KSHIM_ENV_ALLOCATIONS	2u	/* an allocation fails */

/**
 * kshim_environment_fails() - an allocation that may fail: does it?
 *
 * A point where the environment may do that in this run, else nothing.
 */
int kshim_environment_fails_slow(void);
static inline int kshim_environment_fails(void)
{
	return __builtin_expect(kshim_hot.environment & KSHIM_ENV_ALLOCATIONS, 0) &&
		kshim_environment_fails_slow();
}

/* For what commutes anyway: bump allocation, lists that only reports read. */
static inline void kshim_raw_lock(const void *obj)
{
	if (__builtin_expect(kshim_hot.parallel, 0))
		kshim_obj_lock_slow(obj);
}

static inline void kshim_raw_unlock(const void *obj)
{
	if (__builtin_expect(kshim_hot.parallel, 0))
		kshim_obj_unlock_slow(obj);
}

void kshim_point_slow(enum kshim_op op, const void *obj, unsigned long size,
		      const void *pc);
void kshim_bad_access(const void *addr, unsigned long size, int write,
		      const void *pc) KSHIM_COLD;

/*
 * Arena and its shadow: KASAN's encoding, one shadow byte per 8 bytes. Above
 * where Linux may put the heap of a program (up to 1 GiB behind its image, at
 * random), below what the sanitizers take (from 0x7fff8000).
 */
#define KSHIM_ARENA_BASE	0x70000000UL
#define KSHIM_ARENA_SIZE	0x04000000UL
#define KSHIM_SHADOW_BASE	0x78000000UL

#define KSHIM_SHADOW_FREED	0xfb
#define KSHIM_SHADOW_REDZONE	0xfc
#define KSHIM_SHADOW_UNUSED	0xff	/* never allocated */

/**
 * kshim_addressable() - is every byte of an object allocated?
 * @addr:	any address; outside the arena counts as addressable
 * @size:	bytes, at least 1
 */
int kshim_addressable_slow(const void *addr, unsigned long size);
static inline __attribute__((always_inline))
int kshim_addressable(const void *addr, unsigned long size)
{
	unsigned long off = (unsigned long)addr - KSHIM_ARENA_BASE;
	unsigned long more, w;

	if (off >= KSHIM_ARENA_SIZE)
		return 1;
	if (__builtin_constant_p(size) && size <= 8) {
		if (__builtin_expect(!((const char *)KSHIM_SHADOW_BASE)[off >> 3] &&
				     (off & 7) <= 8 - size, 1))
			return 1;
		return kshim_addressable_slow(addr, size);
	}
	/* Nearly everything that is asked for lies in eight granules, all of them whole. */
	more = ((off + size - 1) >> 3) - (off >> 3);
	if (__builtin_expect(more < 8, 1)) {
		__builtin_memcpy(&w, (const char *)KSHIM_SHADOW_BASE + (off >> 3), sizeof(w));
		if (__builtin_expect(!(w << (56 - 8 * more)), 1))
			return 1;
	}
	return kshim_addressable_slow(addr, size);
}

/**
 * kshim_op_commutes() - is a switch before this the same as one after it?
 * @op:		what comes next
 * @size:	of its object, 0: none
 *
 * With points at memory accesses, an allocation, a system call's entry, a copy
 * of user memory and an unlock commute with whatever another task can do: the
 * next access, lock or wait is a point, and a switch there reaches the same
 * states. Without memory points they separate blocks of plain accesses and
 * stay points.
 */
static inline __attribute__((always_inline))
int kshim_op_commutes(enum kshim_op op, unsigned long size)
{
	return (op == KSHIM_ALLOC || op == KSHIM_SYSCALL || op == KSHIM_UNLOCK ||
		(op == KSHIM_CALL && !size)) && kshim_hot.points_mem;
}

/**
 * kshim_point() - another task may run here
 * @op:		what the caller does next
 * @obj:	to which object
 * @size:	of the object in bytes; 0: do not check that it is addressable
 *
 * Called before every visible operation. When it returns, the object has
 * been checked (after a possible switch) and the caller does its operation
 * at once. May not return at all: a failed or finished run is abandoned.
 */
static inline __attribute__((always_inline))
void kshim_point(enum kshim_op op, const void *obj, unsigned long size)
{
	unsigned long r = kshim_hot.runnable;

	if (__builtin_expect(kshim_hot.attention, 0) ||
	    ((r & (r - 1)) && !kshim_op_commutes(op, size) &&
	     (++kshim_hot.npoints >= kshim_hot.next_decide || op == KSHIM_YIELD)))
		kshim_point_slow(op, obj, size, __builtin_return_address(0));
	if (size && __builtin_expect(!kshim_addressable(obj, size), 0))
		kshim_bad_access(obj, size, op != KSHIM_READ && op != KSHIM_MARKED_READ,
				 __builtin_return_address(0));
}

/**
 * kshim_touch() - an operation that is no point, for those who watch
 * @op:		what the caller does
 * @obj:	to which object
 * @size:	of the object in bytes
 *
 * For state of the shim itself that no point covers but that orders tasks:
 * nobody may switch here, and only a partial-order reduction looks.
 */
void kshim_touch_slow(enum kshim_op op, const void *obj, unsigned long size,
		      const void *pc);
static inline __attribute__((always_inline))
void kshim_touch(enum kshim_op op, const void *obj, unsigned long size)
{
	if (__builtin_expect(kshim_hot.hooks & KSHIM_HOOK_FOOTPRINT, 0))
		kshim_touch_slow(op, obj, size, __builtin_return_address(0));
}

/*
 * Whatever more than one task may change is under this lock for the parallel
 * engine's sake; so a partial-order reduction learns of it here.
 */
static inline __attribute__((always_inline)) void kshim_obj_lock(const void *obj)
{
	kshim_touch(KSHIM_INSIDE, obj, 1);
	kshim_raw_lock(obj);
}

static inline void kshim_obj_unlock(const void *obj)
{
	kshim_raw_unlock(obj);
}

/**
 * kshim_hb_release() - what the caller has done comes before ...
 * @obj:	address that stands for the order; need not be dereferenced
 *
 * For data-race detection: whoever does kshim_hb_acquire() on the same address
 * later comes after it. Put next to the step of a primitive that gives the
 * guarantee, with no point in between. Nothing on the parallel engine.
 */
void kshim_hb_release_slow(const void *obj);
static inline __attribute__((always_inline)) void kshim_hb_release(const void *obj)
{
	if (__builtin_expect(kshim_hot.hooks & KSHIM_HOOK_RACE, 0))
		kshim_hb_release_slow(obj);
}

/* kshim_hb_acquire() - ... what the caller does from here on */
void kshim_hb_acquire_slow(const void *obj);
static inline __attribute__((always_inline)) void kshim_hb_acquire(const void *obj)
{
	if (__builtin_expect(kshim_hot.hooks & KSHIM_HOOK_RACE, 0))
		kshim_hb_acquire_slow(obj);
}

/* Both: the inside of a lock, a fully ordered read-modify-write. */
void kshim_hb_both_slow(const void *obj);
static inline __attribute__((always_inline)) void kshim_hb_both(const void *obj)
{
	if (__builtin_expect(kshim_hot.hooks & KSHIM_HOOK_RACE, 0))
		kshim_hb_both_slow(obj);
}

/* kshim_obj_lock() where the kernel has a lock of its own, which orders. */
static inline void kshim_obj_lock_ordered(const void *obj)
{
	kshim_obj_lock(obj);
	kshim_hb_both(obj);
}

/* A store: readers of it come after this one (@release) or after nothing. */
void kshim_hb_store_slow(const void *obj, int release);
static inline __attribute__((always_inline))
void kshim_hb_store(const void *obj, int release)
{
	if (__builtin_expect(kshim_hot.hooks & KSHIM_HOOK_RACE, 0))
		kshim_hb_store_slow(obj, release);
}

/* A servant has done a job: what it learnt there says nothing about the next. */
void kshim_hb_detach_slow(void);
static inline __attribute__((always_inline)) void kshim_hb_detach(void)
{
	if (__builtin_expect(kshim_hot.hooks & KSHIM_HOOK_RACE, 0))
		kshim_hb_detach_slow();
}

/* Memory is freed by the caller at @pc: a write of every byte. */
void kshim_hb_free_slow(const void *p, unsigned long size, const void *pc);
static inline __attribute__((always_inline))
void kshim_hb_free(const void *p, unsigned long size, const void *pc)
{
	if (__builtin_expect(kshim_hot.hooks & KSHIM_HOOK_RACE, 0))
		kshim_hb_free_slow(p, size, pc);
}

/**
 * struct kshim_oracle - one way in which a run can be wrong
 * @name:	stable identifier, also for --no-oracle
 * @doc:	one line for --list-oracles
 * @off:	switched off by the user
 */
struct kshim_oracle {
	const char *name;
	const char *doc;
	_Bool off;
};

/* Defines an oracle; all of them can be listed through the section. */
#define KSHIM_ORACLE(ident, oname, odoc)				\
	struct kshim_oracle ident = { .name = oname, .doc = odoc };	\
	static struct kshim_oracle *const ident##_entry			\
	__attribute__((used, section("kshim_oracles"))) = &ident

/**
 * kshim_report() - an oracle speaks
 * @o:		which
 * @fatal:	the kernel could not go on (BUG, oops): the run is abandoned
 *		even when the scenario allows the report
 * @fmt:	printf format of the headline, as the kernel words it
 *
 * Returns only when the report is switched off or allowed by the scenario
 * and not fatal; then the caller goes on as the kernel would.
 */
void kshim_report(struct kshim_oracle *o, int fatal, const char *fmt, ...)
	__attribute__((cold, format(printf, 3, 4)));

/* A report that can never return, e.g. BUG(). */
void kshim_die(struct kshim_oracle *o, const char *fmt, ...)
	__attribute__((cold, noreturn, format(printf, 2, 3)));

/**
 * kshim_log() - one line of kernel log
 * @level:	0..7 as in the kernel, -1: harness annotation
 * @text:	without the newline
 *
 * Formatting costs: callers test kshim_hot.detail first.
 */
void kshim_log(int level, const char *text);

/**
 * kshim_stack() - return addresses of the running task, innermost first
 * @pcs:	filled
 * @max:	room in @pcs
 *
 * Return: number of addresses; needs frame pointers.
 */
unsigned int kshim_stack(const void **pcs, unsigned int max);

/**
 * kshim_note() - annotate the trace with a value that changed
 * @what:	static string, e.g. "refcount"
 * @obj:	address
 * @before:	old value
 * @after:	new value
 *
 * Nothing unless a trace is being recorded.
 */
void kshim_note_slow(const char *what, const void *obj, long before, long after) KSHIM_COLD;
static inline void kshim_note(const char *what, const void *obj, long before,
			      long after)
{
	if (__builtin_expect(kshim_hot.slow, 0))
		kshim_note_slow(what, obj, before, after);
}

/**
 * kshim_tracepoint() - a tracepoint of the code under test was hit
 * @name:	of the tracepoint
 * @a:		first argument
 * @b:		second
 * @c:		third
 *
 * Delivered to the observer that the harness installed, in every mode.
 */
void kshim_tracepoint(const char *name, long a, long b, long c);

/**
 * kshim_stub() - something was asked for that the shim only has a name for
 * @name:	of the function or feature; static
 *
 * Said once per schedule, counted, and an oracle's report under --strict. The
 * caller goes on with whatever a kernel without the feature would do.
 */
void kshim_stub(const char *name);

/* How a run ended. */
enum kshim_end {
	KSHIM_END_OK,		/* every task has ended */
	KSHIM_END_REPORT,	/* an oracle spoke */
	KSHIM_END_CUT,		/* the policy cut it (sleep set, budget) */
};

#endif
