// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where a schedule leaves a task, told by names: to write it down, and to
 * find it again in another tree, another build or an edited scenario.
 *
 * A place is the innermost function of the code under test, what the task is
 * about to do there and which line it is on; the how-manieth time tells equal
 * ones apart. Symbols are looked up when the execution is over.
 */
#include <stdlib.h>
#include <string.h>

#include "place.h"
#include "record.h"
#include "report/names.h"
#include "report/symbol.h"

#define TOKEN_LEN	65536
#define MAX_NAMES	12	/* with more, a token is no longer for mail */

static bool in_header(const char *file)
{
	size_t n = file ? strlen(file) : 0;

	return n < 2 || !strcmp(file + n - 2, ".h");
}

static const struct sym_frame *frame_of(const void *const *pc)
{
	const struct sym_frame *f;
	unsigned int i, k, n;

	for (i = 0; i < WATCH_STACK && (pc[i] || !i); i++) {
		if (!pc[i] || !trace_told(pc[i]))
			continue;
		f = sym_lookup_ret(pc[i], &n);
		for (k = 0; k < n - 1; k++)
			if (!sym_hidden(&f[k]) && !in_header(f[k].file))
				break;
		return &f[k];
	}
	return NULL;
}

static void name_point(const struct watch_log *log, const struct watch_point *p,
		       struct devname *d)
{
	const struct sym_frame *f = frame_of(p->pc);

	memset(d, 0, sizeof(*d));
	devname_word(d->from, sizeof(d->from), log->task[p->cur]);
	devname_word(d->to, sizeof(d->to), log->task[p->chosen]);
	d->op = p->stays || p->op == KSHIM_YIELD ? devname_op(p->op) : DEVNAME_ENDS;
	if (f) {
		snprintf(d->func, sizeof(d->func), "%.*s", (int)strcspn(f->func, "."), f->func);
		if (f->file && f->line)
			d->line = devname_line(sym_source_line(f->file, f->line));
	}
}

static bool same_place(const struct devname *a, const struct devname *b)
{
	return a->op == b->op && a->line == b->line && !strcmp(a->from, b->from) &&
		!strcmp(a->func, b->func);
}

static void watch(const struct devlog *devs, struct watch_log *log)
{
	struct search *s = search_watch(devs, log);

	world_execute(s);
	search_free(s);
}

static size_t place_hash(const struct devname *d)
{
	size_t h = d->line * 31u + (unsigned char)d->op;
	const char *c;

	for (c = d->from; *c; c++)
		h = h * 31 + (unsigned char)*c;
	for (c = d->func; *c; c++)
		h = h * 31 + (unsigned char)*c;
	return h * 0x9e3779b97f4a7c15UL >> 16;
}

/* All points that a watched execution passes, named. */
static struct devname *name_all(const struct watch_log *log)
{
	struct devname *d = calloc(log->n + 1, sizeof(*d));
	size_t mask = 1023, i, k, *last;	/* 1 + index of the last one at a place */

	while (mask < 2 * log->n)
		mask = 2 * mask + 1;
	last = calloc(mask + 1, sizeof(*last));
	if (!d || !last)
		abort();
	for (i = 0; i < log->n; i++) {
		name_point(log, &log->p[i], &d[i]);
		k = place_hash(&d[i]) & mask;
		while (last[k] && !same_place(&d[i], &d[last[k] - 1]))
			k = (k + 1) & mask;
		d[i].nth = last[k] ? d[last[k] - 1].nth + 1 : 1;
		last[k] = i + 1;
	}
	free(last);
	return d;
}

bool place_names(const struct devlog *devs, struct devname *names)
{
	struct watch_log log = { 0 };
	struct devname *all;
	bool ok = true;
	size_t i;

	watch(devs, &log);
	all = name_all(&log);
	for (i = 0; ok && i < devs->n; i++) {
		const struct watch_point *p = watch_find(&log, devs->d[i].n);

		ok = p && p->chosen == devs->d[i].task;
		if (ok)
			names[i] = all[p - log.p];
	}
	free(all);
	watch_free(&log);
	return ok;
}

static unsigned int identity(const struct scenario *scn)
{
	static const struct scenario *last;
	static unsigned int id;

	if (scn != last || scn->fault)
		id = scn_identity(scn);
	last = scn->fault ? NULL : scn;
	return id;
}

