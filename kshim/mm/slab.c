// SPDX-License-Identifier: GPL-2.0-only
/*
 * kmalloc(), kfree() and caches. Mirrors mm/slab_common.c and mm/slub.c.
 *
 * The kernel guarantees: memory for GFP_KERNEL or NULL, zeroed when asked,
 * aligned to at least 8 bytes (16 here); kfree(NULL) is nothing; size 0 gives
 * ZERO_SIZE_PTR.
 *
 * We give: bump allocation without reuse inside a schedule, with shadow that
 * is precise to the byte, so that every use after free and every overrun by
 * an instrumented access is seen; equal addresses on replay; failures by
 * fail_nth; contents of fresh memory are a fixed pattern.
 *
 * We do not give: reuse of freed memory (a bug that needs it to show is seen
 * as the use-after-free it is), memory pressure, NUMA nodes, atomic pools.
 */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "engine/engine.h"
#include "kshim/slab.h"
#include "mm/slab.h"

#define HDR		sizeof(struct slab_hdr)
#define LIVE		0x51ab
#define DEAD		0xdead
#define FRESH_PATTERN	0xa5

/* Sits in the redzone before each object. */
struct slab_hdr {
	u32 size;
	u16 state;
	u16 pad;
	u32 serial;
	u32 room;		/* bytes from the header to the next one */
	struct kmem_cache *cache;
	u64 unused;
};

struct kmem_cache {
	const char *name;
	unsigned int size;
	unsigned int flags;
	void (*ctor)(void *obj);
	unsigned long live;
};

extern unsigned long kshim_arena_top;
extern struct kshim_oracle kshim_oracle_kasan;
KSHIM_ORACLE(kshim_oracle_leak, "leak",
	     "an object or a reference that is still there when all is closed");

static unsigned long nr_live, nr_live_bytes;
static u32 serial;

static const struct { unsigned int size; const char *name; } kmalloc_caches[] = {
	{ 8, "kmalloc-8" }, { 16, "kmalloc-16" }, { 32, "kmalloc-32" },
	{ 64, "kmalloc-64" }, { 96, "kmalloc-96" }, { 128, "kmalloc-128" },
	{ 192, "kmalloc-192" }, { 256, "kmalloc-256" }, { 512, "kmalloc-512" },
	{ 1024, "kmalloc-1k" }, { 2048, "kmalloc-2k" }, { 4096, "kmalloc-4k" },
	{ 8192, "kmalloc-8k" },
};

static inline u8 *shadow_of(const void *p)
{
	return (u8 *)KSHIM_SHADOW_BASE + (((unsigned long)p - KSHIM_ARENA_BASE) >> 3);
}

/* Most objects are small: a few stores that overlap, neither a call nor a loop. */
static __always_inline void fill(u8 *p, u8 with, size_t n)
{
	const u64 word = with * 0x0101010101010101ULL;
	const u64 two[2] = { word, word };

	if (likely(n - 16 <= 48)) {
		__builtin_memcpy(p, two, 16);
		__builtin_memcpy(p + n - 16, two, 16);
		if (n > 32) {
			__builtin_memcpy(p + 16, two, 16);
			__builtin_memcpy(p + n - 32, two, 16);
		}
	} else if (n > 64) {
		__builtin_memset(p, with, n);
	} else if (n >= 8) {
		__builtin_memcpy(p, &word, 8);
		__builtin_memcpy(p + n - 8, &word, 8);
	} else if (n >= 4) {
		__builtin_memcpy(p, &word, 4);
		__builtin_memcpy(p + n - 4, &word, 4);
	} else if (n) {
		p[0] = p[n >> 1] = p[n - 1] = with;
	}
}

static void *slab_alloc(struct kmem_cache *s, size_t size, gfp_t flags)
{
	struct slab_hdr *h;
	size_t room;
	u8 *p, *sh;

	kshim_point(KSHIM_ALLOC, NULL, 0);
	might_sleep_if(gfpflags_allow_blocking(flags));
	if (!(flags & __GFP_NOFAIL) && kshim_should_fail(size, false))
		return NULL;
	if (size > KMALLOC_MAX_SIZE)
		return NULL;
	room = HDR + ((size + 15) & ~15UL) + 16;
	kshim_raw_lock(&kshim_arena_top);
	if (kshim_arena_top + room > KSHIM_ARENA_SIZE) {
		kshim_raw_unlock(&kshim_arena_top);
		panic("the simulated machine is out of memory (%lu bytes)",
		      KSHIM_ARENA_SIZE);
	}
	h = (struct slab_hdr *)(KSHIM_ARENA_BASE + kshim_arena_top);
	kshim_arena_top += room;
	h->serial = ++serial;
	nr_live++;
	nr_live_bytes += size;
	if (s)
		s->live++;
	kshim_raw_unlock(&kshim_arena_top);
	h->size = size;
	h->state = LIVE;
	h->room = room;
	h->cache = s;
	p = (u8 *)(h + 1);
	sh = shadow_of(h);
	fill(sh, KSHIM_SHADOW_REDZONE, room >> 3);
	fill(shadow_of(p), 0, size >> 3);
	if (size & 7)
		*shadow_of(p + size) = size & 7;
	__builtin_memset(p, flags & __GFP_ZERO ? 0 : FRESH_PATTERN, (size + 7) & ~7UL);
	if (unlikely(kshim_hot.detail))
		kshim_slab_event(p, size, 1);
	return p;
}

