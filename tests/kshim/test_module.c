// SPDX-License-Identifier: GPL-2.0-only
/* Modules: loading, references, parameters. */
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/string.h>
#include <kshim/module.h>
#include <kshim/sysfs.h>
#include <kshim/user.h>
#include "ktest.h"

KSHIM_DEFINE_MODULE(tm_one);
KSHIM_DEFINE_MODULE(tm_bad);

static bool flag;
static int num = 5;
static unsigned int limit = 10;
static char *str;
static char fixed[4];
static int state, got_in_init;
static struct completion in_exit, go_on;
static bool slow_exit;

#undef THIS_MODULE
#define THIS_MODULE (&kshim_module_tm_one)
module_param(flag, bool, 0644);
module_param(num, int, 0644);
module_param_named(some_limit, limit, uint, 0644);
module_param(str, charp, 0644);
module_param_string(fixed, fixed, sizeof(fixed), 0644);

static int one_init(void)
{
	state = 1;
	got_in_init = try_module_get(THIS_MODULE);
	if (got_in_init)
		module_put(THIS_MODULE);
	return 0;
}

static void one_exit(void)
{
	state = 2;
	KEXPECT(!try_module_get(THIS_MODULE));
	if (slow_exit) {
		complete(&in_exit);
		wait_for_completion(&go_on);
	}
}

module_init(one_init);
module_exit(one_exit);

#undef THIS_MODULE
#define THIS_MODULE (&kshim_module_tm_bad)
static int bad_init(void)
{
	return -EIO;
}

module_init(bad_init);

KSHIM_DEFINE_MODULE(tm_user, "tm_one");

#undef THIS_MODULE
#define THIS_MODULE (&kshim_module_tm_user)
static int user_result;

static int user_init(void)
{
	return user_result;
}

static void user_exit(void)
{
}

module_init(user_init);
module_exit(user_exit);

KTEST(module_keeps_what_it_needs)
{
	KEXPECT_EQ(kshim_module_load("tm_user", NULL), -ENOENT);
	KEXPECT_EQ(kshim_module_load("tm_one", NULL), 0);
	KEXPECT_EQ(kshim_module_load("tm_user", NULL), 0);
	KEXPECT_EQ(kshim_module_refs("tm_one"), 1);
	KEXPECT_EQ(kshim_module_unload("tm_one"), -EWOULDBLOCK);
	KEXPECT_EQ(kshim_module_unload("tm_user"), 0);
	KEXPECT_EQ(kshim_module_refs("tm_one"), 0);
	user_result = -EIO;
	KEXPECT_EQ(kshim_module_load("tm_user", NULL), -EIO);
	KEXPECT_EQ(kshim_module_refs("tm_one"), 0);
	KEXPECT_EQ(kshim_module_unload("tm_one"), 0);
}

#define PARAMS "/sys/module/tm_one/parameters/"

static void use_params(void *done)
{
	char buf[8];

	KEXPECT_EQ(kshim_sysfs_write(PARAMS "num", "7\n", 2), 2);
	KEXPECT_EQ(num, 7);
	KEXPECT_EQ(kshim_sysfs_read(PARAMS "num", buf, sizeof(buf)), 2);
	KEXPECT_EQ(buf[0], '7');
	KEXPECT_EQ(kshim_sysfs_write(PARAMS "num", "x", 1), -EINVAL);
	KEXPECT_EQ(kshim_sysfs_write(PARAMS "flag", "1", 1), 1);
	KEXPECT(flag);
	KEXPECT_EQ(kshim_sysfs_write(PARAMS "none", "1", 1), -ENOENT);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/module/tm_user"), -ENOENT);
	complete(done);
}

KTEST(module_params_in_sysfs)
{
	struct completion done;

	init_completion(&done);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/module/tm_one"), -ENOENT);
	KEXPECT_EQ(kshim_module_load("tm_one", NULL), 0);
	KEXPECT(kshim_thread_start(kshim_process_new("u"), "u", use_params, &done) > 0);
	wait_for_completion(&done);
	KEXPECT_EQ(kshim_module_unload("tm_one"), 0);
	KEXPECT_EQ(kshim_sysfs_exists("/sys/module/tm_one"), -ENOENT);
}

KTEST(module_load_and_unload)
{
	KEXPECT_EQ(kshim_module_unload("tm_one"), -ENOENT);
	KEXPECT_EQ(kshim_module_load("tm_no", NULL), -ENOENT);
	KEXPECT_EQ(kshim_module_load("tm_one", NULL), 0);
	KEXPECT_EQ(state, 1);
	KEXPECT_EQ(got_in_init, 1);
	KEXPECT_EQ(kshim_module_load("tm_one", NULL), -EEXIST);
	KEXPECT_EQ(kshim_module_refs("tm_one"), 0);
	KEXPECT_EQ(kshim_module_unload("tm_one"), 0);
	KEXPECT_EQ(state, 2);
	KEXPECT_EQ(kshim_module_refs("tm_one"), -ENOENT);
	KEXPECT_EQ(kshim_module_load("tm_one", NULL), 0);
}

