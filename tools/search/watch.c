// SPDX-License-Identifier: GPL-2.0-only
/*
 * A replay that is asked about every contended point and writes down what it
 * is about. It costs a stack walk for each: for executions that are explained
 * or named, not for those that are searched.
 */
#include <stdlib.h>
#include <string.h>

#include "watch.h"

struct watch {
	struct search s;
	const struct devlog *devs;
	struct watch_log *log;
	size_t at;
	bool ran;
};

static void watch_begin(struct kshim_policy *p)
{
	struct watch *w = (struct watch *)p;

	w->at = 0;
	w->log->n = 0;
	memset(w->log->task, 0, sizeof(w->log->task));
	search_devs.n = 0;
	kshim_hot.next_decide = 0;
}

static void note(struct watch_log *l, const struct kshim_choice *c, unsigned int chosen)
{
	struct watch_point *p;
	unsigned long r;
	unsigned int n;

	if (l->n == l->room) {
		l->room = l->room ? 2 * l->room : 256;
		l->p = realloc(l->p, l->room * sizeof(*l->p));
		if (!l->p)
			abort();
	}
	p = &l->p[l->n++];
	p->n = c->n;
	p->runnable = c->runnable;
	p->obj = c->obj;
	p->cur = (unsigned char)c->cur;
	p->chosen = (unsigned char)chosen;
	p->op = (unsigned char)c->op;
	p->stays = c->can_stay && !c->yield;
	p->pc[0] = c->pc;
	n = 1 + kshim_stack(p->pc + 1, WATCH_STACK - 1);
	if (n < WATCH_STACK)
		p->pc[n] = NULL;
	for (r = c->runnable | 1UL << c->cur; r; r &= r - 1) {
		unsigned int id = (unsigned int)__builtin_ctzl(r);

		if (!l->task[id][0])
			memcpy(l->task[id], kshim_task_get(id)->name, sizeof(l->task[id]));
	}
}

static unsigned int watch_choose(struct kshim_policy *p, const struct kshim_choice *c)
{
	struct watch *w = (struct watch *)p;
	unsigned int id = search_default(c);

	while (w->at < w->devs->n && w->devs->d[w->at].n < c->n)
		w->at++;
	if (w->at < w->devs->n && w->devs->d[w->at].n == c->n) {
		unsigned int want = w->devs->d[w->at++].task;

		if (c->runnable & 1UL << want)
			id = want;
		else
			w->s.error = true;
	}
	note(w->log, c, id);
	kshim_hot.next_decide = 0;
	return search_take(c, id);
}

static bool watch_next(struct search *s)
{
	struct watch *w = (struct watch *)s;
	bool first = !w->ran;

	w->ran = true;
	return first;
}

static void watch_done(struct search *s, unsigned long points, unsigned int preemptions)
{
	(void)s;
	(void)points;
	(void)preemptions;
}

static void search_drop(struct search *s)
{
	free(s);
}

struct search *search_watch(const struct devlog *devs, struct watch_log *log)
{
	struct watch *w = calloc(1, sizeof(*w));

	if (!w)
		abort();
	w->s.policy.begin = watch_begin;
	w->s.policy.choose = watch_choose;
	w->s.name = "replay";
	w->s.next = watch_next;
	w->s.done = watch_done;
	w->s.free = search_drop;
	w->s.bound = -1;
	w->devs = devs;
	w->log = log;
	return &w->s;
}

void watch_free(struct watch_log *log)
{
	free(log->p);
	memset(log, 0, sizeof(*log));
}

const struct watch_point *watch_find(const struct watch_log *log, unsigned long n)
{
	size_t i;

	for (i = 0; i < log->n; i++)
		if (log->p[i].n == n)
			return &log->p[i];
	return NULL;
}
