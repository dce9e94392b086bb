// SPDX-License-Identifier: GPL-2.0-only
/*
 * Profile-guided optimisation of a runner: it is built twice, and the benchmark
 * runs in between. See core/profile-guided.cmake.
 */
#define _XOPEN_SOURCE 700
#include "build.h"
#include "../kernels/sysutil.h"

#include <stdlib.h>
#include <unistd.h>

/* Written when the build has been set up to use counts that are complete */
#define STAMP	"vfiosim-trained"

static char *stamp_of(const struct guest *guest)
{
	return str_printf("%s/" STAMP, guest->dir);
}

bool pgo_is_trained(const struct guest *guest)
{
	char *stamp = stamp_of(guest);
	bool is = path_is_file(stamp);

	free(stamp);
	return is;
}

static int count(const struct kernel_tree *tree, const struct guest *guest, const char *log)
{
	const char *argv[] = { guest->runner, "bench", "--budget", "4096", NULL };

	guest_environment(tree, guest);
	return build_quietly(tree, guest, argv, log, "the training run");
}

/* An installed vfiosim has them as libraries only */
static bool have_sources(const struct guest *guest)
{
	char *list = str_printf("%s/tools/sources.cmake", guest->src);
	bool have = path_is_file(list);

	free(list);
	if (!have)
		fprintf(stderr, "vfiosim: --pgo compiles vfiosim's own sources as well, and %s has no tools/: use a checkout\n",
			guest->src);
	return have;
}

int pgo_train(const struct kernel_tree *tree, const struct guest *guest, const char *host,
	      bool quiet, const char *log)
{
	char *stamp;
	int status;

	if (!have_sources(guest))
		return CMD_EXIT_USAGE;
	stamp = stamp_of(guest);
	status = build_configure(tree, "pgo", guest, host, "generate", log);
	if (!status)
		status = build_all(tree, guest, log, "building a runner that counts");
	if (!status) {
		if (!quiet)
			fprintf(stderr, "once more, by what a run of the benchmark counts ...\n");
		status = count(tree, guest, log);
	}
	/* the next build must not take it for a finished one */
	unlink(guest->runner);
	if (!status)
		status = build_configure(tree, "pgo", guest, host, "use", log);
	if (!status)
		file_write(stamp, "");
	free(stamp);
	return status;
}
