// SPDX-License-Identifier: GPL-2.0-only
/*
 * The nodes below /dev, and inodes.
 *
 * The kernel guarantees: a node appears while its device is added and is gone
 * when the device was deleted; a file that was opened through it keeps the
 * inode, and with it the way to the character device, until it is released.
 *
 * We give a list of names. Adding and removing a node is one step of the
 * caller; the kernel hands it to the kdevtmpfs thread and waits, so that the
 * allocations in here never count as the caller's.
 *
 * We do not give directories, links, or nodes that user space makes.
 */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <kshim/devnode.h>
#include "engine/engine.h"
#include "fs/internal.h"
#include "lib/rmw.h"

struct devnode {
	struct devnode *next;
	struct inode *inode;
	char name[48];
};

static struct devnode *nodes;

static struct devnode *find(const char *name, struct devnode ***link)
{
	struct devnode **p;

	for (p = &nodes; *p; p = &(*p)->next)
		if ((*p)->name[0] == name[0] && !strcmp((*p)->name, name))
			break;
	if (link)
		*link = p;
	return *p;
}

/* One more reference to an inode that the caller has one of (fs/inode.c). */
void ihold(struct inode *inode)
{
	kshim_rmw_inc(&inode->i_count.counter);
}

/* Drop a reference; the last one frees the inode (fs/inode.c). */
void iput(struct inode *inode)
{
	if (!inode ||
	    kshim_rmw_dec(&inode->i_count.counter))
		return;
	if (S_ISCHR(inode->i_mode))
		cd_forget(inode);
	kfree(inode);
}

struct inode *kshim_devnode_inode(const char *name)
{
	struct inode *inode = NULL;
	struct devnode *n;

	kshim_point(KSHIM_READ, &nodes, sizeof(nodes));
	kshim_obj_lock_ordered(&nodes);
	n = find(name, NULL);
	if (n) {
		inode = n->inode;
		ihold(inode);
	}
	kshim_obj_unlock(&nodes);
	return inode;
}

int kshim_devnode_lookup(const char *name, unsigned int *devt,
			 unsigned short *mode)
{
	struct inode *inode = kshim_devnode_inode(name);

	if (!inode)
		return -ENOENT;
	if (devt)
		*devt = inode->i_rdev;
	if (mode)
		*mode = inode->i_mode & S_IALLUGO;
	iput(inode);
	return 0;
}

int kshim_devnode_chmod(const char *name, unsigned short mode)
{
	struct inode *inode = kshim_devnode_inode(name);

	if (!inode)
		return -ENOENT;
	inode->i_mode = (inode->i_mode & S_IFMT) | (mode & S_IALLUGO);
	iput(inode);
	return 0;
}

static struct devnode *node_alloc(void)
{
	struct task_struct *t = current;
	unsigned int fail_nth = t ? t->fail_nth : 0;
	struct devnode *n;

	if (t)
		t->fail_nth = 0;
	n = kzalloc(sizeof(*n), GFP_KERNEL);
	if (n) {
		n->inode = kzalloc(sizeof(*n->inode), GFP_KERNEL);
		if (!n->inode) {
			kfree(n);
			n = NULL;
		}
	}
	if (t)
		t->fail_nth = fail_nth;
	return n;
}

int kshim_devnode_add(const char *name, unsigned int devt, unsigned short mode)
{
	struct devnode *n, **link;
	struct inode *inode;

	if (strlen(name) >= sizeof(n->name))
		return -ENAMETOOLONG;
	n = node_alloc();
	if (!n)
		return -ENOMEM;
	strcpy(n->name, name);
	inode = n->inode;
	inode->i_mode = S_IFCHR | (mode ? mode & S_IALLUGO : 0600);
	inode->i_rdev = devt;
	inode->i_mapping = &inode->i_data;
	inode->i_data.host = inode;
	atomic_set(&inode->i_count, 1);
	INIT_LIST_HEAD(&inode->i_devices);

	kshim_point(KSHIM_WRITE, &nodes, sizeof(nodes));
	kshim_obj_lock_ordered(&nodes);
	if (!find(name, &link)) {
		*link = n;
		n = NULL;
	}
	kshim_obj_unlock(&nodes);
	if (!n)
		return 0;
	kfree(inode);
	kfree(n);
	return -EEXIST;
}

int kshim_devnode_del(const char *name)
{
	struct devnode *n, **link;

	kshim_point(KSHIM_WRITE, &nodes, sizeof(nodes));
	kshim_obj_lock_ordered(&nodes);
	n = find(name, &link);
	if (n)
		*link = n->next;
	kshim_obj_unlock(&nodes);
	if (!n)
		return -ENOENT;
	iput(n->inode);
	kfree(n);
	return 0;
}
