// SPDX-License-Identifier: GPL-2.0-only
/* Every construct of the language, and what it becomes. */
#include <fcntl.h>
#include <signal.h>
#include <linux/vfio.h>

#include "test_scenario.h"

START_TEST(title)
{
	struct scenario *s = parse_ok("# SPDX-License-Identifier: x\n# the title\n# more\n"
				      "# still more\ntask a {\n\tyield # not this\n}\n# nor this\n");

	ck_assert_str_eq(s->name, "test");
	ck_assert_str_eq(s->title, "the title");
	ck_assert_str_eq(s->about, "more\nstill more\n");
	scn_free(s);
}
END_TEST

START_TEST(kernel_conditions)
{
	struct scenario *s = parse_ok("kernel >= 5.10.137, < 5.16\ntask a { yield }\n");
	char *why;

	ck_assert(scn_kernel_ok(s, scn_kver(5, 10, 137), NULL));
	ck_assert(scn_kernel_ok(s, scn_kver(5, 15, 300), &why));
	ck_assert_ptr_null(why);
	ck_assert(!scn_kernel_ok(s, scn_kver(5, 10, 136), NULL));
	ck_assert(!scn_kernel_ok(s, scn_kver(5, 16, 1), &why));
	ck_assert_str_eq(why, "needs kernel >= 5.10.137, < 5.16");
	free(why);
	scn_free(s);
}
END_TEST

START_TEST(kernel_series)
{
	struct scenario *s = parse_ok("kernel <= 5.10\nkernel != 5.4\ntask a { yield }\n");

	ck_assert(scn_kernel_ok(s, scn_kver(5, 10, 262), NULL));
	ck_assert(!scn_kernel_ok(s, scn_kver(5, 11, 0), NULL));
	ck_assert(!scn_kernel_ok(s, scn_kver(5, 4, 200), NULL));
	scn_free(s);
	s = parse_ok("kernel == 6.1\ntask a { yield }\n");
	ck_assert(scn_kernel_ok(s, scn_kver(6, 1, 99), NULL));
	ck_assert(!scn_kernel_ok(s, scn_kver(6, 2, 0), NULL));
	scn_free(s);
	s = parse_ok("kernel > 6.1\ntask a { yield }\n");
	ck_assert(!scn_kernel_ok(s, scn_kver(6, 1, 99), NULL));
	ck_assert(scn_kernel_ok(s, scn_kver(6, 2, 0), NULL));
	scn_free(s);
}
END_TEST

START_TEST(known_allow)
{
	struct scenario *s = parse_ok("known B01 on >= 5.10, < 5.19 \"a race\"\n"
				      "known B99 == 6.1\nallow warn \"already\"\nallow hang\n"
				      "task a { yield }\n");

	ck_assert_str_eq(scn_known_on(s, scn_kver(5, 10, 0))->id, "B01");
	ck_assert_str_eq(scn_known_on(s, scn_kver(5, 10, 0))->text, "a race");
	ck_assert_str_eq(scn_known_on(s, scn_kver(6, 1, 8))->id, "B99");
	ck_assert_ptr_null(scn_known_on(s, scn_kver(5, 19, 0)));
	ck_assert_uint_eq(s->nallow, 2);
	ck_assert_str_eq(s->allow[0].oracle, "warn");
	ck_assert_str_eq(s->allow[0].text, "already");
	ck_assert_str_eq(s->allow[1].text, "");
	scn_free(s);
	s = parse_ok("expect fail\ntask a { yield }\n");
	ck_assert_str_eq(scn_known_on(s, 0)->id, "planted");
	scn_free(s);
}
END_TEST

