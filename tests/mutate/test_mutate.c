// SPDX-License-Identifier: GPL-2.0-only
/* Which mutants a text has, what they look like, and the list of equivalents. */
#include "kernels/sysutil.h"
#include "mutate/mutate.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/test_mutate.XXXXXX";

static void put(const char *text)
{
	ck_assert_int_eq(file_write(path, text), 0);
}

static bool all(const char *function, const void *arg)
{
	return !arg || !strcmp(function, arg);
}

struct made {
	struct source src;
	struct mutants all;
};

static void make(struct made *m, const char *text, const char *function)
{
	memset(m, 0, sizeof(*m));
	put(text);
	ck_assert(source_read(path, &m->src));
	mutants_make(&m->all, "drivers/x.c", &m->src, all, function);
}

static void unmake(struct made *m)
{
	mutants_free(&m->all);
	source_free(&m->src);
}

static const struct mutant *find(const struct made *m, const char *rule, const char *what)
{
	unsigned int i;

	for (i = 0; i < m->all.n; i++)
		if (!strcmp(m->all.m[i].rule, rule) && !strcmp(m->all.m[i].what, what))
			return &m->all.m[i];
	ck_abort_msg("no %s: %s", rule, what);
}

static bool none(const struct made *m, const char *rule)
{
	unsigned int i;

	for (i = 0; i < m->all.n; i++)
		if (!strcmp(m->all.m[i].rule, rule))
			return false;
	return true;
}

/* The mutant's text without what is the same before and behind it */
static void becomes(const struct mutant *m, const char *want)
{
	char *text = mutant_text(m);
	const char *p, *q;

	ck_assert_msg(strstr(text, want), "no \"%s\" in\n%s", want, text);
	/* lines keep their numbers */
	for (p = text, q = m->src->text; p && q; p = strchr(p + 1, '\n'), q = strchr(q + 1, '\n'))
		;
	ck_assert(!p && !q);
	free(text);
}

static const char text[] =
	"struct s { int (*f)(void); };\n"
	"static const struct s ops = { .f = g };\n"
	"int f(struct s *p)\n"
	"{\n"
	"	struct s *q = p;	/* a comment; with { */\n"
	"	int ret;\n"
	"\n"
	"	mutex_lock(&p->lock);\n"
	"	list_for_each_entry(q, &p->list, next) {\n"
	"		if (!strcmp(q->name, \"};\") && refcount_inc_not_zero(&q->ref)) {\n"
	"			mutex_unlock(&p->lock);\n"
	"			return 1;\n"
	"		}\n"
	"	}\n"
	"	ret = wait_for_completion_timeout(&p->comp,\n"
	"					  HZ * 10);\n"
	"	if (ret)\n"
	"		goto out;\n"
	"	p->ops->release(p);\n"
	"	wake_up(&p->q);\n"
	"out:\n"
	"	mutex_unlock(&p->lock);\n"
	"	WARN_ON(ret);\n"
	"	return atomic_cmpxchg(&p->n, 1, 0);\n"
	"}\n"
	"void g(void) { down_write(&s); up_write(&s); }\n";

START_TEST(rules)
{
	struct made m;

	make(&m, text, NULL);
	ck_assert_int_eq(m.src.nr_functions, 2);
	becomes(find(&m, "drop-lock", "mutex_lock(&p->lock);"), "int ret;\n\n	;\n	list_");
	becomes(find(&m, "swap-lock", "mutex_lock(&p->lock);"), "int ret;\n\n	mutex_unlock(&p->lock);");
	becomes(find(&m, "drop-region", "mutex_lock(&p->lock);"), "out:\n	;\n	WARN_ON(ret);");
	becomes(find(&m, "weaken-lock", "down_write(&s);"), "{ down_read(&s); up_read(&s); }");
	becomes(find(&m, "negate", "if (!strcmp(q->name, \"};\") && refcount_inc_not_zero(&q->ref))"),
		"if (!(!strcmp(q->name, \"};\") && refcount_inc_not_zero(&q->ref)))");
	becomes(find(&m, "weaken-ref",
		     "if (!strcmp(q->name, \"};\") && refcount_inc_not_zero(&q->ref))"),
		"&& ({ refcount_inc(&q->ref); true; })) {");
	becomes(find(&m, "weaken-ref", "return atomic_cmpxchg(&p->n, 1, 0);"),
		"return atomic_xchg(&p->n, 0);");
	becomes(find(&m, "drop-wait", "ret = wait_for_completion_timeout(&p->comp, HZ * 10);"),
		"ret = 1\n;\n	if (ret)");
	becomes(find(&m, "drop-goto", "goto out;"), "if (ret)\n		;\n	p->ops");
	becomes(find(&m, "drop-return", "return 1;"), "lock);\n			;\n");
	becomes(find(&m, "drop-free", "p->ops->release(p);"), "goto out;\n	;\n");
	becomes(find(&m, "drop-wake", "wake_up(&p->q);"), "release(p);\n	;\nout:");
	becomes(find(&m, "move", "p->ops->release(p); <> wake_up(&p->q);"),
		"	wake_up(&p->q);\n	p->ops->release(p);\nout:");
	becomes(find(&m, "move", "mutex_lock(&p->lock); <> list_for_each_entry(q, &p->list, next)"),
		"int ret;\n\n	list_for_each");
	ck_assert(none(&m, "drop-call"));	/* WARN_ON() is none */
	unmake(&m);
}
END_TEST

