// SPDX-License-Identifier: GPL-2.0-only
/* Which kernels a scenario is for, and on which it is known to fail. */
#include <stdlib.h>

#include "parser.h"

/**
 * scn_kver() - a kernel version as one number
 * @major:	5 of 5.10.262
 * @minor:	10
 * @sub:	262; everything above 255 counts as 255
 *
 * Return: the number, comparable with < and >.
 */
unsigned int scn_kver(unsigned int major, unsigned int minor, unsigned int sub)
{
	return major << 16 | minor << 8 | (sub > 255 ? 255 : sub);
}

/* With two numbers written, all of a series is one version. */
static bool cond_holds(const struct scn_kcond *c, unsigned int kver)
{
	unsigned int mask = c->ncomp < 3 ? ~255u : ~0u;

	return scn_compare(c->op, kver & mask, c->kver & mask);
}

static bool all_hold(const struct scn_kcond *conds, unsigned int n, unsigned int kver)
{
	for (unsigned int i = 0; i < n; i++)
		if (!cond_holds(&conds[i], kver))
			return false;
	return true;
}

/**
 * scn_kernel_ok() - does a scenario apply to a kernel
 * @scn:	scenario
 * @kver:	of the kernel, from scn_kver()
 * @reason:	when it does not, gets a text such as "needs kernel >= 5.10",
 *		to be freed by the caller; may be NULL
 *
 * Return: whether all version conditions hold.
 */
bool scn_kernel_ok(const struct scenario *scn, unsigned int kver, char **reason)
{
	size_t size;
	FILE *f;

	if (reason)
		*reason = NULL;
	if (all_hold(scn->kernel, scn->nkernel, kver))
		return true;
	f = reason ? open_memstream(reason, &size) : NULL;
	if (!f)
		return false;
	fputs("needs kernel", f);
	for (unsigned int i = 0; i < scn->nkernel; i++) {
		const struct scn_kcond *c = &scn->kernel[i];

		fprintf(f, "%s %s %u.%u", i ? "," : "", scn_cmp_text[c->op], c->kver >> 16,
			(c->kver >> 8) & 255);
		if (c->ncomp > 2)
			fprintf(f, ".%u", c->sub);
	}
	fclose(f);
	return false;
}

/**
 * scn_known_on() - is a scenario known to fail on a kernel
 * @scn:	scenario
 * @kver:	of the kernel, from scn_kver()
 *
 * Return: the first "known" line whose conditions hold, or NULL when the
 * scenario has to be clean.
 */
const struct scn_known *scn_known_on(const struct scenario *scn, unsigned int kver)
{
	for (unsigned int i = 0; i < scn->nknown; i++)
		if (all_hold(scn->known[i].conds, scn->known[i].nconds, kver))
			return &scn->known[i];
	return NULL;
}
