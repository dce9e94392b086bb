// SPDX-License-Identifier: GPL-2.0-only
/* Tokens: there and back, older ones, mistakes; names and how near they are. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "devname.h"

static const char whole[] =
	"dir@x/b01.scn@5.10.262/m/6.1-1c.0/6fe99b/a:R:vfio_f:3f2a:2:b,b:x:-:0:1:kworker/0_0";

START_TEST(there_and_back)
{
	struct token t;
	const char *why = "";
	char buf[256];

	ck_assert_msg(token_parse(whole, &t, &why), "%s", why);
	ck_assert_str_eq(t.scenario, "dir@x/b01.scn");
	ck_assert_str_eq(t.version, "5.10.262");
	ck_assert(t.points_mem);
	ck_assert_uint_eq(t.devs.n, 2);
	ck_assert_uint_eq(t.devs.d[1].n, 0x1c);
	ck_assert_uint_eq(t.hash, 0x6fe99b);
	ck_assert_str_eq(t.names[0].func, "vfio_f");
	ck_assert_uint_eq(t.names[0].line, 0x3f2a);
	ck_assert_uint_eq(t.names[0].nth, 2);
	ck_assert_int_eq(t.names[1].op, DEVNAME_ENDS);
	ck_assert_str_eq(t.names[1].func, "");
	ck_assert_str_eq(t.names[1].to, "kworker/0_0");
	token_format(buf, sizeof(buf), t.scenario, t.version, true, &t.env, &t.devs);
	token_identify(buf, sizeof(buf), t.hash, t.names, t.devs.n);
	ck_assert_str_eq(buf, whole);
	token_free(&t);
}
END_TEST

/* What was printed before there were names goes on to be a token. */
START_TEST(older)
{
	static const char *const good[] = {
		"s@5.10/m/0", "s@5.10/s/6.1", "s@5.10/m/6.1-7.0", "s@5.10/m/0/abc",
		"s@5.10/m/6.1/6fe99b",
	};
	const char *why;
	struct token t;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		ck_assert_msg(token_parse(good[i], &t, &why), "%s", good[i]);
		ck_assert_ptr_null(t.names);
		token_free(&t);
	}
}
END_TEST

/* What the environment could do stands behind the kind of points. */
START_TEST(environment)
{
	static const struct {
		const char *text;
		unsigned int timers, allocations;
	} known[] = {
		{ "s@5.10/m/0", 0, 0 }, { "s@5.10/mt/6.1", 1, 0 }, { "s@5.10/sf12/0", 0, 12 },
		{ "s@5.10/mt3f/6.1-7.0", 3, 1 },
	};
	const char *why;
	struct token t;
	char buf[64];
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		ck_assert_msg(token_parse(known[i].text, &t, &why), "%s", known[i].text);
		ck_assert_uint_eq(t.env.timers, known[i].timers);
		ck_assert_uint_eq(t.env.allocations, known[i].allocations);
		token_format(buf, sizeof(buf), t.scenario, t.version, t.points_mem, &t.env, &t.devs);
		ck_assert_str_eq(buf, known[i].text);
		token_free(&t);
	}
}
END_TEST

START_TEST(mistakes)
{
	static const char *const bad[] = {
		"rubbish", "@5.10/m/0", "s@5.10/x/0", "s@5.10/mt0/0", "s@5.10/mft/0", "s@5.10/mx/0", "s@5.10/mt", "s@5.10/m/", "s@5.10/m/1", "s@5.10/m/1.zz",
		"s@5.10/m/2.0-1.0", "s@5.10/m/1.0-", "s@5.10/m/1.0/", "s@5.10/m/1.0/0",
		"s@5.10/m/1.0/ab/", "s@5.10/m/1.0/ab/a:R:f:1:1", "s@5.10/m/1.0/ab/a:R:f:1:1:",
		"s@5.10/m/1.0/ab/a:RR:f:1:1:b", "s@5.10/m/1.0/ab/a:R:f:xyz:1:b",
		"s@5.10/m/1.0/ab/a:R:f:1:1:b,a:R:f:1:2:b", "s@5.10/m/1.0-2.1/ab/a:R:f:1:1:b",
		"s@5.10/m/1.0/ab/a:R:f:1:1:b:c", "s@5.10/m/0/ab/a:R:f:1:1:b", "s@5.10/m/1.40",
	};
	const char *why;
	struct token t;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		why = NULL;
		ck_assert_msg(!token_parse(bad[i], &t, &why), "%s", bad[i]);
		ck_assert_ptr_nonnull(why);
	}
}
END_TEST

