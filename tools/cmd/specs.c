// SPDX-License-Identifier: GPL-2.0-only
/* The kernels that a command line names: "-k 5.10,6.1 -k all -k DIR". */
#define _XOPEN_SOURCE 700
#include "front.h"
#include "../kernels/sysutil.h"

#include <stdlib.h>
#include <string.h>

char **kernel_specs(const struct cmdline *cl, int *n)
{
	char **specs = NULL;
	const char *p;
	unsigned int s;
	int i, room = 0;

	for (*n = i = 0; i < cl->nr_kernels; i++) {
		bool all = !strcmp(cl->kernels[i], "all");
		/* only series come in lists: a directory may have a comma in its name */
		bool list = !all && !strpbrk(cl->kernels[i], "/@") && !path_is_dir(cl->kernels[i]);

		for (s = 0, p = cl->kernels[i]; all ? kernel_series_name(s) != NULL : *p; s++) {
			size_t len = list ? strcspn(p, ",") : strlen(p);

			if (*n == room) {
				room += 16;
				specs = realloc(specs, (size_t)room * sizeof(*specs));
				if (!specs)
					abort();
			}
			if (all) {
				specs[(*n)++] = str_dup(kernel_series_name(s));
				continue;
			}
			if (len)
				specs[(*n)++] = str_printf("%.*s", (int)len, p);
			p += len + (p[len] == ',');
		}
	}
	return specs;
}
