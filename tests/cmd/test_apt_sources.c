// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finding Debian's archive in apt's configuration. A stand-in for apt-config
 * says where the lists are, so no apt is needed. Where no keyring is
 * installed the result is an error after the same search; then only that is
 * looked at.
 */
#include "test_cmd.h"

#include <sys/stat.h>

static void setup(void)
{
	char *bin = at("bin"), *tool = at("bin/apt-config"), *script, *path;

	script = str_printf("#!/bin/sh\ncase $3 in\n"
			    "*list/f) echo \"X='%s/sources.list'\" ;;\n"
			    "*) echo \"X='%s/parts/'\" ;;\nesac\n", test_dir(), test_dir());
	put("bin/apt-config", script);
	chmod(tool, 0755);
	path = str_printf("%s:%s", bin, getenv("PATH"));
	setenv("PATH", path, 1);
	free(bin);
	free(tool);
	free(script);
	free(path);
}

static void expect(const char *main_uri, const char *security_uri, const char *release)
{
	struct apt_archive a;
	char *err = NULL;

	if (apt_archive_find(&a, &err)) {
		ck_assert_msg(strstr(err, "debian-archive-keyring") != NULL, "%s", err);
		free(err);
		return;
	}
	ck_assert_str_eq(a.main_uri, main_uri);
	ck_assert_str_eq(a.security_uri, security_uri);
	if (release)
		ck_assert_str_eq(a.release, release);
	else
		ck_assert_ptr_null(a.release);
	apt_archive_free(&a);
}

START_TEST(one_line)
{
	put("sources.list", "# deb http://no/debian bookworm main\n"
	    "deb-src http://no/debian bookworm main\n"
	    "deb [arch=amd64 signed-by=/k/docker.gpg] http://other/debian bookworm main\n"
	    "deb http://third/linux/debian bookworm stable\n"
	    "deb http://m/debian/ bookworm main contrib # mirror\n"
	    "deb\thttp://m/debian bookworm-updates main\n"
	    "deb http://s/debian-security  bookworm-security main\n");
	expect("http://m/debian", "http://s/debian-security", "bookworm");
}
END_TEST

START_TEST(deb822)
{
	put("parts/a.sources", "Types: deb\nURIs: http://x/ubuntu\nSuites: noble\nComponents: main\n\n"
	    "Enabled: no\nTypes: deb\nURIs: http://off/debian\nSuites: trixie\nComponents: main\n"
	    "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n");
	put("parts/debian.sources", "# head\n\nTypes: deb deb-src\n# within\nURIs: mirror+file:/m/debian.list\n"
	    "Suites: trixie\n trixie-updates\ncomponents: main\n"
	    "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n\n"
	    "Types: deb\nURIs: mirror+file:/m/debian-security.list\nSuites: trixie-security\n"
	    "Components: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n");
	put("parts/z.list", "deb http://private/packages trixie main\n");
	expect("mirror+file:/m/debian.list", "mirror+file:/m/debian-security.list", "trixie");
}
END_TEST

START_TEST(no_security)
{
	put("sources.list", "deb http://m/debian bookworm main\n");
	expect("http://m/debian", "http://m/debian-security", "bookworm");
}
END_TEST

START_TEST(none)
{
	struct apt_archive a;
	char *err = NULL;

	put("sources.list", "deb http://x/ubuntu noble main\n");
	ck_assert_int_eq(apt_archive_find(&a, &err), -1);
	ck_assert_ptr_nonnull(strstr(err, "--kernel DIR"));
	free(err);
}
END_TEST

TCase *apt_sources_tests(void)
{
	TCase *tc = tcase_create("apt_sources");

	tcase_add_checked_fixture(tc, setup, test_dir_remove);
	tcase_add_test(tc, one_line);
	tcase_add_test(tc, deb822);
	tcase_add_test(tc, no_security);
	tcase_add_test(tc, none);
	return tc;
}
