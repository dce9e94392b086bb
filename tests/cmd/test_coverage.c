// SPDX-License-Identifier: GPL-2.0-only
/* Tracefiles of lcov 1 and 2: what is kept of them, what is counted, what two have. */
#include "test_cmd.h"
#include "cmd/coverage.h"
#include "compare/coverage.h"

static const char raw[] =
	"TN:x\nSF:/k/drivers/vfio/vfio.c\n"
	"FN:1,vfio_group_put\nFNDA:0,vfio_group_put\nFN:10,20,vfio_device_put\n"
	"FNDA:3,vfio_device_put\nDA:1,0\nDA:2,0\nDA:10,3\nDA:12,0,abc\n"
	"BRDA:11,0,0,-\nBRDA:11,0,1,7\nBRDA:12,0,0,0\nend_of_record\n"
	"TN:\nSF:/k/drivers/iommu/iommu.c\nDA:1,1\nend_of_record\n"
	"TN:\nSF:/b/drivers/vfio/virqfd.c\nDA:1,1\nend_of_record\n"
	"TN:\nSF:/k-drivers/vfio/no.c\nDA:1,1\nend_of_record\n";

START_TEST(kept)
{
	char *in = at("raw"), *out = at("out"), *text;

	put("raw", raw);
	ck_assert_int_eq(coverage_rewrite(in, "/k", "/b", out), 2);
	text = file_read(out);
	ck_assert_ptr_nonnull(strstr(text, "\nSF:drivers/vfio/vfio.c\n"));
	ck_assert_ptr_nonnull(strstr(text, "\nSF:drivers/vfio/virqfd.c\n"));
	ck_assert_ptr_null(strstr(text, "iommu.c"));
	ck_assert_ptr_null(strstr(text, "no.c"));
	ck_assert_ptr_nonnull(strstr(text, "BRDA:12,0,0,0\nend_of_record\n"));
	ck_assert_int_lt(coverage_rewrite("/nonexistent", "/k", "/b", out), 0);
	free(in);
	free(out);
	free(text);
}
END_TEST

START_TEST(counted)
{
	char *in = at("raw"), *out = at("out"), *text = NULL, *p;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	put("raw", raw);
	coverage_rewrite(in, "/k", "/b", out);
	ck_assert_int_eq(coverage_report(out, true, f), 0);
	fclose(f);
	p = strstr(text, "drivers/vfio/vfio.c");
	ck_assert_ptr_nonnull(p);
	p[strcspn(p, "\n")] = '\0';
	ck_assert_ptr_nonnull(strstr(p, " 25.0%    1/4 "));	/* lines */
	ck_assert_ptr_nonnull(strstr(p, " 33.3%    1/3 "));	/* branches */
	ck_assert_ptr_nonnull(strstr(p, " 50.0%    1/2 "));	/* functions */
	p += strlen(p) + 1;
	ck_assert_ptr_nonnull(strstr(p, "vfio_group_put                       0.0%    0/2 "));
	ck_assert_ptr_nonnull(strstr(p, "vfio_device_put                     50.0%    1/2 "));
	ck_assert_ptr_nonnull(strstr(p, "together                            25.0%    1/4     33.3%    1/3 "));
	ck_assert_ptr_nonnull(strstr(p, "\nnot reached\nvfio_group_put: lines 1-2\n"));
	ck_assert_ptr_nonnull(strstr(p, "\nvfio_device_put: lines 12\n"));
	free(in);
	free(out);
	free(text);
}
END_TEST

START_TEST(lines)
{
	char *in = at("raw"), *out = at("out"), *tree = str_dup(test_dir());
	struct kernel_coverage k = { .info = out };
	const struct covered_function *f;

	put("raw", raw);
	put("drivers/vfio/vfio.c", "put()\n{\n}\n/* */\n\n\n\n\n\nvoid device_put()\n{\n\t x; \n}\n\nint no;\n");
	coverage_rewrite(in, "/k", "/b", out);
	ck_assert_int_eq(coverage_read(&k, tree), 0);
	ck_assert_uint_eq(k.nr_functions, 2);
	f = &k.functions[0];
	ck_assert_uint_eq(f->nr_lines, 3);	/* of lcov 1, which says no end */
	ck_assert(f->lines[0].code && !f->lines[0].reached && !f->lines[2].code);
	f = &k.functions[1];
	ck_assert_uint_eq(f->nr_lines, 4);
	ck_assert_str_eq(f->lines[2].text, "x;");
	ck_assert(f->lines[0].reached && f->lines[2].code && !f->lines[2].reached);
	covered_free(k.functions, k.nr_functions);
	free(in);
	free(out);
	free(tree);
}
END_TEST

