/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A scenario file in memory.
 *
 * Everything here is resolved: a name in the text has become an index when
 * scn_parse() returns, so running a step or evaluating a clause never looks
 * a string up. One struct scenario owns all of its memory; nothing in it may
 * be changed or freed on its own. doc/scenario.md is the language reference.
 */
#ifndef VFIOSIM_SCENARIO_H
#define VFIOSIM_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define SCN_SETUP	(-1)	/* values of scn_step.task that are no index */
#define SCN_TEARDOWN	(-2)

#define SCN_MAX_ARGS	4
#define SCN_MAX_TASKS	32
#define SCN_MAX_STEPS	1024
#define SCN_MAX_ERRORS	20

/* A place in the file, both from 1; columns count bytes. */
struct scn_pos {
	unsigned int line;
	unsigned int col;
};

enum scn_cmp { SCN_EQ, SCN_NE, SCN_LT, SCN_LE, SCN_GT, SCN_GE };

enum scn_verb {
	SCN_OPEN, SCN_CLOSE, SCN_DUP, SCN_IOCTL,
	SCN_READ, SCN_WRITE, SCN_PREAD, SCN_PWRITE, SCN_LSEEK, SCN_MMAP,
	SCN_MMAP_ANON, SCN_MUNMAP, SCN_MEMLOCK,
	SCN_FORK, SCN_EXIT,
	SCN_BIND, SCN_UNBIND, SCN_DRIVER_OVERRIDE, SCN_REMOVE, SCN_ADD,
	SCN_PROBE, SCN_API,
	SCN_INSMOD, SCN_RMMOD,
	SCN_SIGNAL, SCN_KILL,
	SCN_SLEEP, SCN_WAIT, SCN_YIELD, SCN_HOLD,
	SCN_SYSFS, SCN_SYSFS_READ,
	SCN_STATE, SCN_CHECK, SCN_MODREFS, SCN_REQUESTS, SCN_DRIVER, SCN_STAT,
	SCN_CHMOD,
	SCN_NR_VERBS
};

enum scn_api { SCN_API_INIT, SCN_API_REGISTER, SCN_API_UNREGISTER, SCN_API_ADD,
	       SCN_API_DEL, SCN_API_GET, SCN_API_PUT, SCN_API_FORGET };

enum scn_arg_kind {
	SCN_ARG_NONE,
	SCN_ARG_INT,		/* num */
	SCN_ARG_STR,		/* str */
	SCN_ARG_PATH,		/* str, may hold $NAME: see scn_path_expand() */
	SCN_ARG_STEP,		/* index in steps[]; as an fd: its result */
	SCN_ARG_DEV,		/* index in devices[]; str: its bus address */
	SCN_ARG_GROUP,		/* index in groups[] */
	SCN_ARG_TASK,		/* index in tasks[] */
	SCN_ARG_DRIVER,		/* str; NULL for "none" */
	SCN_ARG_MODULE,		/* str */
	SCN_ARG_SIGNAL,		/* num: signal number of the host */
	SCN_ARG_TIME,		/* num: virtual ns */
	SCN_ARG_FLAGS,		/* num: O_* of the host */
	SCN_ARG_API,		/* num: enum scn_api */
	SCN_ARG_IOCTL,		/* num: request number */
	SCN_ARG_WORD,		/* not resolved yet; never seen after parsing */
};

struct scn_arg {
	enum scn_arg_kind kind;
	long num;
	unsigned int index;
	const char *str;
	struct scn_pos pos;
};

/* KEY=VALUE behind a step, module or device; num is valid when str is NULL. */
struct scn_param {
	const char *key;
	const char *str;
	long num;
	bool is_step;		/* its value is the result of a step, with str its name */
	unsigned int step;
	struct scn_pos pos;
};

/* What an ioctl wants as its third argument. */
enum scn_ioctl_arg {
	SCN_IOC_NONE,
	SCN_IOC_INT,		/* the number itself */
	SCN_IOC_FD,		/* pointer to an int that holds an fd */
	SCN_IOC_STR,		/* pointer to a string */
	SCN_IOC_STRUCT,		/* pointer to a struct that begins with argsz */
	SCN_IOC_STATUS,		/* same; the step's result is its flags word */
	SCN_IOC_MAP,		/* memory to map */
	SCN_IOC_UNMAP,		/* same; the step's result is how many bytes were mapped */
	SCN_IOC_PIN,		/* pages that the pinner driver shall pin */
};

