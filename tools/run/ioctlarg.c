// SPDX-License-Identifier: GPL-2.0-only
/*
 * The structures that ioctls take: from KEY=VALUE to bytes, and what comes
 * back as the step's result. The layouts are user-space ABI.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <linux/vfio.h>

#include "drivers/pinner.h"
#include "machine.h"
#include "run.h"

static const struct scn_param *param(const struct scn_step *s, const char *key)
{
	unsigned int i;

	for (i = 0; i < s->nparams; i++)
		if (!strcmp(s->params[i].key, key))
			return &s->params[i];
	return NULL;
}

static unsigned long value(const struct scn_step *s, const char *key, unsigned long def)
{
	const struct scn_param *p = param(s, key);

	if (!p)
		return def;
	if (!p->is_step)
		return (unsigned long)p->num;
	return run_interp.result[p->step] == OUTCOME_NONE ? 0 :
		(unsigned long)run_interp.result[p->step];
}

static void fill_map(const struct scn_step *s, void *mem)
{
	struct vfio_iommu_type1_dma_map *map = mem;

	map->argsz = (__u32)value(s, "argsz", sizeof(*map));
	map->flags = (__u32)value(s, "flags", VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE);
	map->vaddr = value(s, "vaddr", 0) + value(s, "offset", 0);
	map->iova = value(s, "iova", 0);
	map->size = value(s, "size", 0);
}

static void fill_unmap(const struct scn_step *s, void *mem)
{
	struct vfio_iommu_type1_dma_unmap *unmap = mem;

	unmap->argsz = (__u32)value(s, "argsz", sizeof(*unmap));
	unmap->flags = (__u32)value(s, "flags", 0);
	unmap->iova = value(s, "iova", 0);
	unmap->size = value(s, "size", 0);
}

static void fill_pin(const struct scn_step *s, void *mem)
{
	struct pinner_range *r = mem;

	r->iova = value(s, "iova", 0);
	r->npages = value(s, "pages", 1);
}

static void fill_any(const struct scn_step *s, char *mem, unsigned long argsz)
{
	uint32_t v[3] = { (uint32_t)value(s, "argsz", argsz), (uint32_t)value(s, "flags", 0),
			  (uint32_t)value(s, "index", s->nargs > 2 ? (unsigned long)s->arg[2].num : 0) };

	memcpy(mem, v, sizeof(v));
}

/**
 * ioctl_fill() - the structure that a request takes
 * @s:		an ioctl step with a request that takes one
 * @mem:	gets it; IOCTL_FILL_SIZE bytes
 */
void ioctl_fill(const struct scn_step *s, char *mem)
{
	memset(mem, 0, IOCTL_FILL_SIZE);
	switch (s->ioctl->arg) {
	case SCN_IOC_MAP:
		return fill_map(s, mem);
	case SCN_IOC_UNMAP:
		return fill_unmap(s, mem);
	case SCN_IOC_PIN:
		return fill_pin(s, mem);
	case SCN_IOC_STATUS:
		return fill_any(s, mem, 8);
	default:
		return fill_any(s, mem, 256);
	}
}

/**
 * ioctl_result() - the result of a step whose request has succeeded
 * @s:		ioctl step
 * @ret:	what the request returned
 * @mem:	its structure
 *
 * Return: @ret, or what the structure says for requests that answer in it.
 */
long ioctl_result(const struct scn_step *s, long ret, const char *mem)
{
	const struct vfio_iommu_type1_dma_unmap *unmap = (const void *)mem;
	uint32_t flags;

	if (ret || !s->ioctl)
		return ret;
	if (s->ioctl->arg == SCN_IOC_UNMAP)
		return (long)unmap->size;
	if (s->ioctl->arg != SCN_IOC_STATUS)
		return ret;
	memcpy(&flags, mem + 4, sizeof(flags));
	return flags;
}