static int valid_object(const void *p)
{
	const struct slab_hdr *h = (const struct slab_hdr *)p - 1;

	return (unsigned long)p - KSHIM_ARENA_BASE < kshim_arena_top &&
		!((unsigned long)p & 15) && (h->state == LIVE || h->state == DEAD);
}

static void slab_free(struct kmem_cache *s, const void *p, const void *pc)
{
	struct slab_hdr *h = (struct slab_hdr *)p - 1;

	kshim_point(KSHIM_FREE, p, 0);
	if (!valid_object(p))
		kshim_die(&kshim_oracle_kasan, "KASAN: double-free or invalid-free");
	kshim_touch(KSHIM_FREE, p, h->size);
	kshim_raw_lock(&kshim_arena_top);
	if (h->state != LIVE) {
		kshim_raw_unlock(&kshim_arena_top);
		kshim_bad_free(p);
	}
	kshim_hb_free(p, h->size, pc);
	h->state = DEAD;
	nr_live--;
	nr_live_bytes -= h->size;
	if (h->cache)
		h->cache->live--;
	kshim_raw_unlock(&kshim_arena_top);
	if (s && h->cache != s)
		WARN(1, "cache_from_obj: Wrong slab cache. %s but object is from %s\n",
		     s->name, h->cache ? h->cache->name : "kmalloc");
	kshim_locks_freed(p, h->size);
	fill(shadow_of(p), KSHIM_SHADOW_FREED, (h->size + 7) >> 3);
	if (unlikely(kshim_hot.detail))
		kshim_slab_event(p, h->size, 0);
}

void *kmalloc(size_t size, gfp_t flags)
{
	return size ? slab_alloc(NULL, size, flags) : ZERO_SIZE_PTR;
}

void *kzalloc(size_t size, gfp_t flags)
{
	return kmalloc(size, flags | __GFP_ZERO);
}

void kfree(const void *p)
{
	if (!ZERO_OR_NULL_PTR(p))
		slab_free(NULL, p, __builtin_return_address(0));
}

size_t ksize(const void *p)
{
	return ZERO_OR_NULL_PTR(p) ? 0 : ((const struct slab_hdr *)p - 1)->size;
}

void *krealloc(const void *p, size_t size, gfp_t flags)
{
	void *n;
	size_t old = ksize(p);

	if (!size) {
		kfree(p);
		return ZERO_SIZE_PTR;
	}
	n = kmalloc(size, flags);
	if (n && !ZERO_OR_NULL_PTR(p)) {
		memcpy(n, p, old < size ? old : size);
		kfree(p);
	}
	return n;
}

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size,
				     unsigned int align, unsigned int flags,
				     void (*ctor)(void *))
{
	struct kmem_cache *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return NULL;
	s->name = name;
	s->size = size;
	s->flags = flags;
	s->ctor = ctor;
	return s;
}

void kmem_cache_destroy(struct kmem_cache *s)
{
	if (!s)
		return;
	if (s->live)
		kshim_report(&kshim_oracle_leak, 0,
			     "kmem_cache_destroy %s: Slab cache still has objects (%lu)",
			     s->name, s->live);
	kfree(s);
}

void *kmem_cache_alloc(struct kmem_cache *s, gfp_t flags)
{
	void *p = slab_alloc(s, s->size, flags);

	if (p && s->ctor)
		s->ctor(p);
	return p;
}

void kmem_cache_free(struct kmem_cache *s, void *p)
{
	if (p)
		slab_free(s, p, __builtin_return_address(0));
}

unsigned long kshim_slab_live(void)
{
	return nr_live;
}

unsigned long kshim_slab_live_bytes(void)
{
	return nr_live_bytes;
}

static void describe(const struct slab_hdr *h, struct kshim_object *o)
{
	unsigned int i;

	o->addr = h + 1;
	o->size = h->size;
	o->live = h->state == LIVE;
	o->serial = h->serial;
	o->cache_size = h->size;
	o->cache = h->cache ? h->cache->name : "kmalloc-large";
	if (h->cache)
		return;
	for (i = 0; i < ARRAY_SIZE(kmalloc_caches); i++) {
		if (h->size <= kmalloc_caches[i].size) {
			o->cache = kmalloc_caches[i].name;
			o->cache_size = kmalloc_caches[i].size;
			return;
		}
	}
}

int kshim_slab_next(const struct kshim_object *prev, struct kshim_object *o)
{
	const struct slab_hdr *h = (const struct slab_hdr *)KSHIM_ARENA_BASE;

	if (prev) {
		h = (const struct slab_hdr *)prev->addr - 1;
		h = (const struct slab_hdr *)((const char *)h + h->room);
	}
	/* The snapshot rounds the used part up to a cache line. */
	while ((unsigned long)h - KSHIM_ARENA_BASE < kshim_arena_top &&
	       h->state != LIVE && h->state != DEAD)
		h = (const struct slab_hdr *)((const char *)h + 16);
	if ((unsigned long)h - KSHIM_ARENA_BASE >= kshim_arena_top)
		return 0;
	describe(h, o);
	return 1;
}

int kshim_slab_find(const void *addr, struct kshim_object *o)
{
	struct kshim_object it, *prev = NULL;

	while (kshim_slab_next(prev, &it)) {
		const struct slab_hdr *h = (const struct slab_hdr *)it.addr - 1;

		if ((const char *)addr >= (const char *)h &&
		    (const char *)addr < (const char *)h + h->room) {
			*o = it;
			return 1;
		}
		prev = &it;
	}
	return 0;
}
