// SPDX-License-Identifier: GPL-2.0-only
/*
 * liburcu behind three functions. Threads are registered when they first
 * read and unregistered by a thread-specific key's destructor, which runs
 * however the thread ends.
 */
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <urcu/urcu-memb.h>

#include "rcu.h"

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static __thread unsigned int nesting;	/* host state, never the guest's */

static void unregister(void *unused)
{
	(void)unused;
	/* A run may be abandoned inside a read side. */
	while (nesting) {
		nesting--;
		urcu_memb_read_unlock();
	}
	urcu_memb_unregister_thread();
}

static void init(void)
{
	urcu_memb_init();
	if (pthread_key_create(&key, unregister))
		abort();
}

static void register_me(void)
{
	pthread_once(&once, init);
	if (pthread_getspecific(key))
		return;
	urcu_memb_register_thread();
	pthread_setspecific(key, &key);
}

void kshim_urcu_read_lock(void)
{
	register_me();
	nesting++;
	urcu_memb_read_lock();
}

void kshim_urcu_read_unlock(void)
{
	if (!nesting)
		return;
	nesting--;
	urcu_memb_read_unlock();
}

void kshim_urcu_synchronize(void)
{
	pthread_once(&once, init);
	urcu_memb_synchronize_rcu();
}