char *place_token(const struct scenario *scn, const struct devlog *devs, bool named)
{
	char *buf = malloc(TOKEN_LEN), *small;
	struct devname names[MAX_NAMES];

	if (!buf)
		abort();
	token_format(buf, TOKEN_LEN, run_name(scn), run_kversion, kshim_hot.points_mem,
		     &kshim_environment, devs);
	named = named && devs->n && devs->n <= MAX_NAMES && place_names(devs, names);
	token_identify(buf, TOKEN_LEN, identity(scn), named ? names : NULL, devs->n);
	small = strdup(buf);
	free(buf);
	return small;
}

/* Who it is that should run instead, if it could there. */
static int target(const struct watch_log *log, const struct watch_point *p, const char *name)
{
	char word[24];
	unsigned long r;

	for (r = p->runnable; r; r &= r - 1) {
		int id = __builtin_ctzl(r);

		devname_word(word, sizeof(word), log->task[id]);
		if (!strcmp(word, name))
			return id;
	}
	return -1;
}

static void say_point(FILE *f, const struct watch_point *p, const struct devname *d)
{
	const struct sym_frame *at = frame_of(p->pc);
	const char *src = at && at->file ? sym_source_line(at->file, at->line) : NULL;

	devname_say(f, d, op_name(p->op));
	if (src)
		fprintf(f, ": %s", src);
}

/*
 * The point nearest to a name, behind point @after; of equally near ones that
 * whose number is nearest to @about. NULL: none is near at all.
 */
static const struct watch_point *nearest(const struct watch_log *log, const struct devname *all,
					 const struct devname *want, unsigned long after,
					 unsigned long about)
{
	const struct watch_point *best = NULL;
	unsigned int best_score = 0;
	unsigned long best_far = 0;
	size_t i;

	for (i = 0; i < log->n; i++) {
		const struct watch_point *p = &log->p[i];
		unsigned int score = p->n > after ? devname_near(want, &all[i]) : 0;
		unsigned long far = p->n > about ? p->n - about : about - p->n;

		if (!score || score < best_score || (score == best_score && far >= best_far) ||
		    target(log, p, want->to) < 0)
			continue;
		best = p;
		best_score = score;
		best_far = far;
	}
	return best;
}

static void say(FILE *f, size_t i, const struct devname *want, const struct watch_log *log,
		const struct devname *all, unsigned long n, const struct watch_point *taken)
{
	const struct watch_point *came = watch_find(log, n);

	fprintf(f, "choice %zu, to %s: expected: ", i + 1, want->to);
	devname_say(f, want, op_name(devname_op_of(want->op)));
	fputs("; came: ", f);
	if (came)
		say_point(f, came, &all[came - log->p]);
	else
		fputs("the end of the schedule", f);
	if (!taken) {
		fputs("; nothing near: left out\n", f);
	} else if (taken == came) {
		fputs("; taken there\n", f);
	} else {
		fputs("; taken at: ", f);
		say_point(f, taken, &all[taken - log->p]);
		fputc('\n', f);
	}
}

char *place_fit(const struct token *t, struct devlog *devs)
{
	struct watch_log log = { 0 };
	unsigned long after = 0, about;
	long shift = 0;
	char *text = NULL;
	size_t i, len;
	FILE *f = open_memstream(&text, &len);

	if (!f)
		abort();
	devs->n = 0;
	for (i = 0; i < t->devs.n; i++) {
		const struct devname *want = &t->names[i];
		const struct watch_point *p;
		struct devname *all;

		watch(devs, &log);
		all = name_all(&log);
		about = t->devs.d[i].n + (unsigned long)shift;
		p = nearest(&log, all, want, after, about);
		if (!p || p->n != t->devs.d[i].n ||
		    devname_near(want, &all[p - log.p]) != DEVNAME_EXACT)
			say(f, i, want, &log, all, about, p);
		if (p) {
			devlog_add(devs, p->n, (unsigned int)target(&log, p, want->to));
			after = p->n;
			shift = (long)p->n - (long)t->devs.d[i].n;
		}
		free(all);
	}
	watch_free(&log);
	fclose(f);
	if (len)
		return text;
	free(text);
	return NULL;
}
