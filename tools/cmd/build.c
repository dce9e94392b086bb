// SPDX-License-Identifier: GPL-2.0-only
/*
 * Building the guest runner: one build directory in the cache for each
 * (kernel tree, instrumentation, source directory, host library). cmake
 * decides what is stale; a lock keeps two commands from building at once.
 */
#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE	/* strsep() */
#include "front.h"
#include "../kernels/sha256.h"
#include "../kernels/sysutil.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HOST_LIBRARY "libvfiosim-host.a"

/* Directory of the running command, links resolved */
static char *own_dir(void)
{
	char *path = realpath("/proc/self/exe", NULL);

	if (path && strrchr(path, '/'))
		*strrchr(path, '/') = '\0';
	return path;
}

/* $VFIOSIM_SRC, else the directory above the command that has core/ */
char *guest_source_dir(void)
{
	const char *env = getenv("VFIOSIM_SRC");
	char *dir, *probe;
	bool found = false;

	if (env && *env)
		return realpath(env, NULL);
#ifdef VFIOSIM_SOURCE_DIR
	if (path_is_file(VFIOSIM_SOURCE_DIR "/core/CMakeLists.txt"))
		return str_dup(VFIOSIM_SOURCE_DIR);
#endif
	for (dir = own_dir(); dir && *dir; *strrchr(dir, '/') = '\0') {
		probe = str_printf("%s/core/CMakeLists.txt", dir);
		found = path_is_file(probe);
		free(probe);
		if (found)
			return dir;
	}
	free(dir);
	return NULL;
}

/* $VFIOSIM_HOST_DIR, else where the build put the libraries: beside the command */
static char *host_dir(void)
{
	const char *env = getenv("VFIOSIM_HOST_DIR");

	if (env && *env)
		return realpath(env, NULL);
#ifdef VFIOSIM_HOST_DIR
	if (path_is_file(VFIOSIM_HOST_DIR "/" HOST_LIBRARY))
		return str_dup(VFIOSIM_HOST_DIR);
#endif
	return own_dir();
}

