// SPDX-License-Identifier: GPL-2.0-only
/*
 * A stage on several processors: every process takes the next unit that nobody
 * has, and tells what came of it; here it is put together in the order of the
 * units. What depends on earlier units is not taken from a report: a unit with
 * news (a failure, a race, an order of locks that was never seen before), or at
 * the end of the budget, is done again, here, where everything before it is
 * known; and the crew is replaced by one that knows the news.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "campaign.h"
#include "engine/lockgraph.h"
#include "races.h"

#define MAX_STUBS	64

/* What a unit did, beside its outcomes. */
struct told {
	unsigned int unit;
	bool complete, bounded, late, news;
	unsigned long executed, npoints;
	struct run_sampling sampling;
	struct lifetable life;
	unsigned int nstubs;
	unsigned long count[RUN_MAX_FAILURES];	/* of known failures */
};

struct report {
	struct report *next;		/* higher unit */
	struct told t;
	struct outcomes *out;
	const char *stub[MAX_STUBS];	/* static names: the program is the same */
	unsigned long stub_count[MAX_STUBS];
};

struct worker {
	pid_t pid;
	int fd;				/* -1: it has ended */
};

struct crew {
	struct campaign *c;
	struct stage *st;
	unsigned int from, next;	/* units: first one, next one to put in */
	struct worker *w;
	struct pollfd *poll;
	unsigned int n, hired, alive;
	unsigned int *counter;		/* shared: next unit to take */
	struct report *reports;		/* that came too early, by unit */
};

static void stub_counts(unsigned long *count)
{
	unsigned int i;

	for (i = 0; i < MAX_STUBS && kshim_stub_reached(i, &count[i]); i++)
		;
	for (; i < MAX_STUBS; i++)
		count[i] = 0;
}

/* Grows with everything that later units are judged by. */
static unsigned long knowledge(const struct campaign *c)
{
	return c->nfailures + races_count() + kshim_lock_news + !!c->error;
}

static int tell(const struct crew *w, int fd, struct told *t, const unsigned long *stubs_before)
{
	const struct campaign *c = w->c;
	unsigned long count[MAX_STUBS];
	unsigned int i;
	int rc;

	t->complete = w->st->complete;
	t->bounded = w->st->bounded;
	t->late = c->late;
	t->npoints = c->r->npoints;
	t->sampling = c->r->sampling;
	t->life = c->r->life;
	for (i = 0; i < c->nfailures; i++)
		t->count[i] = c->failures[i].count;
	stub_counts(count);
	for (i = 0; i < MAX_STUBS; i++)
		t->nstubs += count[i] != stubs_before[i];
	rc = wire_put(fd, t, sizeof(*t)) | outcomes_send(c->out, fd);
	for (i = 0; i < MAX_STUBS; i++)
		if (count[i] != stubs_before[i]) {
			unsigned long more = count[i] - stubs_before[i], unused;
			const char *name = kshim_stub_reached(i, &unused);

			rc |= wire_put(fd, &name, sizeof(name)) |
				wire_put(fd, &more, sizeof(more));
		}
	return rc;
}

/* Never returns. */
static void work(const struct crew *w, int fd, double used)
{
	struct campaign *c = w->c;
	unsigned long base = c->executed, known = knowledge(c), stubs[MAX_STUBS];
	unsigned int i;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	kshim_engine_forked();
	c->silent = true;
	c->live = false;
	c->share = w->n;
	c->crew_cpu = used;
	c->start_cpu = 0;	/* a new process has used nothing */
	for (;;) {
		struct told t = { .unit = __atomic_fetch_add(w->counter, 1, __ATOMIC_SEQ_CST) };

		if (t.unit >= w->st->units)
			_exit(0);
		outcomes_clear(c->out);
		c->executed = c->unit_base = base;
		c->r->npoints = 0;
		memset(&c->r->sampling, 0, sizeof(c->r->sampling));
		memset(&c->r->life, 0, sizeof(c->r->life));
		w->st->complete = true;
		w->st->bounded = false;
		for (i = 0; i < c->nfailures; i++)
			c->failures[i].count = 0;
		stub_counts(stubs);
		w->st->unit(c, w->st, t.unit);
		t.executed = c->executed - base;
		t.news = knowledge(c) != known;
		/* With news, nobody wants to hear of what comes behind it. */
		if (run_interrupted || tell(w, fd, &t, stubs) || c->late || t.news)
			_exit(0);
	}
}

static void hire(struct crew *w)
{
	double used = campaign_cpu(w->c);
	unsigned int i, k;

	*w->counter = w->next;
	w->from = w->next;
	fflush(NULL);
	for (i = 0; i < w->n; i++) {
		int fds[2];

		if (pipe(fds))
			break;
		w->w[i].pid = fork();
		if (!w->w[i].pid) {
			close(fds[0]);
			for (k = 0; k < i; k++)
				close(w->w[k].fd);
			work(w, fds[1], used);
		}
		close(fds[1]);
		w->w[i].fd = fds[0];
		if (w->w[i].pid < 0) {
			close(fds[0]);
			break;
		}
		w->alive++;
	}
	w->hired = i;
}

