// SPDX-License-Identifier: GPL-2.0-only
/*
 * Checkpoints: an execution is kept as it stands at a decision, and goes on
 * from there as often as one likes.
 *
 * Kept are the guest's memory, the tasks with the used part of their stacks,
 * and everything marked KSHIM_RUN_STATE or named by kshim_checkpoint_range().
 * Everything else is either the same in all executions or allowed to grow.
 *
 * Fibers only, and not while anybody but the race detector looks at operations:
 * a trace and the accesses of a reduction are kept elsewhere. What the race
 * detector knows is kept until it begins another run.
 */
#include <stdlib.h>
#include <string.h>

#include "lockgraph.h"
#include "race.h"
#include "task.h"

#define MAX_EXTRA	64

extern char __start_kshim_run_state[], __stop_kshim_run_state[];

struct kshim_checkpoint {
	char *buf;
	size_t room;
	unsigned int cur;
	unsigned int plain;	/* kshim_hot.plain: who looked, and at what */
	unsigned int era;
	unsigned int race_run;
	unsigned char valid;
};

static struct {
	void *start;
	size_t len;
} extra[MAX_EXTRA];
static unsigned int nextra;
static unsigned int era;	/* of the ranges: what is kept belongs to one */
static struct kshim_checkpoint *taking;

void kshim_checkpoint_range(void *start, unsigned long len)
{
	if (nextra == MAX_EXTRA)
		abort();
	extra[nextra].start = start;
	extra[nextra++].len = len;
}

void kshim_checkpoint_forget(void)
{
	nextra = 0;
	era++;
}

void kshim_move(struct kshim_mover *m, void *p, unsigned long n)
{
	if (m->save)
		memcpy(m->at, p, n);
	else
		memcpy(p, m->at, n);
	m->at += n;
}

static void move_task(struct kshim_mover *m, struct etask *t)
{
	struct kshim_lock_past *past = &kshim_lock_past[t->t.id];
	unsigned long size = sizeof(*t);

	/* As in kshim_task_create(): the library copies this quicker. */
	__asm__("" : "+r" (size));
	kshim_move(m, t, size);
	if (t->state != TASK_DONE)
		kshim_move(m, t->sp, (char *)t->stack + KSHIM_STACK_SIZE - (char *)t->sp);
	kshim_move(m, &past->n, sizeof(past->n));
	kshim_move(m, past->lock, past->n * sizeof(past->lock[0]));
}

static void move_all(struct kshim_checkpoint *c, int save)
{
	struct kshim_mover m = { .at = c->buf, .save = save };
	unsigned long used = kshim_arena_top;
	char *state = __start_kshim_run_state;
	unsigned int i;

	/* Variables with names of their own are in there, which the compiler cannot know. */
	__asm__("" : "+r" (state));
	kshim_move(&m, state, (unsigned long)(__stop_kshim_run_state - __start_kshim_run_state));
	__asm__("" : : : "memory");
	kshim_arena_move(&m, used);
	for (i = 0; i < nextra; i++)
		kshim_move(&m, extra[i].start, extra[i].len);
	for (i = 0; i < kshim_ntasks; i++)
		move_task(&m, &kshim_tasks[i]);
	if (RACE_WATCHED)
		race_move(&m);
}

static void make_room(struct kshim_checkpoint *c)
{
	size_t need = (size_t)(__stop_kshim_run_state - __start_kshim_run_state) +
		kshim_arena_moved() + kshim_ntasks *
		(sizeof(struct etask) + KSHIM_STACK_SIZE + sizeof(struct kshim_lock_past)) +
		(RACE_WATCHED ? race_moved() : 0);
	unsigned int i;

	for (i = 0; i < nextra; i++)
		need += extra[i].len;
	if (need <= c->room)
		return;
	free(c->buf);
	c->room = need + need / 2;
	c->buf = malloc(c->room);
	if (!c->buf)
		abort();
}

/* On the stack that is kept, with its registers already on it. */
static void save(void)
{
	move_all(taking, 1);
}

struct kshim_checkpoint *kshim_checkpoint_new(void)
{
	struct kshim_checkpoint *c = calloc(1, sizeof(*c));

	if (!c)
		abort();
	return c;
}

void kshim_checkpoint_free(struct kshim_checkpoint *c)
{
	if (c)
		free(c->buf);
	free(c);
}

static int possible(void)
{
	return (!kshim_hot.attention || RACE_ONLY) && !kshim_hot.detail && !kshim_hot.parallel;
}

int kshim_checkpoint_usable(const struct kshim_checkpoint *c)
{
	return c && c->valid && c->era == era && c->plain == kshim_hot.plain &&
		(!RACE_WATCHED || c->race_run == race_run()) && possible();
}

int kshim_checkpoint_take(struct kshim_checkpoint *c)
{
	struct etask *t = (struct etask *)kshim_hot.cur;

	if (!kshim_ctx->mark || !possible())
		return -1;
	make_room(c);
	c->cur = t->t.id;
	c->plain = kshim_hot.plain;
	c->era = era;
	c->race_run = race_run();
	c->valid = 1;
	taking = c;
	return kshim_ctx->mark(t, save);
}

enum kshim_end kshim_checkpoint_resume(struct kshim_checkpoint *c)
{
	move_all(c, 0);
	kshim_ctx->swap(NULL, &kshim_tasks[c->cur]);
	if (RACE_WATCHED)
		race_rest();
	return kshim_run_ended();
}