START_TEST(declarations)
{
	struct scenario *s = parse_ok("setup {\n\tg0 = iommu_group\n"
				      "\td0 = device \"a:1\" group=g0 driver=sample\n"
				      "\td1 = device \"a:2\" driver=none group=none override\n"
				      "\td2 = device \"a:3\"\n"
				      "\tmodule sim_iommu skip\n\tmodule early\n"
				      "\tmodule stub load\n\tunbind d0\n}\n");

	ck_assert_uint_eq(s->ngroups, 1);
	ck_assert_uint_eq(s->ndevices, 3);
	ck_assert_str_eq(s->devices[0].addr, "a:1");
	ck_assert_int_eq(s->devices[0].group, 0);
	ck_assert_str_eq(s->devices[0].driver, "sample");
	ck_assert(!s->devices[0].override);
	ck_assert_int_eq(s->devices[1].group, -1);
	ck_assert_ptr_null(s->devices[1].driver);
	ck_assert(s->devices[1].override);
	ck_assert_int_eq(s->devices[2].group, -1);
	ck_assert_uint_eq(s->nmodules, 3);
	ck_assert(!s->modules[0].load);
	ck_assert(s->modules[1].load);
	ck_assert(s->modules[2].load);
	ck_assert_uint_eq(s->setup.nsteps, 1);
	ck_assert_int_eq(s->steps[0].task, SCN_SETUP);
	scn_free(s);
}
END_TEST

START_TEST(tasks)
{
	struct scenario *s = parse_ok("process vm { }\nprocess shell {\n}\nprocess other\n"
				      "task a process=shell user {\n\tfork kid\n\texit\n}\n"
				      "task kid stopped root {\n\tyield\n}\n"
				      "task b process=main forever { yield }\n"
				      "teardown { yield }\n");

	ck_assert_uint_eq(s->nprocesses, 4);
	ck_assert_str_eq(s->processes[0].name, "main");
	ck_assert_uint_eq(s->ntasks, 3);
	ck_assert_uint_eq(s->tasks[0].process, 2);
	ck_assert(s->tasks[0].user && !s->tasks[0].stopped);
	ck_assert(!s->tasks[1].user && s->tasks[1].stopped);
	ck_assert_uint_eq(s->tasks[2].process, 0);
	ck_assert(s->tasks[2].forever && !s->tasks[0].forever);
	ck_assert_uint_eq(s->tasks[0].first, 0);
	ck_assert_uint_eq(s->tasks[0].nsteps, 2);
	ck_assert_uint_eq(s->steps[0].arg[0].kind, SCN_ARG_TASK);
	ck_assert_uint_eq(s->steps[0].arg[0].index, 1);
	ck_assert_uint_eq(s->teardown.first, 4);
	ck_assert_uint_eq(s->teardown.nsteps, 1);
	ck_assert_int_eq(s->steps[4].task, SCN_TEARDOWN);
	scn_free(s);
}
END_TEST

