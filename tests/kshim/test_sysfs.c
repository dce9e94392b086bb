// SPDX-License-Identifier: GPL-2.0-only
/* sysfs: lookup, modes, callbacks against removal, self-removal. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include "bus_helper.h"

static struct kobject *top;
static struct completion started, finish, done[2];
static bool in_store;

static ssize_t val_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "value\n");
}

static ssize_t val_store(struct kobject *kobj, struct kobj_attribute *attr,
			 const char *buf, size_t count)
{
	KEXPECT_EQ(buf[count], 0);
	return buf[0] == 'x' ? -EINVAL : (ssize_t)count;
}

static ssize_t slow_store(struct kobject *kobj, struct kobj_attribute *attr,
			  const char *buf, size_t count)
{
	WRITE_ONCE(in_store, true);
	complete(&started);
	wait_for_completion(&finish);
	WRITE_ONCE(in_store, false);
	return count;
}

static struct kobj_attribute val = __ATTR(val, 0644, val_show, val_store);
static struct kobj_attribute ro = __ATTR(ro, 0444, val_show, NULL);
static struct kobj_attribute wo = __ATTR(wo, 0200, NULL, NULL);
static struct kobj_attribute slow = __ATTR(slow, 0200, NULL, slow_store);

static void setup(void)
{
	init_completion(&started);
	init_completion(&finish);
	init_completion(&done[0]);
	init_completion(&done[1]);
	top = kobject_create_and_add("top", NULL);
	KEXPECT(top);
}

KTEST(sysfs_results)
{
	char buf[8];

	setup();
	KEXPECT_EQ(sysfs_create_file(top, &val.attr), 0);
	KEXPECT_EQ(sysfs_create_file(top, &ro.attr), 0);
	KEXPECT_EQ(sysfs_create_file(top, &wo.attr), 0);
	KEXPECT_EQ(sysfs_create_file(top, &val.attr), -EEXIST);
	KEXPECT_EQ(tb_write("/sys/top/val", "abc"), 3);
	KEXPECT_EQ(tb_write("/sys/top/val", ""), 0);
	KEXPECT_EQ(tb_write("/sys/top/val", "x"), -EINVAL);
	KEXPECT_EQ(kshim_sysfs_read("/sys/top/val", buf, 8), 6);
	KEXPECT_EQ(kshim_sysfs_read("/sys/top/val", buf, 2), 2);
	KEXPECT_EQ(tb_write("/sys/top/ro", "a"), -EACCES);
	KEXPECT_EQ(kshim_sysfs_read("/sys/top/wo", buf, 8), -EACCES);
	KEXPECT_EQ(tb_write("/sys/top/wo", "a"), -EIO);
	KEXPECT_EQ(tb_write("/sys/top", "a"), -EISDIR);
	KEXPECT_EQ(tb_write("/sys/top/no", "a"), -ENOENT);
	KEXPECT_EQ(tb_write("/sys/to/val", "a"), -ENOENT);
	KEXPECT_EQ(tb_write("/sysx", "a"), -ENOENT);
	kobject_put(top);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/top"), -ENOENT);
	KEXPECT_EQ(kshim_sysfs_exists("/sys"), 1);
}

KTEST(sysfs_links_follow_and_dangle)
{
	struct kobject *a, *b;

	setup();
	a = kobject_create_and_add("a", top);
	b = kobject_create_and_add("b", top);
	KEXPECT_EQ(sysfs_create_link(a, b, "to_b"), 0);
	KEXPECT_EQ(sysfs_create_file(b, &val.attr), 0);
	KEXPECT_EQ(tb_write("/sys/top/a/to_b/val", "1"), 1);
	kobject_del(b);
	KEXPECT_EQ(tb_write("/sys/top/a/to_b/val", "1"), -ENOENT);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/top/a/to_b"), -ENOENT);
	KEXPECT_EQ(sysfs_create_link(a, b, "again"), -ENOENT);
	sysfs_remove_link(a, "to_b");
	kobject_put(b);
	kobject_put(a);
	kobject_put(top);
}

static umode_t only_first(struct kobject *kobj, struct attribute *attr, int n)
{
	return n ? 0 : attr->mode;
}

KTEST(sysfs_groups)
{
	static struct attribute *attrs[] = { &val.attr, &ro.attr, NULL };
	static const struct attribute_group named = { .name = "sub", .attrs = attrs };
	static const struct attribute_group some = {
		.attrs = attrs, .is_visible = only_first,
	};

	setup();
	KEXPECT_EQ(sysfs_create_group(top, &named), 0);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/top/sub/ro"), 1);
	KEXPECT_EQ(sysfs_create_group(top, &some), 0);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/top/val"), 1);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/top/ro"), -ENOENT);
	sysfs_remove_group(top, &some);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/top/val"), -ENOENT);
	sysfs_remove_group(top, &named);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/top/sub"), -ENOENT);
	/* all or nothing */
	KEXPECT_EQ(sysfs_create_file(top, &ro.attr), 0);
	KEXPECT_EQ(sysfs_create_group(top, &(struct attribute_group){ .attrs = attrs }),
		   -EEXIST);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/top/val"), -ENOENT);
	kobject_put(top);
}

