// SPDX-License-Identifier: GPL-2.0-only
/*
 * Building the guest runner: one build directory in the cache for each
 * (kernel tree, instrumentation, source directory, host library). cmake
 * decides what is stale; a lock keeps two commands from building at once.
 */
#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE	/* strsep() */
#include "build.h"
#include "doctor.h"
#include "../kernels/sha256.h"
#include "../kernels/sysutil.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* $VFIOSIM_HOST_DIR, else where they were installed, else where the build put them */
static char *host_dir(void)
{
	const char *env = getenv("VFIOSIM_HOST_DIR");
	char *dir;

	if (env && *env)
		return realpath(env, NULL);
	dir = installed_library_dir();
	if (dir)
		return dir;
#ifdef VFIOSIM_HOST_DIR
	if (path_is_file(VFIOSIM_HOST_DIR "/" HOST_LIBRARY))
		return str_dup(VFIOSIM_HOST_DIR);
#endif
	return command_dir();
}

/*
 * The files of a package keep the time at which it was made, so that an upgrade can
 * be older than what was built before it: make would not notice. Installed sources
 * are told apart by their sum.
 */
static char *installed_sum(const char *src)
{
	char *path = str_printf("%s/" INSTALLED_SUM, src);
	char *sum = path_is_file(path) ? file_read(path) : NULL;

	free(path);
	return sum ? sum : str_dup("");
}

/* A scratch copy is built in a directory that it shares with others of its series */
static char *build_name(const struct kernel_tree *tree, const char *mode, const char *src,
			const char *host)
{
	char *installed = installed_sum(src);
	const char *parts[] = { tree->origin ? "" : tree->dir, mode, src, host, installed };
	char hex[SHA256_HEX_LEN + 1];
	struct sha256 sum;
	size_t i;

	sha256_init(&sum);
	/* nothing for a checkout, whose build directories stay what they were */
	for (i = 0; i < 4 + !!*installed; i++)
		sha256_update(&sum, parts[i], strlen(parts[i]) + 1);
	sha256_final(&sum, hex);
	free(installed);
	if (tree->origin)
		return str_printf("scratch-%u.%u-%s-%.8s", tree->kver >> 16, tree->kver >> 8 & 255,
				  mode, hex);
	return str_printf("%s-%s-%.8s", tree->version, mode, hex);
}

/* What cmake, make and the compiler said, without their progress */
static void print_complaints(char *said, const char *kdir)
{
	char *line, *rest = said, *at;
	size_t n = strlen(kdir);

	while (rest && (line = strsep(&rest, "\n"))) {
		if (!*line || !strncmp(line, "-- ", 3) || (line[0] == '[' && strstr(line, "%] ")))
			continue;
		/* as the tree's owner knows it; names of objects end in a whole path */
		for (; (at = strstr(line, kdir)) && at[n] == '/' &&
		       (at == line || strchr(" '\"", at[-1])); line = at + n + 1)
			fprintf(stderr, "%.*s", (int)(at - line), line);
		fprintf(stderr, "%s\n", line);
	}
}

/* In terms of the shim, when the compiler or the linker missed something */
static void explain(const struct kernel_tree *tree, const struct guest *guest, const char *said)
{
	struct doctor d = { .kdir = guest->kdir, .src = guest->src, .build = guest->dir };
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	d.headers = kernel_tree_headers(tree);
	d.farm = str_printf("%s/tree-include", guest->dir);
	if (!doctor_explain(&d, said, f))
		doctor_unresolved(&d, said, f);
	fclose(f);
	if (*text)
		fprintf(stderr, "vfiosim: that is to say:\n%s", text);
	free(text);
	free(d.headers);
	free(d.farm);
}

/* The explanation goes by messages in English. Return: the old value, for english_end() */
static char *english_begin(void)
{
	char *old = getenv("LC_ALL") ? str_dup(getenv("LC_ALL")) : NULL;

	setenv("LC_ALL", "C", 1);
	return old;
}

static void english_end(char *old)
{
	if (old)
		setenv("LC_ALL", old, 1);
	else
		unsetenv("LC_ALL");
	free(old);
}

int build_quietly(const struct kernel_tree *tree, const struct guest *guest,
		  const char *const argv[], const char *log, const char *doing)
{
	struct proc_opts opts = { .output = log, .errors = log };
	char *said, *whole, *locale = english_begin();
	int status;

	file_write(log, "");
	status = proc_run(argv, &opts);
	english_end(locale);
	if (!status)
		return 0;
	if (proc_interrupted()) {
		fprintf(stderr, "vfiosim: interrupted\n");
		return CMD_EXIT_INTERRUPTED;
	}
	said = file_read(log);
	whole = str_dup(said ? said : "");
	print_complaints(said, guest->kdir);
	explain(tree, guest, whole);
	fprintf(stderr, "vfiosim: %s failed, for the reasons above (log: %s)\n", doing, log);
	free(said);
	free(whole);
	return CMD_EXIT_USAGE;
}

