/* SPDX-License-Identifier: GPL-2.0-only */
/* A folder for each failure, with all that is known about it. */
#ifndef RUN_SAVE_H
#define RUN_SAVE_H

#include "zygote.h"

/* Make all folders of a path; true when it is there. */
bool save_path(const char *path);

/**
 * save_folder() - make the folder of a failure
 * @dir:	where; made as well
 * @scn:	scenario
 * @oracle:	of the failure
 *
 * Return: its path, malloc()ed; NULL with a message on stderr.
 */
char *save_folder(const char *dir, const struct scenario *scn, const char *oracle);

/**
 * save_failure() - fill it
 * @folder:	from save_folder()
 * @scn:	scenario that was explored
 * @f:		failure, told; its recording is still there
 * @small:	what the smaller scenario says; fails: there is one
 * @file:	path of the smaller scenario
 *
 * Return: false with a message on stderr when something cannot be written.
 */
bool save_failure(const char *folder, const struct scenario *scn, const struct run_failure *f,
		  const struct tried *small, const char *file);

#endif
