// SPDX-License-Identifier: GPL-2.0-only
/* /dev/null, and permissions of nodes. */
#include "fs_helper.h"

static void use_null(void *unused)
{
	char buf[4] = "abc";
	long fd = kshim_sys_open("/dev/null", 2 /* O_RDWR */);

	KEXPECT(fd >= 0);
	KEXPECT_EQ(kshim_sys_read(fd, buf, 4), 0);
	KEXPECT_EQ(kshim_sys_write(fd, buf, 4), 4);
	KEXPECT_EQ(kshim_sys_ioctl(fd, 1, 0), -ENOTTY);
	KEXPECT_EQ(kshim_sys_close(fd), 0);
}

static void use_as_anybody(void *unused)
{
	long fd;

	kshim_sys_drop_caps();
	fd = kshim_sys_open("/dev/null", 2);
	KEXPECT(fd >= 0);
	kshim_sys_close(fd);
	KEXPECT_EQ(kshim_devnode_chmod("null", 0600), 0);
	KEXPECT_EQ(kshim_sys_open("/dev/null", 2), -EACCES);
	KEXPECT_EQ(kshim_devnode_chmod("nothing", 0600), -ENOENT);
}

KTEST(mem_null)
{
	struct ktest_thread t;

	ktest_thread_run(&t, kshim_process_new("p"), use_null, NULL);
	ktest_thread_join(&t);
}

KTEST(mem_node_modes)
{
	struct ktest_thread t;
	unsigned short mode;

	KEXPECT_EQ(kshim_devnode_lookup("null", NULL, &mode), 0);
	KEXPECT_EQ(mode, 0666);
	ktest_thread_run(&t, kshim_process_new("p"), use_as_anybody, NULL);
	ktest_thread_join(&t);
}