/* Lines after a mark each: + reached, - not, . no code */
static struct covered_function function(const char *name, unsigned int first, const char *text)
{
	struct covered_function f = { .first = 1 };
	size_t i;

	snprintf(f.name, sizeof(f.name), "%s", name);
	covered_text(&f, text, ~0u);
	f.first = first;
	for (i = 0; i < f.nr_lines; i++) {
		char *line = f.lines[i].text;

		f.lines[i].code = *line != '.';
		f.lines[i].reached = *line == '+';
		f.share.lines += f.lines[i].code;
		f.share.lines_hit += f.lines[i].reached;
		memmove(line, line + 1, strlen(line));
	}
	return f;
}

START_TEST(compared)
{
	struct covered_function *a = calloc(3, sizeof(*a)), *b = calloc(4, sizeof(*b));
	struct compare_coverage c;
	const struct compare_function *d;

	a[0] = function("same", 1, "+f()\n.{\n+x;\n");
	a[1] = function("f", 10, "+f()\n.{\n+x;\n-if (y)\n-return;\n+z;\n+old;\n+dead;\n+}\n");
	a[2] = function("gone", 30, "+g()\n");
	b[0] = function("f", 20, "+f()\n.{\n+if (new)\n+return;\n+x;\n+if (y)\n-return;\n-z;\n.dead;\n+}\n");
	b[1] = function("new", 40, "-n()\n");
	b[2] = function("same", 50, "+f()\n.{\n+x;\n");
	b[3] = function("gained", 60, "-k()\n");
	compare_coverage_fill(&c, a, 3, b, 4);
	ck_assert_uint_eq(c.n, 4);
	d = &c.f[0];
	ck_assert_str_eq(d->f[SIDE_A]->name, "f");
	/* what was moved down is the same; what was taken out, or came, is nothing */
	ck_assert_uint_eq(d->n[SIDE_A], 2);
	ck_assert_str_eq(d->line[SIDE_A][0].text, "z;");
	ck_assert_uint_eq(d->line[SIDE_A][0].nr[SIDE_A], 15);
	ck_assert_uint_eq(d->line[SIDE_A][0].nr[SIDE_B], 27);
	ck_assert(d->line[SIDE_A][0].code);
	ck_assert_str_eq(d->line[SIDE_A][1].text, "dead;");
	ck_assert(!d->line[SIDE_A][1].code);
	ck_assert_uint_eq(d->n[SIDE_B], 1);
	ck_assert_str_eq(d->line[SIDE_B][0].text, "if (y)");
	ck_assert_uint_eq(c.lines[SIDE_A], 2);
	ck_assert_uint_eq(c.lines[SIDE_B], 1);
	ck_assert_uint_eq(c.total[SIDE_A].lines_hit, 9);
	/* on one side only */
	ck_assert_ptr_eq(c.f[1].f[SIDE_B], &b[3]);
	ck_assert_ptr_null(c.f[1].f[SIDE_A]);
	ck_assert_ptr_eq(c.f[2].f[SIDE_A], &a[2]);
	ck_assert_ptr_null(c.f[2].f[SIDE_B]);
	compare_coverage_free(&c);
	compare_coverage_fill(&c, a, 1, b + 2, 1);
	ck_assert_uint_eq(c.n, 0);
	compare_coverage_free(&c);
	/* as many lines, but others */
	free(a[2].lines[0].text);
	free(a[2].lines);
	a[2] = function("gained", 30, "+k()\n-l;\n");
	free(b[3].lines[0].text);
	free(b[3].lines);
	b[3] = function("gained", 30, "-k()\n+l;\n");
	compare_coverage_fill(&c, a + 2, 1, b + 3, 1);
	ck_assert_uint_eq(c.n, 1);
	ck_assert_uint_eq(c.lines[SIDE_A], 1);
	ck_assert_uint_eq(c.lines[SIDE_B], 1);
	compare_coverage_free(&c);
	covered_free(a, 3);
	covered_free(b, 4);
}
END_TEST

TCase *coverage_tests(void)
{
	TCase *tc = tcase_create("coverage");

	tcase_add_checked_fixture(tc, NULL, test_dir_remove);
	tcase_add_test(tc, kept);
	tcase_add_test(tc, counted);
	tcase_add_test(tc, lines);
	tcase_add_test(tc, compared);
	return tc;
}
