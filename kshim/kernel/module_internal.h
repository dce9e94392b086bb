/* SPDX-License-Identifier: GPL-2.0-only */
/* Shared by module.c and params.c; private to kshim/kernel/. */
#ifndef KSHIM_KERNEL_MODULE_INTERNAL_H
#define KSHIM_KERNEL_MODULE_INTERNAL_H

struct module;

int kshim_parse_params(struct module *mod, const char *params);

#endif
