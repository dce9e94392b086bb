/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/slab.h: see kshim/mm/slab.c for what is promised. */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/gfp.h>
#include <linux/overflow.h>
#include <linux/types.h>

#define SLAB_HWCACHE_ALIGN	0x00002000U
#define SLAB_PANIC		0x00040000U
#define SLAB_RECLAIM_ACCOUNT	0x00020000U
#define SLAB_ACCOUNT		0x04000000U

#define ZERO_SIZE_PTR		((void *)16)
#define ZERO_OR_NULL_PTR(x)	((unsigned long)(x) <= (unsigned long)ZERO_SIZE_PTR)
#define KMALLOC_MAX_SIZE	(1UL << 22)

struct kmem_cache;

void *kmalloc(size_t size, gfp_t flags);
void *kzalloc(size_t size, gfp_t flags);
void *krealloc(const void *p, size_t size, gfp_t flags);
void kfree(const void *p);
size_t ksize(const void *p);

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size,
				     unsigned int align, unsigned int flags,
				     void (*ctor)(void *));
void kmem_cache_destroy(struct kmem_cache *s);
void *kmem_cache_alloc(struct kmem_cache *s, gfp_t flags);
void kmem_cache_free(struct kmem_cache *s, void *p);

#define kmem_cache_alloc_lru(s, lru, flags)	kmem_cache_alloc(s, flags)

static inline void *kmem_cache_zalloc(struct kmem_cache *s, gfp_t flags)
{
	return kmem_cache_alloc(s, flags | __GFP_ZERO);
}

static inline void *kmalloc_array(size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (check_mul_overflow(n, size, &bytes))
		return NULL;
	return kmalloc(bytes, flags);
}

static inline void *kcalloc(size_t n, size_t size, gfp_t flags)
{
	return kmalloc_array(n, size, flags | __GFP_ZERO);
}

#define kmalloc_node(size, flags, node)	kmalloc(size, flags)
#define kzalloc_node(size, flags, node)	kzalloc(size, flags)
#define kvmalloc(size, flags)		kmalloc(size, flags)
#define kvzalloc(size, flags)		kzalloc(size, flags)
#define kvcalloc(n, size, flags)	kcalloc(n, size, flags)
#define kvmalloc_array(n, size, flags)	kmalloc_array(n, size, flags)
#define kvfree(p)			kfree(p)
#define kfree_sensitive(p)		kfree(p)

/* Allocation by type (from 7.0 on), GFP_KERNEL unless flags are given. */
#define kshim_gfp_second(a, b, ...)	b
#define default_gfp(...)		kshim_gfp_second(, ##__VA_ARGS__, GFP_KERNEL)
#define kshim_alloc_objs(alloc, flags, type, n)				\
	((type *)alloc(size_mul(n, sizeof(type)), flags))
#define kmalloc_obj(t, ...)						\
	kshim_alloc_objs(kmalloc, default_gfp(__VA_ARGS__), typeof(t), 1)
#define kzalloc_obj(t, ...)						\
	kshim_alloc_objs(kzalloc, default_gfp(__VA_ARGS__), typeof(t), 1)
#define kmalloc_objs(t, n, ...)						\
	kshim_alloc_objs(kmalloc, default_gfp(__VA_ARGS__), typeof(t), n)
#define kzalloc_objs(t, n, ...)						\
	kshim_alloc_objs(kzalloc, default_gfp(__VA_ARGS__), typeof(t), n)
#define kvmalloc_obj(t, ...)		kmalloc_obj(t, ##__VA_ARGS__)
#define kvzalloc_obj(t, ...)		kzalloc_obj(t, ##__VA_ARGS__)
#define kvmalloc_objs(t, n, ...)	kmalloc_objs(t, n, ##__VA_ARGS__)
#define kvzalloc_objs(t, n, ...)	kzalloc_objs(t, n, ##__VA_ARGS__)

#define kshim_alloc_flex(alloc, flags, type, fam, n)			\
	((type *)alloc(struct_size((type *)NULL, fam, n), flags))
#define kmalloc_flex(t, fam, n, ...)					\
	kshim_alloc_flex(kmalloc, default_gfp(__VA_ARGS__), typeof(t), fam, n)
#define kzalloc_flex(t, fam, n, ...)					\
	kshim_alloc_flex(kzalloc, default_gfp(__VA_ARGS__), typeof(t), fam, n)

#endif
