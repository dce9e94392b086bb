// SPDX-License-Identifier: GPL-2.0-only
/*
 * What one execution of a scenario consists of:
 *
 *	boot once -> set up once -> snapshot -> { restore, tasks, halt }*
 *
 * and in the slow mode that checks the snapshot:
 *
 *	boot once -> { load and set up, tasks, halt, unload }*
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "kshim/slab.h"
#include "kshim/user.h"
#include "lifecycle.h"
#include "live.h"
#include "machine.h"
#include "oracle/oracle.h"

unsigned int run_kver;
const char *run_kversion = "unknown";

KSHIM_ORACLE(kshim_oracle_scenario, "scenario",
	     "a never or finally clause, or a step's expectation, of the scenario");

/* Fingerprints of ends that were found clean, see settle(). */
#define SETTLED_SIZE	8192
static unsigned long settled[SETTLED_SIZE];
static unsigned int nr_settled;
static bool reads_log;		/* some clause has log() */
static bool judge_all;
static bool init_exit;		/* --reset init-exit */
static bool dirty;		/* the last execution was abandoned */
static bool resumed;		/* the last execution went on from a checkpoint */
static unsigned long points;
static unsigned int preemptions;
static unsigned long left;		/* by the last execution: leak_fingerprint() */

static bool uses_log(const struct scenario *scn)
{
	struct scn_observable obs[64];
	size_t n = scn_observables(scn, obs, 64);

	while (n--)
		if (obs[n].kind == SCN_E_FUNC && obs[n].func == SCN_F_LOG)
			return true;
	return false;
}

bool world_boot(const struct cmdline *cl, char **why)
{
	init_exit = cl->reset == CMD_RESET_INIT_EXIT;
	return machine_boot(cl, why);
}

bool world_setup(const struct scenario *scn, char **why)
{
	reads_log = uses_log(scn);
	memset(settled, 0, sizeof(settled));
	nr_settled = 0;
	if (init_exit)
		kshim_snapshot_take();
	if (!machine_up(scn, why))
		return false;
	interp_save();
	contract_save();
	if (init_exit)
		dirty = true;
	else
		kshim_snapshot_take();

	/* The same without the scenario's tasks: what may be left at the end. */
	world_execute(NULL);
	if (!run_verdict.oracle)
		return true;
	if (asprintf(why, "the setup alone cannot be undone: %s", run_verdict.text) < 0)
		*why = NULL;
	return false;
}

static void check_clauses(const struct scenario *scn)
{
	struct scn_env env = {
		.result = run_interp.result, .flags = run_interp.flags, .func = world_func,
	};
	unsigned int i;

	for (i = 0; i < scn->nsteps; i++)
		if (scn->steps[i].expect.set && run_interp.flags[i] & SCN_STEP_DONE &&
		    !scn_expect_ok(&scn->steps[i], run_interp.result[i])) {
			verdict_add(&kshim_oracle_scenario, "step %s: result %ld is not expected",
				    scn->steps[i].text, run_interp.result[i]);
			return;
		}
	for (i = 0; i < scn->nclauses; i++) {
		const struct scn_clause *c = &scn->clauses[i];

		if (c->kind == SCN_SOMETIMES)
			continue;
		if (scn_eval(c->expr, &env) != (c->kind == SCN_FINALLY)) {
			record_values(scn, c->expr);
			verdict_add(&kshim_oracle_scenario, "%s %s",
				    c->kind == SCN_NEVER ? "never" : "finally", c->text);
			return;
		}
	}
}

bool world_resumed(void)
{
	return resumed;
}

unsigned long world_points(void)
{
	return points;
}

unsigned long world_left(void)
{
	return left;
}

unsigned int world_preemptions(void)
{
	return preemptions;
}

/*
 * Switching the machine off costs as much as a short scenario. It is skipped
 * when an execution with the same outcome left the machine in the same state
 * by all that leak_fingerprint() sees, and that one was clean to the end.
 */

static unsigned long *settled_slot(unsigned long h)
{
	unsigned int i = (h ^ h >> 29) % SETTLED_SIZE;

	while (settled[i] && settled[i] != h)
		i = (i + 1) % SETTLED_SIZE;
	return &settled[i];
}

void world_judge_all(void)
{
	judge_all = true;
}

