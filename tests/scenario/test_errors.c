// SPDX-License-Identifier: GPL-2.0-only
/* Every error of the language: its place, its text, its suggestion. */
#include "test_scenario.h"

#define T(step) DEVICES "task t {\n\tf = open /dev/vfio/vfio\n\t" step "\n}\n"
#define C(clause) T("unbind d0") clause "\n"

/* The first message must begin with "test.scn:" and @first. */
static const struct {
	const char *text;
	const char *first;
} errors[] = {
	/* Text to tokens. */
	{ "task a {\n\t@\n}\n", "2:2: error: unexpected character '@'" },
	{ "task a {\n\tyield \001\n}\n", "2:8: error: unexpected byte 0x01" },
	{ "task a {\n\topen \"/dev\n}\n", "2:7: error: missing closing '\"'" },
	{ "task a {\n\topen \"\\q\"\n}\n", "2:7: error: bad character in a string" },
	/* Statements. */
	{ "tsk a {\n}\n", "1:1: error: unknown statement 'tsk'; did you mean 'task'?" },
	{ "}\n", "1:1: error: unknown statement '}'" },
	{ "", "1:1: error: nothing to run: no task and no setup step" },
	{ "kernel 5.10\n", "1:8: error: expected a condition such as >= 5.10 before '5.10'" },
	{ "kernel >= 5\n", "1:11: error: '5' is not a kernel version such as 5.10 or 5.10.137" },
	{ "kernel >= 5.10 5.11\n", "1:16: error: unexpected '5.11'" },
	{ "kernel >= 5.10,\n", "1:16: error: expected a condition" },
	{ "known 5\n", "1:7: error: expected the name of a bug, not '5'" },
	{ "known B01 on\n", "1:13: error: expected a condition such as >= 5.10" },
	{ "expect pass\n", "1:8: error: expected 'fail', not 'pass'" },
	{ "allow \"x\"\n", "1:7: error: expected an oracle such as warn" },
	{ "process vm { x }\n", "1:14: error: expected '}' (a process block is empty)" },
	{ "process main\n", "1:9: error: process 'main' is already declared" },
	{ "process a.b\n", "1:9: error: expected a name for the process, not 'a.b'" },
	{ "process vm\ntask a process=wm {\n\tyield\n}\n",
	  "2:16: error: unknown process 'wm'; did you mean 'vm'?" },
	{ "task a procces=main {\n\tyield\n}\n",
	  "1:8: error: unknown task option 'procces'; did you mean 'process'?" },
	{ "task a-b {\n}\n", "1:6: error: 'a-b': names are made of letters, digits and '_'" },
	{ "task done {\n}\n", "1:6: error: 'done' is a reserved word" },
	{ "task a { yield }\ntask a { yield }\n", "2:6: error: task 'a' is already declared" },
	{ "task a\n\tyield\n", "1:7: error: expected '{'" },
	{ "task a {\n\tyield\n", "1:6: error: the task block is never closed" },
	{ "task a {\n\tyield\ntask b {\n\tyield\n}\n",
	  "1:6: error: the task block is not closed before 'task' in line 3" },
	{ "setup {\n\tyield\nnever report\n",
	  "1:1: error: the setup block is not closed before 'never' in line 3" },
	{ "setup {\n}\nsetup {\n}\n", "3:1: error: a second setup block" },
	{ "teardown {\n}\nteardown {\n}\n", "3:1: error: a second teardown block" },
	/* Declarations. */
	{ "setup {\n\tg = iommu_group x\n}\n", "2:18: error: unexpected 'x'" },
	{ "setup {\n\tg = iommu_group\n\tg = iommu_group\n}\n",
	  "3:2: error: 'g' is already declared" },
	{ "setup {\n\td = device x\n}\n",
	  "2:13: error: expected the device's address in quotes before 'x'" },
	{ "setup {\n\td = device \"a b\"\n}\n", "2:13: error: \"a b\" is no device address" },
	{ "setup {\n\td = device \"a\"\n\te = device \"a\"\n}\n",
	  "3:13: error: device \"a\" is already declared as 'd'" },
	{ "setup {\n\td = device \"a\" grop=g\n}\n",
	  "2:17: error: unknown device option 'grop'; did you mean 'group'?" },
	{ "setup {\n\tg0 = iommu_group\n\td = device \"a\" group=g1\n}\n",
	  "3:23: error: unknown iommu group 'g1'; did you mean 'g0'?" },
	{ "setup {\n\td = device \"a\" driver=sampel\n}\n",
	  "2:24: error: unknown driver 'sampel'; did you mean 'sample'?" },
	{ "setup {\n\td = device \"a\" driver=sim_iommu\n}\n",
	  "2:24: error: unknown driver 'sim_iommu'" },
	{ "setup {\n\tmodule sim_imu\n}\n",
	  "2:9: error: unknown module 'sim_imu'; did you mean 'sim_iommu'?" },
	{ "setup {\n\tmodule stub skpi\n}\n",
	  "2:14: error: unknown module option 'skpi'; did you mean 'skip'?" },
	{ "setup {\n\tmodule stub\n\tmodule stub\n}\n",
	  "3:9: error: module 'stub' is already declared" },
	{ "setup {\n\tmodule stub foo=1\n}\n", "2:14: error: 'stub' has no parameter 'foo'" },
	{ "task a {\n\td = device \"a\"\n}\n", "2:6: error: 'device' is a declaration" },
	/* Steps. */
	{ T("unbnd d0"), "9:2: error: unknown step 'unbnd'; did you mean 'unbind'?" },
	{ T("= 3"), "9:2: error: expected a step, not '='" },
	{ T("x = y = open /x"), "9:6: error: unknown step 'y'" },
	{ T("unbind"), "9:8: error: expected a device; usage: unbind DEVICE" },
	{ T("unbind d0 d1"), "9:12: error: unexpected 'd1'; usage: unbind DEVICE" },
	{ T("unbind d5"), "9:9: error: unknown device 'd5'; did you mean 'd0'?" },
	{ T("unbind g0"), "9:9: error: 'g0' is an iommu group, not a device" },
	{ T("bind d0 sampl"), "9:10: error: unknown driver 'sampl'; did you mean 'sample'?" },
	{ T("driver_override d0 sampl"), "9:21: error: unknown driver 'sampl'" },
	{ T("bind d0 none"), "9:10: error: unknown driver 'none'" },
	{ T("api registr d0"), "9:6: error: unknown API verb 'registr'; did you mean 'register'?" },
	{ T("rmmod vifo"), "9:8: error: unknown module 'vifo'; did you mean 'vfio'?" },
	{ T("insmod vfio x=1"), "9:14: error: 'vfio' has no parameter 'x'" },
	{ T("signal t SIGTRM"), "9:11: error: unknown signal 'SIGTRM'; did you mean 'SIGTERM'?" },
	{ T("signal tt SIGTERM"), "9:9: error: unknown task 'tt'; did you mean 't'?" },
	{ T("kill 9"), "9:7: error: expected a task, not '9'; usage: kill TASK" },
	{ "task a forver {\n\tyield\n}\n",
	  "1:8: error: unknown task option 'forver'; did you mean 'forever'?" },
	{ "task a forever {\n}\n", "1:6: error: task 'a' repeats nothing for ever" },
	{ "setup {\n\thold\n}\n", "2:2: error: hold belongs in a task" },
	{ "task a forever {\n\thold\n}\n",
	  "2:2: error: task 'a' goes on for ever: it cannot hold still" },
	{ T("hold f"), "9:7: error: hold waits for a driver's request(): it wants a variable" },
	{ T("hold 3"), "9:7: error: hold waits for a driver's request(): it wants a variable" },
	{ T("hold ff"), "9:7: error: unknown variable 'ff'; did you mean 'f'?" },
	{ T("fork t"), "9:7: error: task 't' is not declared 'stopped'" },
	{ T("sleep 10"), "9:8: error: expected a duration such as 500ms or 10s, not '10'" },
	{ T("sleep 0x10s"), "9:8: error: expected a duration" },
	{ T("sleep 9999999s"), "9:8: error: expected a duration" },
	{ T("wait u.x"), "9:7: error: unknown task 'u'" },
	{ T("wait t.unbidn"), "9:7: error: unknown step 't.unbidn'" },
	{ T("w: wait t.w"), "9:5: error: this wait never ends" },
	{ T("sysfs x \"1\""), "9:8: error: expected a path, not 'x'; usage: sysfs PATH \"TEXT\"" },
	{ T("sysfs /sys/x y"), "9:15: error: expected text in quotes, not 'y'" },
	{ T("open /dev/vfio/$g9"),
	  "9:7: error: unknown group or device '$g9' in the path; did you mean 'g0'?" },
	{ T("sysfs /x \"$d9\""), "9:11: error: unknown group or device '$d9' in the path" },
	{ T("open /x O_RDWRR"), "9:10: error: unknown open flag 'O_RDWRR'; did you mean 'O_RDWR'?" },
	{ T("open /x O_RDWR|3"), "9:17: error: expected an open flag" },
	{ T("read f"), "9:8: error: expected a number; usage: read FD LENGTH" },
	{ T("read f 12x"), "9:9: error: '12x' is not a number" },
	{ T("read f 99999999999999999999"), "9:9: error: '99999999999999999999' is not a number" },
	/* Variables. */
	{ T("close ff"), "9:8: error: unknown variable 'ff'; did you mean 'f'?" },
	{ T("f = open /x"), "9:6: error: 'f' is already the name of a step of this task" },
	{ T("f: open /x"), "9:5: error: 'f' is already the name of a step of this task" },
	{ T("d0 = open /x"), "9:7: error: 'd0' is already the name of a device or group" },
	{ T("g = dup g"), "9:10: error: 'g' is used before it is set" },
	{ "task a {\n\tx: yield\n\tclose x\n}\n",
	  "3:8: error: 'x' is no file descriptor: it is the result of 'yield'" },
	{ "task a {\n\tx: yield\n\tmunmap x\n}\n",
	  "3:9: error: 'x' is no memory: it is the result of 'yield'" },
	{ "task a {\n\tm = mmap_anon 4096\n\tclose m\n}\n",
	  "3:8: error: 'm' is no file descriptor: it is the result of 'mmap_anon 4096'" },
	{ "task a {\n\tmmap_anon 4096 readable\n}\n",
	  "2:17: error: expected \"readonly\", not 'readable'; usage: mmap_anon LENGTH [readonly]" },
	{ "task a {\n\tioctl 3 IOMMU_MAP_DMA iova=x\n}\n",
	  "2:24: error: 'iova' wants a number" },
	{ "task a {\n\tm: yield\n\tioctl 3 IOMMU_MAP_DMA vaddr=m\n}\n",
	  "3:24: error: 'm' is no memory: it is the result of 'yield'" },
	{ "setup {\n\tclose f\n}\ntask a {\n\tf = open /x\n}\n",
	  "2:8: error: 'f' is not set yet while the setup runs" },
	{ "task a {\n\tclose f\n}\nteardown {\n\tf = open /x\n}\n",
	  "2:8: error: 'f' is only set in the teardown" },
	{ "process vm\ntask a {\n\tf = open /x\n}\ntask b process=vm {\n\tclose f\n}\n",
	  "6:8: error: 'f' belongs to process 'main', this task to 'vm'" },
	{ "task a {\n\tfork b\n\tclose f\n}\ntask b stopped {\n\tf = open /x\n}\n",
	  "3:8: error: 'f' belongs to the process that task 'b' is forked into" },
	{ "task a {\n\tf = open /x\n}\ntask b {\n\tf = open /x\n}\ntask c {\n\tclose f\n}\n",
	  "8:8: error: 'f' is ambiguous: say a.f or b.f" },
	/* ioctl */
	{ T("ioctl f SET_CONTAIER f"),
	  "9:10: error: unknown ioctl 'SET_CONTAIER'; did you mean 'SET_CONTAINER'?" },
	{ T("ioctl f SET_IOMMU TYP1"), "9:20: error: unknown constant 'TYP1'; did you mean 'TYPE1'?" },
	{ T("ioctl f SET_IOMMU"), "9:10: error: SET_IOMMU wants a number or constant" },
	{ T("ioctl f UNSET_CONTAINER 1"), "9:26: error: UNSET_CONTAINER wants no argument" },
	{ T("ioctl f SET_CONTAINER \"x\""), "9:24: error: SET_CONTAINER wants a variable" },
	{ T("ioctl f GET_DEVICE_FD 3"), "9:24: error: GET_DEVICE_FD wants a device or its name" },
	{ T("ioctl f GET_DEVICE_FD d7"), "9:24: error: unknown device 'd7'; did you mean 'd0'?" },
	{ T("ioctl f GET_INFO x"), "9:19: error: GET_INFO wants an index or KEY=VALUE" },
	{ T("ioctl f IOMMU_MAP_DMA iva=0"),
	  "9:24: error: 'IOMMU_MAP_DMA' has no parameter 'iva'; did you mean 'iova'?" },
	{ T("ioctl f IOMMU_MAP_DMA iova=0 iova=1"), "9:31: error: 'iova' is given twice" },
	{ T("ioctl f IOMMU_MAP_DMA iova="), "9:29: error: expected a value behind 'iova='" },
	{ T("ioctl f -5"), "9:10: error: '-5' is no ioctl request" },
	{ T("ioctl f"), "9:9: error: expected an ioctl; usage: ioctl FD REQUEST" },
	/* Options of a step. */
	{ T("yield (fail_nht: 1)"), "9:9: error: unknown option 'fail_nht' of a step; did you mean 'fail_nth'?" },
	{ T("yield (fail_nth: 0)"), "9:19: error: fail_nth counts from 1" },
	{ T("yield (fail_nth 1)"), "9:18: error: expected ':' before '1'" },
	{ T("yield (expect: x)"), "9:17: error: expected a number or an error such as -EBUSY" },
	{ T("yield (expect: -EBUSI)"), "9:17: error: unknown error number '-EBUSI'; did you mean '-EBUSY'?" },
	{ T("yield (expect: 0"), "9:18: error: expected ')'" },
	/* Forks, orders. */
	{ "task a {\n\tyield\n}\ntask b stopped {\n\tyield\n}\n",
	  "4:6: error: task 'b' is stopped and no step forks it" },
	{ "task a {\n\tfork b\n\tfork b\n}\ntask b stopped {\n\tyield\n}\n",
	  "3:7: error: task 'b' is forked twice" },
	{ "task b stopped {\n\tfork b\n}\n", "2:7: error: task 'b' forks itself" },
	{ "setup {\n\tfork b\n}\ntask b stopped {\n\tyield\n}\n",
	  "2:7: error: fork belongs in a task" },
	{ C("order t.f"), "11:10: error: expected '<' and the later step" },
	{ C("order t.f < 3"), "11:13: error: expected a step (TASK.STEP), not '3'" },
	{ C("order t.f > t.unbind"), "11:11: error: expected '<' and the later step" },
	{ C("order t.ff < t.f"), "11:7: error: unknown step 't.ff'; did you mean 'f'?" },
	{ C("order t.unbind < t.f"), "11:7: error: this order can never be kept" },
	{ "setup {\n\tx: yield\n}\ntask a {\n\ty: yield\n}\norder x < y\n",
	  "7:7: error: order is for steps of tasks" },
	/* Clauses. */
	{ C("never"), "11:6: error: expected a step, a number, a function or '(', not 'end of line'" },
	{ C("never reports"), "11:7: error: unknown step 'reports'" },
	{ C("never ff >= 0"), "11:7: error: unknown step 'ff'; did you mean 'f'?" },
	{ C("never f = 0"), "11:9: error: unexpected '='; did you mean '=='?" },
	{ C("never 0 < f < 3"), "11:13: error: comparisons cannot be chained" },
	{ C("never f wated"), "11:9: error: unexpected 'wated' behind a step; did you mean 'waited'?" },
	{ C("never (f"), "11:9: error: expected ')'" },
	{ C("never f )"), "11:9: error: unexpected ')'" },
	{ C("never refz(g0)"), "11:7: error: unknown function 'refz'; did you mean 'refs'?" },
	{ C("never refs(g7)"), "11:12: error: unknown group or device 'g7'; did you mean 'g0'?" },
	{ C("never opens(g0)"), "11:13: error: 'g0' is an iommu group, not a device" },
	{ C("never opens(3)"), "11:13: error: opens() wants a device" },
	{ C("never log(x)"), "11:11: error: log() wants text in quotes" },
	{ C("never modrefs(3)"), "11:15: error: modrefs() wants a module" },
	{ C("never modrefs(\"vfi\")"), "11:15: error: unknown module 'vfi'; did you mean 'vfio'?" },
	{ C("never exists(\"/$x\")"), "11:14: error: unknown group or device '$x' in the path" },
	{ C("never time(1)"), "11:12: error: expected ')' before '1'" },
	{ C("never f == -EBUZY"), "11:12: error: unknown error number '-EBUZY'; did you mean '-EBUSY'?" },
};

