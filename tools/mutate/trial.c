// SPDX-License-Identifier: GPL-2.0-only
/*
 * The suite as a judge. A mutant is killed by a scenario that is clean on the
 * pristine source and fails on the mutant, or that fails in another way than
 * its known one. Two rounds: a small budget for all, and the full one for those
 * that are left. What the small one only misses (a sometimes clause that was not
 * reached) is decided in the second.
 */
#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE		/* MAP_ANONYMOUS */
#include "trial.h"
#include "../kernels/sysutil.h"
#include "../report/json_read.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define KNOWN_WAYS	16
#define CPU_LIMIT	120	/* seconds: a mutant may loop for ever */

/**
 * struct baseline - a scenario on the pristine source
 * @status:	verdict; RUN_FAIL and RUN_ERROR do not judge
 * @seconds:	that it took
 * @kills:	mutants that it killed
 * @known:	the ways in which a known bug shows, numbers left out
 * @nr_known:	how many
 */
struct baseline {
	enum run_status status;
	double seconds;
	unsigned int kills, nr_known;
	char known[KNOWN_WAYS][320];
};

void *trial_shared(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		abort();
	return p;
}

/* "oracle: headline" with # for every number: addresses and counts vary */
static void way_of(const struct run_failure *f, char *way, size_t room)
{
	const char *p = f->headline ? f->headline : "";
	size_t n = (size_t)snprintf(way, room, "%s: ", f->oracle ? f->oracle : "?");

	while (*p && n < room - 1) {
		if (isdigit((unsigned char)*p)) {
			way[n++] = '#';
			p += strspn(p, "0123456789abcdefx");
		} else {
			way[n++] = *p++;
		}
	}
	way[n] = '\0';
}

/* Run one scenario; NULL on success, else why there is no result */
static const char *run(const char *runner, const char *dir, const char *name,
		       unsigned long long budget, int failures, struct json_file *jf)
{
	char *json = str_printf("%s/result.json", dir);
	char *option = str_printf("--json=%s", json);
	char *schedules = str_printf("--budget=%llu", budget);
	char *max = str_printf("--max-failures=%d", failures);
	const char *argv[] = { runner, "run", "--quiet", "--jobs=1", "--no-cache", "--races=off",
			       "--no-minimise", option, schedules, max, name, NULL };
	struct proc_opts opts = { .output = "/dev/null", .errors = "/dev/null",
				  .cpu_seconds = CPU_LIMIT };
	const char *why = NULL;

	unlink(json);
	proc_run(argv, &opts);
	if (json_read(json, jf) || jf->n != 1) {
		memset(jf, 0, sizeof(*jf));
		why = "the run died, or went on for ever";
	}
	free(json);
	free(option);
	free(schedules);
	free(max);
	return why;
}

static void baseline_one(const struct lab *lab, const char *dir, struct suite *suite, int i,
			 unsigned long long budget)
{
	struct baseline *b = &suite->base[i];
	struct json_file jf;
	unsigned int k;

	b->status = RUN_ERROR;
	b->nr_known = 0;
	if (run(lab->runner, dir, suite->names[i], budget, KNOWN_WAYS, &jf))
		return;
	b->status = jf.r[0].status;
	b->seconds = jf.r[0].seconds;
	for (k = 0; k < jf.r[0].nfailures && k < KNOWN_WAYS; k++)
		way_of(&jf.r[0].failures[k], b->known[b->nr_known++], sizeof(b->known[0]));
	json_file_free(&jf);
}

/* A process for each job, all taking from one counter; false when interrupted */
static bool in_parallel(const struct lab *lab, unsigned int n,
			void (*work)(unsigned int job, unsigned int *next, void *arg), void *arg)
{
	unsigned int *next = trial_shared(sizeof(*next)), job;
	unsigned int jobs = lab->jobs < n ? lab->jobs : n;

	fflush(NULL);
	for (job = 0; job < jobs; job++) {
		if (fork())
			continue;
		work(job, next, arg);
		fflush(NULL);
		_exit(0);
	}
	while (job) {
		if (wait(NULL) > 0 || proc_interrupted())
			job--;
	}
	munmap(next, sizeof(*next));
	return !proc_interrupted();
}

