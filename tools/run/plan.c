// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is searched, in which order.
 *
 * The default plan: DFS with 0 and 1 preemptions, then a partial-order
 * reduction, which covers any number of them where it comes to an end; where
 * it does not, DFS with 2, then samplers alone for what is left of the budget.
 * A mixture of samplers runs beside all of it, so that neither what one of
 * them finds at once nor what another does has to wait.
 *
 * A stage is cut into units that know nothing of each other. So it makes no
 * difference how many processors do them.
 */
#include <string.h>

#include "campaign.h"
#include "search/footprint.h"

#define DEFAULT_BOUND	2
#define REDUCED		100000UL	/* schedules of the reduction; more when it is asked for */
#define CHECKED		2000UL	/* sampled behind it */
#define DFS_UNITS	64	/* of bound 2 and above; smaller ones are not worth it */
#define MIX_UNITS	4	/* of these: sampled beside as often as searched */
#define MIX_EVERY	8	/* later */
#define BLOCK		2048	/* schedules of a unit of sampling */
#define ENDLESS		1000000000U
#define PARALLEL_FROM	4096	/* schedules: before that, processes do not pay */

/* Each unit draws from numbers of its own. */
static uint64_t numbers(const struct stage *st, unsigned int unit)
{
	return (uint64_t)st->number << 40 | (uint64_t)unit << 20;
}

static struct search *sampler(const struct campaign *c, enum cmd_strategy strategy,
			      uint64_t from)
{
	unsigned int depth = (unsigned int)c->cl->depth;
	uint64_t seed = c->cl->seed;

	switch (strategy) {
	case CMD_STRATEGY_PCT:
		return search_pct(depth, seed, from, NULL);
	case CMD_STRATEGY_POS:
		return search_pos(seed, from);
	case CMD_STRATEGY_SURW:
		return search_surw(seed, from, NULL);
	case CMD_STRATEGY_RANDOM:
		return search_random(seed, from);
	default:
		return search_mix(depth, seed, from, c->seen);
	}
}

/* What PCT promises, it promises for these. */
static void sampled(struct campaign *c, const struct search *s)
{
	struct run_sampling *r = &c->r->sampling;

	if (!s || !s->drawn)
		return;
	r->schedules += s->drawn;
	r->depth = s->depth;
	if (s->sampled > r->tasks)
		r->tasks = s->sampled;
}

static void sample_unit(struct campaign *c, struct stage *st, unsigned int i)
{
	struct search *s = sampler(c, c->cl->strategy, numbers(st, i));

	campaign_explore(c, s, BLOCK, NULL, 0);
	sampled(c, s);
	search_free(s);
	st->complete = false;
}

static void dfs_unit(struct campaign *c, struct stage *st, unsigned int i)
{
	size_t n = st->subtrees;
	struct search *mix = st->mix ? st->mix : !st->mixed ? NULL :
		sampler(c, CMD_STRATEGY_DEFAULT, numbers(st, i));
	struct search *s = search_dfs_part(st->whole, i * n / st->units,
					   (i + 1) * n / st->units);

	campaign_explore(c, s, 0, mix, i < MIX_UNITS ? 1 : MIX_EVERY);
	st->complete &= s->complete;
	st->bounded |= s->bounded;
	search_free(s);
	if (!st->mix) {
		sampled(c, mix);
		search_free(mix);
	}
}

/* Threads do not survive a fork(), and coverage would count twice. */
static bool may_share(const struct campaign *c)
{
	return c->cl->jobs > 1 && c->cl->verb == CMD_RUN &&
		(c->cl->engine == CMD_ENGINE_FIBERS || c->cl->engine == CMD_ENGINE_UCONTEXT);
}

static void do_units(struct campaign *c, struct stage *st)
{
	unsigned int i;

	c->strategy = st->strategy;
	for (i = 0; i < st->units && !campaign_done(c); i++) {
		if (may_share(c) && c->executed >= PARALLEL_FROM && st->units - i > 1) {
			crew_run(c, st, i);
			return;
		}
		c->unit_base = c->executed;
		st->unit(c, st, i);
	}
	st->complete &= i == st->units;
}

static void sample(struct campaign *c, const char *name, unsigned int number)
{
	struct stage st = {
		.strategy = name, .units = ENDLESS, .unit = sample_unit, .number = number,
	};

	do_units(c, &st);
}