static void fire(struct crew *w)
{
	unsigned int i;

	for (i = 0; i < w->hired; i++) {
		struct rusage ru = { 0 };

		if (w->w[i].fd >= 0) {
			kill(w->w[i].pid, SIGKILL);
			close(w->w[i].fd);
		}
		while (wait4(w->w[i].pid, NULL, 0, &ru) < 0 && errno == EINTR)
			;
		w->c->crew_cpu += (double)(ru.ru_utime.tv_sec + ru.ru_stime.tv_sec) +
			(double)(ru.ru_utime.tv_usec + ru.ru_stime.tv_usec) / 1e6;
	}
}

static void forget(struct report *r)
{
	outcomes_free(r->out);
	free(r);
}

static struct report *hear(const struct crew *w, int fd)
{
	struct report *r = calloc(1, sizeof(*r));
	unsigned int i;
	bool ok;

	if (!r)
		abort();
	r->out = outcomes_new(w->c->scn);
	ok = wire_get(fd, &r->t, sizeof(r->t)) && outcomes_receive(r->out, fd);
	for (i = 0; ok && i < r->t.nstubs; i++)
		ok = wire_get(fd, &r->stub[i], sizeof(r->stub[i])) &&
			wire_get(fd, &r->stub_count[i], sizeof(r->stub_count[i]));
	if (ok)
		return r;
	forget(r);
	return NULL;
}

/* Is it what would have happened here? */
static bool as_told(const struct crew *w, const struct report *r)
{
	return !r->t.news && (w->c->cl->budget_seconds || w->next == w->from ||
			      w->c->executed + r->t.executed < campaign_budget(w->c));
}

static void put_in(struct crew *w, const struct report *r)
{
	struct campaign *c = w->c;
	unsigned int i;

	w->st->complete &= r->t.complete;
	w->st->bounded |= r->t.bounded;
	c->late |= r->t.late;
	c->executed += r->t.executed;
	if (r->t.npoints > c->r->npoints)
		c->r->npoints = r->t.npoints;
	c->r->sampling.schedules += r->t.sampling.schedules;
	if (r->t.sampling.tasks > c->r->sampling.tasks)
		c->r->sampling.tasks = r->t.sampling.tasks;
	if (r->t.sampling.schedules)
		c->r->sampling.depth = r->t.sampling.depth;
	life_add(&c->r->life, &r->t.life);
	outcomes_merge(c->out, r->out);
	for (i = 0; i < c->nfailures; i++)
		c->failures[i].count += r->t.count[i];
	for (i = 0; i < r->t.nstubs; i++)
		verdict_stub_add(r->stub[i], r->stub_count[i]);
	campaign_progress(c);
}

static void keep(struct crew *w, struct report *r)
{
	struct report **p = &w->reports;

	while (*p && (*p)->t.unit < r->t.unit)
		p = &(*p)->next;
	r->next = *p;
	*p = r;
}

static void listen(struct crew *w)
{
	unsigned int i;

	for (i = 0; i < w->hired; i++) {
		w->poll[i].fd = w->w[i].fd;
		w->poll[i].events = POLLIN;
	}
	if (poll(w->poll, w->hired, -1) <= 0)
		return;
	for (i = 0; i < w->hired; i++) {
		struct report *r;

		if (w->w[i].fd < 0 || !w->poll[i].revents)
			continue;
		r = hear(w, w->w[i].fd);
		if (r) {
			keep(w, r);
			continue;
		}
		close(w->w[i].fd);
		w->w[i].fd = -1;
		w->alive--;
	}
}

/* Seconds are over, and what was done meanwhile counts, in any order. */
static void last_words(struct crew *w)
{
	struct report *r;

	while (w->alive && !run_interrupted)
		listen(w);
	for (r = w->reports; r; r = r->next)
		if (as_told(w, r))
			put_in(w, r);
}

static void fire_all(struct crew *w)
{
	struct report *r;

	fire(w);
	while ((r = w->reports)) {
		w->reports = r->next;
		forget(r);
	}
	w->hired = w->alive = 0;
}

static void do_here(struct crew *w)
{
	unsigned long known = knowledge(w->c);

	w->c->unit_base = w->c->executed;
	w->st->unit(w->c, w->st, w->next++);
	if (knowledge(w->c) == known || campaign_done(w->c))
		return;
	fire_all(w);
	hire(w);
}

static void put_together(struct crew *w)
{
	while (w->next < w->st->units && !campaign_done(w->c)) {
		struct report *r = w->reports;

		if (r && r->t.unit == w->next) {
			bool ok = as_told(w, r);

			w->reports = r->next;
			if (ok) {
				put_in(w, r);
				w->next++;
			}
			forget(r);
			if (!ok)
				do_here(w);
		} else if (w->alive) {
			listen(w);
		} else {	/* whoever took it has died */
			do_here(w);
		}
	}
}

void crew_run(struct campaign *c, struct stage *st, unsigned int from)
{
	struct crew w = { .c = c, .st = st, .next = from, .n = c->cl->jobs };

	w.w = calloc(w.n, sizeof(*w.w));
	w.poll = calloc(w.n, sizeof(*w.poll));
	w.counter = mmap(NULL, sizeof(*w.counter), PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!w.w || !w.poll || w.counter == MAP_FAILED)
		abort();
	hire(&w);
	put_together(&w);
	if (c->late)
		last_words(&w);
	fire_all(&w);
	st->complete &= w.next == st->units;
	munmap(w.counter, sizeof(*w.counter));
	free(w.poll);
	free(w.w);
}
