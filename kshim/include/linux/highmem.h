/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/highmem.h: there is no high memory. */
#ifndef _LINUX_HIGHMEM_H
#define _LINUX_HIGHMEM_H

#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/uaccess.h>

#endif
