// SPDX-License-Identifier: GPL-2.0-only
/*
 * Page frames. Mirrors what mm/page_alloc.c promises about struct page.
 *
 * The kernel guarantees: every frame of memory has a struct page, found by
 * its number and the other way round, for as long as the machine runs; the
 * last reference frees the frame.
 *
 * We give: frames in runs, numbered from 4 GiB on and never used twice. The
 * array of a run is an allocation like others, freed with its last page, so
 * that whoever uses a freed page or keeps one for ever is found by the same
 * oracles as with any object.
 *
 * We do not give: contents other than what anon.c keeps, memory pressure,
 * compound pages, the zero page.
 */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mm_inline.h>
#include <linux/slab.h>
#include <kshim/inspect.h>
#include "engine/engine.h"
#include "lib/rmw.h"
#include "mm/page.h"

#define FIRST_PFN	0x100000UL
#define MAX_RUNS	48

static struct run {
	unsigned long first;
	unsigned int nr;
	unsigned int used;	/* pages with a reference */
	struct page *pages;	/* stays, so that late users can be told */
} runs[MAX_RUNS] KSHIM_COUNTED_ARRAY;
static unsigned int nr_runs;
KSHIM_COUNTED(runs, nr_runs, 1);

struct page *kshim_pages_alloc(unsigned int nr, gfp_t gfp)
{
	struct page *pages = kcalloc(nr, sizeof(*pages), gfp);
	struct run *r;
	unsigned int i;

	if (!pages)
		return NULL;
	kshim_obj_lock(runs);
	if (nr_runs == MAX_RUNS) {
		kshim_obj_unlock(runs);
		panic("more than %d page allocations in one run", MAX_RUNS);
	}
	r = &runs[nr_runs];
	r->first = nr_runs ? r[-1].first + r[-1].nr + 1 : FIRST_PFN;
	r->nr = nr;
	r->used = nr;
	r->pages = pages;
	for (i = 0; i < nr; i++) {
		pages[i].kshim_pfn = r->first + i;
		pages[i].kshim_run = nr_runs;
		pages[i]._refcount = 1;
	}
	nr_runs++;
	kshim_obj_unlock(runs);
	return pages;
}

static struct run *run_of(unsigned long pfn)
{
	unsigned int i;

	for (i = 0; i < nr_runs; i++)
		if (pfn - runs[i].first < runs[i].nr)
			return &runs[i];
	return NULL;
}

int pfn_valid(unsigned long pfn)
{
	return run_of(pfn) != NULL;
}

/* NULL for what is no memory: the kernel's answer cannot be used either. */
struct page *pfn_to_page(unsigned long pfn)
{
	struct run *r = run_of(pfn);

	return r ? &r->pages[pfn - r->first] : NULL;
}

/* Arithmetic in the kernel, so no access here. */
unsigned long page_to_pfn(const struct page *page)
{
	return page->kshim_pfn;
}

struct page *kshim_page_next(struct page *prev)
{
	unsigned int r = prev ? prev->kshim_run : 0;
	unsigned int i = prev ? prev->kshim_pfn - runs[r].first + 1 : 0;

	for (; r < nr_runs; r++, i = 0) {
		if (!runs[r].used)
			continue;
		for (; i < runs[r].nr; i++)
			if (runs[r].pages[i]._refcount > 0)
				return &runs[r].pages[i];
	}
	return NULL;
}

/* For the host: no points, no references. */
unsigned long kshim_pins(void)
{
	struct page *page = NULL;
	unsigned long n = 0;

	while ((page = kshim_page_next(page)))
		n += page->_pincount;
	return n;
}

unsigned long kshim_refs_pages(void)
{
	struct page *page = NULL;
	unsigned long h = nr_runs;
	unsigned int i;

	while ((page = kshim_page_next(page))) {
		h = h * 1000003 + page->kshim_pfn;
		h = h * 1000003 + page->_refcount * 1000 + page->_pincount;
		for (i = 0; i < KSHIM_PAGE_MAPS; i++)
			h = h * 31 + (page->dma[i].domain ? page->dma[i].iova : 1);
	}
	return h;
}

/**
 * alloc_pages() - take 2^order frames (linux/gfp.h)
 * @gfp:	context
 * @order:	power of two
 *
 * Return: the first of them or NULL.
 */
struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	return kshim_pages_alloc(1u << order, gfp);
}

void __free_pages(struct page *page, unsigned int order)
{
	unsigned int i;

	for (i = 0; i < 1u << order; i++)
		put_page(page + i);
}

/* Memory that is addressed, and whose frame nobody asks for (linux/gfp.h). */
unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	return (unsigned long)kmalloc(PAGE_SIZE << order, gfp);
}

void free_pages(unsigned long addr, unsigned int order)
{
	kfree((void *)addr);
}

void get_page(struct page *page)
{
	kshim_point(KSHIM_ATOMIC, page, sizeof(*page));
	kshim_rmw_inc(&page->_refcount);
}

/**
 * put_page() - give back a reference to a frame (linux/mm.h)
 * @page:	the last one frees it
 */
void put_page(struct page *page)
{
	struct run *r;
	unsigned int left;
	int refs;

	kshim_point(KSHIM_ATOMIC, page, sizeof(*page));
	refs = kshim_rmw_dec(&page->_refcount);
	if (WARN_ON_ONCE(refs < 0) || refs)
		return;
	kshim_page_check_dma(page, "freed");
	kfree(page->kshim_data);
	r = &runs[page->kshim_run];
	kshim_obj_lock(runs);
	left = --r->used;
	kshim_obj_unlock(runs);
	if (!left)
		kfree(r->pages);
}

/* How many from the first on follow each other (linux/mm_inline.h). */
unsigned long num_pages_contiguous(struct page **pages, size_t nr_pages)
{
	unsigned long i;

	for (i = 1; i < nr_pages; i++)
		if (page_to_pfn(pages[i]) != page_to_pfn(pages[0]) + i)
			break;
	return i;
}
