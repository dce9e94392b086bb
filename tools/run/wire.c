// SPDX-License-Identifier: GPL-2.0-only
/*
 * A result through a pipe, from the process that ran a scenario to the one
 * that prints: both are the same program, so the layout is our own business.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

int wire_put(int fd, const void *p, size_t n)
{
	const char *c = p;

	while (n) {
		ssize_t k = write(fd, c, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return -1;
		c += k;
		n -= (size_t)k;
	}
	return 0;
}

bool wire_get(int fd, void *p, size_t n)
{
	char *c = p;

	while (n) {
		ssize_t k = read(fd, c, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return false;
		c += k;
		n -= (size_t)k;
	}
	return true;
}

int wire_put_str(int fd, const char *s)
{
	size_t n = s ? strlen(s) + 1 : 0;

	return wire_put(fd, &n, sizeof(n)) || (n && wire_put(fd, s, n)) ? -1 : 0;
}

static const char *rename_from, *rename_to;

void wire_rename(const char *from, const char *to)
{
	bool same = !from || !strcmp(from, to);

	rename_from = same ? NULL : from;
	rename_to = to;
}

static char *renamed(char *s)
{
	size_t from = strlen(rename_from), to = strlen(rename_to), at = 0;
	char *p = s, *out = malloc(strlen(s) * (to / from + 1) + to + 1), *hit;

	if (!out)
		abort();
	while ((hit = strstr(p, rename_from))) {
		memcpy(out + at, p, (size_t)(hit - p));
		at += (size_t)(hit - p);
		memcpy(out + at, rename_to, to);
		at += to;
		p = hit + from;
	}
	strcpy(out + at, p);
	free(s);
	return out;
}

bool wire_get_str(int fd, const char **s)
{
	size_t n;
	char *c;

	*s = NULL;
	if (!wire_get(fd, &n, sizeof(n)))
		return false;
	if (!n)
		return true;
	c = malloc(n);
	if (!c || !wire_get(fd, c, n)) {
		free(c);
		return false;
	}
	c[n - 1] = 0;
	*s = rename_from ? renamed(c) : c;
	return true;
}

int wire_send(int fd, const struct run_result *r)
{
	unsigned int i;
	int rc = wire_put(fd, r, sizeof(*r)) | wire_put_str(fd, r->scenario) | wire_put_str(fd, r->kernel) |
		wire_put_str(fd, r->reason) | wire_put_str(fd, r->strategy) | wire_put_str(fd, r->stubs) |
		wire_put_str(fd, r->trace_html);

	for (i = 0; i < r->ncolumns; i++)
		rc |= wire_put_str(fd, r->columns[i]);
	for (i = 0; i < r->noutcomes; i++) {
		rc |= wire_put(fd, &r->outcomes[i].count, sizeof(r->outcomes[i].count));
		rc |= wire_put(fd, r->outcomes[i].values, r->ncolumns * sizeof(long));
		rc |= wire_put_str(fd, r->outcomes[i].token);
	}
	for (i = 0; i < r->nsometimes; i++) {
		rc |= wire_put(fd, &r->sometimes[i].reached, sizeof(bool));
		rc |= wire_put_str(fd, r->sometimes[i].text);
	}
	for (i = 0; i < r->nfailures; i++) {
		const struct run_failure *f = &r->failures[i];

		rc |= wire_put(fd, f, sizeof(*f)) | wire_put_str(fd, f->oracle) |
			wire_put_str(fd, f->headline) | wire_put_str(fd, f->token) |
			wire_put_str(fd, f->report_text) | wire_put_str(fd, f->trace_text) |
			wire_put_str(fd, f->small) | wire_put_str(fd, f->small_token) |
			wire_put_str(fd, f->saved) | wire_put_str(fd, f->trace_html) |
			wire_put_str(fd, f->fault) | wire_put_str(fd, f->fault_step) |
			wire_put_str(fd, f->fault_stack) | wire_put_str(fd, f->known);
	}
	for (i = 0; i < r->nunseen; i++)
		rc |= wire_put_str(fd, r->unseen[i].first) | wire_put_str(fd, r->unseen[i].second);
	for (i = 0; i < r->nraces; i++) {
		const struct run_race *x = &r->races[i];

		rc |= wire_put(fd, x, sizeof(*x)) | wire_put_str(fd, x->a) | wire_put_str(fd, x->b) |
			wire_put_str(fd, x->object) | wire_put_str(fd, x->token);
	}
	for (i = 0; i < r->nlock_orders; i++) {
		const struct run_lock_order *x = &r->lock_orders[i];

		rc |= wire_put_str(fd, x->first) | wire_put_str(fd, x->second) |
			wire_put_str(fd, x->token);
	}
	return rc;
}

static void *room(unsigned int n, size_t size)
{
	void *p = calloc(n + 1, size);

	if (!p)
		abort();
	return p;
}

bool wire_receive(int fd, struct run_result *r)
{
	struct run_sometimes *some;
	struct run_outcome *out;
	struct run_failure *fail;
	struct run_race *race;
	struct run_order *order;
	struct run_lock_order *lock;
	const char **cols;
	unsigned int i;
	bool ok;

	if (!wire_get(fd, r, sizeof(*r)))
		return false;
	ok = wire_get_str(fd, &r->scenario) && wire_get_str(fd, &r->kernel) && wire_get_str(fd, &r->reason) &&
		wire_get_str(fd, &r->strategy) && wire_get_str(fd, &r->stubs) &&
		wire_get_str(fd, &r->trace_html);
	r->columns = cols = room(r->ncolumns, sizeof(*cols));
	r->outcomes = out = room(r->noutcomes, sizeof(*out));
	r->sometimes = some = room(r->nsometimes, sizeof(*some));
	r->failures = fail = room(r->nfailures, sizeof(*fail));
	r->races = race = room(r->nraces, sizeof(*race));
	r->lock_orders = lock = room(r->nlock_orders, sizeof(*lock));
	r->unseen = order = room(r->nunseen, sizeof(*order));
	for (i = 0; ok && i < r->ncolumns; i++)
		ok = wire_get_str(fd, &cols[i]);
	for (i = 0; ok && i < r->noutcomes; i++) {
		long *values = room(r->ncolumns, sizeof(long));

		out[i].values = values;
		ok = wire_get(fd, &out[i].count, sizeof(out[i].count)) &&
			wire_get(fd, values, r->ncolumns * sizeof(long)) &&
			wire_get_str(fd, &out[i].token);
	}
	for (i = 0; ok && i < r->nsometimes; i++)
		ok = wire_get(fd, &some[i].reached, sizeof(bool)) && wire_get_str(fd, &some[i].text);
	for (i = 0; ok && i < r->nfailures; i++) {
		ok = wire_get(fd, &fail[i], sizeof(fail[i]));
		ok = ok && wire_get_str(fd, &fail[i].oracle) && wire_get_str(fd, &fail[i].headline) &&
			wire_get_str(fd, &fail[i].token) && wire_get_str(fd, &fail[i].report_text) &&
			wire_get_str(fd, &fail[i].trace_text) && wire_get_str(fd, &fail[i].small) &&
			wire_get_str(fd, &fail[i].small_token) && wire_get_str(fd, &fail[i].saved) &&
			wire_get_str(fd, &fail[i].trace_html) && wire_get_str(fd, &fail[i].fault) &&
			wire_get_str(fd, &fail[i].fault_step) &&
			wire_get_str(fd, &fail[i].fault_stack) && wire_get_str(fd, &fail[i].known);
	}
	for (i = 0; ok && i < r->nunseen; i++)
		ok = wire_get_str(fd, &order[i].first) && wire_get_str(fd, &order[i].second);
	for (i = 0; ok && i < r->nraces; i++)
		ok = wire_get(fd, &race[i], sizeof(race[i])) && wire_get_str(fd, &race[i].a) &&
			wire_get_str(fd, &race[i].b) && wire_get_str(fd, &race[i].object) &&
			wire_get_str(fd, &race[i].token);
	for (i = 0; ok && i < r->nlock_orders; i++)
		ok = wire_get_str(fd, &lock[i].first) && wire_get_str(fd, &lock[i].second) &&
			wire_get_str(fd, &lock[i].token);
	return ok;
}
