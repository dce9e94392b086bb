/* SPDX-License-Identifier: GPL-2.0-only */
/* Vectored I/O is not offered; the names exist for struct file_operations. */
#ifndef _LINUX_UIO_H
#define _LINUX_UIO_H

#include <uapi/linux/uio.h>

struct iov_iter;
struct kiocb;

#endif
