// SPDX-License-Identifier: GPL-2.0-only
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/preempt.h>
#include <linux/timer.h>
#include "ktest.h"

struct tt {
	struct timer_list timer;
	int id;
};

static struct tt t[3];
static int fired, order[8], atomic_context, again;
static unsigned long when;

static void fn(struct timer_list *timer)
{
	struct tt *x = from_timer(x, timer, timer);

	order[fired++] = x->id;
	when = jiffies;
	atomic_context = in_atomic();
	KEXPECT(!timer_pending(timer));
	if (again-- > 0)
		mod_timer(timer, jiffies + 5);
}

static void setup(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		t[i].id = i;
		timer_setup(&t[i].timer, fn, 0);
	}
}

KTEST(timer_fires_on_its_tick)
{
	unsigned long start = jiffies;

	setup();
	KEXPECT_EQ(mod_timer(&t[0].timer, start + 10), 0);
	KEXPECT(timer_pending(&t[0].timer));
	KEXPECT_EQ(mod_timer(&t[0].timer, start + 20), 1);
	msleep(400);
	KEXPECT_EQ(fired, 1);
	KEXPECT_EQ(when, start + 20);
	KEXPECT(atomic_context);
	KEXPECT(!timer_pending(&t[0].timer));
	KEXPECT_EQ(timer_delete(&t[0].timer), 0);
}

KTEST(timers_fire_in_order)
{
	unsigned long start = jiffies;

	setup();
	mod_timer(&t[0].timer, start + 30);
	mod_timer(&t[1].timer, start + 10);
	t[2].timer.expires = start + 20;
	add_timer(&t[2].timer);
	msleep(400);
	KEXPECT_EQ(fired, 3);
	KEXPECT_EQ(order[0], 1);
	KEXPECT_EQ(order[1], 2);
	KEXPECT_EQ(order[2], 0);
}

KTEST(timer_deleted)
{
	setup();
	mod_timer(&t[0].timer, jiffies + 10);
	KEXPECT_EQ(del_timer(&t[0].timer), 1);
	KEXPECT_EQ(del_timer(&t[0].timer), 0);
	mod_timer(&t[0].timer, jiffies + 10);
	KEXPECT_EQ(del_timer_sync(&t[0].timer), 1);
	msleep(100);
	KEXPECT_EQ(fired, 0);
	KEXPECT_EQ(mod_timer_pending(&t[0].timer, jiffies + 1), 0);
	KEXPECT(!timer_pending(&t[0].timer));
}

KTEST(timer_sets_itself_again)
{
	setup();
	again = 3;
	mod_timer(&t[0].timer, jiffies + 5);
	msleep(400);
	KEXPECT_EQ(fired, 4);
}

KTEST(timer_shut_down)
{
	setup();
	mod_timer(&t[0].timer, jiffies + 5);
	KEXPECT_EQ(timer_shutdown_sync(&t[0].timer), 1);
	mod_timer(&t[0].timer, jiffies + 5);
	KEXPECT(!timer_pending(&t[0].timer));
	msleep(100);
	KEXPECT_EQ(fired, 0);
}

static int in_fn, deleted_while_in_fn;

static void slow_fn(struct timer_list *timer)
{
	int i;

	in_fn = 1;
	for (i = 0; i < 10; i++)
		udelay(1);
	in_fn = 0;
}

/* The function is not running any more when the synchronous form returns. */
KTEST(timer_delete_sync_waits)
{
	timer_setup(&t[0].timer, slow_fn, 0);
	mod_timer(&t[0].timer, jiffies);
	udelay(1);
	del_timer_sync(&t[0].timer);
	deleted_while_in_fn = READ_ONCE(in_fn);
	KEXPECT_EQ(deleted_while_in_fn, 0);
	KEXPECT(!timer_pending(&t[0].timer));
}
