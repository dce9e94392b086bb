// SPDX-License-Identifier: GPL-2.0-only
/*
 * The graph of lock orders. An edge A -> B says that B was taken with A held,
 * by an exclusive or a shared holder and an acquirer that does or does not
 * pass waiting writers. A cycle is a deadlock only when each of its locks can
 * really keep the next one's owner waiting: a recursive reader is not kept
 * waiting by a reader. So a path remembers whether it came in by recursive
 * readers only, and then goes on through exclusive holders only.
 *
 * Callers serialise: one task at a time on the explore engine, a raw lock
 * around it on the parallel one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lockgraph.h"

#define HASH_SIZE	4096

/* Bits of an edge's kinds: S or E, how the first is held; R or N, the second. */
#define KIND(excl, nonrec)	(1u << ((excl) | (nonrec) << 1))
#define KINDS_SHARED		(KIND(0, 0) | KIND(0, 1))
#define KINDS_NONREC		(KIND(0, 1) | KIND(1, 1))

struct edge {
	struct edge *next;		/* of the same first class */
	unsigned short to;
	unsigned char kinds;
	unsigned int n;
	const void *pcs[KSHIM_LOCK_STACK];
};

struct key {
	const void *key;
	char *name;
	unsigned short number;
	unsigned short version;		/* of those with the same name */
	unsigned char wait;
};

struct kshim_lock_report kshim_lock_report;
struct kshim_lock_past kshim_lock_past[KSHIM_MAX_TASKS];
unsigned long kshim_lock_chains[KSHIM_LOCK_CHAINS];
unsigned long kshim_lock_news;

static struct key keys[KSHIM_LOCK_KEYS];
static unsigned int nr_keys = 2;	/* 0: none, 1: KSHIM_LOCK_NOCHECK */
static unsigned short by_key[HASH_SIZE];
static struct edge *edges[KSHIM_LOCK_CLASSES];
static unsigned char usage[KSHIM_LOCK_CLASSES];

/* A state of the breadth-first search: class, came in by recursive readers only. */
#define STATE(class, xr)	((class) << 1 | (unsigned int)(xr))
static struct {
	unsigned int round;
	unsigned short parent;
	const struct edge *by;
} state[KSHIM_LOCK_CLASSES * 2];
static unsigned short queue[KSHIM_LOCK_CLASSES * 2];
static unsigned int round_now;

static unsigned int hash_of(const void *key, const char *name)
{
	unsigned long h = kshim_lock_mix(1, (unsigned int)(unsigned long)key);

	for (; name && *name; name++)
		h = kshim_lock_mix(h, (unsigned char)*name);
	return (unsigned int)(h >> 40) % HASH_SIZE;
}

static unsigned int class_of(const void *key, const char *name, unsigned int wait,
			     const char *ident)
{
	unsigned int h = hash_of(key, ident), i;
	struct key *k;

	for (; by_key[h]; h = (h + 1) % HASH_SIZE) {
		k = &keys[by_key[h]];
		if (k->key == key && (!ident || !strcmp(k->name, ident)))
			return by_key[h] * KSHIM_LOCK_SUBCLASSES;
	}
	if (nr_keys == KSHIM_LOCK_KEYS)
		return KSHIM_LOCK_NOCHECK;
	k = &keys[nr_keys];
	k->key = key;
	k->name = strdup(name ? name : "?");
	if (!k->name)
		abort();
	k->wait = (unsigned char)wait;
	k->version = 1;
	for (i = 2; i < nr_keys; i++)
		if (!strcmp(keys[i].name, k->name) && keys[i].version >= k->version)
			k->version = keys[i].version + 1;
	by_key[h] = (unsigned short)nr_keys;
	kshim_lock_news++;
	return nr_keys++ * KSHIM_LOCK_SUBCLASSES;
}

unsigned int kshim_lock_class(const void *key, const char *name, unsigned int wait)
{
	return class_of(key, name, wait, NULL);
}

unsigned int kshim_lock_class_named(const void *key, const char *name, unsigned int wait)
{
	return class_of(key, name, wait, name);
}

char *kshim_lock_name(unsigned int class, char *buf, unsigned int size)
{
	const struct key *k = &keys[class / KSHIM_LOCK_SUBCLASSES];
	unsigned int sub = class % KSHIM_LOCK_SUBCLASSES, n;

	n = (unsigned int)snprintf(buf, size, "%s", k->name ? k->name : "&dev->mutex");
	if (n < size && k->version > 1)
		n += (unsigned int)snprintf(buf + n, size - n, "#%u", k->version);
	if (n < size && sub && k->name)
		snprintf(buf + n, size - n, "/%u", sub);
	return buf;
}

