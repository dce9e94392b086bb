/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/export.h: everything is linked into one program. */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

struct module;

/* One struct module per module, however many files it has; see core/. */
#define __KSHIM_MODNAME2(m)	kshim_module_##m
#define __KSHIM_MODNAME(m)	__KSHIM_MODNAME2(m)
#ifdef KSHIM_MODULE
extern struct module __KSHIM_MODNAME(KSHIM_MODULE);
#define THIS_MODULE		(&__KSHIM_MODNAME(KSHIM_MODULE))
#else
#define THIS_MODULE		((struct module *)0)
#endif

#define EXPORT_SYMBOL(sym)
#define EXPORT_SYMBOL_GPL(sym)
#define EXPORT_SYMBOL_NS(sym, ns)
#define EXPORT_SYMBOL_NS_GPL(sym, ns)
#define EXPORT_SYMBOL_GPL_FOR_MODULES(sym, mods)
#define EXPORT_SYMBOL_FOR_MODULES(sym, mods)

#endif
