/* SPDX-License-Identifier: GPL-2.0-only */
/* What cmake and the compiler wrote about objects in a build directory. */
#ifndef VFIOSIM_DEPFILE_H
#define VFIOSIM_DEPFILE_H

#include <stdbool.h>

struct json_object;

/**
 * depfile_each() - the files that an object was made of
 * @list:	what the compiler wrote for make, "object: file file ..."
 * @fn:		called for each; false ends it
 * @arg:	for @fn
 *
 * Return: there were some, and @fn was content with all. A name with a blank is
 * not understood: @fn gets parts of it, which are no files.
 */
bool depfile_each(const char *list, bool (*fn)(const char *file, void *arg), void *arg);

/**
 * compile_commands() - how the objects of a build directory are made
 * @dir:	build directory
 *
 * Return: a JSON object, command: its object below @dir; empty when it cannot be
 * told.
 */
struct json_object *compile_commands(const char *dir);

#endif
