/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/timer.h, see kshim/kernel/timer.c. */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H

#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/types.h>

struct timer_list {
	struct list_head entry;		/* by expiry; empty: not pending */
	unsigned long expires;
	void (*function)(struct timer_list *t);
	u32 flags;
};

#define TIMER_DEFERRABLE	0x00080000
#define TIMER_PINNED		0x00100000
#define TIMER_IRQSAFE		0x00200000

void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *),
		    unsigned int flags);
#define timer_setup(timer, func, flags)		init_timer_key(timer, func, flags)
#define timer_setup_on_stack(timer, func, flags) init_timer_key(timer, func, flags)
#define destroy_timer_on_stack(timer)		do { } while (0)
#define __TIMER_INITIALIZER(name, fn, fl) {				\
	.entry = LIST_HEAD_INIT(name.entry),				\
	.function = (fn), .flags = (fl) }
#define DEFINE_TIMER(name, fn)						\
	struct timer_list name = __TIMER_INITIALIZER(name, fn, 0)
#define from_timer(var, cb, field)	container_of(cb, __typeof__(*var), field)
#define timer_container_of(var, cb, field) from_timer(var, cb, field)

static inline int timer_pending(const struct timer_list *timer)
{
	return READ_ONCE(timer->entry.next) != &timer->entry;
}

int mod_timer(struct timer_list *timer, unsigned long expires);
int mod_timer_pending(struct timer_list *timer, unsigned long expires);
int timer_reduce(struct timer_list *timer, unsigned long expires);
void add_timer(struct timer_list *timer);
/* libc has the same name with other arguments. */
#define timer_delete			kshim_timer_delete
int timer_delete(struct timer_list *timer);
int timer_delete_sync(struct timer_list *timer);
int timer_shutdown(struct timer_list *timer);
int timer_shutdown_sync(struct timer_list *timer);
#define del_timer(t)			timer_delete(t)
#define del_timer_sync(t)		timer_delete_sync(t)
#define try_to_del_timer_sync(t)	timer_delete(t)

unsigned long round_jiffies_relative(unsigned long j);

#endif
