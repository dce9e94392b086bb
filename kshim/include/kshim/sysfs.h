/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What user space does with files below /sys: each call is a whole
 * open-access-close, done by the calling task as a system call.
 */
#ifndef KSHIM_SYSFS_H
#define KSHIM_SYSFS_H

/**
 * kshim_sysfs_write() - write a string to an attribute, like echo -n
 * @path:	absolute, beginning with /sys
 * @buf:	of the caller's memory, copied
 * @len:	bytes in @buf; only the first page of them counts
 *
 * Return: bytes taken or -errno; -ENOENT when there is no such file,
 * -EACCES when it cannot be written, -ENODEV when it has just gone.
 */
long kshim_sysfs_write(const char *path, const char *buf, unsigned long len);

/**
 * kshim_sysfs_read() - read an attribute
 * @path:	absolute, beginning with /sys
 * @buf:	filled, not terminated
 * @size:	bytes at @buf
 *
 * Return: bytes filled or -errno, as above.
 */
long kshim_sysfs_read(const char *path, char *buf, unsigned long size);

/**
 * kshim_sysfs_exists() - is there a file, a directory or a link to one?
 * @path:	absolute, beginning with /sys
 *
 * No system call: for checks, not for scripts.
 *
 * Return: 1 or -ENOENT.
 */
int kshim_sysfs_exists(const char *path);

#endif
