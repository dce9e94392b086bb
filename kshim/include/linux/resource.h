/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_RESOURCE_H
#define _LINUX_RESOURCE_H

#include <asm/resource.h>

#endif
