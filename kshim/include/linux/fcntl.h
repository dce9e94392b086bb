/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/fcntl.h: the open flags. */
#ifndef _LINUX_FCNTL_H
#define _LINUX_FCNTL_H

#include <linux/stat.h>
#include <uapi/linux/fcntl.h>

#endif
