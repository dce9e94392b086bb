// SPDX-License-Identifier: GPL-2.0-only
/*
 * The parallel engine: tasks are threads that really run at once. Points do
 * nothing; park and unpark sit on one condition variable per task; virtual
 * time moves when every thread is parked. It is the cross-check of the
 * explore engine and the stress mode: nothing here is reproducible.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>
#include <unistd.h>

#include "task.h"

#define NR_OBJ_LOCKS	1024

struct par_thread {
	pthread_t thread;
	pthread_cond_t cond;
	struct etask *task;
	sigjmp_buf out;
	int woken, joined;
};

static pthread_mutex_t big = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_done = PTHREAD_COND_INITIALIZER;
static pthread_mutex_t obj_locks[NR_OBJ_LOCKS];
static unsigned long long par_time, par_idle_since, par_progress;
static unsigned int nr_running, nr_alive;
static int stopping, go;
static enum kshim_end par_end;
static __thread struct par_thread *me;	/* host state, never the guest's */

extern struct kshim_oracle kshim_oracle_deadlock, kshim_oracle_hang;

int kshim_parallel_init(void)
{
	unsigned int i;

	for (i = 0; i < NR_OBJ_LOCKS; i++)
		pthread_mutex_init(&obj_locks[i], NULL);
	kshim_hot.parallel = 1;
	return 0;
}

static pthread_mutex_t *obj_lock(const void *obj)
{
	unsigned long h = (unsigned long)obj >> 3;

	return &obj_locks[(h ^ h >> 10) % NR_OBJ_LOCKS];
}

void kshim_obj_lock_slow(const void *obj)
{
	pthread_mutex_lock(obj_lock(obj));
}

void kshim_obj_unlock_slow(const void *obj)
{
	pthread_mutex_unlock(obj_lock(obj));
}

unsigned long long par_now(void)
{
	return __atomic_load_n(&par_time, __ATOMIC_RELAXED);
}

struct kshim_task *par_self(void)
{
	return me ? &me->task->t : NULL;
}

/* Wakes everybody so that they leave; big is held. */
static void stop_all(void)
{
	unsigned int i;

	stopping = 1;
	for (i = 0; i < kshim_ntasks; i++) {
		struct par_thread *p = kshim_tasks[i].backend;

		if (p)
			pthread_cond_broadcast(&p->cond);
	}
	pthread_cond_broadcast(&all_done);
}

void par_stop(void)
{
	pthread_mutex_lock(&big);
	par_end = KSHIM_END_REPORT;
	stop_all();
	pthread_mutex_unlock(&big);
	siglongjmp(me->out, 1);
}

/* Everybody is parked: move time, or find out that nobody can go on. */
static void par_quiet(void)
{
	unsigned long long next = KSHIM_FOREVER;
	unsigned int i;
	int script = 0;

	for (i = 0; i < kshim_ntasks; i++) {
		const struct etask *t = &kshim_tasks[i];

		if (t->state == TASK_PARKED && t->deadline < next)
			next = t->deadline;
		if (t->state == TASK_PARKED && t->deadline != KSHIM_FOREVER &&
		    t->t.flags & KSHIM_TASK_SCRIPT)
			script = 1;
	}
	if (!nr_alive && (next == KSHIM_FOREVER ||
			  next > par_idle_since + 10 * 1000000000ULL)) {
		stop_all();
		return;
	}
	if (next == KSHIM_FOREVER ||
	    (!script && nr_alive && next > par_progress + 120 * 1000000000ULL)) {
		par_end = KSHIM_END_REPORT;
		if (kshim_sink.report)
			kshim_sink.report(next == KSHIM_FOREVER ? &kshim_oracle_deadlock :
					  &kshim_oracle_hang, 1,
					  "no task can go on");
		stop_all();
		return;
	}
	if (script)
		par_progress = next;
	__atomic_store_n(&par_time, next, __ATOMIC_RELAXED);
	for (i = 0; i < kshim_ntasks; i++) {
		struct etask *t = &kshim_tasks[i];
		struct par_thread *p = t->backend;

		if (t->state == TASK_PARKED && t->deadline <= next) {
			t->expired = 1;
			p->woken = 1;
			t->state = TASK_RUNNABLE;
			nr_running++;
			pthread_cond_signal(&p->cond);
		}
	}
}