int build_configure(const struct kernel_tree *tree, const char *mode, const struct guest *guest,
		    const char *host, const char *phase, const char *log)
{
	char *core = str_printf("%s/core", guest->src), *done, *kdir, *guest_mode, *host_arg;
	char *phase_arg = str_printf("-DPGO_PHASE=%s", phase ? phase : "");
	const char *argv[16] = { "cmake", "-S", core, "-B", guest->dir };
	int status = 0, n = 5;

	done = str_printf("%s/Makefile", guest->dir);
	kdir = str_printf("-DKDIR=%s", guest->kdir);
	guest_mode = str_printf("-DGUEST_MODE=%s", mode);
	host_arg = str_printf("-DVFIOSIM_HOST_DIR=%s", host);
	argv[n++] = "-G";
	argv[n++] = "Unix Makefiles";
	argv[n++] = kdir;
	argv[n++] = guest_mode;
	argv[n++] = host_arg;
	argv[n++] = phase_arg;
	/* written last by cmake: a configuration that was cut short is done again */
	if (phase || !path_is_file(done))
		status = build_quietly(tree, guest, argv, log, "configuring the guest");
	free(phase_arg);
	free(core);
	free(done);
	free(kdir);
	free(guest_mode);
	free(host_arg);
	return status;
}

/* What gcov counts has the directory's name in its objects */
static void seed(const struct kernel_tree *tree, const char *mode, const struct guest *guest)
{
	char *series = str_printf("%u.%u", tree->kver >> 16, tree->kver >> 8 & 255);

	if (!strcmp(mode, "tsan"))
		seed_objects(guest, series);
	free(series);
}

int build_all(const struct kernel_tree *tree, const struct guest *guest, const char *log,
	      const char *doing)
{
	char *jobs = str_printf("-j%ld", sysconf(_SC_NPROCESSORS_ONLN));
	const char *argv[] = { "cmake", "--build", guest->dir, jobs, NULL };
	int status = build_quietly(tree, guest, argv, log, doing);

	free(jobs);
	return status;
}

/* Only what has to be; that is found out without make, where it can be */
static int make_guest(const struct kernel_tree *tree, const struct guest *guest, const char *host,
		      const char *log, const char *doing)
{
	char *target;
	/* one after the other, in this order; NULL: without the last */
	const char *some[] = { "cmake", "--build", guest->dir, "-j1", "--target",
			       "guest_image/fast", GUEST_RUNNER "/fast", NULL, NULL };
	enum stale stale = stale_find(guest, host, &target);
	int status = 0;

	if (stale == STALE_OBJECT) {
		some[5] = target;
		some[6] = "guest_image/fast";
		some[7] = GUEST_RUNNER "/fast";
	}
	if (stale == STALE_UNCLEAR)
		status = build_all(tree, guest, log, doing);
	else if (stale != STALE_NOTHING)
		status = build_quietly(tree, guest, some, log, doing);
	if (!status && stale == STALE_UNCLEAR)
		stale_nothing(guest);
	free(target);
	return status;
}

static int build_locked(const struct kernel_tree *tree, const char *mode, bool quiet,
			const struct guest *guest, const char *host)
{
	char *log = str_printf("%s/vfiosim-build.log", guest->dir);
	char *doing = str_printf("building the guest for linux %s (%s)", tree->version, mode);
	char *makefile = str_printf("%s/Makefile", guest->dir);
	bool new = !path_is_file(makefile);
	int status;

	/* the Makefile's jobs are ours to choose, not those of a calling make */
	unsetenv("MAKEFLAGS");
	if (!quiet && !path_is_file(guest->runner))
		fprintf(stderr, "%s ...\n", doing);
	if (!strcmp(mode, "pgo") && !pgo_is_trained(guest))
		status = pgo_train(tree, guest, host, quiet, log);
	else
		status = build_configure(tree, mode, guest, host, NULL, log);
	if (!status && new)
		seed(tree, mode, guest);
	if (!status)
		status = make_guest(tree, guest, host, log, doing);
	if (!status && !path_is_file(guest->runner)) {
		fprintf(stderr, "vfiosim: %s: the build made no such file\n", guest->runner);
		status = CMD_EXIT_USAGE;
	}
	free(log);
	free(doing);
	free(makefile);
	return status;
}

