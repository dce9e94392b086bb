// SPDX-License-Identifier: GPL-2.0-only
/*
 * The shipped scenarios, damaged in thousands of ways with a fixed seed. The
 * parser may say yes or no, but it must not crash, and what it accepts it
 * must print and accept again.
 */
#include <glob.h>

#include "test_scenario.h"

#define ROUNDS 4000
#define MAX_TEXT 8192

static unsigned int state = 12345;

static unsigned int rnd(unsigned int below)
{
	state = state * 1664525u + 1013904223u;
	return below ? (state >> 8) % below : 0;
}

static size_t read_file(const char *path, char *buf)
{
	FILE *f = fopen(path, "re");
	size_t n;

	ck_assert_ptr_nonnull(f);
	n = fread(buf, 1, MAX_TEXT / 2, f);
	fclose(f);
	return n;
}

/* One edit: change, delete, insert, cut off, or copy a piece elsewhere. */
static size_t damage(char *buf, size_t n)
{
	static const char *const bits[] = {
		"{", "}", "(", ")", "\"", "=", ":", "task a {", "0", "-", "$", "\n", ".",
		"and", "not", "order ", "never ", "setup {", "#", "/", "none", "_2", "fork ",
		"wait ", "99999999999", "stopped", " < ", "\\", "|",
	};
	size_t at = rnd((unsigned int)n + 1), len, from;
	const char *bit;

	switch (rnd(6)) {
	case 0:
		if (at < n)
			buf[at] = (char)rnd(256);
		return n;
	case 1:
		len = rnd(20);
		if (at + len > n)
			len = n - at;
		memmove(buf + at, buf + at + len, n - at - len);
		return n - len;
	case 2:
		return rnd(8) ? n : at;
	case 3:
		from = rnd((unsigned int)n + 1);
		len = rnd(60);
		if (from + len > n)
			len = n - from;
		if (n + len > MAX_TEXT)
			return n;
		memmove(buf + at + len, buf + at, n - at);
		if (from >= at)
			from += len;
		if (from + len > n + len)
			len = 0;
		memmove(buf + at, buf + from, len);
		return n + len;
	default:
		bit = bits[rnd(sizeof(bits) / sizeof(bits[0]))];
		len = strlen(bit);
		if (n + len > MAX_TEXT)
			return n;
		memmove(buf + at + len, buf + at, n - at);
		memcpy(buf + at, bit, len);
		return n + len;
	}
}

static void once(const char *buf, size_t n, FILE *null, unsigned int *accepted)
{
	/* An exact copy, so that ASan sees a read behind the end. */
	char *text = malloc(n ? n : 1), *printed, *again;
	struct scenario *s, *t;

	memcpy(text, buf, n);
	s = scn_parse(text, n, "fuzz.scn", null);
	free(text);
	if (!s)
		return;
	(*accepted)++;
	printed = print_text(s);
	t = parse_ok(printed);
	again = print_text(t);
	ck_assert_str_eq(printed, again);
	free(printed);
	free(again);
	scn_free(s);
	scn_free(t);
}

START_TEST(mutate)
{
	static char original[MAX_TEXT], buf[MAX_TEXT + 64];
	FILE *null = fopen("/dev/null", "we");
	unsigned int accepted = 0;
	glob_t files;

	ck_assert_int_eq(glob(SCENARIOS "/*.scn", 0, NULL, &files), 0);
	for (unsigned int i = 0; i < ROUNDS; i++) {
		size_t n = read_file(files.gl_pathv[i % files.gl_pathc], original);

		memcpy(buf, original, n);
		for (unsigned int k = rnd(6) + 1; k; k--)
			n = damage(buf, n);
		once(buf, n, null, &accepted);
	}
	globfree(&files);
	/* Not all refused, not all accepted: the damage has the right size. */
	ck_assert_uint_gt(accepted, ROUNDS / 100);
	ck_assert_uint_lt(accepted, ROUNDS / 2);

	for (unsigned int i = 0; i < ROUNDS / 10; i++) {
		size_t n = rnd(300);

		for (size_t k = 0; k < n; k++)
			buf[k] = (char)rnd(256);
		once(buf, n, null, &accepted);
	}
	fclose(null);
}
END_TEST

TCase *fuzz_tests(void)
{
	TCase *tc = tcase_create("fuzz");

	tcase_set_timeout(tc, 300);
	tcase_add_test(tc, mutate);
	return tc;
}