static char *messages_of(const char *text, size_t len)
{
	char *messages = NULL;
	size_t size;
	FILE *err = open_memstream(&messages, &size);
	struct scenario *scn = scn_parse(text, len, "test.scn", err);

	fclose(err);
	ck_assert_msg(!scn, "parses: %s", text);
	return messages;
}

START_TEST(error)
{
	char *messages = messages_of(errors[_i].text, strlen(errors[_i].text));
	char want[256];

	snprintf(want, sizeof(want), "test.scn:%s", errors[_i].first);
	ck_assert_msg(!strncmp(messages, want, strlen(want)), "case %d:\n%s\nwanted:\n%s",
		      _i, messages, want);
	free(messages);
}
END_TEST

START_TEST(caret)
{
	static const char text[] = "task a {\n\tyield\n\tx:\tunbnd d0\n}\n";
	char *messages = messages_of(text, strlen(text));

	ck_assert_str_eq(messages,
			 "test.scn:3:5: error: unknown step 'unbnd'; did you mean 'unbind'?\n"
			 "\tx:\tunbnd d0\n"
			 "\t  \t^\n");
	free(messages);
}
END_TEST

/* A wrong step is no reason to miss what its name stands for. */
START_TEST(no_cascade)
{
	static const char text[] = DEVICES "task a {\n\tf = opne /x\n\tunbnd d0\n\tclose f\n}\n"
				   "sometimes f >= 0 and unbind waited\n";
	char *messages = messages_of(text, strlen(text));
	unsigned int n = 0;

	for (const char *c = messages; (c = strstr(c, ": error: ")); c++)
		n++;
	ck_assert_msg(n == 2, "%u errors:\n%s", n, messages);
	free(messages);
}
END_TEST