/* One step of each verb: text, expected name, kinds and numbers of arguments. */
static const struct {
	const char *text;
	const char *name;
	enum scn_verb verb;
	enum scn_arg_kind kind[3];
	long num[3];
} steps[] = {
	{ "open /dev/vfio/$g0 O_RDWR|O_CLOEXEC", "open_g0", SCN_OPEN,
	  { SCN_ARG_PATH, SCN_ARG_FLAGS }, { 0, O_RDWR | O_CLOEXEC } },
	{ "open \"/dev/x y\"", "open_xy", SCN_OPEN, { SCN_ARG_PATH }, { 0 } },
	{ "close f", "close_f", SCN_CLOSE, { SCN_ARG_STEP }, { 0 } },
	{ "close 7", "close", SCN_CLOSE, { SCN_ARG_INT }, { 7 } },
	{ "x = dup f", "x", SCN_DUP, { SCN_ARG_STEP }, { 0 } },
	{ "read f 4", "read_f", SCN_READ, { SCN_ARG_STEP, SCN_ARG_INT }, { 0, 4 } },
	{ "write f 0x10", "write_f", SCN_WRITE, { SCN_ARG_STEP, SCN_ARG_INT }, { 0, 16 } },
	{ "pread f 4 8", "pread_f", SCN_PREAD, { SCN_ARG_STEP, SCN_ARG_INT, SCN_ARG_INT },
	  { 0, 4, 8 } },
	{ "pwrite f 4 -1", "pwrite_f", SCN_PWRITE, { SCN_ARG_STEP, SCN_ARG_INT, SCN_ARG_INT },
	  { 0, 4, -1 } },
	{ "lseek f 12", "lseek_f", SCN_LSEEK, { SCN_ARG_STEP, SCN_ARG_INT }, { 0, 12 } },
	{ "mmap f 4096", "mmap_f", SCN_MMAP, { SCN_ARG_STEP, SCN_ARG_INT }, { 0, 4096 } },
	{ "m = mmap_anon 0x4000", "m", SCN_MMAP_ANON, { SCN_ARG_INT }, { 16384 } },
	{ "mmap_anon 4096 readonly", "mmap_anon", SCN_MMAP_ANON, { SCN_ARG_INT, SCN_ARG_INT },
	  { 4096 } },
	{ "munmap 4096 8192", "munmap", SCN_MUNMAP, { SCN_ARG_INT, SCN_ARG_INT },
	  { 4096, 8192 } },
	{ "memlock 65536", "memlock", SCN_MEMLOCK, { SCN_ARG_INT }, { 65536 } },
	{ "exit", "exit", SCN_EXIT, { 0 }, { 0 } },
	{ "bind d1 sample", "bind_d1", SCN_BIND, { SCN_ARG_DEV, SCN_ARG_DRIVER }, { 0 } },
	{ "bind d1", "bind_d1", SCN_BIND, { SCN_ARG_DEV }, { 0 } },
	{ "unbind d0", "unbind_d0", SCN_UNBIND, { SCN_ARG_DEV }, { 0 } },
	{ "driver_override d0 none", "driver_override_d0", SCN_DRIVER_OVERRIDE,
	  { SCN_ARG_DEV, SCN_ARG_DRIVER }, { 0 } },
	{ "remove d0", "remove_d0", SCN_REMOVE, { SCN_ARG_DEV }, { 0 } },
	{ "add d0", "add_d0", SCN_ADD, { SCN_ARG_DEV }, { 0 } },
	{ "probe d0", "probe_d0", SCN_PROBE, { SCN_ARG_DEV }, { 0 } },
	{ "api unregister d0", "unregister_d0", SCN_API, { SCN_ARG_API, SCN_ARG_DEV },
	  { SCN_API_UNREGISTER } },
	{ "insmod stub", "insmod_stub", SCN_INSMOD, { SCN_ARG_MODULE }, { 0 } },
	{ "rmmod vfio", "rmmod_vfio", SCN_RMMOD, { SCN_ARG_MODULE }, { 0 } },
	{ "signal other SIGTERM", "signal_other", SCN_SIGNAL, { SCN_ARG_TASK, SCN_ARG_SIGNAL },
	  { 0, SIGTERM } },
	{ "kill other", "kill_other", SCN_KILL, { SCN_ARG_TASK }, { 0 } },
	{ "sleep 1.5s", "sleep", SCN_SLEEP, { SCN_ARG_TIME }, { 1500000000 } },
	{ "sleep 20us", "sleep", SCN_SLEEP, { SCN_ARG_TIME }, { 20000 } },
	{ "wait other.mark", "wait", SCN_WAIT, { SCN_ARG_STEP }, { 0 } },
	{ "yield", "yield", SCN_YIELD, { 0 }, { 0 } },
	{ "hold", "hold", SCN_HOLD, { 0 }, { 0 } },
	{ "sysfs /sys/bus/sim/drivers/sample/unbind \"$d0\"", "sysfs", SCN_SYSFS,
	  { SCN_ARG_PATH, SCN_ARG_STR }, { 0 } },
	{ "sysfs_read /sys/kernel/x", "sysfs_read", SCN_SYSFS_READ, { SCN_ARG_PATH }, { 0 } },
	{ "state other", "state_other", SCN_STATE, { SCN_ARG_TASK }, { 0 } },
	{ "check other.mark", "check_mark", SCN_CHECK, { SCN_ARG_STEP }, { 0 } },
	{ "modrefs vfio", "modrefs_vfio", SCN_MODREFS, { SCN_ARG_MODULE }, { 0 } },
	{ "requests d0", "requests_d0", SCN_REQUESTS, { SCN_ARG_DEV }, { 0 } },
	{ "driver d1", "driver_d1", SCN_DRIVER, { SCN_ARG_DEV }, { 0 } },
	{ "stat /dev/vfio/vfio", "stat_vfio", SCN_STAT, { SCN_ARG_PATH }, { 0 } },
	{ "chmod /dev/vfio/vfio 0x180", "chmod_vfio", SCN_CHMOD, { SCN_ARG_PATH, SCN_ARG_INT },
	  { 0, 0600 } },
	{ "insmod simbus iommu=0", "insmod_simbus", SCN_INSMOD, { SCN_ARG_MODULE }, { 0 } },
	{ "ioctl f 0x1234 7", "ioctl", SCN_IOCTL, { SCN_ARG_STEP, SCN_ARG_IOCTL, SCN_ARG_INT },
	  { 0, 0x1234, 7 } },
	{ "ioctl f CHECK_EXTENSION TYPE1v2", "check_extension", SCN_IOCTL,
	  { SCN_ARG_STEP, SCN_ARG_IOCTL, SCN_ARG_INT },
	  { 0, VFIO_CHECK_EXTENSION, VFIO_TYPE1v2_IOMMU } },
	{ "ioctl f VFIO_SET_IOMMU VFIO_NOIOMMU_IOMMU", "set_iommu", SCN_IOCTL,
	  { SCN_ARG_STEP, SCN_ARG_IOCTL, SCN_ARG_INT }, { 0, VFIO_SET_IOMMU, 8 } },
	{ "ioctl f GROUP_SET_CONTAINER f", "set_container", SCN_IOCTL,
	  { SCN_ARG_STEP, SCN_ARG_IOCTL, SCN_ARG_STEP }, { 0, VFIO_GROUP_SET_CONTAINER } },
	{ "ioctl f SET_CONTAINER -1", "set_container", SCN_IOCTL,
	  { SCN_ARG_STEP, SCN_ARG_IOCTL, SCN_ARG_INT }, { 0, VFIO_GROUP_SET_CONTAINER, -1 } },
	{ "ioctl f UNSET_CONTAINER", "unset_container", SCN_IOCTL,
	  { SCN_ARG_STEP, SCN_ARG_IOCTL }, { 0, VFIO_GROUP_UNSET_CONTAINER } },
	{ "ioctl f GET_DEVICE_FD d1", "get_device_fd", SCN_IOCTL,
	  { SCN_ARG_STEP, SCN_ARG_IOCTL, SCN_ARG_DEV }, { 0, VFIO_GROUP_GET_DEVICE_FD } },
	{ "ioctl f GET_DEVICE_FD \"nobody\"", "get_device_fd", SCN_IOCTL,
	  { SCN_ARG_STEP, SCN_ARG_IOCTL, SCN_ARG_STR }, { 0, VFIO_GROUP_GET_DEVICE_FD } },
	{ "ioctl f GET_REGION_INFO index=2", "get_region_info", SCN_IOCTL,
	  { SCN_ARG_STEP, SCN_ARG_IOCTL }, { 0, VFIO_DEVICE_GET_REGION_INFO } },
	{ "ioctl f GET_STATUS", "get_status", SCN_IOCTL,
	  { SCN_ARG_STEP, SCN_ARG_IOCTL }, { 0, VFIO_GROUP_GET_STATUS } },
};

