// SPDX-License-Identifier: GPL-2.0-only
/* Round trip: what scn_print() writes parses to what it was written from. */
#include <glob.h>

#include "test_scenario.h"

static const char everything[] =
	"# title\n# about\n# more\n"
	"kernel >= 5.10.300, < 7.2\n"
	"known B01 >= 5.10, < 5.19 \"a \\\"race\\\"\"\n"
	"known planted\n"
	"allow warn \"x\\ny\\\\z\"\n"
	"process vm { }\n"
	"setup {\n"
	"\tg0 = iommu_group\n"
	"\td0 = device \"a:1\" group=g0 driver=sample override\n"
	"\td1 = device \"a:2\" group=none driver=none\n"
	"\tmodule sim_iommu skip\n"
	"\tc = open \"/dev/vfio/vfio\" O_RDWR|O_CLOEXEC\n"
	"}\n"
	"task a process=vm user {\n"
	"\tmark: f = open \"/dev/vfio/$g0\" (fail_nth: 3) (expect: >= 0)\n"
	"\tioctl mark SET_CONTAINER mark\n"
	"\tioctl mark 0x1234 5\n"
	"\tioctl mark IOMMU_MAP_DMA iova=4096 size=-EBUSY\n"
	"\tlseek mark -1\n"
	"\tsignal b SIGTERM\n"
	"\tsleep 1500ms\n"
	"\twait b.x\n"
	"\tdriver_override d0 none\n"
	"\tapi forget d0\n"
	"\thold\n"
	"\tfd = ioctl mark GET_DEVICE_FD d0\n"
	"\thold fd\n"
	"\tinsmod stub\n"
	"\tfork kid\n"
	"\tsysfs \"/sys/x\" \"tab\\tnl\\n\"\n"
	"}\n"
	"task b {\n"
	"\tclose setup.c\n"
	"\tx: yield\n"
	"}\n"
	"task loop user forever {\n"
	"\tclose y\n"
	"\ty = dup y\n"
	"}\n"
	"task kid stopped {\n"
	"\tx: exit\n"
	"}\n"
	"teardown {\n"
	"\tbind d1 hostdrv (expect: == -EBUSY)\n"
	"}\n"
	"never mark and (b.x and kid.x) or b.x\n"
	"never mark == -ENODEV and not (b.x or b.x waited) or refs(g0) > 1\n"
	"sometimes (b.x or b.x) and (bind_d1 done == 1)\n"
	"finally not not exists(\"/dev/vfio/$g0\") and modrefs(\"vfio\") < time()\n"
	"order mark < b.x\n";

START_TEST(exact)
{
	struct scenario *s = parse_ok(everything);
	char *text = print_text(s);
	char *want = strdup(everything), *paren = strstr(want, "(bind_d1 done == 1)");

	/* The one pair of parentheses that nobody needs. */
	memmove(paren, paren + 1, strlen("bind_d1 done == 1"));
	memmove(paren + strlen("bind_d1 done == 1"), paren + strlen("(bind_d1 done == 1)"),
		strlen(paren + strlen("(bind_d1 done == 1)")) + 1);
	ck_assert_str_eq(text, want);
	free(want);
	free(text);
	scn_free(s);
}
END_TEST

START_TEST(shipped)
{
	glob_t files;

	ck_assert_int_eq(glob(SCENARIOS "/*.scn", 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++) {
		struct scenario *a = scn_load(files.gl_pathv[i], stderr), *b;
		char *first, *second;

		ck_assert_msg(a != NULL, "%s", files.gl_pathv[i]);
		ck_assert_msg(*a->title, "%s has no title", files.gl_pathv[i]);
		first = print_text(a);
		b = parse_ok(first);
		second = print_text(b);
		ck_assert_str_eq(first, second);
		ck_assert_uint_eq(a->nsteps, b->nsteps);
		ck_assert_uint_eq(a->nclauses, b->nclauses);
		for (unsigned int k = 0; k < a->nsteps; k++)
			ck_assert_str_eq(a->steps[k].name, b->steps[k].name);
		free(first);
		free(second);
		scn_free(a);
		scn_free(b);
	}
	globfree(&files);
}
END_TEST

/* What is left parses, and a made-up name that somebody uses does not change. */
START_TEST(without)
{
	static const char all[] =
		"# t\nsetup {\n\td0 = device \"a:1\" group=none driver=none\n"
		"\td1 = device \"a:2\" group=none driver=none\n}\n"
		"task a {\n\tunbind d0\n\tunbind d0\n}\n"
		"task b {\n\tunbind d1\n}\n"
		"teardown {\n\tunbind d0\n}\n"
		"sometimes a.unbind_d0_2 == 0\nfinally b.unbind_d1 == 0\n";
	struct scenario *s = parse_ok(all), *less;
	bool step[4] = { true, false, true, true }, device[2] = { false, true };
	bool clause[2] = { false, true };
	struct scn_without w = { step, device, clause, "less" };
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	ck_assert_uint_eq(s->nsteps, 4);
	scn_print_without(f, s, &w);
	fclose(f);
	less = parse_ok(text);
	ck_assert_str_eq(less->title, "less");
	ck_assert_uint_eq(less->nsteps, 1);
	ck_assert_uint_eq(less->ntasks, 1);
	ck_assert_uint_eq(less->ndevices, 1);
	ck_assert_uint_eq(less->nclauses, 1);
	ck_assert_str_eq(less->steps[0].name, s->steps[1].name);
	free(text);
	scn_free(less);
	scn_free(s);
}
END_TEST

START_TEST(identity)
{
	static const char task[] = "task a {\n\tyield\n\tsleep 1ms\n}\n";
	static const char *const same[] = {
		"# title\n", "kernel >= 5.10\n", "known B01\n", "allow warn \"x\"\n",
	};
	struct scenario *s = parse_ok(task), *other;
	unsigned int id = scn_identity(s);
	char text[256];

	ck_assert_uint_ne(id, 0);
	scn_free(s);
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		snprintf(text, sizeof(text), "%s%ssometimes a.yield == 0\n", same[i], task);
		other = parse_ok(text);
		ck_assert_uint_eq(scn_identity(other), id);
		scn_free(other);
	}
	other = parse_ok("task a {\n\tyield\n\tsleep 2ms\n}\n");
	ck_assert_uint_ne(scn_identity(other), id);
	scn_free(other);
}
END_TEST

TCase *print_tests(void)
{
	TCase *tc = tcase_create("print");

	tcase_add_test(tc, exact);
	tcase_add_test(tc, shipped);
	tcase_add_test(tc, without);
	tcase_add_test(tc, identity);
	return tc;
}