unsigned int kshim_lock_wait_type(unsigned int class)
{
	return class / KSHIM_LOCK_SUBCLASSES == 1 ? KSHIM_LOCK_SLEEP :
		keys[class / KSHIM_LOCK_SUBCLASSES].wait;
}

void kshim_lock_used(unsigned int class, unsigned int mode)
{
	unsigned char bit = mode & KSHIM_LOCK_READ ? 2 : 1;

	kshim_lock_news += !(usage[class] & bit);
	usage[class] |= bit;
}

unsigned int kshim_lock_usage(unsigned int class)
{
	return usage[class];
}

static unsigned int kind_of(const struct kshim_lock_ref *prev,
			    const struct kshim_lock_ref *next)
{
	return KIND(!(prev->mode & KSHIM_LOCK_READ), !(next->mode & KSHIM_LOCK_RECURSIVE));
}

static struct edge *find_edge(unsigned int from, unsigned int to)
{
	struct edge *e;

	for (e = edges[from]; e && e->to != to; e = e->next)
		;
	return e;
}

/* Return: the state in which @prev is reached from @next, 0: it is not. */
static unsigned int search(const struct kshim_lock_ref *next, const struct kshim_lock_ref *prev)
{
	unsigned int s = STATE(next->class, !!(next->mode & KSHIM_LOCK_RECURSIVE));
	unsigned int head = 0, tail = 0;

	round_now++;
	state[s].round = round_now;
	state[s].parent = 0;
	state[s].by = NULL;
	queue[tail++] = (unsigned short)s;
	while (head < tail) {
		const struct edge *e;

		s = queue[head++];
		if (s >> 1 == prev->class && (!(prev->mode & KSHIM_LOCK_READ) || !(s & 1)))
			return s;
		for (e = edges[s >> 1]; e; e = e->next) {
			unsigned int kinds = e->kinds, to;

			if (s & 1)
				kinds &= ~KINDS_SHARED;
			if (!kinds)
				continue;
			to = STATE(e->to, !(kinds & KINDS_NONREC));
			if (state[to].round == round_now)
				continue;
			state[to].round = round_now;
			state[to].parent = (unsigned short)s;
			state[to].by = e;
			queue[tail++] = (unsigned short)to;
		}
	}
	return 0;
}

static void fill_steps(struct kshim_lock_report *r, unsigned int s)
{
	unsigned int n = 0, i, at;

	for (at = s; state[at].by; at = state[at].parent)
		n++;
	r->nsteps = n < KSHIM_LOCK_STEPS ? n : KSHIM_LOCK_STEPS;
	for (i = n, at = s; state[at].by; at = state[at].parent) {
		if (--i >= KSHIM_LOCK_STEPS)
			continue;
		r->steps[i].class = (unsigned short)(at >> 1);
		r->steps[i].pcs = state[at].by->pcs;
		r->steps[i].n = state[at].by->n;
	}
}

int kshim_lock_order(const struct kshim_lock_ref *prev, const struct kshim_lock_ref *next,
		     struct kshim_lock_report *r)
{
	struct edge *e = find_edge(prev->class, next->class);
	unsigned int kind = kind_of(prev, next), s;

	if (e && e->kinds & kind)
		return 0;
	s = search(next, prev);
	if (s) {
		fill_steps(r, s);
		return 1;
	}
	if (!e) {
		e = calloc(1, sizeof(*e));
		if (!e)
			abort();
		e->to = next->class;
		e->next = edges[prev->class];
		edges[prev->class] = e;
		e->n = kshim_stack(e->pcs, KSHIM_LOCK_STACK);
	}
	e->kinds |= (unsigned char)kind;
	kshim_lock_news++;
	return 0;
}

void kshim_lock_orders(void (*tell)(void *ctx, unsigned int prev, unsigned int next), void *ctx)
{
	const struct edge *e;
	unsigned int class;

	for (class = 0; class < nr_keys * KSHIM_LOCK_SUBCLASSES; class++)
		for (e = edges[class]; e; e = e->next)
			tell(ctx, class, e->to);
}

void kshim_lock_chain_known(unsigned long hash)
{
	unsigned int i = kshim_lock_slot(hash);

	if (kshim_lock_chains[i])
		kshim_lock_chains[i ^ 1] = kshim_lock_chains[i];
	kshim_lock_chains[i] = hash;
}
