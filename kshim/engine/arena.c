// SPDX-License-Identifier: GPL-2.0-only
/*
 * The guest's memory and its snapshot.
 *
 * The arena lies at a fixed address and is used by bump allocation without
 * reuse inside a schedule: use-after-free detection is perfect and addresses
 * are equal on replay. The snapshot holds the guest image's writable sections
 * and the used part of the arena with its shadow.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "task.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE	0x100000
#endif
/* A word may be read at the last byte. */
#define SHADOW_SIZE	((KSHIM_ARENA_SIZE >> 3) + 4096)
#define MAX_RANGES	8192	/* a coverage build has a hole per function */

struct range {
	char *start;
	size_t len;
	char *copy;
};

unsigned long kshim_arena_top KSHIM_RUN_STATE;
unsigned long kshim_guest_lo, kshim_guest_len;

static struct range ranges[MAX_RANGES];
static unsigned int nr_ranges;
static char *arena_copy, *shadow_copy;
static unsigned long snap_top;

void kshim_explore_init(const struct ctx_ops *ops);
void kshim_fault_init(void);
int kshim_parallel_init(void);

static int map_fixed(unsigned long addr, unsigned long size)
{
	void *p = mmap((void *)addr, size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE,
		       -1, 0);

	if (p != (void *)addr) {
		if (p != MAP_FAILED)
			munmap(p, size);
		return -ENOMEM;
	}
	return 0;
}

int kshim_addressable_slow(const void *addr, unsigned long size)
{
	unsigned long off = (unsigned long)addr - KSHIM_ARENA_BASE, last = off + size - 1;
	const unsigned char *shadow = (const unsigned char *)KSHIM_SHADOW_BASE;
	unsigned long s = off >> 3, end = last >> 3, w;

	for (; s + sizeof(w) <= end; s += sizeof(w)) {
		memcpy(&w, shadow + s, sizeof(w));
		if (w)
			return 0;
	}
	for (; s < end; s++)
		if (shadow[s])
			return 0;
	return shadow[end] == 0 || (shadow[end] < 8 && (last & 7) < shadow[end]);
}

int kshim_engine_init(enum kshim_engine_kind kind)
{
	static int mapped;
	int rc;

	if (!mapped) {
		rc = map_fixed(KSHIM_ARENA_BASE, KSHIM_ARENA_SIZE);
		if (!rc)
			rc = map_fixed(KSHIM_SHADOW_BASE, SHADOW_SIZE);
		if (rc)
			return rc;
		memset((void *)KSHIM_SHADOW_BASE, KSHIM_SHADOW_UNUSED, SHADOW_SIZE);
		mapped = 1;
	}
	kshim_fault_init();
	kshim_hot.parallel = 0;
	kshim_explore_init(kind == KSHIM_BATON ? &kshim_ctx_baton :
			   kind == KSHIM_UCONTEXT ? &kshim_ctx_ucontext : &kshim_ctx_fiber);
	if (kind == KSHIM_PARALLEL)
		return kshim_parallel_init();
	return 0;
}

void kshim_guest_range(const void *start, const void *end)
{
	kshim_guest_lo = (unsigned long)start;
	kshim_guest_len = (unsigned long)end - (unsigned long)start;
}

static void add_range(char *start, char *end)
{
	if (start >= end || nr_ranges == MAX_RANGES)
		return;
	ranges[nr_ranges].start = start;
	ranges[nr_ranges].len = end - start;
	ranges[nr_ranges].copy = malloc(end - start);
	if (!ranges[nr_ranges].copy)
		abort();
	nr_ranges++;
}

void kshim_snapshot_range(void *start, void *end)
{
	add_range(start, end);
}

/* Cut a hole, e.g. for coverage counters that live among the guest's data. */
void kshim_snapshot_exclude(void *start, void *end)
{
	unsigned int i, n = nr_ranges;

	for (i = 0; i < n; i++) {
		struct range *r = &ranges[i];
		char *rend = r->start + r->len;

		if ((char *)start >= rend || (char *)end <= r->start)
			continue;
		if ((char *)end < rend) {
			if (nr_ranges == MAX_RANGES)
				abort();
			add_range(end, rend);
		}
		r->len = (char *)start > r->start ? (size_t)((char *)start - r->start) : 0;
	}
}

void kshim_snapshot_take(void)
{
	unsigned int i;

	for (i = 0; i < nr_ranges; i++)
		memcpy(ranges[i].copy, ranges[i].start, ranges[i].len);
	kshim_counted_take();
	snap_top = (kshim_arena_top + 63) & ~63UL;
	arena_copy = realloc(arena_copy, snap_top + 64);
	shadow_copy = realloc(shadow_copy, (snap_top >> 3) + 64);
	if (!arena_copy || !shadow_copy)
		abort();
	kshim_arena_top = snap_top;
	memcpy(arena_copy, (void *)KSHIM_ARENA_BASE, snap_top);
	memcpy(shadow_copy, (void *)KSHIM_SHADOW_BASE, snap_top >> 3);
}

unsigned long kshim_arena_moved(void)
{
	unsigned long n = kshim_arena_top + (kshim_arena_top >> 3) + 128 + kshim_counted_room();
	unsigned int i;

	for (i = 0; i < nr_ranges; i++)
		n += ranges[i].len;
	return n;
}

void kshim_arena_move(struct kshim_mover *m, unsigned long used)
{
	unsigned long top = (kshim_arena_top + 63) & ~63UL;
	unsigned int i;

	for (i = 0; i < nr_ranges; i++)
		kshim_move(m, ranges[i].start, ranges[i].len);
	kshim_counted_move(m);
	kshim_move(m, (void *)KSHIM_ARENA_BASE, top);
	kshim_move(m, (void *)KSHIM_SHADOW_BASE, top >> 3);
	used = (used + 63) & ~63UL;
	if (used > top)
		memset((char *)KSHIM_SHADOW_BASE + (top >> 3), KSHIM_SHADOW_UNUSED,
		       (used - top) >> 3);
}

void kshim_snapshot_restore(void)
{
	unsigned long top = (kshim_arena_top + 63) & ~63UL;
	unsigned int i;

	for (i = 0; i < nr_ranges; i++)
		memcpy(ranges[i].start, ranges[i].copy, ranges[i].len);
	kshim_counted_restore();
	memcpy((void *)KSHIM_ARENA_BASE, arena_copy, snap_top);
	memcpy((void *)KSHIM_SHADOW_BASE, shadow_copy, snap_top >> 3);
	if (top > snap_top)
		memset((char *)KSHIM_SHADOW_BASE + (snap_top >> 3), KSHIM_SHADOW_UNUSED,
		       (top - snap_top) >> 3);
	kshim_arena_top = snap_top;
}