struct round {
	const struct lab *lab;
	struct suite *suite;
	const struct mutant *m;
	struct trial *t;
	unsigned int n;
	bool full;
};

static void baseline_job(unsigned int job, unsigned int *next, void *arg)
{
	struct round *r = arg;
	char *dir = str_printf("%s/base%u", r->lab->scratch, job);
	unsigned int i;

	dir_make(dir);
	while (!proc_interrupted() &&
	       (i = __atomic_fetch_add(next, 1, __ATOMIC_SEQ_CST)) < (unsigned int)r->suite->n)
		baseline_one(r->lab, dir, r->suite, (int)i, r->full ? r->lab->full : r->lab->first);
	free(dir);
}

/* What the suite says of the pristine source: how many scenarios can judge */
static int baseline(struct round *r)
{
	struct suite *suite = r->suite;
	int i, judges = 0;

	if (!in_parallel(r->lab, (unsigned int)suite->n, baseline_job, r))
		return -1;
	for (i = 0; i < suite->n; i++) {
		enum run_status s = suite->base[i].status;

		judges += s == RUN_PASS || s == RUN_KNOWN;
		if (r->full && (s == RUN_FAIL || s == RUN_ERROR))
			fprintf(stderr, "vfiosim: %s: fails on the unchanged source and judges nothing\n",
				suite->names[i]);
	}
	if (!judges)
		fputs("vfiosim: no scenario can judge on this kernel\n", stderr);
	return judges;
}

enum opinion { FINE, SUSPECT, KILLS };

static enum opinion judge(const struct round *round, const struct baseline *b,
			  const struct run_result *r, char *said, size_t room)
{
	char way[320];
	unsigned int i, k;

	for (i = 0; i < r->nfailures; i++) {
		way_of(&r->failures[i], way, sizeof(way));
		for (k = 0; k < b->nr_known && strcmp(way, b->known[k]); k++)
			;
		if (k < b->nr_known)
			continue;
		snprintf(said, room, "%s: %s", r->failures[i].oracle, r->failures[i].headline);
		/* a known bug shows in more ways than a few schedules tell */
		return b->status == RUN_KNOWN && !round->full ? SUSPECT : KILLS;
	}
	if (r->status == b->status)
		return FINE;
	snprintf(said, room, "%s", r->reason ? r->reason : run_status_name(r->status));
	return r->status == RUN_ERROR || round->full ? KILLS : SUSPECT;
}

/* Run one scenario on a mutant; true when it is dead */
static bool kills(const struct round *r, const struct workshop *w, int i, struct trial *t)
{
	struct baseline *b = &r->suite->base[i];
	enum opinion o = KILLS;
	struct json_file jf;
	const char *why;

	why = run(w->runner, w->dir, r->suite->names[i], r->full ? r->lab->full : r->lab->first,
		  b->status == RUN_KNOWN ? KNOWN_WAYS : 1, &jf);
	if (why)
		snprintf(t->said, sizeof(t->said), "%s", why);
	else
		o = judge(r, b, &jf.r[0], t->said, sizeof(t->said));
	if (!why)
		json_file_free(&jf);
	if (o == SUSPECT && !t->suspect)
		t->suspect = i + 1;
	if (o != KILLS)
		return false;
	t->end = TRIAL_KILLED;
	t->scenario = i;
	__atomic_fetch_add(&b->kills, 1, __ATOMIC_SEQ_CST);
	return true;
}

static struct suite *sorting;	/* qsort() has no argument of ours */
static int sorting_first;

static int by_history(const void *a, const void *b)
{
	int i = *(const int *)a, j = *(const int *)b;
	const struct baseline *x = &sorting->base[i], *y = &sorting->base[j];

	if ((i == sorting_first) != (j == sorting_first))
		return i == sorting_first ? -1 : 1;
	if (x->kills != y->kills)
		return x->kills > y->kills ? -1 : 1;
	return (x->seconds > y->seconds) - (x->seconds < y->seconds);
}