static char *build_name(const char *version, const char *kdir, const char *mode, const char *src,
			const char *host)
{
	const char *parts[] = { kdir, mode, src, host };
	char hex[SHA256_HEX_LEN + 1];
	struct sha256 sum;
	size_t i;

	sha256_init(&sum);
	for (i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		sha256_update(&sum, parts[i], strlen(parts[i]) + 1);
	sha256_final(&sum, hex);
	return str_printf("%s-%s-%.8s", version, mode, hex);
}

/* What cmake, make and the compiler said, without their progress */
static void print_complaints(char *said)
{
	char *line, *rest = said;

	while (rest && (line = strsep(&rest, "\n")))
		if (*line && strncmp(line, "-- ", 3) && !(line[0] == '[' && strstr(line, "%] ")))
			fprintf(stderr, "%s\n", line);
}

/* Run cmake silently; on failure show what it said */
static int run_quietly(const char *const argv[], const char *log, const char *doing)
{
	struct proc_opts opts = { .output = log, .errors = log };
	int status;
	char *said;

	file_write(log, "");
	status = proc_run(argv, &opts);
	if (!status)
		return 0;
	if (proc_interrupted()) {
		fprintf(stderr, "vfiosim: interrupted\n");
		return CMD_EXIT_INTERRUPTED;
	}
	said = file_read(log);
	print_complaints(said);
	fprintf(stderr, "vfiosim: %s failed, for the reasons above (log: %s)\n", doing, log);
	free(said);
	return CMD_EXIT_USAGE;
}

static int configure(const struct kernel_tree *tree, const char *mode, const struct guest *guest,
		     const char *host, const char *log)
{
	char *core = str_printf("%s/core", guest->src), *done, *kdir, *guest_mode, *host_arg;
	const char *argv[16] = { "cmake", "-S", core, "-B", guest->dir };
	int status = 0, n = 5;

	done = str_printf("%s/Makefile", guest->dir);
	kdir = str_printf("-DKDIR=%s", tree->dir);
	guest_mode = str_printf("-DGUEST_MODE=%s", mode);
	host_arg = str_printf("-DVFIOSIM_HOST_DIR=%s", host);
	argv[n++] = "-G";
	argv[n++] = "Unix Makefiles";
	argv[n++] = kdir;
	argv[n++] = guest_mode;
	argv[n++] = host_arg;
	/* written last by cmake: a configuration that was cut short is done again */
	if (!path_is_file(done))
		status = run_quietly(argv, log, "configuring the guest");
	free(core);
	free(done);
	free(kdir);
	free(guest_mode);
	free(host_arg);
	return status;
}

static int build_locked(const struct kernel_tree *tree, const char *mode, bool quiet,
			const struct guest *guest, const char *host)
{
	char *log = str_printf("%s/vfiosim-build.log", guest->dir);
	char *jobs = str_printf("-j%ld", sysconf(_SC_NPROCESSORS_ONLN));
	const char *argv[] = { "cmake", "--build", guest->dir, jobs, NULL };
	char *doing = str_printf("building the guest for linux %s (%s)", tree->version, mode);
	int status;

	/* the Makefile's jobs are ours to choose, not those of a calling make */
	unsetenv("MAKEFLAGS");
	if (!quiet && !path_is_file(guest->runner))
		fprintf(stderr, "%s ...\n", doing);
	status = configure(tree, mode, guest, host, log);
	if (!status)
		status = run_quietly(argv, log, doing);
	if (!status && !path_is_file(guest->runner)) {
		fprintf(stderr, "vfiosim: %s: the build made no such file\n", guest->runner);
		status = CMD_EXIT_USAGE;
	}
	free(log);
	free(jobs);
	free(doing);
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
	status = configure(tree, "tsan", guest, host, log);
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

static int with_build_dir(const struct kernel_tree *tree, const char *mode, bool quiet,
			  const char *try_log, struct guest *guest)
{
	char *host = host_dir(), *name = NULL, *sub = NULL, *lock_path = NULL;
	int status = CMD_EXIT_USAGE, lock;

	memset(guest, 0, sizeof(*guest));
	guest->src = guest_source_dir();
	if (!guest->src || !host) {
		fprintf(stderr, "vfiosim: cannot find vfiosim's source; set VFIOSIM_SRC to it\n");
		goto out;
	}
	name = build_name(tree->version, tree->dir, mode, guest->src, host);
	sub = str_printf("build/%s", name);
	guest->dir = cache_path(sub);
	if (!guest->dir) {
		fprintf(stderr, "vfiosim: no cache directory: set HOME or XDG_CACHE_HOME\n");
		goto out;
	}
	guest->runner = str_printf("%s/" GUEST_RUNNER, guest->dir);
	lock_path = str_printf("%s.lock", guest->dir);
	lock = dir_make(guest->dir);
	if (!lock)
		lock = lock_take(lock_path, "waiting for another build of this guest");
	if (lock < 0) {
		if (proc_interrupted())
			fprintf(stderr, "vfiosim: interrupted\n");
		else
			fprintf(stderr, "vfiosim: %s: %s; " CACHE_ADVICE "\n", guest->dir,
				strerror(-lock));
		status = proc_interrupted() ? CMD_EXIT_INTERRUPTED : CMD_EXIT_USAGE;
		goto out;
	}
	status = try_log ? try_locked(tree, guest, host, try_log) :
			   build_locked(tree, mode, quiet, guest, host);
	close(lock);
out:
	free(host);
	free(name);
	free(sub);
	free(lock_path);
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
	free(guest->dir);
	free(guest->runner);
	free(guest->src);
	memset(guest, 0, sizeof(*guest));
}

void guest_environment(const struct kernel_tree *tree, const struct guest *guest)
{
	setenv("VFIOSIM_KDIR", tree->dir, 1);
	setenv("VFIOSIM_KVERSION", tree->version, 1);
	setenv("VFIOSIM_SRC", guest->src, 1);
}

/* "unbind-while-open@5.10.262/m/1.1" was found on the series 5.10 */
static char *token_version(const struct cmdline *cl)
{
	const char *at = cl->verb == CMD_REPLAY && cl->nr_args ? strchr(cl->args[0], '@') : NULL;

	return at ? str_printf("%.*s", (int)strcspn(at + 1, "/ "), at + 1) : NULL;
}

int guest_tree(const struct cmdline *cl, struct kernel_tree *tree)
{
	char *wanted = token_version(cl), *series = NULL, *err = NULL;
	unsigned int major, minor;
	int failed;

	if (!cl->kernel && wanted && sscanf(wanted, "%u.%u", &major, &minor) == 2)
		series = str_printf("%u.%u", major, minor);
	if (cl->kernel || series)
		failed = kernel_tree_open(cl->kernel ? cl->kernel : series, tree, &err);
	else
		failed = kernel_tree_open_default(tree, &err);
	if (failed)
		fprintf(stderr, "vfiosim: %s\n", err);
	else if (wanted && strcmp(wanted, tree->version))
		fprintf(stderr, "vfiosim: this was found on linux %s and is replayed on %s\n", wanted,
			tree->version);
	free(wanted);
	free(series);
	free(err);
	if (!failed)
		return 0;
	return proc_interrupted() ? CMD_EXIT_INTERRUPTED : CMD_EXIT_USAGE;
}
