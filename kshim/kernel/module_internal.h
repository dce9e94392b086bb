/* SPDX-License-Identifier: GPL-2.0-only */
/* Shared by module.c, params.c and boot.c; private to kshim/kernel/. */
#ifndef KSHIM_KERNEL_MODULE_INTERNAL_H
#define KSHIM_KERNEL_MODULE_INTERNAL_H

struct module;

int kshim_parse_params(struct module *mod, const char *params);

/* params_sysfs.c: /sys/module/NAME/parameters */
void kshim_params_init(void);
int kshim_params_add(struct module *mod);
void kshim_params_remove(struct module *mod);

#endif