int par_park(unsigned long long deadline)
{
	struct etask *t = me->task;

	pthread_mutex_lock(&big);
	if (t->permit || stopping) {
		t->permit = 0;
		pthread_mutex_unlock(&big);
		if (stopping)
			siglongjmp(me->out, 1);
		return 0;
	}
	if (deadline <= par_time) {
		pthread_mutex_unlock(&big);
		return -1;
	}
	t->state = TASK_PARKED;
	t->deadline = deadline;
	t->expired = 0;
	me->woken = 0;
	if (!--nr_running)
		par_quiet();
	while (!me->woken && !stopping)
		pthread_cond_wait(&me->cond, &big);
	pthread_mutex_unlock(&big);
	if (stopping)
		siglongjmp(me->out, 1);
	return t->expired ? -1 : 0;
}

void par_unpark(struct etask *t)
{
	struct par_thread *p = t->backend;

	pthread_mutex_lock(&big);
	if (t->state == TASK_PARKED) {
		t->state = TASK_RUNNABLE;
		nr_running++;
		p->woken = 1;
		pthread_cond_signal(&p->cond);
	} else if (t->state == TASK_RUNNABLE) {
		t->permit = 1;
	}
	pthread_mutex_unlock(&big);
}

static void *par_thread(void *arg)
{
	struct par_thread *p = arg;
	struct etask *t = p->task;

	me = p;
	kshim_altstack_here();
	pthread_mutex_lock(&big);
	while (!go && !stopping)
		pthread_cond_wait(&p->cond, &big);
	pthread_mutex_unlock(&big);
	if (!stopping && !sigsetjmp(p->out, 1))
		t->fn(t->arg);
	pthread_mutex_lock(&big);
	t->state = TASK_DONE;
	par_progress = par_time;
	if (!(t->t.flags & KSHIM_TASK_DAEMON) && !--nr_alive)
		par_idle_since = par_time;
	if (!stopping && !--nr_running)
		par_quiet();
	pthread_mutex_unlock(&big);
	return NULL;
}

struct kshim_task *par_task_create(struct etask *t)
{
	struct par_thread *p = calloc(1, sizeof(*p));

	if (!p)
		abort();
	p->task = t;
	pthread_cond_init(&p->cond, NULL);
	t->backend = p;
	pthread_mutex_lock(&big);
	t->state = TASK_RUNNABLE;
	nr_running++;
	if (!(t->t.flags & KSHIM_TASK_DAEMON))
		nr_alive++;
	pthread_mutex_unlock(&big);
	if (pthread_create(&p->thread, NULL, par_thread, p))
		abort();
	return &t->t;
}

enum kshim_end par_run(void)
{
	unsigned int i;

	pthread_mutex_lock(&big);
	go = 1;
	par_end = KSHIM_END_OK;
	for (i = 0; i < kshim_ntasks; i++)
		pthread_cond_broadcast(&((struct par_thread *)kshim_tasks[i].backend)->cond);
	while (!stopping && kshim_ntasks)
		pthread_cond_wait(&all_done, &big);
	pthread_mutex_unlock(&big);
	for (i = 0; i < kshim_ntasks; i++) {
		struct par_thread *p = kshim_tasks[i].backend;

		pthread_join(p->thread, NULL);
		pthread_cond_destroy(&p->cond);
		free(p);
		kshim_tasks[i].backend = NULL;
	}
	stopping = 0;
	go = 0;
	nr_running = nr_alive = 0;
	par_time = par_idle_since = par_progress = 0;
	kshim_ntasks = 0;
	return par_end;
}
