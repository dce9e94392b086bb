// SPDX-License-Identifier: GPL-2.0-only
/*
 * Liveness: what becomes of a run when it is scheduled fairly, nothing fails
 * any more and users do what is asked of them.
 *
 * The search decides who runs until nothing but a user of its own accord can
 * go on, or the step limit is passed. From there on everybody gets his turn
 * (kshim_run_fair()), no step has an allocation fail, and:
 *
 * - A user who holds a device leaves (hold returns) when the driver's
 *   request() asks him to. A wait for a device that is in use is legal: where
 *   nobody asks, its users leave all the same before it is called a hang.
 * - A user who has no device open cannot be asked: he stays where he is. If
 *   others wait for him, that is a report.
 * - A user who tries for ever begins a round every ten seconds. If somebody
 *   is still waiting when the hung task limit has passed, and his attempts
 *   to open the device that is being taken away still succeed, that is one too.
 *
 * Users are released when all other tasks have ended. What cannot end then
 * is a deadlock, a hang or a livelock like any other.
 */
#include <errno.h>
#include <string.h>

#include "kshim/user.h"
#include "live.h"
#include "machine.h"
#include "oracle/oracle.h"
#include "record.h"

#define ROUND_NS	10000000000ULL	/* as often as unregistration asks */
#define ROUNDS_TOLD	2		/* in a trace */

KSHIM_ORACLE(kshim_oracle_liveness, "liveness",
	     "a task waits for ever for users who do nothing wrong, scheduled fairly");

struct user {
	const char *dev;	/* bus address of what it has open; NULL: nothing */
	int pid;
	bool holds;
	bool asked;		/* by request() */
	bool told;		/* it is enough */
};

static struct user users[SCN_MAX_TASKS];
static unsigned int nr_busy KSHIM_RUN_STATE;	/* tasks that shall end by themselves */
static bool running KSHIM_RUN_STATE;	/* the scenario's tasks, not what is around them */
static bool over KSHIM_RUN_STATE;			/* those have ended */
static bool main_closed KSHIM_RUN_STATE;
static unsigned long late_opens KSHIM_RUN_STATE;	/* of devices that are being unregistered */
static unsigned long long last_late KSHIM_RUN_STATE;
static const char *late_dev KSHIM_RUN_STATE;
static unsigned int nr_rounds;		/* counted while a trace is recorded */

static void release(struct user *u)
{
	kshim_touch(KSHIM_WRITE, &u->told, 1);
	u->told = true;
	if (u->pid)
		kshim_pause_wake(u->pid);
}

static void release_all(void)
{
	unsigned int i;

	kshim_touch(KSHIM_WRITE, &over, 1);
	over = true;
	for (i = 0; i < run_interp.scn->ntasks; i++)
		release(&users[i]);
}

static void busy_more(void)
{
	kshim_touch(KSHIM_ATOMIC, &nr_busy, sizeof(nr_busy));
	kshim_touch(KSHIM_GET, &nr_busy, sizeof(nr_busy));
	nr_busy++;
}

static void busy_less(void)
{
	kshim_touch(KSHIM_ATOMIC, &nr_busy, sizeof(nr_busy));
	kshim_touch(KSHIM_PUT, &nr_busy, sizeof(nr_busy));
	if (!--nr_busy && running && !kshim_hot.parallel)
		release_all();
}

void live_task_begins(unsigned int task)
{
	if (!run_interp.scn->tasks[task].forever)
		busy_more();
}

void live_task_ends(unsigned int task)
{
	if (!run_interp.scn->tasks[task].forever)
		busy_less();
}

/* Others have said so, which orders them and the user who looks. */
static bool released(const struct user *u)
{
	kshim_touch(KSHIM_READ, &u->told, 1);
	kshim_touch(KSHIM_READ, &over, 1);
	return u->told || over;
}

static int may_leave(void *arg)
{
	const struct user *u = arg;

	kshim_touch(KSHIM_READ, &u->asked, 1);
	return released(u) || u->asked;
}

long live_hold(unsigned int task, const struct scn_step *s)
{
	struct user *u = &users[task];
	long ret;

	if (s->nargs && run_interp.result[s->arg[0].index] < 0)
		return -EBADF;
	if (kshim_hot.parallel)
		return 0;
	u->dev = s->nargs ? scn_device_of_fd(run_interp.scn, s->arg[0].index) : NULL;
	u->pid = kshim_current_pid();
	u->asked = u->told = false;
	u->holds = true;
	busy_less();
	ret = kshim_sys_pause(KSHIM_FOREVER, may_leave, u);
	busy_more();
	u->holds = false;
	return ret == 1 ? u->asked : ret;
}

