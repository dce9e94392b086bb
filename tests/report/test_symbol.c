// SPDX-License-Identifier: GPL-2.0-only
/* The symboliser on this very program. */
#include <stdlib.h>
#include <string.h>

#include "symbol.h"
#include "test_report.h"

void kshim_deep(void);
extern void _fini(void);	/* the last function of the program */

#define OUR_FILE	"tests/report/sample.c"

START_TEST(inline_chain)
{
	const struct sym_frame *f;
	unsigned int n;

	sample_record();
	ck_assert_uint_eq(sample_n, 3);
	f = sym_lookup_ret(sample_pc[0], &n);
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(f[0].func, "sample_inner");
	ck_assert(f[0].inlined);
	ck_assert_str_eq(f[0].file, OUR_FILE);
	ck_assert_uint_eq(f[0].line, sample_inner_line);
	ck_assert_str_eq(f[1].func, "sample_outer");
	ck_assert(!f[1].inlined);
	ck_assert_str_eq(f[1].file, OUR_FILE);
	ck_assert_uint_eq(f[1].line, sample_outer_line);
	ck_assert_uint_gt(f[1].offset, 0);
	ck_assert_uint_gt(f[1].size, f[1].offset);
	ck_assert_ptr_eq(sym_lookup_ret(sample_pc[0], &n), f);
}
END_TEST

START_TEST(unknown_address)
{
	unsigned int n;
	const struct sym_frame *f = sym_lookup((void *)0x10, &n);

	ck_assert_uint_eq(n, 1);
	ck_assert_str_eq(f->func, "0x10");
	ck_assert_uint_eq(f->size, 0);
	ck_assert_ptr_null(f->file);
}
END_TEST

START_TEST(variables)
{
	ck_assert_str_eq(sym_name_data(&sample_data[0]), "sample_data");
	ck_assert_str_eq(sym_name_data(&sample_data[4]), "sample_data+0x10");
	ck_assert_str_eq(sym_name_data((char *)&sample_data[15] + 3), "sample_data+0x3f");
	ck_assert_ptr_null(sym_name_data((void *)0x10));
	/* a function is not a variable */
	ck_assert_ptr_null(sym_name_data((void *)sample_record));
	ck_assert_ptr_null(sym_name_data((void *)_fini));
}
END_TEST

START_TEST(kernel_dir_is_stripped)
{
	unsigned int n;

	sample_record();
	sym_close();
	sym_set_kdir(TEST_SRCDIR "/tests/");
	ck_assert_str_eq(sym_lookup_ret(sample_pc[0], &n)->file, "report/sample.c");
	sym_close();
	sym_set_kdir(NULL);
	ck_assert_str_eq(sym_lookup_ret(sample_pc[0], &n)->file, OUR_FILE);
}
END_TEST

START_TEST(source_line)
{
	unsigned int n;

	sample_record();
	sym_lookup_ret(sample_pc[0], &n);
	ck_assert_str_eq(sym_source_line(OUR_FILE, sample_inner_line), "kshim_deep();");
	ck_assert_str_eq(sym_source_line(OUR_FILE, 1), "// SPDX-License-Identifier: GPL-2.0-only");
	ck_assert_ptr_null(sym_source_line(OUR_FILE, 0));
	ck_assert_ptr_null(sym_source_line(OUR_FILE, 1000000));
	ck_assert_ptr_null(sym_source_line("no/such/file.c", 1));
}
END_TEST

START_TEST(stack_is_the_kernels)
{
	char *text, *want;
	int ret;

	sample_record();
	CAPTURE(text, f, sym_print_stack(f, sample_pc, sample_n));
	ret = asprintf(&want, " sample_inner (%s:%u) [inlined]\n"
		       " sample_outer+X (%s:%u)\n"
		       " __x64_sys_ioctl+X\n",
		       OUR_FILE, sample_inner_line, OUR_FILE, sample_outer_line);
	ck_assert_int_gt(ret, 0);
	/* the lines are known here: only the offsets are normalised */
	ck_assert_ptr_nonnull(strstr(text, OUR_FILE));
	sample_normal(text);
	sample_normal(want);
	ck_assert_str_eq(text, want);
	free(text);
	free(want);
}
END_TEST

START_TEST(shim_is_hidden)
{
	const void *pc[2];
	char *text;

	sample_record();
	/* an address inside kshim_deep, above the rest */
	pc[0] = (const char *)kshim_deep + 1;
	pc[1] = sample_pc[0];
	CAPTURE(text, f, sym_print_stack(f, pc, 2));
	ck_assert_ptr_null(strstr(text, "kshim_deep"));
	ck_assert_ptr_nonnull(strstr(text, "sample_outer"));
	ck_assert_str_eq(sym_visible(pc, 2)->func, "sample_outer");
	free(text);
}
END_TEST

TCase *symbol_case(void)
{
	TCase *t = tcase_create("symbol");

	tcase_add_test(t, inline_chain);
	tcase_add_test(t, unknown_address);
	tcase_add_test(t, variables);
	tcase_add_test(t, kernel_dir_is_stripped);
	tcase_add_test(t, source_line);
	tcase_add_test(t, stack_is_the_kernels);
	tcase_add_test(t, shim_is_hidden);
	return t;
}
