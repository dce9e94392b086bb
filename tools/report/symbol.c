// SPDX-License-Identifier: GPL-2.0-only
/*
 * From an address to its chain of functions, through DWARF.
 *
 * Compilation units are kept as sorted address ranges (.debug_aranges is not
 * there with every compiler). Inside a unit the tree is walked from the top
 * along the entries that contain the address; every function met on the way
 * is a frame. Results are cached by address.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "symbol.h"
#include "symtab.h"

#define MAX_CHAIN	32
#define NBUCKETS	1024

struct cu_range {
	Dwarf_Addr lo, hi;
	Dwarf_Off cu;
};

struct cached {
	struct cached *next;
	uintptr_t pc;
	char hex[20];			/* name of an unknown address */
	unsigned int n;
	struct sym_frame frame[];
};

static int self_fd = -1;
static Elf *self_elf;
static Dwarf *self_dw;
static struct cu_range *ranges;
static size_t nranges;
static struct cached *cache[NBUCKETS];

static int by_lo(const void *a, const void *b)
{
	const struct cu_range *x = a, *y = b;

	return x->lo < y->lo ? -1 : x->lo > y->lo;
}

static int add_range(Dwarf_Addr lo, Dwarf_Addr hi, Dwarf_Off cu)
{
	if (!(nranges & (nranges + 1)) || !ranges) {
		struct cu_range *more = realloc(ranges, (2 * nranges + 2) * sizeof(*ranges));

		if (!more)
			return -1;
		ranges = more;
	}
	ranges[nranges].lo = lo;
	ranges[nranges].hi = hi;
	ranges[nranges++].cu = cu;
	return 0;
}

static void load_units(void)
{
	Dwarf_Off off = 0, next;
	size_t hdr;

	while (!dwarf_nextcu(self_dw, off, &next, &hdr, NULL, NULL, NULL)) {
		Dwarf_Addr base, lo, hi;
		ptrdiff_t it = 0;
		Dwarf_Die die;

		if (dwarf_offdie(self_dw, off + hdr, &die))
			while ((it = dwarf_ranges(&die, it, &base, &lo, &hi)) > 0)
				if (lo && lo < hi && add_range(lo, hi, off + hdr))
					return;
		off = next;
	}
	if (nranges)
		qsort(ranges, nranges, sizeof(*ranges), by_lo);
}

int sym_open_self(void)
{
	if (self_elf)
		return 0;
	if (elf_version(EV_CURRENT) == EV_NONE)
		return -1;
	self_fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	if (self_fd < 0)
		return -1;
	self_elf = elf_begin(self_fd, ELF_C_READ_MMAP, NULL);
	if (!self_elf || symtab_load(self_elf)) {
		sym_close();
		return -1;
	}
	self_dw = dwarf_begin_elf(self_elf, DWARF_C_READ, NULL);
	if (self_dw)
		load_units();
	return 0;
}

void sym_close(void)
{
	unsigned int i;

	for (i = 0; i < NBUCKETS; i++)
		while (cache[i]) {
			struct cached *c = cache[i];

			cache[i] = c->next;
			free(c);
		}
	free(ranges);
	ranges = NULL;
	nranges = 0;
	symtab_free();
	srcfile_free();
	if (self_dw)
		dwarf_end(self_dw);
	if (self_elf)
		elf_end(self_elf);
	if (self_fd >= 0)
		close(self_fd);
	self_dw = NULL;
	self_elf = NULL;
	self_fd = -1;
}

static bool find_unit(Dwarf_Addr pc, Dwarf_Die *cu)
{
	size_t lo = 0, hi = nranges;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (ranges[mid].lo <= pc)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (!lo || pc >= ranges[lo - 1].hi)
		return false;
	return dwarf_offdie(self_dw, ranges[lo - 1].cu, cu) != NULL;
}

/* The child of *die that contains pc; replaces *die. */
static bool descend(Dwarf_Die *die, Dwarf_Addr pc)
{
	Dwarf_Die child;

	if (dwarf_child(die, &child))
		return false;
	do {
		switch (dwarf_tag(&child)) {
		case DW_TAG_subprogram:
		case DW_TAG_inlined_subroutine:
		case DW_TAG_lexical_block:
			if (dwarf_haspc(&child, pc) > 0) {
				*die = child;
				return true;
			}
		}
	} while (!dwarf_siblingof(&child, &child));
	return false;
}

