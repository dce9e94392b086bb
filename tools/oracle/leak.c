// SPDX-License-Identifier: GPL-2.0-only
/*
 * Leaks: when every task has ended, every device is unbound and unplugged,
 * what is left must be what was left by the same scenario without its tasks:
 * as many objects, as many bytes, and the same module references.
 */
#include <string.h>

#include "kshim/inspect.h"
#include "kshim/inspect_fs.h"
#include "kshim/module.h"
#include "kshim/slab.h"
#include "oracle.h"
#include "run/run.h"

#define MAX_MODULES	32

extern struct kshim_oracle kshim_oracle_leak;

static unsigned long base_objects, base_bytes;
static long base_files;
static int base_refs[MAX_MODULES];
static long base_total;

void leak_baseline(void)
{
	const char *name;
	unsigned int i;

	base_objects = kshim_slab_live();
	base_bytes = kshim_slab_live_bytes();
	base_files = kshim_nr_open_files();
	base_total = kshim_module_refs_total();
	for (i = 0; i < MAX_MODULES && (name = kshim_module_name(i, NULL)); i++)
		base_refs[i] = kshim_module_refs(name);
}

/* A long-lived object that somebody still holds says more than its memory. */
static bool held_group(void)
{
	int id;
	long refs;

	for (id = 0; id < 8; id++) {
		refs = kshim_refs_iommu_group(id);
		if (refs > 0) {
			verdict_add(&kshim_oracle_leak,
				    "leak: iommu_group %d still has %ld reference%s", id, refs,
				    refs == 1 ? "" : "s");
			return true;
		}
	}
	return false;
}

/*
 * What decides how the machine's end will look, as one number: two executions
 * with the same outcome and the same number end the same way.
 */
unsigned long leak_fingerprint(void)
{
	unsigned long h = kshim_slab_live();

	h = h * 1000003 + kshim_slab_live_bytes();
	h = h * 1000003 + (unsigned long)kshim_nr_open_files();
	h = h * 1000003 + (unsigned long)kshim_module_refs_total();
	h = h * 1000003 + kshim_refs_pages();
	return h * 1000003 + kshim_refs_groups();
}

void leak_check(void)
{
	unsigned long objects = kshim_slab_live();
	const char *name;
	unsigned int i;

	if (kshim_nr_open_files() != base_files) {
		verdict_add(&kshim_oracle_leak, "leak: %ld struct file never released",
			    kshim_nr_open_files() - base_files);
		return;
	}
	if (objects != base_objects || kshim_slab_live_bytes() != base_bytes) {
		if (kshim_pins())
			verdict_add(&kshim_oracle_leak, "leak: %lu pins of user pages never given back",
				    kshim_pins());
		else if (!held_group())
			verdict_add(&kshim_oracle_leak,
				    "leak: %ld objects, %ld bytes unreferenced at the end",
				    (long)(objects - base_objects),
				    (long)(kshim_slab_live_bytes() - base_bytes));
		return;
	}
	if (kshim_module_refs_total() == base_total)
		return;
	for (i = 0; i < MAX_MODULES && (name = kshim_module_name(i, NULL)); i++) {
		int refs = kshim_module_refs(name);

		if (refs != base_refs[i]) {
			verdict_add(&kshim_oracle_leak,
				    "leak: module %s has %d references, %d expected", name,
				    refs, base_refs[i]);
			return;
		}
	}
}
