/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/highmem.h: pages have no contents, see kshim/mm/highmem.c. */
#ifndef _LINUX_HIGHMEM_H
#define _LINUX_HIGHMEM_H

#include <linux/bitmap.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/uaccess.h>

void *kmap_local_page(const struct page *page);

#define kmap(page)		kmap_local_page(page)
#define kunmap_local(addr)	((void)(addr))
#define kunmap(page)		((void)(page))

#endif
