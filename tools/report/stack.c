// SPDX-License-Identifier: GPL-2.0-only
/*
 * Call traces as a kernel prints them, with places behind.
 *
 * The shim's own frames are left out: a kernel does not have them. The stack
 * ends at the system call, as a kernel's does.
 */
#include <string.h>

#include "symbol.h"

static const char sys_prefix[] = "kshim_sys_";
static const char sysfs_prefix[] = "kshim_sysfs_";	/* write or read */
static const char task_entry[] = "kshim_task_entry";

static bool starts(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}

bool sym_hidden(const struct sym_frame *f)
{
	if (starts(f->func, sys_prefix) || starts(f->func, sysfs_prefix))
		return false;
	return starts(f->func, "kshim_") || starts(f->func, "__kshim_") ||
	       starts(f->func, "__tsan_") || starts(f->func, "__wrap_") ||
	       (f->file && (starts(f->file, "kshim/engine/") || starts(f->file, "tools/") ||
			    starts(f->file, "kshim/locking/lockdep") ||
			    starts(f->file, "kshim/locking/held")));
}

static const char *syscall_of(const struct sym_frame *f)
{
	return starts(f->func, sysfs_prefix) ? f->func + strlen(sysfs_prefix) :
		starts(f->func, sys_prefix) ? f->func + strlen(sys_prefix) : NULL;
}

const struct sym_frame *sym_visible(const void *const *pcs, unsigned int n)
{
	unsigned int i, j, k;

	for (i = 0; i < n; i++) {
		const struct sym_frame *f = sym_lookup_ret(pcs[i], &k);

		for (j = 0; j < k; j++)
			if (!sym_hidden(&f[j]))
				return &f[k - 1];
	}
	return NULL;
}

static void print_place(FILE *out, const struct sym_frame *f)
{
	if (f->file)
		fprintf(out, " (%s:%u)", f->file, f->line);
}

static void print_offset(FILE *out, const struct sym_frame *f, bool ret)
{
	if (f->size)
		fprintf(out, "+0x%lx/0x%lx", f->offset + ret, f->size);
}

void sym_print_pc(FILE *out, const void *pc, bool ret)
{
	unsigned int n;
	const struct sym_frame *f;

	f = ret ? sym_lookup_ret(pc, &n) : sym_lookup(pc, &n);
	fputs(f[n - 1].func, out);
	print_offset(out, &f[n - 1], ret);
}

/* Returns false when the stack ends here. */
static bool print_frame(FILE *out, const struct sym_frame *f)
{
	if (syscall_of(f)) {
		fprintf(out, " __x64_sys_%s", syscall_of(f));
		if (!f->inlined)
			print_offset(out, f, true);
		fputc('\n', out);
		return false;
	}
	if (starts(f->func, task_entry))
		return false;
	if (sym_hidden(f))
		return true;
	fprintf(out, " %s", f->func);
	if (!f->inlined)
		print_offset(out, f, true);
	print_place(out, f);
	fputs(f->inlined ? " [inlined]\n" : "\n", out);
	return true;
}

void sym_print_where(FILE *out, const void *pc)
{
	unsigned int k;

	print_place(out, sym_lookup(pc, &k));
}

void sym_print_stack(FILE *out, const void *const *pcs, unsigned int n)
{
	unsigned int i, j, k;

	for (i = 0; i < n && pcs[i]; i++) {
		const struct sym_frame *f = sym_lookup_ret(pcs[i], &k);

		for (j = 0; j < k; j++)
			if (!print_frame(out, &f[j]))
				return;
	}
}
