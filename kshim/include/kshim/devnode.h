/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Device nodes: what devtmpfs would show under /dev. The device model adds
 * and removes them; open(2) looks them up. Plain types only.
 */
#ifndef KSHIM_DEVNODE_H
#define KSHIM_DEVNODE_H

/**
 * kshim_devnode_add() - make a character device node
 * @name:	path below /dev, at most 47 characters
 * @devt:	device number, as the kernel's dev_t
 * @mode:	permission bits; 0: 0600
 *
 * Return: 0, -EEXIST, -ENAMETOOLONG or -ENOMEM.
 */
int kshim_devnode_add(const char *name, unsigned int devt, unsigned short mode);

/**
 * kshim_devnode_del() - remove a node; files opened through it stay open
 * @name:	path below /dev
 *
 * Return: 0 or -ENOENT.
 */
int kshim_devnode_del(const char *name);

/**
 * kshim_devnode_lookup() - is there such a node?
 * @name:	path below /dev
 * @devt:	filled when found and not NULL
 * @mode:	filled when found and not NULL
 *
 * Return: 0 or -ENOENT.
 */
int kshim_devnode_lookup(const char *name, unsigned int *devt,
			 unsigned short *mode);

/**
 * kshim_devnode_chmod() - change the permissions of a node
 * @name:	path below /dev
 * @mode:	permission bits
 *
 * Return: 0 or -ENOENT.
 */
int kshim_devnode_chmod(const char *name, unsigned short mode);

#endif