/* In the first pass and in the second one. */
START_TEST(twenty)
{
	char text[1024] = "task a {\n", *messages;
	unsigned int n = 0;

	for (int i = 0; i < 30; i++)
		strcat(text, _i ? "\tclose nothing\n" : "\tnothing\n");
	if (_i)
		strcat(text, "}\n");
	messages = messages_of(text, strlen(text));
	for (const char *c = messages; (c = strstr(c, ": error: ")); c++)
		n++;
	ck_assert_uint_eq(n, SCN_MAX_ERRORS);
	ck_assert_ptr_nonnull(strstr(messages, "test.scn: too many errors, stopping here\n"));
	free(messages);
}
END_TEST

/* Limits: file size, nesting, length of an expression, tasks, steps. */
START_TEST(limits)
{
	size_t room = 400 * 1024, n;
	char *text = calloc(1, room), *messages;

	memset(text, '#', 300 * 1024);
	messages = messages_of(text, 300 * 1024);
	ck_assert_ptr_nonnull(strstr(messages, "not a scenario"));
	free(messages);

	n = (size_t)sprintf(text, "task a { x: yield }\nnever ");
	memset(text + n, '(', 5000);
	strcpy(text + n + 5000, "\n");
	messages = messages_of(text, strlen(text));
	ck_assert_ptr_nonnull(strstr(messages, "nested too deeply"));
	free(messages);

	n = (size_t)sprintf(text, "task a { x: yield }\nnever x");
	for (int i = 0; i < 2000; i++)
		n += (size_t)sprintf(text + n, " and x");
	messages = messages_of(text, n);
	ck_assert_ptr_nonnull(strstr(messages, "expression is too long"));
	free(messages);

	for (int i = 0, k = 0; i < SCN_MAX_TASKS + 5; i++)
		k += sprintf(text + k, "task a%d stopped {\n\tfork a%d\n}\n", i, i + 1);
	messages = messages_of(text, strlen(text));
	ck_assert_ptr_nonnull(strstr(messages, "more than 32 tasks"));
	free(messages);

	n = (size_t)sprintf(text, "task a {\n");
	for (int i = 0; i < SCN_MAX_STEPS + 5; i++)
		n += (size_t)sprintf(text + n, "\tyield\n");
	strcpy(text + n, "}\n");
	messages = messages_of(text, strlen(text));
	ck_assert_ptr_nonnull(strstr(messages, "more than 1024 steps"));
	free(messages);
	free(text);
}
END_TEST

START_TEST(silent)
{
	ck_assert_ptr_null(scn_parse("x", 1, "x", NULL));
}
END_TEST

TCase *error_tests(void)
{
	TCase *tc = tcase_create("errors");

	tcase_add_loop_test(tc, error, 0, (int)(sizeof(errors) / sizeof(errors[0])));
	tcase_add_test(tc, caret);
	tcase_add_test(tc, no_cascade);
	tcase_add_loop_test(tc, twenty, 0, 2);
	tcase_add_test(tc, limits);
	tcase_add_test(tc, silent);
	return tc;
}