struct scn_ioctl {
	const char *name;		/* full name, VFIO_... */
	unsigned int nr;
	enum scn_ioctl_arg arg;
	const char *const *params;	/* keys allowed, NULL-terminated */
};

/* (expect: >= 0) */
struct scn_expect {
	bool set;
	enum scn_cmp op;
	long value;
};

struct scn_step {
	enum scn_verb verb;
	int task;		/* index, SCN_SETUP or SCN_TEARDOWN */
	const char *name;	/* label, variable or made up; unique in its task */
	const char *label;	/* as written, or NULL */
	const char *var;	/* as written, or NULL */
	const char *text;	/* the step as written, for traces */
	unsigned int nargs;
	struct scn_arg arg[SCN_MAX_ARGS];
	const struct scn_ioctl *ioctl;	/* NULL for a request by number */
	unsigned int nparams;
	struct scn_param *params;
	unsigned int fail_nth;	/* 0: no allocation fails */
	struct scn_expect expect;
	struct scn_pos pos;
};

struct scn_task {
	const char *name;
	unsigned int process;	/* index in processes[] */
	bool user;		/* without capabilities */
	bool stopped;		/* started by a fork step, in a process of its own */
	bool forever;		/* begins again until all others have ended */
	unsigned int first;	/* its steps are steps[first .. first + nsteps) */
	unsigned int nsteps;
	struct scn_pos pos;
};

struct scn_process {
	const char *name;	/* [0] is "main" */
	struct scn_pos pos;
};

struct scn_group {
	const char *name;
	struct scn_pos pos;
};

struct scn_device {
	const char *name;
	const char *addr;	/* "0000:00:03.0" */
	int group;		/* index, -1: no iommu_group */
	const char *driver;	/* NULL: left unbound */
	bool override;		/* through driver_override */
	struct scn_arg group_arg;	/* parser's own */
	struct scn_pos pos;
};

struct scn_module {
	const char *name;
	bool load;		/* false: "skip", not loaded */
	unsigned int nparams;
	struct scn_param *params;
	struct scn_pos pos;
};

/* One version condition; ncomp is how many numbers were written. */
struct scn_kcond {
	enum scn_cmp op;
	unsigned int kver;
	unsigned int ncomp;
	unsigned int sub;	/* as written; kver holds at most 255 */
};

struct scn_known {
	const char *id;		/* "B01", "planted" */
	const char *text;	/* or NULL */
	unsigned int nconds;	/* 0: on every kernel */
	struct scn_kcond *conds;
	struct scn_pos pos;
};

struct scn_allow {
	const char *oracle;
	const char *text;	/* part of the report; "" is any */
	struct scn_pos pos;
};

struct scn_order {
	unsigned int before;	/* step that must have finished ... */
	unsigned int after;	/* ... before this one starts */
	struct scn_arg names[2];	/* parser's own */
};

/* Flags of a step, for scn_env.flags. */
#define SCN_STEP_STARTED	1u
#define SCN_STEP_DONE		2u
#define SCN_STEP_WAITED		4u	/* slept, and not on a lock */
#define SCN_STEP_BLOCKED	8u	/* started, not finished at the end */
#define SCN_STEP_KILLED		16u	/* its task was killed in it */

enum scn_func {
	SCN_F_REFS, SCN_F_MODREFS, SCN_F_REQUESTS, SCN_F_OPENS, SCN_F_RELEASES,
	SCN_F_LOG, SCN_F_EXISTS, SCN_F_TIME, SCN_F_BOUND,
	SCN_NR_FUNCS
};

enum scn_expr_kind {
	SCN_E_INT, SCN_E_STEP, SCN_E_FLAG, SCN_E_FUNC,
	SCN_E_CMP, SCN_E_AND, SCN_E_OR, SCN_E_NOT,
};

struct scn_expr {
	enum scn_expr_kind kind;
	enum scn_cmp cmp;
	long value;			/* SCN_E_INT */
	unsigned int step;		/* SCN_E_STEP, SCN_E_FLAG */
	unsigned int flag;		/* SCN_STEP_* */
	enum scn_func func;
	struct scn_arg arg;		/* of the function; before that, the name */
	struct scn_expr *l, *r;
};