static int writer(void *arg)
{
	KEXPECT_EQ(tb_write("/sys/top/slow", "1"), 1);
	complete(&done[0]);
	return 0;
}

static int file_remover(void *arg)
{
	sysfs_remove_file(top, &slow.attr);
	KEXPECT(!READ_ONCE(in_store));
	complete(&done[1]);
	return 0;
}

static int dir_remover(void *arg)
{
	kobject_del(top);
	KEXPECT(!READ_ONCE(in_store));
	complete(&done[1]);
	return 0;
}

static void removal(int (*fn)(void *arg))
{
	setup();
	KEXPECT_EQ(sysfs_create_file(top, &slow.attr), 0);
	kthread_run(writer, NULL, "writer");
	wait_for_completion(&started);
	kthread_run(fn, NULL, "remover");
	msleep(100);
	KEXPECT(!completion_done(&done[1]));
	/* going, but the name is still there */
	KEXPECT_EQ(tb_write("/sys/top/slow", "1"), -ENODEV);
	complete(&finish);
	wait_for_completion(&done[0]);
	wait_for_completion(&done[1]);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/top/slow"), -ENOENT);
	kobject_put(top);
}

KTEST(sysfs_removal_of_a_file_waits_for_its_store)
{
	removal(file_remover);
}

KTEST(sysfs_removal_of_a_directory_waits_for_the_stores_in_it)
{
	removal(dir_remover);
}

static atomic_t removed_by, callbacks;

static ssize_t self_store(struct kobject *kobj, struct kobj_attribute *attr,
			  const char *buf, size_t count)
{
	if (atomic_inc_return(&callbacks) == 2)
		complete_all(&started);
	if (buf[0] == '2')
		wait_for_completion(&started);
	if (sysfs_remove_file_self(kobj, &attr->attr)) {
		atomic_inc(&removed_by);
		/* a removal from now on does not wait for this callback */
		sysfs_remove_file(kobj, &attr->attr);
		KEXPECT_EQ(kshim_sysfs_exists("/sys/top/self"), -ENOENT);
		if (buf[0] == '1')
			kobject_del(kobj);
	}
	return count;
}

static struct kobj_attribute self = __ATTR(self, 0200, NULL, self_store);

KTEST(sysfs_self_removal_does_not_wait_for_itself)
{
	setup();
	KEXPECT_EQ(sysfs_create_file(top, &self.attr), 0);
	KEXPECT_EQ(tb_write("/sys/top/self", "1"), 1);
	KEXPECT_EQ(atomic_read(&removed_by), 1);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/top"), -ENOENT);
	kobject_put(top);
}

static int self_writer(void *arg)
{
	KEXPECT_EQ(tb_write("/sys/top/self", "2"), 1);
	complete(arg);
	return 0;
}

KTEST(sysfs_self_removal_has_one_winner)
{
	setup();
	KEXPECT_EQ(sysfs_create_file(top, &self.attr), 0);
	kthread_run(self_writer, &done[0], "w0");
	kthread_run(self_writer, &done[1], "w1");
	wait_for_completion(&done[0]);
	wait_for_completion(&done[1]);
	KEXPECT_EQ(atomic_read(&callbacks), 2);
	KEXPECT_EQ(atomic_read(&removed_by), 1);
	kobject_put(top);
}

static void nothing(struct kobject *kobj)
{
}

KTEST(kobject_that_was_never_added_puts_no_parent)
{
	static const struct kobj_type type = { .release = nothing };
	static struct kobject k;

	setup();
	kobject_init(&k, &type);
	k.parent = top;
	kobject_put(&k);
	KEXPECT_EQ(kref_read(&top->kref), 1);
	kobject_put(top);
}

KTEST(kobject_misuse_is_reported)
{
	static struct kobject raw;

	ktest_expect_report("warn", "is not initialized, yet kobject_put() is being called");
	raw.name = "raw";
	raw.kref.refcount = (refcount_t)REFCOUNT_INIT(2);
	kobject_put(&raw);
}
