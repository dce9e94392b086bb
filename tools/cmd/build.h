/* SPDX-License-Identifier: GPL-2.0-only */
/* What the parts of building a guest have in common. */
#ifndef VFIOSIM_CMD_BUILD_H
#define VFIOSIM_CMD_BUILD_H

#include "front.h"

/**
 * build_quietly() - run a command of the build; on failure show what it said
 * @tree:	the kernel, for explanations
 * @guest:	what is built
 * @argv:	the command
 * @log:	file for its output
 * @doing:	what is being done, for the message
 *
 * Return: 0, or an exit status after a message
 */
int build_quietly(const struct kernel_tree *tree, const struct guest *guest,
		  const char *const argv[], const char *log, const char *doing);

/* Everything that make finds stale; otherwise as build_quietly(). */
int build_all(const struct kernel_tree *tree, const struct guest *guest, const char *log,
	      const char *doing);

/**
 * build_configure() - have cmake write the makefiles
 * @tree:	the kernel
 * @mode:	GUEST_MODE of core/CMakeLists.txt
 * @guest:	what is built
 * @host:	where the libraries are
 * @phase:	of mode "pgo": configure again, for this; NULL: only if it was never done
 * @log:	file for the output
 *
 * Return: 0, or an exit status after a message
 */
int build_configure(const struct kernel_tree *tree, const char *mode, const struct guest *guest,
		    const char *host, const char *phase, const char *log);

/**
 * pgo_is_trained() - are there counts, and is the build set up to use them?
 * @guest:	of mode "pgo"
 */
bool pgo_is_trained(const struct guest *guest);

/**
 * pgo_train() - build a runner that counts, run the benchmark with it, and set the
 * build up to use the counts
 * @tree:	the kernel
 * @guest:	of mode "pgo"
 * @host:	where the libraries are
 * @quiet:	no progress
 * @log:	file for output
 *
 * Return: 0, or an exit status after a message
 */
int pgo_train(const struct kernel_tree *tree, const struct guest *guest, const char *host,
	      bool quiet, const char *log);

#endif