START_TEST(words)
{
	char word[24];

	devname_word(word, sizeof(word), "kworker/0:1, x");
	ck_assert_str_eq(word, "kworker/0_1__x");
	devname_word(word, 4, "admin");
	ck_assert_str_eq(word, "adm");
	ck_assert_uint_eq(devname_line("if (a == b)"), devname_line("\tif (a  ==  b) "));
	ck_assert_uint_ne(devname_line("if (a == b)"), devname_line("if (a == c)"));
	ck_assert_uint_ne(devname_line(""), 0);
	ck_assert_uint_eq(devname_line(NULL), 0);
}
END_TEST

/* Each kind of operation has a letter of its own. */
START_TEST(letters)
{
	unsigned int i;

	for (i = 0; i < KSHIM_NR_OPS; i++) {
		ck_assert_int_ne(devname_op(i), '?');
		ck_assert_int_ne(devname_op(i), DEVNAME_ENDS);
		ck_assert_uint_eq(devname_op_of(devname_op(i)), i);
	}
	ck_assert_uint_eq(devname_op_of('?'), KSHIM_NR_OPS);
	ck_assert_uint_eq(devname_op_of(0), KSHIM_NR_OPS);
}
END_TEST

START_TEST(near)
{
	struct devname want = { "a", "b", "f", 'R', 7, 2 }, have = want, other = want;

	ck_assert_uint_eq(devname_near(&want, &have), DEVNAME_EXACT);
	have.nth = 1;
	ck_assert_uint_lt(devname_near(&want, &have), DEVNAME_EXACT);
	ck_assert_uint_gt(devname_near(&want, &have), 0);
	/* The line was edited: nearer than another one of a function that was renamed. */
	have = want;
	have.line = 8;
	strcpy(other.func, "g");
	other.nth = 1;
	ck_assert_uint_gt(devname_near(&want, &have), devname_near(&want, &other));
	ck_assert_uint_gt(devname_near(&want, &other), 0);
	other.line = 9;
	ck_assert_uint_eq(devname_near(&want, &other), 0);
	strcpy(have.from, "c");
	ck_assert_uint_eq(devname_near(&want, &have), 0);
	have = want;
	have.op = DEVNAME_ENDS;
	ck_assert_uint_eq(devname_near(&want, &have), 0);
}
END_TEST

START_TEST(said)
{
	static const struct { struct devname d; const char *text; } said[] = {
		{ { "a", "b", "f", 'R', 7, 1 }, "a: read in f(), 1st time" },
		{ { "a", "b", "f", 'R', 7, 2 }, "a: read in f(), 2nd time" },
		{ { "a", "b", "f", 'R', 7, 11 }, "a: read in f(), 11th time" },
		{ { "a", "b", "f", 'R', 7, 23 }, "a: read in f(), 23rd time" },
	};
	char *text;
	size_t i, len;
	FILE *f;

	for (i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		f = open_memstream(&text, &len);
		devname_say(f, &said[i].d, "read");
		fclose(f);
		ck_assert_str_eq(text, said[i].text);
		free(text);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("search");
	TCase *tc = tcase_create("token");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_test(tc, there_and_back);
	tcase_add_test(tc, older);
	tcase_add_test(tc, environment);
	tcase_add_test(tc, mistakes);
	tcase_add_test(tc, words);
	tcase_add_test(tc, letters);
	tcase_add_test(tc, near);
	tcase_add_test(tc, said);
	suite_add_tcase(s, tc);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? 1 : 0;
}