static void call_place(Dwarf_Die *cu, Dwarf_Die *die, const char *dir,
		       struct sym_frame *f)
{
	Dwarf_Attribute attr;
	Dwarf_Files *fs;
	Dwarf_Word v;
	size_t nfs;

	if (dwarf_attr(die, DW_AT_call_line, &attr) && !dwarf_formudata(&attr, &v))
		f->line = v;
	if (dwarf_attr(die, DW_AT_call_file, &attr) && !dwarf_formudata(&attr, &v) &&
	    !dwarf_getsrcfiles(cu, &fs, &nfs) && v < nfs)
		f->file = srcfile_name(dir, dwarf_filesrc(fs, v, NULL, NULL));
}

/* Fills @out innermost first; returns the number of frames. */
static unsigned int chain_of(Dwarf_Addr pc, struct sym_frame *out)
{
	Dwarf_Die cu, die, path[MAX_CHAIN];
	unsigned int i, n = 0;
	Dwarf_Attribute attr;
	const char *dir;
	Dwarf_Line *ln;
	int line;

	if (!self_dw || !find_unit(pc, &cu))
		return 0;
	dir = dwarf_formstring(dwarf_attr(&cu, DW_AT_comp_dir, &attr));
	die = cu;
	while (n < MAX_CHAIN && descend(&die, pc))
		if (dwarf_tag(&die) != DW_TAG_lexical_block)
			path[n++] = die;
	for (i = 0; i < n; i++) {
		Dwarf_Die *d = &path[n - 1 - i];

		out[i].func = dwarf_diename(d);
		out[i].inlined = i + 1 < n;
		if (i + 1 < n)
			call_place(&cu, d, dir, &out[i + 1]);
	}
	if (!n)
		n = 1;
	ln = dwarf_getsrc_die(&cu, pc);
	if (ln) {
		out[0].file = srcfile_name(dir, dwarf_linesrc(ln, NULL, NULL));
		if (!dwarf_lineno(ln, &line))
			out[0].line = line;
	}
	return n;
}

const struct sym_frame *sym_lookup(const void *pc, unsigned int *n)
{
	static const struct sym_frame lost = { .func = "?" };
	struct sym_frame tmp[MAX_CHAIN] = { { NULL, 0, 0, NULL, 0, false } };
	uintptr_t a = (uintptr_t)pc;
	struct cached **slot = &cache[(a >> 1) % NBUCKETS], *c;
	const struct elf_sym *s;
	unsigned int i, k;

	for (c = *slot; c; c = c->next)
		if (c->pc == a)
			goto out;
	sym_open_self();
	k = chain_of(a, tmp);
	if (!k)
		k = 1;
	s = symtab_find(a, 0);
	c = calloc(1, sizeof(*c) + k * sizeof(tmp[0]));
	if (!c) {
		*n = 1;
		return &lost;
	}
	c->pc = a;
	c->n = k;
	snprintf(c->hex, sizeof(c->hex), "0x%lx", (unsigned long)a);
	memcpy(c->frame, tmp, k * sizeof(tmp[0]));
	for (i = 0; i < k && s; i++) {
		c->frame[i].offset = a - s->addr;
		c->frame[i].size = s->size;
	}
	if (s)
		c->frame[k - 1].func = s->name;
	for (i = 0; i < k; i++)
		if (!c->frame[i].func)
			c->frame[i].func = c->hex;
	c->next = *slot;
	*slot = c;
out:
	*n = c->n;
	return c->frame;
}

const struct sym_frame *sym_lookup_ret(const void *pc, unsigned int *n)
{
	return sym_lookup((const char *)pc - 1, n);
}

const char *sym_name_data(const void *addr)
{
	static char buf[4][160];
	static unsigned int turn;
	const struct elf_sym *s;
	unsigned long off;
	char *b;

	sym_open_self();
	s = symtab_find((unsigned long)addr, 1);
	if (!s)
		return NULL;
	b = buf[turn++ % 4];
	off = (unsigned long)addr - s->addr;
	if (off)
		snprintf(b, sizeof(buf[0]), "%s+0x%lx", s->name, off);
	else
		snprintf(b, sizeof(buf[0]), "%s", s->name);
	return b;
}
