// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a fail sweep is known to find, scenarios/fail-sweep-known.txt. An entry is
 *
 *	FUNCTION ORACLE [KERNELS]: TEXT
 *		the reason, indented
 *
 * and matches a report of this oracle with TEXT in its line, on these kernels
 * (as "kernel" in a scenario; without brackets on all), when FUNCTION, a glob,
 * is in the call trace of what has failed.
 */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "kshim/slab.h"
#include "report/reasoned.h"
#include "report/symbol.h"
#include "sweep.h"

struct entry {
	char function[96], oracle[32];
	const char *text, *why;
	bool here;			/* on this kernel */
};

static struct entry *entries;
static unsigned int nentries;

/* Conditions are a scenario's. */
static bool on_this_kernel(const char *conditions, bool *here)
{
	struct scenario *scn;
	char line[256];

	snprintf(line, sizeof(line), "kernel %s\ntask any { yield }\n", conditions);
	scn = scn_parse(line, strlen(line), "fail-sweep-known.txt", NULL);
	*here = scn && scn_kernel_ok(scn, run_kver, NULL);
	scn_free(scn);
	return scn;
}

static bool parse(const struct reasoned *r, struct entry *e)
{
	char kernels[128] = "";
	int n = 0;

	e->here = true;
	e->why = r->why;
	if (sscanf(r->what, "%95s %31[a-z-] [%127[^]]]:%n", e->function, e->oracle, kernels,
		   &n) == 3 && n) {
		if (!on_this_kernel(kernels, &e->here))
			return false;
	} else if (n = 0, sscanf(r->what, "%95s %31[a-z-]:%n", e->function, e->oracle, &n) < 2 ||
		   !n) {
		return false;
	}
	e->text = r->what + n + strspn(r->what + n, " ");
	return true;
}

bool sweep_known_read(const char *dir)
{
	struct reasoned *r = NULL;
	unsigned int n = 0, i;
	char *path = NULL;
	bool ok;

	if (asprintf(&path, "%s/fail-sweep-known.txt", dir) < 0)
		abort();
	ok = reasoned_read(path, &r, &n);
	entries = calloc(n + 1, sizeof(*entries));
	if (!entries)
		abort();
	for (i = 0; ok && i < n; i++) {
		ok = parse(&r[i], &entries[nentries++]);
		if (!ok)
			fprintf(stderr, "vfiosim: %s:%u: no \"FUNCTION ORACLE [KERNELS]: TEXT\"\n",
				path, r[i].line);
	}
	free(path);	/* the entries point into r */
	return ok;
}

static bool in_stack(const char *function, const struct kshim_fault *f)
{
	unsigned int i, k, n;

	for (i = 0; i < f->depth; i++) {
		const struct sym_frame *frame = sym_lookup_ret(f->stack[i], &n);

		for (k = 0; k < n; k++)
			if (!fnmatch(function, frame[k].func, 0))
				return true;
	}
	return false;
}

const char *sweep_known(const struct verdict *v, const struct kshim_fault *f)
{
	const struct entry *e;

	for (e = entries; e < entries + nentries; e++)
		if (e->here && !strcmp(e->oracle, v->oracle->name) && strstr(v->text, e->text) &&
		    in_stack(e->function, f))
			return e->why;
	return NULL;
}