/* One bound. Returns true when every schedule there is was executed. */
static bool dfs(struct campaign *c, struct search *whole, int bound, struct search *mix)
{
	struct stage st = {
		.strategy = mix ? "dfs+mix" : "dfs", .units = bound < 2 ? 1 : DFS_UNITS, .unit = dfs_unit,
		.number = (unsigned int)bound + 2, .complete = true, .whole = whole,
		.mix = bound < 2 ? mix : NULL, .mixed = mix,
	};

	st.subtrees = search_dfs_subtrees(whole, bound);
	st.bounded = whole->bounded;
	if (st.subtrees)
		do_units(c, &st);
	if (st.complete)
		c->r->complete_bound = bound;
	c->r->exhaustive = st.complete && !st.bounded;
	return c->r->exhaustive;
}

/*
 * Every trace once. What anything else has seen or sees afterwards must be
 * seen by the reduction too: if not, steps that depend on each other were
 * taken for independent ones.
 */
static bool reduce(struct campaign *c, struct search *mix, unsigned long max)
{
	struct search *s = search_dpor();

	c->strategy = mix ? "dpor+mix" : "dpor";
	campaign_explore(c, s, max, mix, 1);
	c->r->share = s->share(s);
	c->r->exhaustive = s->complete;
	search_free(s);
	if (!c->r->exhaustive && !campaign_done(c)) {
		s = search_reversal();
		campaign_explore(c, s, 0, NULL, 0);
		search_free(s);
	}
	if (!c->r->exhaustive || campaign_done(c))
		return c->r->exhaustive;
	s = sampler(c, CMD_STRATEGY_DEFAULT, 2ULL << 40);
	campaign_explore(c, s, CHECKED, NULL, 0);
	search_free(s);
	if (!c->nfailures && !c->error && !outcomes_all_reduced(c->out))
		c->error = strdup("an outcome is there that the partial-order reduction has not seen: a bug of vfiosim");
	return true;
}

static bool may_reduce(const struct campaign *c)
{
	return !kshim_hot.parallel && kshim_hot.points_mem &&
		c->cl->reset == CMD_RESET_SNAPSHOT;
}

static bool bounds(struct campaign *c, struct search *mix)
{
	int b, max = c->cl->bound >= 0 ? c->cl->bound : DEFAULT_BOUND;
	struct search *whole = search_dfs(0, c->seen);
	bool all = false;

	c->strategy = mix ? "dfs+mix" : "dfs";
	campaign_explore(c, whole, 1, mix, 1);
	/* What a sampler finds at once must not wait; DFS is late by one for that. */
	if (mix)
		campaign_explore(c, mix, 1, NULL, 0);
	for (b = 0; b <= max && !all && !campaign_done(c); b++) {
		all = dfs(c, whole, b, mix);
		/* Mostly quicker than two preemptions, and it covers any number. */
		if (b == 1 && !all && mix && c->cl->bound < 0 && may_reduce(c) && !campaign_done(c))
			all = reduce(c, mix, REDUCED);
	}
	search_free(whole);
	sampled(c, mix);
	search_free(mix);
	return all;
}

void plan_run(struct campaign *c)
{
	c->seen = footprint_new();
	switch (c->cl->strategy) {
	case CMD_STRATEGY_DFS:
		bounds(c, NULL);
		break;
	case CMD_STRATEGY_DPOR:
		if (may_reduce(c))
			reduce(c, NULL, 0);
		else
			c->error = strdup("dpor needs points at memory accesses, an engine that explores, and --reset=snapshot");
		break;
	case CMD_STRATEGY_PCT:
		sample(c, "pct", 0);
		break;
	case CMD_STRATEGY_POS:
		sample(c, "pos", 0);
		break;
	case CMD_STRATEGY_SURW:
		sample(c, "surw", 0);
		break;
	case CMD_STRATEGY_RANDOM:
		sample(c, "random", 0);
		break;
	default:
		/*
		 * Threads that run freely ask nobody. The samplers begin with the numbers that
		 * each of them has when it is alone: what its first schedules find, the plan finds.
		 */
		if (!kshim_hot.parallel &&
		    (bounds(c, sampler(c, CMD_STRATEGY_DEFAULT, 0)) || campaign_done(c)))
			break;
		sample(c, "mix", 1);
		break;
	}
	c->r->sampling.points = c->r->npoints;
	footprint_free(c->seen);
	c->seen = NULL;
}
