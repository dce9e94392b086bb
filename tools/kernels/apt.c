// SPDX-License-Identifier: GPL-2.0-only
/*
 * apt without root and without touching the system: its lists, its cache and
 * its idea of what is installed live in a directory of ours. The machine's
 * apt.conf stays in force (proxies, certificates, credentials), only hooks
 * are left out.
 */
#define _XOPEN_SOURCE 700
#include "kernels_internal.h"
#include "sha256.h"

#include <stdlib.h>
#include <string.h>

static int write_config(const char *dir, char **problem)
{
	/* -c is read after the machine's files, so that #clear sees their hooks */
	char *conf = str_printf("#clear APT::Update;\n"
				"#clear DPkg;\n"
				"#clear Acquire::Languages;\n"
				"Acquire::Languages { \"none\"; };\n"
				"Acquire::Retries \"3\";\n"
				"APT::Sandbox::User \"root\";\n"
				"APT::Get::List-Cleanup \"false\";\n"
				"Dir::State \"%s\";\n"
				"Dir::State::lists \"%s/lists\";\n"
				"Dir::State::status \"%s/status\";\n"
				"Dir::Cache \"%s/cache\";\n"
				"Dir::Etc::sourcelist \"%s/sources.list\";\n"
				"Dir::Etc::sourceparts \"/dev/null\";\n"
				"Dir::Etc::preferences \"/dev/null\";\n"
				"Dir::Etc::preferencesparts \"/dev/null\";\n",
				dir, dir, dir, dir, dir);
	char *file = str_printf("%s/apt.conf", dir), *status = str_printf("%s/status", dir);
	char *lists = str_printf("%s/lists/partial", dir);
	char *cache = str_printf("%s/cache/archives/partial", dir);
	int err = dir_make(lists);

	if (!err)
		err = dir_make(cache);
	if (!err)
		err = file_write(file, conf);
	if (!err)
		err = file_write(status, "");
	if (err)
		*problem = str_printf("%s: %s", dir, strerror(-err));
	free(conf);
	free(file);
	free(status);
	free(lists);
	free(cache);
	return err ? -1 : 0;
}

static int write_sources(const struct apt_archive *a, const char *dir, char *const *suites,
			 char **problem)
{
	char *path = str_printf("%s/sources.list", dir), *text = str_dup("");
	int err;

	for (; *suites; suites++) {
		bool security = strstr(*suites, "-security");
		char *longer = str_printf("%sdeb [signed-by=%s target=Packages] %s %s main\n", text,
					  a->keyring, security ? a->security_uri : a->main_uri,
					  *suites);

		free(text);
		text = longer;
	}
	err = file_write(path, text);
	if (err)
		*problem = str_printf("%s: %s", path, strerror(-err));
	free(path);
	free(text);
	return err ? -1 : 0;
}

const char *kernel_advice(const char *said)
{
	bool full = said && (strstr(said, "No space left") || strstr(said, "Wrote only"));

	return full ? CACHE_ADVICE : KERNEL_ADVICE;
}

/* The first line of apt's output that begins with E: or W: */
static char *first_complaint(const char *log)
{
	char *text = file_read(log), *p = text, *found = NULL;
	int pass;

	for (pass = 0; text && pass < 2 && !found; pass++) {
		for (p = text; p && !found; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL)
			if (p[0] == "EW"[pass] && p[1] == ':')
				found = str_printf("%.*s", (int)strcspn(p + 3, "\n"), p + 3);
	}
	free(text);
	return found;
}

static char *field(const char *text, const char *name)
{
	size_t len = strlen(name);
	const char *p;

	for (p = text; p; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL) {
		if (*p == '\n')
			break;	/* end of the first stanza: the candidate */
		if (!strncmp(p, name, len) && !strncmp(p + len, ": ", 2))
			return str_printf("%.*s", (int)strcspn(p + len + 2, "\n"), p + len + 2);
	}
	return NULL;
}

static int show(const char *conf, const char *name, struct kernel_package *pkg)
{
	const char *argv[] = { "apt-cache", "-c", conf, "--no-all-versions", "show", name, NULL };
	int status;
	char *text = proc_capture(argv, &status), *size;

	memset(pkg, 0, sizeof(*pkg));
	size = field(text, "Size");
	pkg->name = str_dup(name);
	pkg->version = field(text, "Version");
	pkg->sha256 = field(text, "SHA256");
	pkg->size = size ? strtoull(size, NULL, 10) : 0;
	free(size);
	free(text);
	if (!status && pkg->version && pkg->sha256)
		return 1;
	apt_package_free(pkg);
	return 0;
}

void apt_package_free(struct kernel_package *pkg)
{
	free(pkg->name);
	free(pkg->version);
	free(pkg->sha256);
	memset(pkg, 0, sizeof(*pkg));
}

int apt_package_find(const struct apt_archive *archive, const char *dir, char *const *suites,
		     const char *name, struct kernel_package *pkg, char **problem)
{
	char *conf = str_printf("%s/apt.conf", dir), *log = str_printf("%s/update.log", dir);
	const char *update[] = { "apt-get", "-c", conf, "-q", "update", NULL };
	struct proc_opts opts = { .output = log, .errors = log };
	int found = -1;

	*problem = NULL;
	if (!write_config(dir, problem) && !write_sources(archive, dir, suites, problem)) {
		file_write(log, "");
		/* one suite of several may well be missing: what counts is the package */
		proc_run(update, &opts);
		found = proc_interrupted() ? 0 : show(conf, name, pkg);
		if (!found)
			*problem = first_complaint(log);
	}
	free(conf);
	free(log);
	return found;
}

int apt_package_download(const char *dir, const struct kernel_package *pkg, char **deb, char **err)
{
	char *conf = str_printf("%s/apt.conf", dir), *log = str_printf("%s/download.log", dir);
	char *which = str_printf("%s=%s", pkg->name, pkg->version);
	const char *argv[] = { "apt-get", "-c", conf, "-q", "download", which, NULL };
	const char *find[] = { "find", dir, "-maxdepth", "1", "-name", "*.deb", NULL };
	struct proc_opts opts = { .cwd = dir, .output = log, .errors = log };
	char hex[SHA256_HEX_LEN + 1], *why;
	int status = proc_run(argv, &opts), read;

	*deb = NULL;
	*err = NULL;
	if (status) {
		why = first_complaint(log);
		*err = str_printf("%s %s could not be downloaded: %s; %s", pkg->name, pkg->version,
				  why ? why : "apt-get download failed", kernel_advice(why));
		free(why);
	} else {
		*deb = proc_capture(find, &status);
		(*deb)[strcspn(*deb, "\n")] = '\0';
		read = sha256_file(*deb, hex);
		if (read)
			*err = str_printf("%s: %s", *deb, strerror(-read));
		else if (strcmp(hex, pkg->sha256))
			*err = str_printf("%s %s: the download has sha256 %s, the archive says %s",
					  pkg->name, pkg->version, hex, pkg->sha256);
	}
	free(conf);
	free(log);
	free(which);
	return *err ? -1 : 0;
}
