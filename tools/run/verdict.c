// SPDX-License-Identifier: GPL-2.0-only
/* What the oracles said: allowed by the scenario, switched off, or a failure. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

struct verdict run_verdict;

extern struct kshim_oracle kshim_oracle_stub;

#define MAX_STUBS	64

static struct stub_count {
	const char *name;
	unsigned long count;
} stubs[MAX_STUBS];		/* of other processes, and at the end of this one */

static const struct scenario *scn_now;
static unsigned int nr_allowed KSHIM_RUN_STATE;

static bool allows(const struct scenario *scn, const struct kshim_oracle *o, const char *text)
{
	unsigned int i;

	if (!scn)
		return false;
	for (i = 0; i < scn->nallow; i++)
		if (!strcmp(scn->allow[i].oracle, o->name) && strstr(text, scn->allow[i].text))
			return true;
	return false;
}

static int on_report(struct kshim_oracle *o, int fatal, const char *text)
{
	if (o->off && !fatal)
		return 1;
	if (!fatal && allows(scn_now, o, text)) {
		nr_allowed++;
		if (kshim_hot.detail && kshim_sink.log)
			kshim_sink.log(4, text);	/* as a kernel that goes on */
		if (kshim_hot.slow)
			record_fail(text, true);
		return 1;
	}
	if (run_verdict.oracle)
		return 0;	/* the first one counts */
	run_verdict.oracle = o;
	snprintf(run_verdict.text, sizeof(run_verdict.text), "%s", text);
	run_verdict.pc = kshim_last_access.valid ? kshim_last_access.pc : NULL;
	if (kshim_hot.slow)
		record_fail(text, false);
	return 0;
}

/* Of the first page: what is missing there is a field, and always the same one. */
static bool near_null(const char *address)
{
	return !strncmp(address, "000000000000", 12);
}

bool verdict_same_text(const char *a, const char *b)
{
	for (;;) {
		size_t x = strspn(a, "0123456789abcdef"), y = strspn(b, "0123456789abcdef");

		if (x >= 12 && y >= 12 && !near_null(a) && !near_null(b)) {
			a += x;
			b += y;
			continue;
		}
		if (*a != *b)
			return false;
		if (!*a)
			return true;
		a++;
		b++;
	}
}

bool verdict_same(const struct verdict *a, const struct verdict *b)
{
	return a->oracle == b->oracle && (!*b->text || verdict_same_text(a->text, b->text)) &&
		(!a->pc || !b->pc || a->pc == b->pc);
}

void verdict_add(struct kshim_oracle *o, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	on_report(o, 0, text);
}

unsigned int verdict_allowed(void)
{
	return nr_allowed;
}

void verdict_stub_add(const char *name, unsigned long count)
{
	unsigned int i;

	for (i = 0; i < MAX_STUBS - 1 && stubs[i].name; i++)
		if (!strcmp(stubs[i].name, name))
			break;
	stubs[i].name = name;
	stubs[i].count += count;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct stub_count *)a)->name,
		      ((const struct stub_count *)b)->name);
}

char *verdict_stubs(void)
{
	char *all = NULL, *more;
	unsigned long count;
	const char *name;
	unsigned int i, n;

	for (i = 0; (name = kshim_stub_reached(i, &count)); i++)
		verdict_stub_add(name, count);
	for (n = 0; n < MAX_STUBS && stubs[n].name; n++)
		;
	qsort(stubs, n, sizeof(stubs[0]), by_name);
	for (i = 0; i < n; i++) {
		if (asprintf(&more, "%s%s%s (%lu)", all ? all : "", all ? ", " : "",
			     stubs[i].name, stubs[i].count) < 0)
			break;
		free(all);
		all = more;
	}
	return all;
}

void verdict_reset(const struct scenario *scn)
{
	scn_now = scn;
	nr_allowed = 0;
	run_verdict.oracle = NULL;
	run_verdict.text[0] = 0;
	run_verdict.pc = NULL;
}

void verdict_init(const struct cmdline *cl)
{
	struct kshim_oracle *const *o;
	int i;

	kshim_sink.report = on_report;
	if (cl->strict)
		kshim_oracle_stub.off = 0;
	for (o = __start_kshim_oracles; o < __stop_kshim_oracles; o++)
		for (i = 0; i < cl->nr_no_oracle; i++)
			if (!strcmp((*o)->name, cl->no_oracle[i]))
				(*o)->off = 1;
}