START_TEST(step)
{
	char text[1024];
	struct scenario *s;
	const struct scn_step *st;
	unsigned int n = 0;

	snprintf(text, sizeof(text), DEVICES "task t {\n\tf = open /dev/vfio/vfio\n\t%s\n}\n"
		 "task other {\n\tmark: yield\n}\n", steps[_i].text);
	s = parse_ok(text);
	st = &s->steps[1];
	ck_assert_int_eq(st->verb, steps[_i].verb);
	ck_assert_str_eq(st->name, steps[_i].name);
	ck_assert_uint_eq(st->pos.line, 9);
	while (n < 3 && steps[_i].kind[n] != SCN_ARG_NONE)
		n++;
	ck_assert_uint_eq(st->nargs, n);
	for (unsigned int i = 0; i < n; i++) {
		ck_assert_int_eq(st->arg[i].kind, steps[_i].kind[i]);
		if (st->arg[i].kind != SCN_ARG_STEP && st->arg[i].kind != SCN_ARG_TASK)
			ck_assert_int_eq(st->arg[i].num, steps[_i].num[i]);
	}
	scn_free(s);
}
END_TEST

START_TEST(step_decoration)
{
	struct scenario *s = parse_ok(DEVICES "task t {\n"
		"\tgo: f = open   /dev/vfio/vfio  (fail_nth: 3, expect: >= 0)\n"
		"\tioctl f IOMMU_MAP_DMA iova=0x1000 size=4096  (expect: -EBUSY)\n"
		"\tyield (fail_nth: 1) (expect: 0)\n}\n");
	const struct scn_step *a = &s->steps[0], *b = &s->steps[1];

	ck_assert_str_eq(a->label, "go");
	ck_assert_str_eq(a->var, "f");
	ck_assert_str_eq(a->name, "go");
	ck_assert_str_eq(a->text, "open /dev/vfio/vfio");
	ck_assert_uint_eq(a->fail_nth, 3);
	ck_assert(a->expect.set);
	ck_assert(scn_expect_ok(a, 0) && !scn_expect_ok(a, -1));
	ck_assert_uint_eq(b->nparams, 2);
	ck_assert_str_eq(b->params[0].key, "iova");
	ck_assert_int_eq(b->params[0].num, 0x1000);
	ck_assert(scn_expect_ok(b, -16) && !scn_expect_ok(b, 0));
	ck_assert(scn_expect_ok(&s->steps[2], 0));
	ck_assert_uint_eq(s->steps[2].fail_nth, 1);
	ck_assert_int_eq(scn_step_find(s, "go"), 0);
	ck_assert_int_eq(scn_step_find(s, "t.f"), 0);
	scn_free(s);
}
END_TEST

