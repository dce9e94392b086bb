/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names, places and source lines for addresses of our own executable.
 *
 * The runner is a static non-PIE executable with DWARF: an address at run
 * time is the address in the file. Not for signal handlers: it allocates.
 */
#ifndef REPORT_SYMBOL_H
#define REPORT_SYMBOL_H

#include <stdbool.h>
#include <stdio.h>

/**
 * struct sym_frame - one function at an address, inlined or real
 * @func:	name; for the real (outermost) function the ELF symbol's name
 * @offset:	of the address in the ELF symbol, bytes
 * @size:	of the ELF symbol, bytes
 * @file:	relative to the kernel tree or to our source; NULL if unknown
 * @line:	0 if unknown
 * @inlined:	false for the outermost function only
 */
struct sym_frame {
	const char *func;
	unsigned long offset;
	unsigned long size;
	const char *file;
	unsigned int line;
	bool inlined;
};

/**
 * sym_open_self() - read our own executable's symbols
 *
 * Called implicitly by the first look-up; explicit calls give the error.
 *
 * Return: 0, or -1 when there is no ELF file or no symbol table. Missing
 * DWARF is no error: frames then have no file.
 */
int sym_open_self(void);

/**
 * sym_close() - forget everything; frames handed out before are gone
 */
void sym_close(void);

/**
 * sym_set_kdir() - where the kernel tree under test lies
 * @kdir:	stripped from file names; copied; NULL: nothing to strip
 */
void sym_set_kdir(const char *kdir);

/**
 * sym_set_srcdir() - where our own source lies
 * @dir:	stripped from file names; copied; NULL: nothing to strip
 */
void sym_set_srcdir(const char *dir);

/**
 * sym_lookup() - what is at an address
 * @pc:		exact address of an instruction; see sym_lookup_ret()
 * @n:		number of frames, at least 1
 *
 * Return: inline chain, innermost first, valid until sym_close(). An unknown
 * address gives one frame whose func is the address in hexadecimal.
 */
const struct sym_frame *sym_lookup(const void *pc, unsigned int *n);

/**
 * sym_lookup_ret() - as sym_lookup(), for a return address
 * @pc:		address behind a call: the call itself is what is looked up
 * @n:		number of frames, at least 1
 */
const struct sym_frame *sym_lookup_ret(const void *pc, unsigned int *n);

/**
 * sym_name_data() - name a global variable
 * @addr:	any address
 *
 * Return: "vfio" or "vfio+0x40" in a buffer that the next calls but three
 * reuse; NULL when no variable covers @addr.
 */
const char *sym_name_data(const void *addr);

/**
 * sym_source_line() - the text of a line, leading blanks stripped
 * @file:	as in struct sym_frame
 * @line:	from 1
 *
 * Return: the line, valid until sym_close(), or NULL.
 */
const char *sym_source_line(const char *file, unsigned int line);
/* The same with its leading blanks. */
const char *sym_source_text(const char *file, unsigned int line);

/**
 * sym_hidden() - is this a frame of the shim that a kernel would not have?
 * @f:		any frame
 */
bool sym_hidden(const struct sym_frame *f);

/**
 * sym_visible() - first frame of a stack that a kernel would show
 * @pcs:	return addresses, innermost first
 * @n:		how many
 *
 * Return: the real (not inlined) function, or NULL.
 */
const struct sym_frame *sym_visible(const void *const *pcs, unsigned int n);

/**
 * sym_print_stack() - the lines of a "Call Trace:"
 * @f:		where to
 * @pcs:	return addresses, innermost first, as kshim_stack() gives them
 * @n:		how many
 *
 * Stops at the system call, which it names as the kernel would.
 */
void sym_print_stack(FILE *f, const void *const *pcs, unsigned int n);

/* " (file:line)" of the innermost function at an exact address. */
void sym_print_where(FILE *f, const void *pc);

/**
 * sym_print_pc() - "func+0xoff/0xsize" of the real function at an address
 * @f:		where to
 * @pc:		the address
 * @ret:	@pc is a return address
 */
void sym_print_pc(FILE *f, const void *pc, bool ret);

#endif
