// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where vfiosim's own source is. An installed command has it beside itself
 * (bin/vfiosim, share/vfiosim, lib/vfiosim), wherever that was put, and never looks
 * for the checkout it was built from.
 */
#define _XOPEN_SOURCE 700
#include "kernels_internal.h"

#include <stdlib.h>
#include <string.h>

char *command_dir(void)
{
	char *path = realpath("/proc/self/exe", NULL);

	if (path && strrchr(path, '/'))
		*strrchr(path, '/') = '\0';
	return path;
}

/* ../NAME seen from the command's directory when FILE is in it, or NULL */
static char *installed(const char *name, const char *file)
{
	char *bin = command_dir(), *dir = NULL, *probe;

	if (!bin)
		return NULL;
	probe = str_printf("%s/../%s/%s", bin, name, file);
	if (path_is_file(probe)) {
		*strrchr(probe, '/') = '\0';
		dir = realpath(probe, NULL);
	}
	free(probe);
	free(bin);
	return dir;
}

char *installed_source_dir(void)
{
	return installed("share/vfiosim", INSTALLED_SUM);
}

char *installed_library_dir(void)
{
	return installed("lib/vfiosim", HOST_LIBRARY);
}

char *guest_source_dir(void)
{
	const char *env = getenv("VFIOSIM_SRC");
	char *dir, *probe;
	bool found = false;

	if (env && *env)
		return realpath(env, NULL);
	dir = installed_source_dir();
	if (dir)
		return dir;
#ifdef VFIOSIM_SOURCE_DIR
	if (path_is_file(VFIOSIM_SOURCE_DIR "/core/CMakeLists.txt"))
		return str_dup(VFIOSIM_SOURCE_DIR);
#endif
	for (dir = command_dir(); dir && *dir; *strrchr(dir, '/') = '\0') {
		probe = str_printf("%s/core/CMakeLists.txt", dir);
		found = path_is_file(probe);
		free(probe);
		if (found)
			return dir;
	}
	free(dir);
	return NULL;
}
