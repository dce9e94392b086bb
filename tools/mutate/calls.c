// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's API by name: patterns, first match counts. */
#include "calls.h"

#include <fnmatch.h>
#include <stddef.h>
#include <string.h>

static const struct {
	const char *pattern;
	enum call_class class;
} classes[] = {
	{ "*WARN*", CALL_NONE }, { "*BUG*", CALL_NONE }, { "pr_*", CALL_NONE },
	{ "dev_warn*", CALL_NONE }, { "dev_dbg", CALL_NONE }, { "dev_err*", CALL_NONE },
	{ "dev_info", CALL_NONE }, { "lockdep_*", CALL_NONE }, { "might_sleep", CALL_NONE },
	{ "mutex_lock*", CALL_LOCK }, { "down_read", CALL_LOCK }, { "down_write", CALL_LOCK },
	{ "spin_lock*", CALL_LOCK }, { "rcu_read_lock", CALL_LOCK },
	{ "mutex_unlock", CALL_UNLOCK }, { "up_read", CALL_UNLOCK }, { "up_write", CALL_UNLOCK },
	{ "spin_unlock*", CALL_UNLOCK }, { "rcu_read_unlock", CALL_UNLOCK },
	{ "wait_event*", CALL_WAIT }, { "*wait_for_completion*", CALL_WAIT },
	{ "flush_work", CALL_WAIT }, { "synchronize_*", CALL_WAIT },
	{ "wake_up*", CALL_WAKE }, { "complete", CALL_WAKE }, { "complete_all", CALL_WAKE },
	{ "schedule_work", CALL_WAKE },
	{ "list_*", CALL_LIST }, { "INIT_LIST_HEAD", CALL_LIST }, { "idr_remove", CALL_LIST },
	{ "xa_erase", CALL_LIST },
	{ "atomic_inc*", CALL_GET }, { "refcount_inc*", CALL_GET }, { "*_get", CALL_GET },
	{ "get_device", CALL_GET }, { "atomic_dec*", CALL_PUT }, { "refcount_dec*", CALL_PUT },
	{ "*_put", CALL_PUT }, { "*_put_*", CALL_PUT }, { "put_*", CALL_PUT },
	{ "fdput", CALL_PUT }, { "*dissolve*", CALL_PUT },
	{ "kfree*", CALL_FREE }, { "*free*", CALL_FREE }, { "*destroy*", CALL_FREE },
	{ "*unregister*", CALL_FREE }, { "*release*", CALL_FREE }, { "*detach*", CALL_FREE },
	{ "*_del", CALL_FREE },
	{ "init_*", CALL_INIT }, { "*_init", CALL_INIT }, { "INIT_*", CALL_INIT },
	{ "*_INIT_*", CALL_INIT }, { "atomic_set", CALL_INIT }, { "refcount_set", CALL_INIT },
		{ "*", CALL_OTHER },
};

static const struct {
	const char *name, *opposite, *weaker;
} words[] = {
	{ "mutex_lock", "mutex_unlock", NULL }, { "mutex_unlock", "mutex_lock", NULL },
	{ "down_read", "up_read", NULL }, { "up_read", "down_read", NULL },
	{ "down_write", "up_write", "down_read" }, { "up_write", "down_write", "up_read" },
	{ "atomic_inc", "atomic_dec", NULL }, { "atomic_dec", "atomic_inc", NULL },
	{ "refcount_inc", "refcount_dec", NULL }, { "refcount_dec", "refcount_inc", NULL },
	{ "vfio_group_get", "vfio_group_put", NULL }, { "vfio_group_put", "vfio_group_get", NULL },
	{ "vfio_container_get", "vfio_container_put", NULL },
	{ "vfio_container_put", "vfio_container_get", NULL },
	{ "complete", "reinit_completion", NULL },
};

enum call_class call_class(const char *name)
{
	const char *last = strrchr(name, '>');
	size_t i = 0;

	if (last)
		name = last + 1;
	while (fnmatch(classes[i].pattern, name, 0))
		i++;
	return classes[i].class;
}

const char *call_other_word(const char *name, bool weaker)
{
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(words[i].name, name))
			return weaker ? words[i].weaker : words[i].opposite;
	return NULL;
}