START_TEST(chosen)
{
	struct made m;

	make(&m, text, "g");
	ck_assert_uint_eq(m.all.n, 7);
	ck_assert_uint_eq(m.all.m[0].line, 26);
	ck_assert_str_eq(m.all.m[0].function, "g");
	unmake(&m);
}
END_TEST

START_TEST(odd_text)
{
	static const char *const odd[] = {
		"", "int f(", "int f(void) {", "int f(void) { if (", "int f(void) { \"", "/*", "}}}",
		"int f(void) { do x(); while (0); for (;;) ; }", "#define X \\\n {\nint f(void) { y(); }",
		"int f(void) { switch (a) { case B: { z(); break; } default: ; } }",
	};
	struct made m;
	size_t i;

	for (i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		make(&m, odd[i], NULL);
		unmake(&m);
	}
}
END_TEST

START_TEST(counted)
{
	struct made m;
	unsigned int i, second = 0;

	make(&m, "void f(void)\n{\n	a_put(x);\n	b();\n	a_put(x);\n}\n", NULL);
	for (i = 0; i < m.all.n; i++)
		if (!strcmp(m.all.m[i].rule, "drop-put") && m.all.m[i].nth == 2)
			second = m.all.m[i].line;
	ck_assert_uint_eq(second, 5);
	unmake(&m);
}
END_TEST

START_TEST(recorded)
{
	struct equivalents *e;
	struct made m;

	make(&m, text, NULL);
	put("# head\n"
	    "f drop-lock: mutex_lock(&p->lock);\n\tnobody\n\tsees it\n\n"
	    "f drop-unlock #2: mutex_unlock(&p->lock);\n\tnor this\n"
	    "f drop-put: gone(p);\n\tstale\n"
	    "elsewhere drop-put: gone(p);\n\tnot in this file\n");
	e = equivalents_read(path);
	ck_assert_ptr_nonnull(e);
	ck_assert_str_eq(equivalents_reason(e, find(&m, "drop-lock", "mutex_lock(&p->lock);")),
			 "nobody sees it");
	/* the first of two that read the same is not meant */
	ck_assert_ptr_null(equivalents_reason(e, find(&m, "drop-unlock", "mutex_unlock(&p->lock);")));
	ck_assert_ptr_null(equivalents_reason(e, find(&m, "swap-lock", "mutex_lock(&p->lock);")));
	equivalents_free(e);
	unmake(&m);
}
END_TEST

START_TEST(stale)
{
	char *said = NULL;
	struct equivalents *e;
	struct made m;
	size_t size;
	FILE *f = open_memstream(&said, &size);

	make(&m, text, NULL);
	put("f drop-put: gone(p);\n\tstale\nelsewhere drop-put: gone(p);\n\tnot in this file\n");
	e = equivalents_read(path);
	ck_assert_uint_eq(equivalents_stale(e, &m.src, f), 1);
	fclose(f);
	ck_assert_ptr_nonnull(strstr(said, "f drop-put: gone(p);"));
	free(said);
	equivalents_free(e);
	unmake(&m);
}
END_TEST

START_TEST(wrong_lists)
{
	put("f drop-put: x();\n");	/* no reason */
	ck_assert_ptr_null(equivalents_read(path));
	put("\ta reason first\n");
	ck_assert_ptr_null(equivalents_read(path));
	put("what is this\n\ta reason\n");
	ck_assert_ptr_null(equivalents_read(path));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mutate");
	TCase *tc = tcase_create("mutate");
	SRunner *sr = srunner_create(s);
	int fd = mkstemp(path), failed;

	if (fd < 0)
		return 2;
	close(fd);
	tcase_add_test(tc, rules);
	tcase_add_test(tc, chosen);
	tcase_add_test(tc, odd_text);
	tcase_add_test(tc, counted);
	tcase_add_test(tc, recorded);
	tcase_add_test(tc, stale);
	tcase_add_test(tc, wrong_lists);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	unlink(path);
	return failed ? 1 : 0;
}
