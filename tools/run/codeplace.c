// SPDX-License-Identifier: GPL-2.0-only
/* Inlined helpers of the shim's headers are not where a kernel developer looks. */
#include <stdio.h>
#include <string.h>

#include "codeplace.h"
#include "report/symbol.h"

static bool of_the_shim(const struct sym_frame *f)
{
	return f->file && !strncmp(f->file, "kshim/", 6);
}

bool codeplace(struct codeplace *p, const void *pc)
{
	unsigned int n, i = 0;
	const struct sym_frame *f = sym_lookup_ret(pc, &n);

	while (i + 1 < n && of_the_shim(&f[i]))
		i++;
	snprintf(p->func, sizeof(p->func), "%s", f[i].func);
	snprintf(p->where, sizeof(p->where), "%s:%u", f[i].file ? f[i].file : "?", f[i].line);
	return !of_the_shim(&f[i]);
}
