// SPDX-License-Identifier: GPL-2.0-only
/* A call that was made to fail: where it was, and what it is an excuse for. */
#include <stdlib.h>
#include <string.h>

#include "codeplace.h"
#include "fault.h"
#include "record.h"
#include "report/symbol.h"

bool verdict_is_stuck(const struct verdict *v)
{
	static const char *const stuck[] = { "hang", "deadlock", "livelock", "liveness", NULL };
	const char *const *name = stuck;

	while (*name && strcmp(*name, v->oracle->name))
		name++;
	return *name;
}

/* In VFIO or a driver, or called by them. */
static bool in_code(const struct kshim_fault *f)
{
	unsigned int i;

	for (i = 0; i < f->depth; i++)
		if (trace_told(f->stack[i]))
			return true;
	return false;
}

bool fault_excuses(const struct kshim_fault *f, const struct verdict *v)
{
	return !in_code(f) && (verdict_is_stuck(v) || !strcmp(v->oracle->name, "leak"));
}

/* A call trace begins at the function that was called. */
static unsigned int own_frames(const struct kshim_fault *f)
{
	unsigned int i, n;

	for (i = 0; i + 1 < f->depth; i++) {
		const struct sym_frame *frame = sym_lookup_ret(f->stack[i], &n);

		if (strncmp(frame[n - 1].func, "slab_alloc", 10) &&
		    (!frame->file || !strstr(frame->file, "mm/failslab.c")))
			break;
	}
	return i;
}

char *fault_site(const struct kshim_fault *f)
{
	const char *what = f->copy ? "user copy" : "allocation";
	const struct sym_frame *frame;
	struct codeplace p;
	char *text = NULL;
	unsigned int i, skip;

	for (i = 0; i < f->depth; i++)
		if (trace_told(f->stack[i]) && codeplace(&p, f->stack[i]))
			break;
	skip = own_frames(f);
	frame = i < f->depth ? NULL : sym_visible(f->stack + skip, f->depth - skip);
	if (i < f->depth ? asprintf(&text, "%s in %s() (%s)", what, p.func, p.where) < 0 :
	    asprintf(&text, "%s in %s()", what, frame ? frame->func : "?") < 0)
		abort();
	return text;
}

char *fault_stack(const struct kshim_fault *f)
{
	unsigned int skip = own_frames(f);
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		abort();
	sym_print_stack(out, f->stack + skip, f->depth - skip);
	fclose(out);
	return text;
}

void fault_tell(struct run_failure *x, const struct kshim_fault *f)
{
	char *bytes = NULL;

	if (asprintf(&bytes, "%lu bytes, by --fail-allocations", f->size) < 0)
		abort();
	x->fault = fault_site(f);
	x->fault_step = bytes;
	x->fault_stack = fault_stack(f);
}
