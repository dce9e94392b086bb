/* SPDX-License-Identifier: GPL-2.0-only */
/* A bus, devices and drivers for the tests of the device model. */
#ifndef KTEST_BUS_HELPER_H
#define KTEST_BUS_HELPER_H

#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <kshim/inspect.h>
#include <kshim/sysfs.h>
#include "ktest.h"

static char tb_log[256] __attribute__((unused));

/* Note what happened, one word each; single-task tests only. */
static inline void tb_say(const char *word)
{
	size_t n = strlen(tb_log);

	snprintf(tb_log + n, sizeof(tb_log) - n, "%s ", word);
}

#define TB_EXPECT_LOG(text)						\
do {									\
	if (strcmp(tb_log, text))					\
		ktest_fail(__FILE__, __LINE__, "log is \"%s\", not \"%s\"", \
			   tb_log, text);				\
	tb_log[0] = 0;							\
} while (0)

struct tb_dev {
	struct device dev;
	const char *driver_override;
};

static inline struct tb_dev *to_tb(struct device *dev)
{
	return container_of(dev, struct tb_dev, dev);
}

static int tb_match(struct device *dev, kshim_const_drv struct device_driver *drv)
{
	const char *only = to_tb(dev)->driver_override;

	return only ? !strcmp(only, drv->name) : drv->name[0] == 'd';
}

static ssize_t driver_override_show(struct device *dev, struct device_attribute *attr,
				    char *buf)
{
	return sysfs_emit(buf, "%s\n", to_tb(dev)->driver_override ?: "(null)");
}

static ssize_t driver_override_store(struct device *dev, struct device_attribute *attr,
				     const char *buf, size_t count)
{
	int err = driver_set_override(dev, &to_tb(dev)->driver_override, buf, count);

	return err ? err : (ssize_t)count;
}

static DEVICE_ATTR_RW(driver_override);
static struct attribute *tb_attrs[] = { &dev_attr_driver_override.attr, NULL };
ATTRIBUTE_GROUPS(tb);

static struct bus_type tb_bus = {
	.name = "tb", .match = tb_match, .dev_groups = tb_groups,
};

static void tb_release(struct device *dev)
{
	tb_say("release");
	kfree(to_tb(dev)->driver_override);
	kfree(to_tb(dev));
}

static inline struct tb_dev *tb_new(const char *name)
{
	struct tb_dev *d = kzalloc(sizeof(*d), GFP_KERNEL);

	KEXPECT(d);
	device_initialize(&d->dev);
	d->dev.bus = &tb_bus;
	d->dev.release = tb_release;
	KEXPECT_EQ(dev_set_name(&d->dev, "%s", name), 0);
	return d;
}

static inline struct tb_dev *tb_add(const char *name)
{
	struct tb_dev *d = tb_new(name);

	KEXPECT_EQ(device_add(&d->dev), 0);
	return d;
}

static int tb_probe_result __attribute__((unused));

static inline int tb_probe(struct device *dev)
{
	tb_say("probe");
	dev_set_drvdata(dev, dev);
	return tb_probe_result;
}

static inline int tb_remove(struct device *dev)
{
	tb_say(dev_get_drvdata(dev) == dev ? "remove" : "remove-without-drvdata");
	return 0;
}

static inline long tb_write(const char *path, const char *s)
{
	return kshim_sysfs_write(path, s, strlen(s));
}

#endif
