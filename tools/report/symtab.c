// SPDX-License-Identifier: GPL-2.0-only
/*
 * ELF symbols sorted by address.
 *
 * Several symbols may share an address (aliases, folded functions); the first
 * in the table wins, so that the answer is the same in every run. A symbol
 * that ends before the address but starts behind an enclosing one does not
 * hide the latter: the search walks back a few entries.
 */
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "symtab.h"

#define WALK_BACK	8

static struct elf_sym *syms;
static size_t nsyms;

static int by_addr(const void *a, const void *b)
{
	const struct elf_sym *x = a, *y = b;

	if (x->data != y->data)
		return x->data - y->data;
	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	return strcmp(x->name, y->name);
}

static int load_section(Elf *elf, Elf_Scn *scn, const GElf_Shdr *sh)
{
	Elf_Data *d = elf_getdata(scn, NULL);
	size_t i, n = sh->sh_entsize ? sh->sh_size / sh->sh_entsize : 0;
	struct elf_sym *more;

	if (!d || !n)
		return 0;
	more = realloc(syms, (nsyms + n) * sizeof(*syms));
	if (!more)
		return -1;
	syms = more;
	for (i = 0; i < n; i++) {
		int type;
		GElf_Sym s;

		if (!gelf_getsym(d, i, &s) || s.st_shndx == SHN_UNDEF)
			continue;
		type = GELF_ST_TYPE(s.st_info);
		if (type != STT_FUNC && type != STT_OBJECT && type != STT_GNU_IFUNC)
			continue;
		syms[nsyms].name = elf_strptr(elf, sh->sh_link, s.st_name);
		if (!syms[nsyms].name)
			continue;
		syms[nsyms].addr = s.st_value;
		syms[nsyms].size = s.st_size;
		syms[nsyms].data = type == STT_OBJECT;
		nsyms++;
	}
	return 0;
}

int symtab_load(Elf *elf)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr sh;

	while ((scn = elf_nextscn(elf, scn))) {
		if (!gelf_getshdr(scn, &sh) || sh.sh_type != SHT_SYMTAB)
			continue;
		if (load_section(elf, scn, &sh))
			return -1;
	}
	if (!nsyms)
		return -1;
	qsort(syms, nsyms, sizeof(*syms), by_addr);
	return 0;
}

void symtab_free(void)
{
	free(syms);
	syms = NULL;
	nsyms = 0;
}

const struct elf_sym *symtab_find(unsigned long addr, int data)
{
	size_t lo = 0, hi = nsyms, back;
	const struct elf_sym *best = NULL;

	/* the first entry behind (data, addr) */
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		const struct elf_sym *s = &syms[mid];

		if (s->data < data || (s->data == data && s->addr <= addr))
			lo = mid + 1;
		else
			hi = mid;
	}
	for (back = 0; back < WALK_BACK && lo; back++) {
		const struct elf_sym *s = &syms[--lo];

		if (s->data != data || (best && s->addr != best->addr))
			break;
		if (addr - s->addr < s->size || (!s->size && addr == s->addr))
			best = s;
	}
	return best;
}