enum scn_clause_kind { SCN_NEVER, SCN_SOMETIMES, SCN_FINALLY };

struct scn_clause {
	enum scn_clause_kind kind;
	struct scn_expr *expr;
	const char *text;		/* as written */
	struct scn_pos pos;
};

struct scenario {
	const char *file;
	const char *name;	/* file without folder and .scn; with a fault NAME+FAULT */
	const char *fault;	/* "STEP=N", see scn_fault_set(); NULL: none */
	const char *title;	/* first comment line, "" when there is none */
	const char *about;	/* the comment lines below it, "" or lines */

	struct scn_kcond *kernel;
	struct scn_known *known;
	struct scn_allow *allow;
	struct scn_process *processes;
	struct scn_group *groups;
	struct scn_device *devices;
	struct scn_module *modules;
	struct scn_step *steps;		/* setup, tasks, teardown: one numbering */
	struct scn_task *tasks;
	struct scn_clause *clauses;	/* "never report" is implied, not listed */
	struct scn_order *orders;
	unsigned int nkernel, nknown, nallow, nprocesses, ngroups, ndevices;
	unsigned int nmodules, nsteps, ntasks, nclauses, norders;

	struct scn_task setup;		/* nsteps 0 when absent */
	struct scn_task teardown;

	struct scn_arena *arena;
};

/* What a clause is evaluated against; arrays are indexed as steps[]. */
struct scn_env {
	const long *result;
	const unsigned char *flags;
	long (*func)(void *ctx, enum scn_func f, const struct scn_arg *arg);
	void *ctx;
};

/* One thing that a clause reads. */
struct scn_observable {
	enum scn_expr_kind kind;	/* SCN_E_STEP, SCN_E_FLAG or SCN_E_FUNC */
	unsigned int step;
	unsigned int flag;
	enum scn_func func;
	const struct scn_arg *arg;
};

struct scenario *scn_load(const char *path, FILE *err);
struct scenario *scn_parse(const char *buf, size_t len, const char *name, FILE *err);
void scn_free(struct scenario *scn);

bool scn_kernel_ok(const struct scenario *scn, unsigned int kver, char **reason);
const struct scn_known *scn_known_on(const struct scenario *scn, unsigned int kver);
unsigned int scn_kver(unsigned int major, unsigned int minor, unsigned int sub);

int scn_eval(const struct scn_expr *expr, const struct scn_env *env);
bool scn_compare(enum scn_cmp op, long a, long b);
bool scn_expect_ok(const struct scn_step *step, long result);
size_t scn_expr_observables(const struct scn_expr *expr,
			    struct scn_observable *out, size_t max);
const char *scn_device_of_fd(const struct scenario *scn, unsigned int step);
size_t scn_observables(const struct scenario *scn,
		       struct scn_observable *out, size_t max);

/* What of a scenario is left out; arrays are indexed as those of the scenario. */
struct scn_without {
	const bool *step;	/* tasks without a step are left out, too */
	const bool *device;
	const bool *clause;
	const char *title;	/* instead of the comment on top */
};

void scn_fault_none(struct scenario *scn);
void scn_fault_set(struct scenario *scn, unsigned int step, unsigned int n);
bool scn_fault_parse(struct scenario *scn, const char *fault, FILE *err);
size_t scn_fault_at(const char *word);

void scn_print(FILE *out, const struct scenario *scn);
void scn_print_without(FILE *out, const struct scenario *scn, const struct scn_without *w);
unsigned int scn_identity(const struct scenario *scn);
void scn_expr_print(FILE *out, const struct scenario *scn, const struct scn_expr *expr);
void scn_observable_print(FILE *out, const struct scenario *scn,
			  const struct scn_observable *obs);
void scn_step_name(FILE *out, const struct scenario *scn, unsigned int step);
int scn_step_find(const struct scenario *scn, const char *name);
int scn_path_expand(const struct scenario *scn, const char *path, char *buf, size_t len,
		    long (*group_id)(void *ctx, unsigned int group), void *ctx);

const char *scn_verb_name(enum scn_verb verb);
const char *scn_func_name(enum scn_func func);
const char *scn_api_name(enum scn_api api);
const char *scn_errno_name(long value);

#endif /* VFIOSIM_SCENARIO_H */