static void requested(const char *dev)
{
	unsigned int i;

	for (i = 0; running && i < run_interp.scn->ntasks; i++) {
		struct user *u = &users[i];

		if (!u->holds || !u->dev || strcmp(u->dev, dev))
			continue;
		kshim_touch(KSHIM_WRITE, &u->asked, 1);
		u->asked = true;
		kshim_pause_wake(u->pid);
	}
}

bool live_goes_on(unsigned int task)
{
	return !released(&users[task]) && !kshim_user_killed();
}

bool live_next_round(unsigned int task)
{
	struct user *u = &users[task];

	if (kshim_hot.parallel)
		return false;
	u->pid = kshim_current_pid();
	kshim_sys_pause(ROUND_NS, may_leave, u);
	if (!live_goes_on(task))
		return false;
	kshim_run_fair();
	if (kshim_hot.slow && ++nr_rounds == ROUNDS_TOLD)
		record_again("and so on, every ten seconds");
	return true;
}

bool live_is_late(const struct scn_step *s)
{
	const char *dev = scn_device_of_fd(run_interp.scn, (unsigned int)(s - run_interp.scn->steps));

	return dev && contract_leaving(dev);
}

void live_late_open(const struct scn_step *s)
{
	late_opens++;
	last_late = kshim_now();
	late_dev = s->arg[2].str;
}

static bool tell(bool idle_too)
{
	const struct scenario *scn = run_interp.scn;
	bool some = false;
	unsigned int i;

	for (i = 0; i < scn->ntasks; i++) {
		struct user *u = &users[i];

		if (u->told || !(scn->tasks[i].forever || (u->holds && (u->dev || idle_too))))
			continue;
		release(u);
		some = true;
	}
	return some;
}

/*
 * A device is in use: those who have it open give it back. First who says so,
 * then what the setup has opened, then who does not say what he has.
 */
static bool users_leave(void)
{
	bool some = tell(false);

	if (!main_closed) {
		main_closed = true;
		some |= interp_close_main();
	}
	return some || tell(true);
}

static const char *holder(void)
{
	unsigned int i;

	for (i = 0; i < run_interp.scn->ntasks; i++)
		if (users[i].holds)
			return run_interp.scn->tasks[i].name;
	return NULL;
}

static const struct kshim_task *victim(int *pid)
{
	const struct kshim_task *t;
	unsigned int i;

	for (i = 0; (t = kshim_task_get(i)); i++) {
		*pid = KSHIM_FIRST_PID + (int)i;
		if (!(t->flags & (KSHIM_TASK_DAEMON | KSHIM_TASK_IDLE)) &&
		    strchr("SD", *kshim_task_state(*pid)))
			return t;
	}
	return NULL;
}

static int stuck(enum kshim_stuck how)
{
	bool again = kshim_fair_from, starved;
	const struct kshim_task *t;
	int pid = 0;

	if (!running || kshim_hot.parallel)
		return 0;
	kshim_run_fair();
	if (how == KSHIM_STUCK_LIVELOCK)
		return !again;
	t = victim(&pid);
	starved = late_opens && last_late + 2 * ROUND_NS >= kshim_now();
	if (!starved && contract_in_use() && users_leave()) {
		kshim_progress();
		return 1;
	}
	if (!t || over || !(starved || holder()))
		return 0;
	if (starved)
		kshim_report(&kshim_oracle_liveness, 0,
			     "INFO: task %s:%d blocked for more than 120 seconds. Starvation: %lu opens of %s have succeeded since its unregistration began",
			     t->name, pid, late_opens, late_dev);
	else
		kshim_report(&kshim_oracle_liveness, 0,
			     "INFO: task %s:%d blocked for more than 120 seconds. Idle user: %s has no device open and was not asked for anything",
			     t->name, pid, holder());
	release_all();		/* allowed, or switched off */
	kshim_progress();
	return 1;
}

void live_name_state(const struct scenario *scn)
{
	kshim_checkpoint_range(users, scn->ntasks * sizeof(users[0]));
}

void live_begin(void)
{
	memset(users, 0, run_interp.scn->ntasks * sizeof(users[0]));
	nr_busy = 0;
	running = true;
	over = main_closed = false;
	late_opens = 0;
	nr_rounds = 0;
	kshim_sink.stuck = stuck;
	contract_requested = requested;
}

void live_end(void)
{
	running = false;
}
