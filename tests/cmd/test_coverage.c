// SPDX-License-Identifier: GPL-2.0-only
/* Tracefiles of lcov 1 and 2: what is kept of them, and what is counted. */
#include "test_cmd.h"
#include "cmd/front.h"

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

TCase *coverage_tests(void)
{
	TCase *tc = tcase_create("coverage");

	tcase_add_checked_fixture(tc, NULL, test_dir_remove);
	tcase_add_test(tc, kept);
	tcase_add_test(tc, counted);
	return tc;
}