/* Everything that can be built; what cannot is left to the caller to explain */
static int try_locked(const struct kernel_tree *tree, const struct guest *guest, const char *host,
		      const char *log)
{
	char *commands = str_printf("%s/compile_commands.json", guest->dir);
	char *makefile = str_printf("%s/Makefile", guest->dir);
	char *jobs = str_printf("-j%ld", sysconf(_SC_NPROCESSORS_ONLN));
	const char *argv[] = { "cmake", "--build", guest->dir, jobs, "--", "-k", NULL };
	struct proc_opts opts = { .output = log, .errors = log };
	int status;

	unsetenv("MAKEFLAGS");
	if (!path_is_file(commands))
		unlink(makefile);
	status = build_configure(tree, "tsan", guest, host, NULL, log);
	if (!status) {
		file_write(log, "");
		status = proc_run(argv, &opts) ? -1 : 0;
		if (proc_interrupted())
			status = CMD_EXIT_INTERRUPTED;
	}
	free(commands);
	free(makefile);
	free(jobs);
	return status;
}

static int take_lock(struct guest *guest, const char *base)
{
	char *path = str_printf("%s.lock", base);

	guest->lock = dir_make(guest->dir);
	if (!guest->lock)
		guest->lock = lock_take(path, "waiting for another build of this guest");
	free(path);
	if (guest->lock >= 0)
		return 0;
	if (proc_interrupted())
		fprintf(stderr, "vfiosim: interrupted\n");
	else
		fprintf(stderr, "vfiosim: %s: %s; " CACHE_ADVICE "\n", guest->dir,
			strerror(-guest->lock));
	return proc_interrupted() ? CMD_EXIT_INTERRUPTED : CMD_EXIT_USAGE;
}

/* Directories and source of a guest. Return: 0, or an exit status after a message */
static int lay_out(const struct kernel_tree *tree, const char *mode, const char *host,
		   struct guest *guest, char **base)
{
	char *name, *sub;

	memset(guest, 0, sizeof(*guest));
	guest->lock = -1;
	guest->src = guest_source_dir();
	if (!guest->src || !host) {
		fprintf(stderr, "vfiosim: cannot find vfiosim's source; set VFIOSIM_SRC to it\n");
		return CMD_EXIT_USAGE;
	}
	name = build_name(tree, mode, guest->src, host);
	sub = str_printf("build/%s", name);
	*base = cache_path(sub);
	free(name);
	free(sub);
	if (!*base) {
		fprintf(stderr, "vfiosim: no cache directory: set HOME or XDG_CACHE_HOME\n");
		return CMD_EXIT_USAGE;
	}
	guest->dir = tree->origin ? str_printf("%s/guest", *base) : str_dup(*base);
	guest->kdir = tree->origin ? str_printf("%s/tree", *base) : str_dup(tree->dir);
	guest->runner = str_printf("%s/" GUEST_RUNNER, guest->dir);
	return 0;
}

static int with_build_dir(const struct kernel_tree *tree, const char *mode, bool quiet,
			  const char *try_log, struct guest *guest)
{
	char *host = host_dir(), *base = NULL, *keep = NULL;
	int status = lay_out(tree, mode, host, guest, &base);

	/* whoever reads in the build directory keeps it locked */
	if (!status && tree->origin && !try_log && !strcmp(mode, "tsan")) {
		keep = slot_runner(tree, guest, host);
		if (path_is_file(keep))
			goto found;
	}
	if (!status)
		status = take_lock(guest, base);
	if (!status && tree->origin)
		status = slot_fill(tree, guest);
	if (!status)
		status = try_log ? try_locked(tree, guest, host, try_log) :
				   build_locked(tree, mode, quiet, guest, host);
	if (!status && keep)
		status = slot_keep(guest, keep);
	if (status > 0 || keep || !tree->origin) {
		if (guest->lock >= 0)
			close(guest->lock);
		guest->lock = -1;
	}
found:
	if (!status && keep) {
		free(guest->runner);
		guest->runner = str_dup(keep);
	}
	free(keep);
	free(host);
	free(base);
	if (status > 0)
		guest_close(guest);
	return status;
}

int guest_build(const struct kernel_tree *tree, const char *mode, bool quiet, struct guest *guest)
{
	return with_build_dir(tree, mode, quiet, NULL, guest);
}

int guest_try(const struct kernel_tree *tree, const char *log, struct guest *guest)
{
	return with_build_dir(tree, "tsan", true, log, guest);
}

void guest_close(struct guest *guest)
{
	if (guest->lock >= 0)
		close(guest->lock);
	free(guest->dir);
	free(guest->runner);
	free(guest->src);
	free(guest->kdir);
	memset(guest, 0, sizeof(*guest));
	guest->lock = -1;
}

void guest_environment(const struct kernel_tree *tree, const struct guest *guest)
{
	setenv("VFIOSIM_KDIR", tree->dir, 1);
	setenv("VFIOSIM_KVERSION", tree->version, 1);
	setenv("VFIOSIM_SRC", guest->src, 1);
	unsetenv("VFIOSIM_RESULTS");
}

void guest_results(const struct cmdline *cl)
{
	char *dir = cl->no_cache ? NULL : cache_path("results");

	if (dir)
		setenv("VFIOSIM_RESULTS", dir, 1);
	free(dir);
}
