// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors linux/highmem.h.
 *
 * The kernel guarantees: any page can be mapped for a while, to read and to
 * write it.
 *
 * We give: nothing; frames have no contents (see page.c), and who looks for
 * them is told. We do not give: mappings.
 */
#include <linux/highmem.h>
#include <linux/kernel.h>
#include "engine/engine.h"

void *kmap_local_page(const struct page *page)
{
	kshim_stub("kmap_local_page");
	panic("kmap_local_page() of frame %lx: frames have no contents here",
	      page_to_pfn(page));
}
