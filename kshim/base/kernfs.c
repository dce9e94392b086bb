// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names below /sys, and who is using them.
 *
 * The kernel: every file operation holds an active reference on its node
 * while the callback runs. Removing a node first stops new ones, then waits
 * until the running ones are over, then takes the name away. A callback that
 * removes its own node gives its active reference up first; of several such
 * only one removes, the others wait for it. A name that is being removed
 * still exists: it cannot be opened (-ENODEV) nor created again (-EEXIST).
 * For lockdep an active reference is a shared lock, and removing takes it.
 *
 * Given: all of that.
 * Not given: rename, namespaces, poll, mmap, hashing (directories are short).
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait.h>
#include "engine/engine.h"
#include "base/kernfs.h"
#include "lib/rmw.h"
#include "locking/lockdep.h"

static DECLARE_WAIT_QUEUE_HEAD(deactivate_waitq);

/* One lock for the tree; what depends on each other is told node by node. */
static inline void tree_lock(void)
{
	kshim_raw_lock(&kernfs_root);
}

/* As tree_lock(), by who changes names: the kernel holds a rwsem for writing. */
static inline void tree_lock_write(void)
{
	tree_lock();
	kshim_hb_both(&kernfs_root);
}

static inline void tree_unlock(void)
{
	kshim_raw_unlock(&kernfs_root);
}

void kernfs_get(struct kernfs_node *kn)
{
	kshim_rmw_inc(&kn->refs);
}

void kernfs_put(struct kernfs_node *kn)
{
	while (kn && !kshim_rmw_dec(&kn->refs)) {
		struct kernfs_node *parent = kn->parent;

		if (unlikely(kn->target))
			kernfs_put(kn->target);
		kfree(kn);
		kn = parent;
	}
}

static struct kernfs_node *find_locked(struct kernfs_node *parent,
				       const char *name, size_t len)
{
	struct kernfs_node *kn;

	kshim_touch(KSHIM_READ, &parent->child, sizeof(parent->child));
	for (kn = parent->child; kn; kn = kn->next)
		if (kn->len == len && !memcmp(kn->name, name, len))
			return kn;
	return NULL;
}

/* An entry of a directory, with a reference; also one that is going away. */
struct kernfs_node *kernfs_find(struct kernfs_node *parent, const char *name)
{
	struct kernfs_node *kn;

	tree_lock();
	kshim_hb_acquire(&kernfs_root);
	kn = find_locked(parent, name, strlen(name));
	if (kn)
		kernfs_get(kn);
	tree_unlock();
	return kn;
}

/* The node of a path like /sys/bus/x, links followed, with a reference. */
struct kernfs_node *kernfs_walk(const char *path)
{
	struct kernfs_node *kn = &kernfs_root;

	if (strncmp(path, "/sys", 4) || (path[4] && path[4] != '/'))
		return NULL;
	path += 4;
	tree_lock();
	kshim_hb_acquire(&kernfs_root);
	while (kn) {
		size_t len = 0;

		if (kn->type == KERNFS_LINK) {
			kn = kn->target;
			kshim_touch(KSHIM_READ, &kn->dead, sizeof(kn->dead));
			if (kn->dead)
				kn = NULL;
			continue;
		}
		while (*path == '/')
			path++;
		if (!*path)
			break;
		while (path[len] && path[len] != '/')
			len++;
		kn = find_locked(kn, path, len);
		path += len;
	}
	if (kn)
		kernfs_get(kn);
	tree_unlock();
	return kn;
}

/**
 * kernfs_create() - add a name to a directory
 * @parent:	directory
 * @name:	copied
 * @type:	the caller fills in what the type needs
 *
 * Return: the node, owned by the directory; ERR_PTR of -ENOMEM, -EEXIST, or
 * -ENOENT when the directory is going away.
 */
struct kernfs_node *kernfs_create(struct kernfs_node *parent, const char *name,
				  enum kernfs_type type)
{
	size_t len = strlen(name);
	struct kernfs_node *kn = kzalloc(sizeof(*kn) + len + 1, GFP_KERNEL);
	int err = 0;

	if (!kn)
		return ERR_PTR(-ENOMEM);
	__builtin_memcpy(kn->buf, name, len + 1);
	kn->name = kn->buf;
	kn->len = len;
	kn->type = type;
	kn->dep_map.class = KSHIM_LOCK_NOCHECK;
	kn->refs = 1;
	kshim_touch(KSHIM_READ, &parent->dead, sizeof(parent->dead));
	kshim_touch(KSHIM_WRITE, &parent->child, sizeof(parent->child));
	tree_lock_write();
	if (parent->dead)
		err = -ENOENT;
	else if (find_locked(parent, name, len))
		err = -EEXIST;
	if (!err) {
		kernfs_get(parent);
		kn->parent = parent;
		kn->next = parent->child;
		parent->child = kn;
	}
	tree_unlock();
	if (err) {
		kfree(kn);
		return ERR_PTR(err);
	}
	return kn;
}

static void active_acquired(struct kernfs_node *kn)
{
	if (kn->dep_map.class != KSHIM_LOCK_NOCHECK)
		rwsem_acquire_read(&kn->dep_map, 0, 1, kshim_lock_ip());
}

