/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/kobject_ns.h: there is one namespace only. */
#ifndef _LINUX_KOBJECT_NS_H
#define _LINUX_KOBJECT_NS_H

struct kobj_ns_type_operations;

#endif
