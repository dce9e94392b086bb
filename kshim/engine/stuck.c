// SPDX-License-Identifier: GPL-2.0-only
/* Nobody can go on, or only timeouts keep them going. */
#include <stddef.h>

#include "task.h"

KSHIM_ORACLE(kshim_oracle_deadlock, "deadlock",
	     "tasks wait for each other: nothing can run and nothing is due");
KSHIM_ORACLE(kshim_oracle_hang, "hang",
	     "a task is kept alive by timeouts only, longer than the hung task limit");

int kshim_try_again(enum kshim_stuck how)
{
	return kshim_sink.stuck && kshim_sink.stuck(how);
}

static const struct etask *victim(void)
{
	unsigned int i;

	for (i = 0; i < kshim_ntasks; i++)
		if (kshim_tasks[i].state == TASK_PARKED &&
		    !(kshim_tasks[i].t.flags & (KSHIM_TASK_DAEMON | KSHIM_TASK_IDLE)))
			return &kshim_tasks[i];
	return NULL;
}

/* The kernel's own wording; the harness adds each task's stack. */
void kshim_report_hang(unsigned long long seconds)
{
	const struct etask *t = victim();

	kshim_report(&kshim_oracle_hang, 1, "INFO: task %s blocked for more than %llu seconds.",
		     t ? t->t.name : "?", seconds);
}

void kshim_report_deadlock(void)
{
	const struct etask *t = victim();

	kshim_report(&kshim_oracle_deadlock, 1, "deadlock: task %s can never run again",
		     t ? t->t.name : "?");
}