/* Outcome and what is left, as one number; not 0. */
static unsigned long this_end(void)
{
	unsigned long end = (outcomes_hash() * 31 + left) * 2 + kshim_fault_unasked();

	return end ? end : 1;
}

static bool was_clean(void)
{
	return !judge_all && !kshim_hot.slow && !kshim_hot.parallel && !init_exit &&
		*settled_slot(this_end());
}

/* Close, unbind and unplug everything, then look what is left. */
static enum kshim_end settle(bool baseline)
{
	unsigned long end_id = this_end(), *slot = settled_slot(end_id);
	enum kshim_end end = machine_halt();

	if (end != KSHIM_END_OK || run_verdict.oracle)
		return end;
	if (baseline) {
		leak_baseline();
		return end;
	}
	leak_check();
	contract_end();
	if (!run_verdict.oracle && !*slot && nr_settled < SETTLED_SIZE / 2) {
		*slot = end_id;
		nr_settled++;
	}
	return end;
}

static void mark_blocked(const struct scenario *scn)
{
	unsigned int i;

	for (i = 0; i < scn->nsteps; i++)
		if ((run_interp.flags[i] & (SCN_STEP_STARTED | SCN_STEP_DONE)) ==
		    SCN_STEP_STARTED)
			run_interp.flags[i] |= SCN_STEP_BLOCKED;
}

/*
 * What the clauses say follows from the outcome, but for what the steps of the
 * teardown are expected to return.
 */
static enum kshim_end judge(const struct search *s, enum kshim_end end)
{
	bool known = s && end == KSHIM_END_OK && !run_verdict.oracle && was_clean();

	/* Where an allocation has failed, an error is a right answer. */
	if (s && !kshim_fault_unasked() && (!known || machine_scn->teardown.nsteps || !outcomes_have_all()))
		check_clauses(machine_scn);
	return known || end != KSHIM_END_OK || run_verdict.oracle ? end : settle(!s);
}

/* Back to the state behind the setup, the quick way or the honest one. */
static void restore(const struct scenario *scn)
{
	static unsigned long n;
	char *why;

	if (!init_exit) {
		kshim_snapshot_restore();
		interp_restore();
		interp_forget_processes(!scn->setup.nsteps);
		contract_restore();
		return;
	}
	/* A failed execution cannot be cleaned up; and the arena is finite. */
	if (dirty || !(n++ & 255))
		kshim_snapshot_restore();
	dirty = true;
	contract_init();
	interp_restore();
	if (!machine_up(scn, &why))
		abort();	/* it has worked before */
}

static enum kshim_end from_setup(struct search *s)
{
	restore(machine_scn);
	verdict_reset(machine_scn);
	if ((reads_log || run_steps_file) && !kshim_hot.slow)
		record_log_only();
	kshim_run_begin(s ? &s->policy : NULL);
	if (!s)
		return KSHIM_END_OK;
	interp_start();
	return kshim_run();
}

static bool may_resume(const struct search *s)
{
	return s->from && kshim_checkpoint_usable(s->from) && !init_exit && !reads_log &&
		!run_steps_file && !contract_watch;
}

enum kshim_end world_execute(struct search *s)
{
	const struct scenario *scn = machine_scn;
	enum kshim_end end;

	left = 0;
	resumed = s && may_resume(s);
	if (resumed) {
		verdict_reset(scn);
		end = kshim_checkpoint_resume(s->from);
	} else {
		end = from_setup(s);
	}
	live_end();
	points = kshim_fair_from ? kshim_fair_from - 1 : kshim_hot.npoints;
	preemptions = kshim_nr_preemptions;
	if (end == KSHIM_END_OK && !run_verdict.oracle) {
		mark_blocked(scn);
		kshim_run_policy(NULL);
		if (s && scn->teardown.nsteps) {
			interp_teardown();
			end = kshim_run();
		}
		outcomes_sample();
		left = leak_fingerprint();
		lifecycle_end();
		end = judge(s, end);
		if (init_exit && end == KSHIM_END_OK && !run_verdict.oracle)
			end = machine_unload();
		dirty = end != KSHIM_END_OK || run_verdict.oracle;
	} else {
		outcomes_sample();
	}
	kshim_run_end();
	if (init_exit)
		kshim_sched_reset();
	return end;
}