/* May a callback start? It must be paired with kernfs_put_active(). */
bool kernfs_get_active(struct kernfs_node *kn)
{
	bool ok;

	kshim_touch(KSHIM_READ, &kn->dead, sizeof(kn->dead));
	kshim_touch(KSHIM_ATOMIC, &kn->active, sizeof(kn->active));
	tree_lock();
	ok = !kn->dead;
	if (ok) {
		kn->active++;
		kshim_hb_both(&kn->active);
	}
	tree_unlock();
	if (ok)
		active_acquired(kn);
	return ok;
}

void kernfs_put_active(struct kernfs_node *kn)
{
	bool wake;

	if (kn->dep_map.class != KSHIM_LOCK_NOCHECK)
		rwsem_release(&kn->dep_map, kshim_lock_ip());
	kshim_touch(KSHIM_READ, &kn->dead, sizeof(kn->dead));
	kshim_touch(KSHIM_ATOMIC, &kn->active, sizeof(kn->active));
	tree_lock();
	kshim_hb_both(&kn->active);
	wake = !--kn->active && kn->dead;
	tree_unlock();
	if (wake)
		wake_up_all(&deactivate_waitq);
}

/* A callback lets its own node be removed under it. */
void kernfs_break_active(struct kernfs_node *kn)
{
	kernfs_put_active(kn);
}

void kernfs_unbreak_active(struct kernfs_node *kn)
{
	kshim_touch(KSHIM_ATOMIC, &kn->active, sizeof(kn->active));
	tree_lock();
	kn->active++;
	tree_unlock();
	active_acquired(kn);
}

static int active_of(struct kernfs_node *kn)
{
	kshim_touch(KSHIM_READ, &kn->active, sizeof(kn->active));
	return __atomic_load_n(&kn->active, __ATOMIC_ACQUIRE);
}

static void kill_locked(struct kernfs_node *kn)
{
	struct kernfs_node *c;

	kshim_touch(KSHIM_WRITE, &kn->dead, sizeof(kn->dead));
	kshim_touch(KSHIM_READ, &kn->child, sizeof(kn->child));
	kn->dead = true;
	for (c = kn->child; c; c = c->next)
		kill_locked(c);
}

static bool unlink_locked(struct kernfs_node *kn)
{
	struct kernfs_node **pp;

	kshim_touch(KSHIM_ATOMIC, &kn->unlinked, sizeof(kn->unlinked));
	if (kn->unlinked)
		return false;
	kshim_touch(KSHIM_WRITE, &kn->parent->child, sizeof(kn->parent->child));
	for (pp = &kn->parent->child; *pp; pp = &(*pp)->next) {
		if (*pp != kn)
			continue;
		*pp = kn->next;
		break;
	}
	kn->unlinked = true;
	return true;
}

static struct kernfs_node *leaf_locked(struct kernfs_node *kn)
{
	kshim_touch(KSHIM_READ, &kn->child, sizeof(kn->child));
	while (kn->child) {
		kn = kn->child;
		kshim_touch(KSHIM_READ, &kn->child, sizeof(kn->child));
	}
	return kn;
}

/**
 * kernfs_remove() - remove a name and everything below it
 * @kn:		node that the caller references or owns
 *
 * Context: waits for running callbacks of all removed files.
 */
void kernfs_remove(struct kernfs_node *kn)
{
	struct kernfs_node *pos = NULL;

	kshim_point(KSHIM_WRITE, kn, sizeof(*kn));
	tree_lock_write();
	if (kn->unlinked) {
		tree_unlock();
		return;
	}
	kernfs_get(kn);
	kill_locked(kn);
	while (pos != kn) {
		bool mine;

		pos = leaf_locked(kn);
		kernfs_get(pos);
		tree_unlock();
		might_lock(pos);
		if (active_of(pos))
			wait_event(deactivate_waitq, !active_of(pos));
		tree_lock_write();
		kshim_hb_acquire(&pos->active);
		mine = unlink_locked(pos);
		tree_unlock();
		if (mine)
			kernfs_put(pos);
		kernfs_put(pos);
		tree_lock_write();
	}
	tree_unlock();
	kernfs_put(kn);
}

/**
 * kernfs_remove_self() - a callback removes the node it runs for
 * @kn:		the node
 *
 * Context: in a callback of @kn.
 * Return: true for the one callback that has removed it.
 */
bool kernfs_remove_self(struct kernfs_node *kn)
{
	bool first;

	kshim_touch(KSHIM_ATOMIC, kn, sizeof(*kn));
	tree_lock();
	first = !kn->suicidal;
	kn->suicidal = true;
	tree_unlock();
	kernfs_break_active(kn);
	if (first) {
		kernfs_remove(kn);
		kn->suicided = true;
	} else {
		wait_event(deactivate_waitq, kn->suicided && !active_of(kn));
	}
	kernfs_unbreak_active(kn);
	return first;
}

/* For messages: the path from the root on, without the leading "/sys". */
void kernfs_path(const struct kernfs_node *kn, char *buf, size_t size)
{
	size_t len;

	buf[0] = 0;
	if (kn == &kernfs_root || !kn)
		return;
	kernfs_path(kn->parent, buf, size);
	len = strlen(buf);
	snprintf(buf + len, size - len, "/%s", kn->name);
}