KTEST(module_in_use_is_not_unloaded)
{
	struct module *mod = &kshim_module_tm_one;

	KEXPECT_EQ(kshim_module_load("tm_one", NULL), 0);
	KEXPECT(try_module_get(mod));
	__module_get(mod);
	KEXPECT_EQ(module_refcount(mod), 2);
	KEXPECT_EQ(kshim_module_unload("tm_one"), -EWOULDBLOCK);
	KEXPECT(try_module_get(mod));
	module_put(mod);
	module_put(mod);
	module_put(mod);
	KEXPECT_EQ(kshim_module_refs("tm_one"), 0);
	KEXPECT_EQ(kshim_module_unload("tm_one"), 0);
	KEXPECT(try_module_get(NULL));
	module_put(NULL);
}

KTEST(module_put_too_many)
{
	KEXPECT_EQ(kshim_module_load("tm_one", NULL), 0);
	module_put(&kshim_module_tm_one);	/* the base itself */
	ktest_expect_report("warn", "module.c");
	module_put(&kshim_module_tm_one);
}

KTEST(module_init_failure)
{
	KEXPECT_EQ(kshim_module_load("tm_bad", NULL), -EIO);
	KEXPECT_EQ(kshim_module_refs("tm_bad"), -ENOENT);
	KEXPECT_EQ(kshim_module_load("tm_bad", NULL), -EIO);
}

KTEST(module_parameters)
{
	KEXPECT_EQ(kshim_module_load("tm_one",
				     "flag num=-3 some-limit=0x20 str=hello fixed=abc"), 0);
	KEXPECT(flag);
	KEXPECT_EQ(num, -3);
	KEXPECT_EQ(limit, 32);
	KEXPECT(!strcmp(str, "hello"));
	KEXPECT(!strcmp(fixed, "abc"));
	KEXPECT_EQ(kshim_module_unload("tm_one"), 0);
	KEXPECT_EQ(kshim_module_load("tm_one", "num=x"), -EINVAL);
	KEXPECT_EQ(kshim_module_load("tm_one", "num"), -EINVAL);
	KEXPECT_EQ(kshim_module_load("tm_one", "num=99999999999"), -ERANGE);
	KEXPECT_EQ(kshim_module_load("tm_one", "fixed=abcd"), -ENOSPC);
	KEXPECT_EQ(kshim_module_refs("tm_one"), -ENOENT);
	KEXPECT_EQ(kshim_module_load("tm_one", "flag=n no-such=1 some-limit=3"), 0);
	KEXPECT(!flag);
	KEXPECT(ktest_log_has("tm_one: unknown parameter 'no-such' ignored"));
}

static struct completion unloaded;

static int unloader(void *arg)
{
	KEXPECT_EQ(kshim_module_unload("tm_one"), 0);
	complete(&unloaded);
	return 0;
}

KTEST(module_that_is_going_cannot_be_pinned)
{
	init_completion(&in_exit);
	init_completion(&go_on);
	init_completion(&unloaded);
	slow_exit = true;
	KEXPECT_EQ(kshim_module_load("tm_one", NULL), 0);
	kthread_run(unloader, NULL, "rmmod");
	wait_for_completion(&in_exit);
	KEXPECT(!try_module_get(&kshim_module_tm_one));
	KEXPECT_EQ(kshim_module_unload("tm_one"), -EBUSY);
	KEXPECT_EQ(kshim_module_load("tm_one", NULL), -EEXIST);
	complete(&go_on);
	wait_for_completion(&unloaded);
}

KTEST(module_request_says_that_nobody_listens)
{
	KEXPECT_EQ(request_module("char-major-%d", 10), -ENOENT);
	KEXPECT(ktest_log_has("stub: __request_module() was reached"));
}

KTEST(module_names_can_be_listed)
{
	const char *name;
	unsigned int i;
	int loaded, seen = 0;

	KEXPECT_EQ(kshim_module_load("tm_one", NULL), 0);
	for (i = 0; (name = kshim_module_name(i, &loaded)); i++) {
		if (!strcmp(name, "tm_one")) {
			KEXPECT(loaded);
			seen++;
		}
		if (!strcmp(name, "tm_bad")) {
			KEXPECT(!loaded);
			seen++;
		}
	}
	KEXPECT_EQ(seen, 2);
}
