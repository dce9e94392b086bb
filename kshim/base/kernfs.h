/* SPDX-License-Identifier: GPL-2.0-only */
/* The tree below /sys; private to kshim/base/. */
#ifndef KSHIM_BASE_KERNFS_H
#define KSHIM_BASE_KERNFS_H

#include <linux/lockdep_types.h>
#include <linux/types.h>

struct attribute;
struct kobject;

enum kernfs_type { KERNFS_DIR, KERNFS_FILE, KERNFS_LINK };

/**
 * struct kernfs_node - a name in a directory
 * @parent:	directory, referenced
 * @child:	first entry, of a directory
 * @next:	next entry of the same directory
 * @kobj:	whose directory or file it is
 * @attr:	of a file
 * @target:	of a link, referenced
 * @refs:	references to this node
 * @active:	callbacks that are running
 * @dead:	being removed: no new callback may start
 * @unlinked:	no longer in its directory
 * @suicidal:	removed by one of its own callbacks
 * @suicided:	and that removal is over
 * @dep_map:	class of the active references, of a file
 * @len:	of the name
 */
struct kernfs_node {
	struct kernfs_node *parent, *child, *next;
	struct kobject *kobj;
	const struct attribute *attr;
	struct kernfs_node *target;
	int refs;
	int active;
	u8 type;
	bool dead, unlinked, suicidal, suicided;
	umode_t mode;
	struct lockdep_map dep_map;
	u16 len;
	const char *name;
	char buf[];
};

extern struct kernfs_node kernfs_root;

struct kernfs_node *kernfs_create(struct kernfs_node *parent, const char *name,
				  enum kernfs_type type);
void kernfs_get(struct kernfs_node *kn);
void kernfs_put(struct kernfs_node *kn);
struct kernfs_node *kernfs_find(struct kernfs_node *parent, const char *name);
struct kernfs_node *kernfs_walk(const char *path);
bool kernfs_get_active(struct kernfs_node *kn);
void kernfs_put_active(struct kernfs_node *kn);
void kernfs_break_active(struct kernfs_node *kn);
void kernfs_unbreak_active(struct kernfs_node *kn);
void kernfs_remove(struct kernfs_node *kn);
bool kernfs_remove_self(struct kernfs_node *kn);
void kernfs_path(const struct kernfs_node *kn, char *buf, size_t size);

#endif