START_TEST(names)
{
	struct scenario *s = parse_ok(DEVICES
		"task a {\n\tunbind d0\n\tunbind d0\n\tunbind d1\n\tyield\n}\n"
		"task b {\n\tunbind d0\n\tremove d1\n\tapi register d0\n}\n");

	ck_assert_str_eq(s->steps[0].name, "unbind_d0");
	ck_assert_str_eq(s->steps[1].name, "unbind_d0_2");
	ck_assert_str_eq(s->steps[2].name, "unbind_d1");
	ck_assert_int_eq(scn_step_find(s, "unbind_d1"), 2);
	ck_assert_int_eq(scn_step_find(s, "unbind_d0"), -1);
	ck_assert_int_eq(scn_step_find(s, "b.unbind_d0"), 4);
	ck_assert_int_eq(scn_step_find(s, "b.unbind"), 4);
	ck_assert_int_eq(scn_step_find(s, "a.unbind"), -1);
	ck_assert_int_eq(scn_step_find(s, "remove"), 5);
	ck_assert_int_eq(scn_step_find(s, "register"), 6);
	ck_assert_int_eq(scn_step_find(s, "c.remove"), -1);
	scn_free(s);
}
END_TEST

START_TEST(variables)
{
	struct scenario *s = parse_ok("setup {\n\tc = open /dev/vfio/vfio\n}\n"
		"task a {\n\tf = open /x\n\tclose f\n\tclose c\n\tclose b.g\n\tclose g\n}\n"
		"task b {\n\tg = open /x\n\tc = open /y\n\tclose c\n}\n"
		"teardown {\n\tclose f\n}\n");

	ck_assert_uint_eq(s->steps[2].arg[0].index, 1);
	ck_assert_uint_eq(s->steps[3].arg[0].index, 0);
	ck_assert_uint_eq(s->steps[4].arg[0].index, 6);
	ck_assert_uint_eq(s->steps[5].arg[0].index, 6);
	ck_assert_uint_eq(s->steps[8].arg[0].index, 7);
	ck_assert_uint_eq(s->steps[9].arg[0].index, 1);
	scn_free(s);
}
END_TEST