static void run_suite(const struct round *r, const struct workshop *w, struct trial *t)
{
	int *order = calloc((size_t)r->suite->n + 1, sizeof(*order)), i, n = 0;

	if (!order)
		abort();
	for (i = 0; i < r->suite->n; i++)
		if (r->suite->base[i].status == RUN_PASS || r->suite->base[i].status == RUN_KNOWN)
			order[n++] = i;
	sorting = r->suite;
	sorting_first = t->suspect - 1;
	qsort(order, (size_t)n, sizeof(*order), by_history);
	t->end = TRIAL_SURVIVED;
	for (i = 0; i < n && !proc_interrupted(); i++)
		if (kills(r, w, order[i], t))
			break;
	free(order);
	if (proc_interrupted())
		t->end = TRIAL_WAITING;
}

static double processor_time(void)
{
	struct rusage mine, theirs;

	getrusage(RUSAGE_SELF, &mine);
	getrusage(RUSAGE_CHILDREN, &theirs);
	return (double)(mine.ru_utime.tv_sec + mine.ru_stime.tv_sec + theirs.ru_utime.tv_sec +
			theirs.ru_stime.tv_sec) +
	       (double)(mine.ru_utime.tv_usec + mine.ru_stime.tv_usec + theirs.ru_utime.tv_usec +
			theirs.ru_stime.tv_usec) / 1e6;
}

static void try_one(const struct round *r, struct workshop *w, unsigned int i)
{
	double start = processor_time();
	char *text = mutant_text(&r->m[i]);
	struct trial *t = &r->t[i];
	enum trial_end end = workshop_build(r->lab, w, text);

	free(text);
	if (end == TRIAL_WAITING)
		run_suite(r, w, t);
	else if (!proc_interrupted())
		t->end = end;
	t->seconds += processor_time() - start;
	if (r->lab->verbose && t->end == TRIAL_KILLED)
		fprintf(stderr, "%u: %s: %s\n", i + 1, r->suite->names[t->scenario], t->said);
	else if (r->lab->verbose)
		fprintf(stderr, "%u: %s\n", i + 1, t->end == TRIAL_STILLBORN ? "does not compile" :
			t->end == TRIAL_SAME_CODE ? "same code" : "alive");
}

static void trial_job(unsigned int job, unsigned int *next, void *arg)
{
	struct round *r = arg;
	struct workshop w = { 0 };
	const char *file = NULL;
	unsigned int i;

	while (!proc_interrupted() && (i = __atomic_fetch_add(next, 1, __ATOMIC_SEQ_CST)) < r->n) {
		if (r->t[i].end != (r->full ? TRIAL_SURVIVED : TRIAL_WAITING))
			continue;
		if (file && strcmp(file, r->m[i].file)) {
			workshop_close(&w);
			file = NULL;
		}
		if (!file && !workshop_open(r->lab, r->m[i].file, job, &w)) {
			r->t[i].end = TRIAL_BROKEN;
			workshop_close(&w);
			continue;
		}
		file = r->m[i].file;
		try_one(r, &w, i);
	}
	if (file)
		workshop_close(&w);
}

bool trial_all(const struct lab *lab, struct suite *suite, const struct mutant *m,
	       struct trial *t, unsigned int n)
{
	struct round r = { lab, suite, m, t, n, false };
	unsigned int i;

	suite->base = trial_shared((size_t)suite->n * sizeof(*suite->base));
	if (baseline(&r) <= 0 || !in_parallel(lab, n, trial_job, &r))
		return false;
	for (i = 0; i < n && t[i].end != TRIAL_SURVIVED; i++)
		;
	r.full = true;
	if (i < n && (baseline(&r) <= 0 || !in_parallel(lab, n, trial_job, &r)))
		return false;
	for (i = 0; i < n && t[i].end != TRIAL_BROKEN; i++)
		;
	return i == n;
}
