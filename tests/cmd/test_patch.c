// SPDX-License-Identifier: GPL-2.0-only
/* Patches: what is read from a file, and what becomes of a tree. */
#include "test_cmd.h"
#include "kernels/patch.h"

#define HEAD(f)	"diff --git a/" f " b/" f "\nindex 1..2 100644\n--- a/" f "\n+++ b/" f "\n"
#define LINES	"one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n"
#define HUNK	"@@ -3,3 +3,3 @@ where()\n three\n-four\n+4\n five\n"

/* Read tree.patch and apply all of it to "t"; what went wrong, allocated, or NULL */
static char *apply(const char *text)
{
	struct patch_set set = { 0 };
	char *path = at("tree.patch"), *root = at("t"), *err = NULL;
	size_t i;
	int status;

	put("tree.patch", text);
	status = patch_read(&set, path, &err);
	for (i = 0; !status && i < set.n; i++)
		status = patch_apply(root, &set.c[i], &err);
	ck_assert_int_eq(status != 0, err != NULL);
	patch_free(&set);
	free(path);
	free(root);
	return err;
}

static void expect(const char *patch, const char *file, const char *contents)
{
	char *err = apply(patch), *path = at(file), *text;

	ck_assert_msg(!err, "%s", err);
	text = file_read(path);
	if (contents)
		ck_assert_str_eq(text, contents);
	else
		ck_assert_ptr_null(text);
	free(text);
	free(path);
}

static void refuse(const char *patch, const char *message)
{
	char *err = apply(patch);

	ck_assert_ptr_nonnull(err);
	ck_assert_msg(strstr(err, message) != NULL, "%s", err);
	ck_assert_ptr_null(strchr(err, '\n'));
	free(err);
}

START_TEST(places)
{
	put("t/f", LINES);
	expect(HEAD("f") HUNK, "t/f", "one\ntwo\nthree\n4\nfive\nsix\nseven\neight\n");
	/* moved down by two, and the second hunk with it */
	put("t/f", "x\ny\n" LINES);
	expect(HEAD("f") HUNK "@@ -6,2 +6,3 @@\n six\n+6.5\n seven\n", "t/f",
	       "x\ny\none\ntwo\nthree\n4\nfive\nsix\n6.5\nseven\neight\n");
	/* plain diff, no a/ */
	put("t/d/f", LINES);
	expect("--- d/f\t2020-01-01\n+++ d/f\t2020-01-02\n" HUNK, "t/d/f",
	       "one\ntwo\nthree\n4\nfive\nsix\nseven\neight\n");
	/* an empty context line that lost its blank; lines end as elsewhere */
	put("t/f", "a\n\nb\n");
	expect(HEAD("f") "@@ -1,3 +1,2 @@\n a\n\n-b\n", "t/f", "a\n\n");
	put("t/f", "a\nb\n");
	expect("--- a/f\r\n+++ b/f\r\n@@ -1,2 +1,2 @@\r\n a\r\n-b\r\n+c\r\n", "t/f", "a\nc\n");
	/* no newline at the end: before, and after */
	put("t/f", "a\nb");
	expect(HEAD("f") "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n", "t/f", "a\nc\n");
	expect(HEAD("f") "@@ -1,2 +1,2 @@\n a\n-c\n+b\n\\ No newline at end of file\n", "t/f", "a\nb");
}
END_TEST

START_TEST(whole_files)
{
	put("t/f", "a\n");
	expect("diff --git a/d/n b/d/n\nnew file mode 100644\n--- /dev/null\n+++ b/d/n\n"
	       "@@ -0,0 +1,2 @@\n+1\n+2\n", "t/d/n", "1\n2\n");
	refuse("diff --git a/d/n b/d/n\nnew file mode 100644\n--- /dev/null\n+++ b/d/n\n"
	       "@@ -0,0 +1,2 @@\n+1\n+2\n", "d/n: exists already");
	expect("diff --git a/d/n b/d/n\ndeleted file mode 100644\n--- a/d/n\n+++ /dev/null\n"
	       "@@ -1,2 +0,0 @@\n-1\n-2\n", "t/d/n", NULL);
	expect("diff --git a/f b/g\nsimilarity index 100%\nrename from f\nrename to g\n", "t/g", "a\n");
	expect("diff --git a/g b/h\nsimilarity index 50%\ncopy from g\ncopy to h\n--- a/g\n+++ b/h\n"
	       "@@ -1 +1 @@\n-a\n+b\n", "t/h", "b\n");
	expect("--- a/h\n+++ b/h\n@@ -1 +1 @@\n-b\n+c\n", "t/g", "a\n");
	refuse("diff --git a/g b/g\nindex 1..2\nBinary files a/g and b/g differ\n", "g: a binary patch");
}
END_TEST

