// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mirrors drivers/base/devres.c: resources that end with the driver.
 *
 * The kernel: resources are attached to a device and released in reverse
 * order after remove(), after a failed probe, and when the device is deleted
 * or released.
 *
 * Given: that, managed memory and actions.
 * Not given: groups of resources, pages, I/O memory, reallocation.
 */
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "engine/engine.h"
#include "base/base.h"

struct devres {
	struct list_head entry;
	dr_release_t release;
	unsigned long size;
	u8 data[] __attribute__((aligned(16)));
};

struct action {
	void (*fn)(void *data);
	void *data;
};

static struct devres *to_dr(const void *res)
{
	return container_of(res, struct devres, data);
}

void *devres_alloc(dr_release_t release, size_t size, gfp_t gfp)
{
	struct devres *dr = kmalloc(sizeof(*dr) + size, gfp | __GFP_ZERO);

	if (!dr)
		return NULL;
	INIT_LIST_HEAD(&dr->entry);
	dr->release = release;
	dr->size = size;
	return dr->data;
}

void devres_free(void *res)
{
	if (res) {
		WARN_ON(!list_empty(&to_dr(res)->entry));
		kfree(to_dr(res));
	}
}

void devres_add(struct device *dev, void *res)
{
	kshim_point(KSHIM_WRITE, &dev->devres_head, sizeof(dev->devres_head));
	kshim_obj_lock_ordered(&dev->devres_head);
	list_add_tail(&to_dr(res)->entry, &dev->devres_head);
	kshim_obj_unlock(&dev->devres_head);
}

static struct devres *find(struct device *dev, dr_release_t release, dr_match_t match,
			   void *match_data, bool take)
{
	struct devres *dr, *ret = NULL;

	kshim_point(take ? KSHIM_WRITE : KSHIM_READ, &dev->devres_head,
		    sizeof(dev->devres_head));
	kshim_obj_lock_ordered(&dev->devres_head);
	list_for_each_entry_reverse(dr, &dev->devres_head, entry) {
		if (dr->release != release)
			continue;
		if (match && !match(dev, dr->data, match_data))
			continue;
		ret = dr;
		break;
	}
	if (ret && take)
		list_del_init(&ret->entry);
	kshim_obj_unlock(&dev->devres_head);
	return ret;
}

void *devres_find(struct device *dev, dr_release_t release, dr_match_t match,
		  void *match_data)
{
	struct devres *dr = find(dev, release, match, match_data, false);

	return dr ? dr->data : NULL;
}

/* Take a resource off the device without releasing it. */
void *devres_remove(struct device *dev, dr_release_t release, dr_match_t match,
		    void *match_data)
{
	struct devres *dr = find(dev, release, match, match_data, true);

	return dr ? dr->data : NULL;
}

int devres_destroy(struct device *dev, dr_release_t release, dr_match_t match,
		   void *match_data)
{
	void *res = devres_remove(dev, release, match, match_data);

	devres_free(res);
	return res ? 0 : -ENOENT;
}

int devres_release(struct device *dev, dr_release_t release, dr_match_t match,
		   void *match_data)
{
	void *res = devres_remove(dev, release, match, match_data);

	if (!res)
		return -ENOENT;
	release(dev, res);
	devres_free(res);
	return 0;
}

/* Everything, newest first. Return: how many. */
int devres_release_all(struct device *dev)
{
	LIST_HEAD(todo);
	int n = 0;

	/* never initialised, or nothing there */
	if (!dev->devres_head.next || list_empty(&dev->devres_head))
		return 0;
	kshim_obj_lock_ordered(&dev->devres_head);
	list_splice_init(&dev->devres_head, &todo);
	kshim_obj_unlock(&dev->devres_head);
	while (!list_empty(&todo)) {
		struct devres *dr = list_last_entry(&todo, struct devres, entry);

		list_del_init(&dr->entry);
		if (dr->release)
			dr->release(dev, dr->data);
		kfree(dr);
		n++;
	}
	return n;
}

static void memory_release(struct device *dev, void *res)
{
}

static int memory_match(struct device *dev, void *res, void *data)
{
	return res == data;
}

void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp)
{
	void *p;

	if (!size)
		return ZERO_SIZE_PTR;
	p = devres_alloc(memory_release, size, gfp);
	if (p)
		devres_add(dev, p);
	return p;
}

void devm_kfree(struct device *dev, const void *p)
{
	if (!ZERO_OR_NULL_PTR(p))
		WARN_ON(devres_destroy(dev, memory_release, memory_match, (void *)p));
}

void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp)
{
	void *p = devm_kmalloc(dev, len, gfp);

	return p ? memcpy(p, src, len) : NULL;
}

char *devm_kstrdup(struct device *dev, const char *s, gfp_t gfp)
{
	return s ? devm_kmemdup(dev, s, strlen(s) + 1, gfp) : NULL;
}

char *devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...)
{
	va_list args, copy;
	char *p;
	int len;

	va_start(args, fmt);
	va_copy(copy, args);
	len = vsnprintf(NULL, 0, fmt, copy);
	va_end(copy);
	p = devm_kmalloc(dev, len + 1, gfp);
	if (p)
		vsnprintf(p, len + 1, fmt, args);
	va_end(args);
	return p;
}

static void action_release(struct device *dev, void *res)
{
	struct action *a = res;

	a->fn(a->data);
}

static int action_match(struct device *dev, void *res, void *data)
{
	struct action *a = res, *b = data;

	return a->fn == b->fn && a->data == b->data;
}

int devm_add_action(struct device *dev, void (*fn)(void *), void *data)
{
	struct action *a = devres_alloc(action_release, sizeof(*a), GFP_KERNEL);

	if (!a)
		return -ENOMEM;
	a->fn = fn;
	a->data = data;
	devres_add(dev, a);
	return 0;
}

int devm_remove_action_nowarn(struct device *dev, void (*fn)(void *), void *data)
{
	struct action a = { fn, data };

	return devres_destroy(dev, action_release, action_match, &a);
}

void devm_remove_action(struct device *dev, void (*fn)(void *), void *data)
{
	WARN_ON(devm_remove_action_nowarn(dev, fn, data));
}

void devm_release_action(struct device *dev, void (*fn)(void *), void *data)
{
	struct action a = { fn, data };

	WARN_ON(devres_release(dev, action_release, action_match, &a));
}
