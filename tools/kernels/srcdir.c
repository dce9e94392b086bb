// SPDX-License-Identifier: GPL-2.0-only
/* Where vfiosim's own source is. */
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
