// SPDX-License-Identifier: GPL-2.0-only
/* What a scenario needs and this guest does not have: a reason to skip it. */
#include <stdio.h>
#include <string.h>

#include "kshim/module.h"
#include "missing.h"
#include "scenario/scenario.h"

static bool have(const char *module)
{
	const char *name;
	unsigned int i;

	for (i = 0; (name = kshim_module_name(i, NULL)); i++)
		if (!strcmp(name, module))
			return true;
	return false;
}

static bool missing(const char *driver, char **why)
{
	if (!driver || have(driver))
		return false;
	if (asprintf(why, "needs driver %s, which this kernel has no interface for",
		     driver) < 0)
		*why = NULL;
	return true;
}

bool missing_module(const struct scenario *scn, char **why)
{
	unsigned int i, j;

	for (i = 0; i < scn->ndevices; i++)
		if (missing(scn->devices[i].driver, why))
			return true;
	for (i = 0; i < scn->nsteps; i++)
		for (j = 0; j < scn->steps[i].nargs; j++)
			if (scn->steps[i].arg[j].kind == SCN_ARG_DRIVER &&
			    missing(scn->steps[i].arg[j].str, why))
				return true;
	return false;
}
