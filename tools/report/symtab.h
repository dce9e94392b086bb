/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to the symboliser: ELF symbols, file names, source text. */
#ifndef REPORT_SYMTAB_H
#define REPORT_SYMTAB_H

#include <libelf.h>

struct elf_sym {
	unsigned long addr;
	unsigned long size;
	const char *name;
	int data;		/* a variable, not a function */
};

/**
 * symtab_load() - read functions and variables
 * @elf:	must stay open: names point into it
 *
 * Return: 0, or -1 when there are none.
 */
int symtab_load(Elf *elf);
void symtab_free(void);

/**
 * symtab_find() - symbol that covers an address
 * @addr:	address
 * @data:	0: a function, 1: a variable
 *
 * Return: the symbol or NULL.
 */
const struct elf_sym *symtab_find(unsigned long addr, int data);

/**
 * srcfile_name() - shorten a file name of the debug information
 * @dir:	directory of the compilation, for relative names; may be NULL
 * @name:	as DWARF has it
 *
 * Return: one pointer per distinct name, valid until srcfile_free().
 */
const char *srcfile_name(const char *dir, const char *name);
void srcfile_free(void);

#endif