START_TEST(orders)
{
	struct scenario *s = parse_ok("task a {\n\tx: yield\n\ty: yield\n}\n"
				      "task b {\n\tz: yield\n}\norder a.x < b.z < a.y\n");

	ck_assert_uint_eq(s->norders, 2);
	ck_assert_uint_eq(s->orders[0].before, 0);
	ck_assert_uint_eq(s->orders[0].after, 2);
	ck_assert_uint_eq(s->orders[1].before, 2);
	ck_assert_uint_eq(s->orders[1].after, 1);
	scn_free(s);
}
END_TEST

static long group_id(void *ctx, unsigned int group)
{
	(void)ctx;
	return 40 + (long)group;
}

START_TEST(paths)
{
	struct scenario *s = parse_ok(DEVICES "task a { yield }\n");
	char buf[64];

	ck_assert_int_eq(scn_path_expand(s, "/dev/vfio/$g1", buf, sizeof(buf), group_id, NULL), 0);
	ck_assert_str_eq(buf, "/dev/vfio/41");
	ck_assert_int_eq(scn_path_expand(s, "/a/$d0/b", buf, sizeof(buf), group_id, NULL), 0);
	ck_assert_str_eq(buf, "/a/0000:00:03.0/b");
	ck_assert_int_eq(scn_path_expand(s, "/dev/vfio/$g1", buf, 12, group_id, NULL), -1);
	ck_assert_int_eq(scn_path_expand(s, "/dev/vfio/$g1", buf, 13, group_id, NULL), 0);
	ck_assert_int_eq(scn_path_expand(s, "/$no", buf, sizeof(buf), group_id, NULL), -1);
	scn_free(s);
}
END_TEST

START_TEST(load)
{
	struct scenario *s = scn_load(SCENARIOS "/unbind-while-open.scn", stderr);
	char *messages = NULL;
	size_t size;
	FILE *err = open_memstream(&messages, &size);

	ck_assert_ptr_nonnull(s);
	ck_assert_str_eq(s->name, "unbind-while-open");
	scn_free(s);
	ck_assert_ptr_null(scn_load("/nonexistent.scn", err));
	fclose(err);
	ck_assert_str_eq(messages, "/nonexistent.scn: No such file or directory\n");
	free(messages);
	ck_assert_ptr_null(scn_load("/nonexistent.scn", NULL));
	ck_assert_ptr_null(scn_load("/", NULL));
}
END_TEST

TCase *parse_tests(void)
{
	TCase *tc = tcase_create("parse");

	tcase_add_test(tc, title);
	tcase_add_test(tc, kernel_conditions);
	tcase_add_test(tc, kernel_series);
	tcase_add_test(tc, known_allow);
	tcase_add_test(tc, declarations);
	tcase_add_test(tc, tasks);
	tcase_add_loop_test(tc, step, 0, (int)(sizeof(steps) / sizeof(steps[0])));
	tcase_add_test(tc, step_decoration);
	tcase_add_test(tc, names);
	tcase_add_test(tc, variables);
	tcase_add_test(tc, orders);
	tcase_add_test(tc, paths);
	tcase_add_test(tc, load);
	return tc;
}
