/* SPDX-License-Identifier: GPL-2.0-only */
/* Loading and unloading the modules that are linked into the program. */
#ifndef KSHIM_MODULE_H
#define KSHIM_MODULE_H

/**
 * kshim_module_load() - init_module(2)
 * @name:	of the module
 * @params:	"a=1 b=2", or NULL
 *
 * Return: 0, -ENOENT when no such module is linked in, -EEXIST when it is
 * loaded, or what its init function returned.
 */
int kshim_module_load(const char *name, const char *params);

/**
 * kshim_module_unload() - delete_module(2)
 * @name:	of the module
 *
 * Return: 0, -ENOENT when it is not loaded, -EWOULDBLOCK when it has users,
 * -EBUSY when it is on its way or cannot be unloaded.
 */
int kshim_module_unload(const char *name);

/**
 * kshim_module_refs() - references to a module
 * @name:	of the module
 *
 * Return: how many, or -ENOENT.
 */
int kshim_module_refs(const char *name);

/* References to all modules together: cheap, to see whether any changed. */
long kshim_module_refs_total(void);

/**
 * kshim_module_name() - list the modules
 * @i:		from 0 on, in the order of their first entry
 * @loaded:	filled when not NULL: 1 when it is loaded
 *
 * Return: the name, or NULL behind the last.
 */
const char *kshim_module_name(unsigned int i, int *loaded);

#endif
