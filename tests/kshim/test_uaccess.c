// SPDX-License-Identifier: GPL-2.0-only
/* Copies between kernel and user memory. */
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include "fs_helper.h"

static char user[64], kern[64];

static bool all(const char *p, int c, int n)
{
	while (n--)
		if (*p++ != c)
			return false;
	return true;
}

static void fill(void)
{
	__builtin_memset(user, 'u', sizeof(user));
	__builtin_memset(kern, 'k', sizeof(kern));
}

KTEST(uaccess_copies)
{
	fill();
	KEXPECT_EQ(copy_from_user(kern, user, 10), 0);
	KEXPECT(all(kern, 'u', 10) && all(kern + 10, 'k', 54));
	fill();
	KEXPECT_EQ(copy_to_user(user + 4, kern, 8), 0);
	KEXPECT(all(user, 'u', 4) && all(user + 4, 'k', 8) && all(user + 12, 'u', 52));
	KEXPECT_EQ(clear_user(user, 4), 0);
	KEXPECT(all(user, 0, 4) && user[4] == 'k');
	KEXPECT_EQ(copy_from_user(kern, NULL, 0), 0);
}

KTEST(uaccess_faults)
{
	void *obj = kmalloc(16, GFP_KERNEL);

	fill();
	KEXPECT_EQ(copy_from_user(kern, NULL, 8), 8);
	KEXPECT(all(kern, 0, 8) && kern[8] == 'k');
	KEXPECT_EQ(copy_from_user(kern, (void __user *)4095, 4), 4);
	KEXPECT_EQ(copy_from_user(kern, obj, 8), 8);
	KEXPECT_EQ(copy_to_user(obj, kern, 8), 8);
	KEXPECT_EQ(copy_to_user((void __user *)-8L, kern, 4), 4);
	KEXPECT_EQ(clear_user(obj, 8), 8);
	KEXPECT_EQ(access_ok(user, 64), 1);
	KEXPECT_EQ(access_ok(obj, 8), 0);
	KEXPECT_EQ(access_ok(user, -1UL), 0);
	KEXPECT_EQ(access_ok((void __user *)(TASK_SIZE - 4), 4), 1);
	KEXPECT_EQ(access_ok((void __user *)(TASK_SIZE - 4), 5), 0);
	kfree(obj);
}

/* A copy stops at the first byte that cannot be touched. */
KTEST(uaccess_partial)
{
	fill();
	kshim_bad_user_range(user + 16, 8);
	KEXPECT_EQ(copy_from_user(kern, user, 32), 16);
	KEXPECT(all(kern, 'u', 16) && all(kern + 16, 0, 16) && kern[32] == 'k');
	fill();
	KEXPECT_EQ(copy_to_user(user + 12, kern, 8), 4);
	KEXPECT(all(user + 12, 'k', 4) && user[16] == 'u');
	KEXPECT_EQ(copy_from_user(kern, user + 20, 4), 4);
	KEXPECT_EQ(copy_from_user(kern, user + 24, 4), 0);
	kshim_bad_user_range(NULL, 0);
	KEXPECT_EQ(copy_from_user(kern, user, 32), 0);
}

KTEST(uaccess_values)
{
	u64 u = 0x1122334455667788ULL, v = 0;
	u8 b = 0;
	int i = -5;

	KEXPECT_EQ(get_user(v, &u), 0);
	KEXPECT(v == u);
	KEXPECT_EQ(get_user(b, (u8 *)&u), 0);
	KEXPECT_EQ(b, 0x88);
	KEXPECT_EQ(put_user(7, &i), 0);
	KEXPECT_EQ(i, 7);
	KEXPECT_EQ(get_user(i, (int *)16), -EFAULT);
	KEXPECT_EQ(i, 0);
	KEXPECT_EQ(put_user(7, (int *)16), -EFAULT);
}

KTEST(uaccess_strings)
{
	char *s;

	__builtin_memcpy(user, "0000:00:03.0", 13);
	KEXPECT_EQ(strncpy_from_user(kern, user, 64), 12);
	KEXPECT_EQ(strncpy_from_user(kern, user, 4), 4);
	KEXPECT_EQ(strncpy_from_user(kern, NULL, 4), -EFAULT);
	KEXPECT_EQ(strnlen_user(user, 64), 13);
	KEXPECT(strnlen_user(user, 5) > 5);
	s = strndup_user(user, 64);
	KEXPECT(!IS_ERR(s) && !strcmp(s, "0000:00:03.0"));
	kfree(s);
	KEXPECT_EQ(PTR_ERR(strndup_user(user, 12)), -EINVAL);
	KEXPECT_EQ(PTR_ERR(strndup_user(NULL, 12)), -EFAULT);
	ktest_fail_nth(1);
	KEXPECT_EQ(PTR_ERR(strndup_user(user, 64)), -ENOMEM);
	ktest_fail_nth(2);
	KEXPECT_EQ(PTR_ERR(strndup_user(user, 64)), -EFAULT);
	ktest_fail_nth(0);
	KEXPECT_EQ(PTR_ERR(memdup_user(NULL, 8)), -EFAULT);
	/* only the bytes up to the end are touched */
	kshim_bad_user_range(user + 13, 8);
	KEXPECT_EQ(strncpy_from_user(kern, user, 64), 12);
	kshim_bad_user_range(NULL, 0);
}

KTEST(uaccess_structs)
{
	fill();
	__builtin_memset(user + 8, 0, 8);
	KEXPECT_EQ(copy_struct_from_user(kern, 8, user, 16), 0);
	KEXPECT(all(kern, 'u', 8) && kern[8] == 'k');
	KEXPECT_EQ(copy_struct_from_user(kern, 8, user, 17), -E2BIG);
	KEXPECT_EQ(copy_struct_from_user(kern, 16, user, 4), 0);
	KEXPECT(all(kern, 'u', 4) && all(kern + 4, 0, 12));
	KEXPECT_EQ(copy_struct_from_user(kern, 16, NULL, 4), -EFAULT);
}

/* The whole-buffer copies can be made to fail; single values cannot. */
KTEST(uaccess_fault_injection)
{
	int i = 1, j;

	fill();
	ktest_fail_nth(1);
	KEXPECT_EQ(copy_from_user(kern, user, 8), 8);
	KEXPECT(all(kern, 0, 8));
	ktest_fail_nth(1);
	KEXPECT_EQ(copy_to_user(user, kern, 8), 8);
	KEXPECT(all(user, 'u', 8));
	ktest_fail_nth(1);
	KEXPECT_EQ(get_user(j, &i), 0);
	KEXPECT_EQ(j, 1);
	KEXPECT_EQ(put_user(2, &i), 0);
	KEXPECT_EQ(copy_from_user(kern, user, 8), 8);
	KEXPECT_EQ(copy_from_user(kern, user, 8), 0);
}

/* The kernel's side of a copy is checked like any access. */
KTEST(uaccess_freed_target)
{
	char *obj = kmalloc(16, GFP_KERNEL);

	kfree(obj);
	ktest_expect_report("kasan", "use-after-free");
	copy_from_user(obj, user, 16);
	KEXPECT(0);
}

KTEST(uaccess_in_atomic)
{
	static DEFINE_SPINLOCK(lock);

	ktest_expect_report("atomic-sleep", "sleeping function");
	spin_lock(&lock);
	copy_from_user(kern, user, 4);
	spin_unlock(&lock);
}
