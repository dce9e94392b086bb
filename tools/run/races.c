// SPDX-License-Identifier: GPL-2.0-only
/*
 * Data races: which schedules are watched, which pairs of places are news,
 * and what becomes of them.
 *
 * The kernel lives with many plain accesses that race, so a race is listed
 * and fails nothing unless --races=fail says so. Listing watches the first
 * schedules and then a sample: what races does so in most schedules. A pair
 * is told once, by source line, whichever of the two came first.
 */
#include <fnmatch.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "kshim/locks.h"
#include "codeplace.h"
#include "machine.h"
#include "races.h"
#include "report/symbol.h"
#include "run.h"

#define WATCH_FIRST	2000UL
#define WATCH_EVERY	16UL
#define MAX_PAIRS	512
#define MAX_PATTERNS	256

struct kshim_race races_last;

static enum cmd_races mode;
static struct run_race pairs[MAX_PAIRS];
static unsigned int npairs;
static char *patterns[MAX_PATTERNS];
static unsigned int npatterns;
static char focus[512];
static unsigned long executed;

static bool side_matches(const char *pattern, const struct codeplace *p)
{
	const char *base = strrchr(p->where, '/');

	return !fnmatch(pattern, p->func, 0) || !fnmatch(pattern, p->where, 0) ||
	       (base && !fnmatch(pattern, base + 1, 0));
}

static bool suppressed(const struct codeplace *a, const struct codeplace *b)
{
	unsigned int i;

	for (i = 0; i < npatterns; i++) {
		char *slash = strstr(patterns[i], " / ");
		bool hit;

		if (!slash) {
			hit = side_matches(patterns[i], a) || side_matches(patterns[i], b);
		} else {
			*slash = 0;
			hit = (side_matches(patterns[i], a) && side_matches(slash + 3, b)) ||
			      (side_matches(patterns[i], b) && side_matches(slash + 3, a));
			*slash = ' ';
		}
		if (hit)
			return true;
	}
	return false;
}

static const char *what(const struct kshim_race_side *s)
{
	return s->write ? s->marked ? "write (marked)" : "write" :
		s->marked ? "read (marked)" : "read";
}

/* Return: false when it is known. */
static bool pair_add(const struct codeplace *a, const struct kshim_race_side *sa,
		     const struct codeplace *b, const struct kshim_race_side *sb)
{
	char ta[224], tb[224], token[4096];
	const char *var = sym_name_data(sa->addr);
	struct run_race *r;
	unsigned int i;

	snprintf(ta, sizeof(ta), "%s in %s (%s)", what(sa), a->func, a->where);
	snprintf(tb, sizeof(tb), "%s in %s (%s)", what(sb), b->func, b->where);
	for (i = 0; i < npairs; i++)
		if (!strcmp(pairs[i].a, ta) && !strcmp(pairs[i].b, tb))
			return false;
	if (npairs == MAX_PAIRS)
		return false;
	token_format(token, sizeof(token), run_name(machine_scn), run_kversion,
		     kshim_hot.points_mem, &kshim_environment, &search_devs);
	r = &pairs[npairs++];
	r->a = strdup(ta);
	r->b = strdup(tb);
	r->object = var ? strdup(var) : NULL;
	r->token = strdup(token);
	r->schedules_to_first = executed + 1;
	return true;
}

static const char *judge(const struct kshim_race *r)
{
	static char text[512];
	const struct kshim_race_side *sa = &r->now, *sb = &r->before, *swap;
	struct codeplace now, before, *a = &now, *b = &before, *p;
	bool news;

	codeplace(&now, r->now.pc);
	codeplace(&before, r->before.pc);
	if (suppressed(&now, &before))
		return NULL;
	if (strcmp(a->where, b->where) > 0) {
		p = a, a = b, b = p;
		swap = sa, sa = sb, sb = swap;
	}
	news = pair_add(a, sa, b, sb);
	races_last = *r;
	races_functions(r, text, sizeof(text));
	if (focus[0])
		return strcmp(focus, text) ? NULL : text;
	return news && mode == CMD_RACES_FAIL ? text : NULL;
}

static void *judge_thread(void *r)
{
	return (void *)judge(r);
}

/* Reading debug information takes more stack than a fiber has. */
static const char *on_race(const struct kshim_race *r)
{
	pthread_t t;
	void *text;

	if (pthread_create(&t, NULL, judge_thread, (void *)r))
		return NULL;
	pthread_join(t, &text);
	return text;
}

void races_functions(const struct kshim_race *r, char *buf, size_t len)
{
	unsigned int n;
	const struct sym_frame *f = sym_lookup_ret(r->now.pc, &n);
	const char *now = f[n - 1].func, *before;

	f = sym_lookup_ret(r->before.pc, &n);
	before = f[n - 1].func;
	if (strcmp(before, now) < 0)
		snprintf(buf, len, "KCSAN: data-race in %s / %s", before, now);
	else
		snprintf(buf, len, "KCSAN: data-race in %s / %s", now, before);
}

static bool read_patterns(const char *file)
{
	char line[512], *end;
	FILE *f = fopen(file, "r");

	if (!f) {
		perror(file);
		return false;
	}
	while (fgets(line, sizeof(line), f)) {
		char *s = line + strspn(line, " \t");

		end = strchr(s, '#');
		if (!end)
			end = s + strlen(s);
		while (end > s && strchr(" \t\r\n", end[-1]))
			end--;
		*end = 0;
		if (!*s)
			continue;
		if (npatterns == MAX_PATTERNS) {
			fprintf(stderr, "%s: more than %d lines\n", file, MAX_PATTERNS);
			break;
		}
		patterns[npatterns++] = strdup(s);
	}
	fclose(f);
	return true;
}

bool races_init(const struct cmdline *cl)
{
	mode = cl->races;
	kshim_sink.race = on_race;
	kshim_sink.held = kshim_held_refs;
	return !cl->race_suppressions || read_patterns(cl->race_suppressions);
}

static void watch(bool on)
{
	if (on && !kshim_hot.parallel)
		kshim_hot.hooks |= KSHIM_HOOK_RACE;
	else
		kshim_hot.hooks &= (unsigned char)~KSHIM_HOOK_RACE;
}

unsigned int races_count(void)
{
	return npairs;
}

void races_watch(unsigned long n, unsigned long in_unit)
{
	executed = n;
	watch(mode == CMD_RACES_FAIL ||
	      (mode == CMD_RACES_LIST && (n < WATCH_FIRST || !(in_unit % WATCH_EVERY))));
}

void races_replay(const struct verdict *v)
{
	bool race = v && !strcmp(v->oracle->name, "data-race");

	focus[0] = 0;
	if (race)
		snprintf(focus, sizeof(focus), "%s", v->text);
	kshim_race_forget();
	watch(race || (!v && mode != CMD_RACES_OFF));
}

void races_replayed(void)
{
	focus[0] = 0;
	watch(false);
}

void races_result(struct run_result *r)
{
	r->races = pairs;
	r->nraces = npairs;
}