START_TEST(misfits)
{
	char *path = at("t/f"), *text;

	put("t/f", LINES);
	refuse(HEAD("f") "@@ -1 +1 @@\n-one\n+1\n@@ -3,3 +3,3 @@ where()\n three\n-vier\n+4\n five\n",
	       "tree.patch: f: hunk 2 of 2 (@@ -3,3 @@ where()) does not apply: not found: \"vier\"");
	text = file_read(path);
	ck_assert_str_eq(text, LINES);
	free(text);
	put("t/f", "one\ntwo\nthree\n4\nfive\n");
	refuse(HEAD("f") HUNK, "hunk 1 of 1 (@@ -3,3 @@ where()) does not apply: it looks as if it were applied");
	refuse(HEAD("g") HUNK, "g: no such file in this tree");
	refuse(HEAD("f") "@@ -3,3 +3,3 @@\n three\n", "tree.patch:7: the hunk that begins in line 5 is damaged");
	refuse(HEAD("f") "@@ -3,3 +3,3 @@\n three\n* four\n five\n", "is damaged");
	refuse("hello\n", "there is no patch in it");
	ck_assert_ptr_null(patch_path("/x", "/etc/passwd"));
	ck_assert_ptr_null(patch_path("/x", "a/../../y"));
	ck_assert_str_eq(patch_path("/x", "a/b..c"), "b..c");
	free(path);
}
END_TEST

#define FROM	"From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\n"

/* Out of order, with a reply between; encodings undone; signatures no lines of hunks */
START_TEST(mailbox)
{
	put("t/f", LINES);
	expect(FROM "From: x <x@y>\nSubject: [PATCH v2 2/2] second\n =?x?=\n\ntext\n---\n f | 2 +-\n\n"
	       HEAD("f") "@@ -4,2 +4,2 @@\n-4\n+IV\n five\n-- \n2.39.5\n\n"
	       FROM "Subject: Re: [PATCH v2 1/2] first\n\n> " HEAD("f") HUNK
	       FROM "Subject: [PATCH v2 1/2] first\n"
	       "Content-Transfer-Encoding: quoted-printable\n\n"
	       "--- a/f\n+++ b/f\n@@ -3,3 +3,3 @@ where()\n th=72ee\n-fo=\nur\n+4\n five\n-- \n2.39.5\n\n",
	       "t/f", "one\ntwo\nthree\nIV\nfive\nsix\nseven\neight\n");
	/* one mail alone, in base64 */
	put("t/f", "a\n");
	expect("Received: from x\nSubject: [PATCH] x\nContent-Transfer-Encoding: base64\n\n"
	       "LS0tIGEvZgorKysgYi9mCkBAIC0xICsxIEBACi1hCiti\nCg==\n", "t/f", "b\n");
	/* the mail is named */
	refuse(FROM "Subject: [PATCH 1/2] one\n\n" HEAD("f") "@@ -1 +1 @@\n-b\n+c\n" FROM
	       "Subject: [PATCH 2/2] two\n\n" HEAD("f") "@@ -1 +1 @@\n-b\n+c\n",
	       ", \"[PATCH 2/2] two\": f: hunk 1 of 1");
}
END_TEST

START_TEST(series)
{
	struct patch_set set = { 0 };
	char *path = at("q/series"), *err;

	put("q/series", "# quilt's\n1.patch\nsub/2.patch -p1\n\n");
	put("q/1.patch", HEAD("f") HUNK);
	put("q/sub/2.patch", HEAD("g") HUNK HUNK);
	ck_assert_int_eq(patch_read(&set, path, &err), 0);
	ck_assert_uint_eq(set.n, 2);
	ck_assert_str_eq(set.c[0].to, "b/f");
	ck_assert_str_eq(set.c[1].from, "a/g");
	ck_assert_uint_eq(set.c[1].n, 2);
	patch_free(&set);
	ck_assert_int_eq(patch_read(&set, "/nonexistent.patch", &err), -1);
	ck_assert_ptr_nonnull(strstr(err, "No such file"));
	free(err);
	free(path);
}
END_TEST

TCase *patch_tests(void)
{
	TCase *tc = tcase_create("patch");

	tcase_add_checked_fixture(tc, NULL, test_dir_remove);
	tcase_add_test(tc, places);
	tcase_add_test(tc, whole_files);
	tcase_add_test(tc, misfits);
	tcase_add_test(tc, mailbox);
	tcase_add_test(tc, series);
	return tc;
}
