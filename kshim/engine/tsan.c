// SPDX-License-Identifier: GPL-2.0-only
/*
 * The callbacks that -fsanitize=thread puts before every memory access of the
 * code under test. libtsan is never linked: these are ours.
 *
 * A shared access (arena or the guest's globals) is a point when --points mem
 * is on, and is checked against the shadow in any case, after the point; then
 * the race detector sees it, point or not. Stack and read-only memory are
 * neither.
 */
#include "race.h"
#include "task.h"

extern unsigned long kshim_guest_lo, kshim_guest_len;

/*
 * The fast way needs no stack frame: what may switch or report is a tail call
 * out of line.
 */
static __attribute__((noinline, cold))
void bad_mem(const void *addr, unsigned long size, enum kshim_op op, const void *pc)
{
	kshim_bad_access(addr, size, op != KSHIM_READ && op != KSHIM_MARKED_READ, pc);
}

static __attribute__((noinline))
void decide_mem(const void *addr, unsigned long size, enum kshim_op op, const void *pc)
{
	kshim_point_slow(op, addr, size, pc);
	if (!kshim_addressable(addr, size))
		bad_mem(addr, size, op, pc);
}

static __attribute__((noinline))
void check_mem(const void *addr, unsigned long size, enum kshim_op op, const void *pc)
{
	if (!kshim_addressable(addr, size))
		bad_mem(addr, size, op, pc);
}

/* In one granule that is addressable as a whole, as nearly all are? */
static inline __attribute__((always_inline))
int granule_ok(const void *addr, unsigned long size)
{
	unsigned long off = (unsigned long)addr - KSHIM_ARENA_BASE;

	return size <= 8 && (off & 7) + size <= 8 &&
		!((const unsigned char *)KSHIM_SHADOW_BASE)[off >> 3];
}

/* Somebody watches: points, traces, races. */
static __attribute__((noinline))
void watch_mem(const void *addr, unsigned long size, enum kshim_op op, const void *pc)
{
	int marked = op == KSHIM_MARKED_READ || op == KSHIM_MARKED_WRITE;

	if (kshim_hot.points_mem || marked) {
		unsigned long r = kshim_hot.runnable;

		if (!RACE_ONLY || ((r & (r - 1)) &&
				   kshim_hot.npoints + 1 >= kshim_hot.next_decide))
			kshim_point_mem(op, addr, size, pc);
		else if (r & (r - 1))
			kshim_hot.npoints++;
	}
	if (!kshim_addressable(addr, size))
		bad_mem(addr, size, op, pc);
	if (RACE_WATCHED)
		race_access(addr, size, race_kind_of(op), pc);
	if (RACE_WATCHED && op == KSHIM_MARKED_WRITE)
		kshim_hb_store(addr, 0);
}

static inline __attribute__((always_inline))
void access_mem(const void *addr, unsigned long size, enum kshim_op op, int marked,
		const void *pc)
{
	int arena = (unsigned long)addr - KSHIM_ARENA_BASE < KSHIM_ARENA_SIZE;

	if (!arena && (unsigned long)addr - kshim_guest_lo >= kshim_guest_len)
		return;
	if (marked || __builtin_expect(kshim_hot.plain, 0)) {
		unsigned long r = kshim_hot.runnable;

		if (__builtin_expect(kshim_hot.attention, 0)) {
			watch_mem(addr, size, op, pc);
			return;
		}
		if ((r & (r - 1)) && ++kshim_hot.npoints >= kshim_hot.next_decide) {
			decide_mem(addr, size, op, pc);
			return;
		}
	}
	if (arena && __builtin_expect(!granule_ok(addr, size), 0))
		check_mem(addr, size, op, pc);
}

#define PC __builtin_return_address(0)
#define NO_FRAME __attribute__((optimize("omit-frame-pointer")))
#define ACCESS(name, size, op, marked)						\
	void __tsan_##name(void *addr);						\
	NO_FRAME void __tsan_##name(void *addr) { access_mem(addr, size, op, marked, PC); }

#define SIZES(prefix, op_r, op_w, marked)				\
	ACCESS(prefix##read1, 1, op_r, marked)				\
	ACCESS(prefix##read2, 2, op_r, marked)				\
	ACCESS(prefix##read4, 4, op_r, marked)				\
	ACCESS(prefix##read8, 8, op_r, marked)				\
	ACCESS(prefix##read16, 16, op_r, marked)			\
	ACCESS(prefix##write1, 1, op_w, marked)				\
	ACCESS(prefix##write2, 2, op_w, marked)				\
	ACCESS(prefix##write4, 4, op_w, marked)				\
	ACCESS(prefix##write8, 8, op_w, marked)				\
	ACCESS(prefix##write16, 16, op_w, marked)

SIZES(, KSHIM_READ, KSHIM_WRITE, 0)
SIZES(unaligned_, KSHIM_READ, KSHIM_WRITE, 0)
SIZES(volatile_, KSHIM_MARKED_READ, KSHIM_MARKED_WRITE, 1)
SIZES(unaligned_volatile_, KSHIM_MARKED_READ, KSHIM_MARKED_WRITE, 1)

#define RMW(size)							\
	void __tsan_read_write##size(void *addr);			\
	void __tsan_read_write##size(void *addr)			\
	{								\
		access_mem(addr, size, KSHIM_WRITE, 0, PC);		\
	}
RMW(1) RMW(2) RMW(4) RMW(8) RMW(16)

void __tsan_read_range(void *addr, unsigned long size);
void __tsan_read_range(void *addr, unsigned long size)
{
	if (size)
		access_mem(addr, size, KSHIM_READ, 0, PC);
}

void __tsan_write_range(void *addr, unsigned long size);
void __tsan_write_range(void *addr, unsigned long size)
{
	if (size)
		access_mem(addr, size, KSHIM_WRITE, 0, PC);
}

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order)
{
	(void)order;
	__sync_synchronize();
}

void __tsan_func_entry(void *pc);
void __tsan_func_entry(void *pc) { (void)pc; }
void __tsan_func_exit(void);
void __tsan_func_exit(void) { }
void __tsan_init(void);
void __tsan_init(void) { }
