// SPDX-License-Identifier: GPL-2.0-only
/* Where the scenarios are, and what the command line calls one. */
#include <stdlib.h>
#include <string.h>

#include "run.h"

const char *run_scenario_dir(void)
{
	static char dir[4096];
	const char *src = getenv("VFIOSIM_SRC");

	snprintf(dir, sizeof(dir), "%s/scenarios", src ? src : VFIOSIM_SOURCE_DIR);
	return dir;
}

static const char *with_fault(const char *file, const char *fault)
{
	static char text[4096];

	snprintf(text, sizeof(text), "%s+%s", file, fault);
	return text;
}

const char *run_name(const struct scenario *scn)
{
	size_t n = strlen(run_scenario_dir());

	if (!strncmp(scn->file, run_scenario_dir(), n) && scn->file[n] == '/' &&
	    !strchr(scn->file + n + 1, '/'))
		return scn->name;
	return scn->fault ? with_fault(scn->file, scn->fault) : scn->file;
}
