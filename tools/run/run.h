/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Running scenarios: this is what links the scenario language, the search,
 * the shim's system calls and the reports together.
 */
#ifndef RUN_RUN_H
#define RUN_RUN_H

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>

#include "cmd/cmdline.h"
#include "report/result.h"
#include "scenario/scenario.h"
#include "search/search.h"

#define RUN_MAX_FAILURES	64

/* again.c: a schedule that went on from a checkpoint is what it is from the start */
bool again_agrees(void);

/* verdict.c: what an oracle said in the current execution */
struct verdict {
	struct kshim_oracle *oracle;	/* NULL: clean */
	char text[512];			/* headline */
	const void *pc;			/* of the access that it is about; NULL: of none */
};
extern struct verdict run_verdict;

/*
 * Is it the report @b? Addresses do not count: they differ when nothing resets
 * the arena. Without a text, any report of its oracle is.
 */
bool verdict_same(const struct verdict *a, const struct verdict *b);
/* Headlines that are equal but for addresses. */
bool verdict_same_text(const char *a, const char *b);

void verdict_init(const struct cmdline *cl);
void verdict_reset(const struct scenario *scn);
/* From the harness itself, outside any task. */
void verdict_add(struct kshim_oracle *o, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Stubs of the shim that were reached, "name (count), ..."; NULL: none. */
char *verdict_stubs(void);
/* Another process has reached it so often. */
void verdict_stub_add(const char *name, unsigned long count);
/* Number of reports that the scenario allowed, in this execution. */
unsigned int verdict_allowed(void);

/* interp.c: the scenario's tasks */
struct interp {
	const struct scenario *scn;
	long *result;
	unsigned char *flags;
	int *pid;			/* per task */
	int *signals;			/* per task: handled so far, for --steps */
	bool cleanup;			/* the harness's own teardown runs */
};
extern struct interp run_interp;

/* step.c: what a task does in one of its steps */
#define SCRATCH_SIZE	4096		/* user memory of each task */
long step_run(const struct scn_step *s, unsigned int slot, char *mem);

/* looksteps.c: steps that only look at something */
long step_look(const struct scn_step *s);

/* steps.c: what the steps of one execution have answered (--steps) */
extern FILE *run_steps_file;
/* Labelled steps only; with what the kernel has logged since the last one. */
void steps_print(const struct scn_step *s, long result, const char *mem);

#define IOCTL_FILL_SIZE	256
void ioctl_fill(const struct scn_step *s, char *mem);
long ioctl_result(const struct scn_step *s, long ret, const char *mem);
int interp_open(const struct scenario *scn);
void interp_close(void);
/* Run setup steps; their results are the base of every execution. */
void interp_setup(void *unused);
void interp_save(void);
void interp_restore(void);
/* The task in @slot goes on when this step is over. */
void interp_wait(unsigned int slot, unsigned int step);
/* The child of a fork step begins: its pid, or -errno. */
long interp_fork(const struct scn_step *s);
/* Create all tasks of the scenario. */
void interp_start(void);
/* Create the task that runs the teardown. */
void interp_teardown(void);

/* name.c: as the command line takes it: a name or a path, with its fault */
const char *run_name(const struct scenario *scn);
const char *run_scenario_dir(void);

/* world.c: the simulated machine around the scenario */
extern unsigned int run_kver;
extern const char *run_kversion;

bool world_boot(const struct cmdline *cl, char **why);
/* Devices, modules; false: the scenario cannot be set up. */
bool world_setup(const struct scenario *scn, char **why);
/* From now on every execution is judged to the end, also one that looks like an earlier one. */
void world_judge_all(void);
/* What a whole execution does: from restore to the last oracle. */
enum kshim_end world_execute(struct search *s);
long world_group_id(void *scn, unsigned int group);
long world_func(void *ctx, enum scn_func f, const struct scn_arg *arg);
const char *world_log_text(void);
unsigned long world_points(void);
/* It went on from a checkpoint of an earlier one. */
bool world_resumed(void);
unsigned int world_preemptions(void);
/* What was there when its tasks had ended; 0 behind a report. */
unsigned long world_left(void);
long world_node_exists(const char *path);

/* record.c: traces, stacks of allocations, log lines */
void record_start(bool full);
void record_stop(void);
void record_step(bool begin, const struct scn_step *step, long result);
/* An oracle spoke, and the run goes on when the scenario allows that. */
void record_fail(const char *text, bool allowed);
/* What follows, up to the failure, is more of the same: not in the trace. */
void record_again(const char *text);
/* What the clause that failed has read. */
void record_values(const struct scenario *scn, const struct scn_expr *expr);
char *record_title(const struct verdict *v);
char *record_report(const struct verdict *v);
/* @f: what is known of the failure, see trace_opts */
char *record_trace(const struct verdict *v, const struct run_failure *f, bool full);
/* After record_trace(): the same rows for a page. */
char *record_html(const struct verdict *v, const struct run_failure *f, bool full);
unsigned long record_hash(void);
/* Collect the log of the next execution, and nothing else. */
void record_log_only(void);
bool record_log_has(const char *text);

/* outcome.c: distinct ways an execution ended */
struct outcomes;
/* The first one is what outcomes_sample() samples for. */
struct outcomes *outcomes_new(const struct scenario *scn);
void outcomes_free(struct outcomes *o);
/* Read the observables, while the state that they read is there. */
void outcomes_sample(void);
/* One of them, as it is now. */
long outcomes_value(const struct scn_observable *obs);
/* Of the sample. */
unsigned long outcomes_hash(void);
/* Everything that the clauses read is part of it. */
bool outcomes_have_all(void);
/* Count the sample; true when it was never seen before. */
bool outcomes_add(struct outcomes *o);
/* The last one that was added is one of a partial-order reduction's. */
void outcomes_reduced(struct outcomes *o);
/* Was every one seen by the reduction? */
bool outcomes_all_reduced(const struct outcomes *o);
/* The new one can be replayed by @token; evaluates the sometimes clauses. */
void outcomes_witness(struct outcomes *o, const char *token);
unsigned int outcomes_count(const struct outcomes *o);
/* Forget all of them. */
void outcomes_clear(struct outcomes *o);
/* To another process, and what it sent: it is counted as if it was seen here. */
int outcomes_send(const struct outcomes *o, int fd);
bool outcomes_receive(struct outcomes *o, int fd);
/* Count what @from has, in its order. */
void outcomes_merge(struct outcomes *o, const struct outcomes *from);
bool outcomes_all_reached(const struct outcomes *o);
/* Fill the table; @o must outlive @r. */
void outcomes_result(struct outcomes *o, struct run_result *r);

/* campaign.c */
void campaign_run(const struct scenario *scn, const struct cmdline *cl,
		  struct run_result *r);
/* Begin the result and set the scenario up; false: that is the result. */
bool campaign_ready(const struct scenario *scn, struct run_result *r);
void campaign_replay(const struct scenario *scn, const struct cmdline *cl,
		     const struct token *t, struct run_result *r);
void campaign_minimise(const struct scenario *scn, const struct cmdline *cl,
		       const struct token *t, struct run_result *r);
/* Schedules until somebody reports by @cl's plan, in a world that is set up; 0: none. */
unsigned long campaign_first(const struct scenario *scn, const struct cmdline *cl);
extern volatile sig_atomic_t run_interrupted;

/* wire.c: a result through a pipe */
int wire_send(int fd, const struct run_result *r);
bool wire_receive(int fd, struct run_result *r);
/* Pieces of other messages; 0 and true when all of it went through. */
int wire_put(int fd, const void *p, size_t n);
int wire_put_str(int fd, const char *s);
bool wire_get(int fd, void *p, size_t n);
bool wire_get_str(int fd, const char **s);	/* malloc()ed, NULL stays NULL */
/* From now on @from reads as @to in everything received; NULL: no longer. */
void wire_rename(const char *from, const char *to);

/*
 * pages.c: failure.html in each folder that --save made; with --html the page of
 * the campaign, or of the one schedule of a replay. False: said on stderr.
 */
bool pages_write(const struct cmdline *cl, const struct run_result *r, unsigned int n);

/* counters.c: of a coverage build; else there are none, and nothing happens */
bool counters_exist(void);
void counters_begin(void);
void counters_copy(const char *scenario);

/* bench.c */
int bench_main(const struct cmdline *cl, const struct scenario *scn);

/* table.c: strategies compared */
int table_main(const struct cmdline *cl, struct scenario *const *scns, unsigned int n);

#endif
