// SPDX-License-Identifier: GPL-2.0-only
/*
 * A process that waits, from before the machine was booted, to execute other
 * scenarios. Each one runs in a child of its own that starts from the booted
 * machine; what it found comes back through a socket. A child that dies (it
 * may: what is left of a scenario can be anything) has found nothing.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "failure.h"
#include "machine.h"
#include "place.h"
#include "zygote.h"

#define CPU_SECONDS	2	/* of one try; more when it was asked for */
#define THOROUGH_SECONDS	20

struct head {			/* of a request; strings follow */
	int bound;
	struct min_budget budget;
	bool thorough, points_mem;
};

static int zygote_fd = -1;

static struct kshim_oracle *oracle_named(const char *name)
{
	struct kshim_oracle *const *o;

	for (o = __start_kshim_oracles; o < __stop_kshim_oracles; o++)
		if (!strcmp((*o)->name, name))
			return *o;
	return NULL;
}

/* The schedule of the larger scenario, by its names. */
static bool by_name(const struct try *t, const struct verdict *want, struct min_budget *b,
		    struct min_schedule *m)
{
	struct devlog devs = { 0 };
	struct token token;
	const char *why;
	bool fails = false;

	if (!t->token || !token_parse(t->token, &token, &why))
		return false;
	if (token.names) {
		free(place_fit(&token, &devs));
		fails = min_fails(&devs, want, b);
	}
	if (fails) {
		devlog_copy(&m->devs, &search_devs);
		m->preemptions = (int)world_preemptions();
	}
	free(devs.d);
	token_free(&token);
	return fails && m->preemptions <= t->bound;
}

static void attempt(const struct try *t, const struct cmdline *cl, struct tried *r)
{
	struct min_budget b = t->budget;
	struct verdict want = { .oracle = oracle_named(t->oracle) };
	struct scenario *scn = scn_parse(t->text, strlen(t->text), t->file, NULL);
	struct min_schedule m = { .devs = { 0 } };
	char *why = NULL, *error = NULL;
	int bound, found = 0;

	if (!scn || !want.oracle)
		return;
	/* The scenario's own words are those of its text, which was printed anew. */
	if (strcmp(t->oracle, "scenario"))
		snprintf(want.text, sizeof(want.text), "%s", t->headline);
	if (interp_open(scn) || !world_setup(scn, &why))
		return;
	/* With steps left out a clause may fail for another reason: in any schedule. */
	for (bound = 0; !*want.text && bound < t->bound; bound++)
		if (min_search(bound, &want, &b, &m))
			return;
	found = by_name(t, &want, &b, &m);
	for (; bound <= t->bound && found <= 0; bound++)
		found = min_search(bound, &want, &b, &m);
	r->fails = found > 0;
	r->preemptions = m.preemptions;
	r->used.schedules = t->budget.schedules - b.schedules;
	r->used.points = t->budget.points - b.points;
	if (!r->fails)
		return;
	if (!t->thorough) {
		r->f.token = place_token(scn, &m.devs, true);
		return;
	}
	r->f.oracle = t->oracle;
	r->f.headline = strdup(t->headline);
	failure_explain(&r->f, scn, cl, &m.devs, &want, -1, &error);
	r->fails = !error;
	r->exact = r->f.need == RUN_NEED_EXACTLY;
	r->preemptions = r->f.preemptions;
}

static bool receive(int fd, struct head *h, struct try *t)
{
	if (!wire_get(fd, h, sizeof(*h)) || !wire_get_str(fd, &t->text) ||
	    !wire_get_str(fd, &t->file) || !wire_get_str(fd, &t->oracle) ||
	    !wire_get_str(fd, &t->headline) || !wire_get_str(fd, &t->token))
		return false;
	t->bound = h->bound;
	t->budget = h->budget;
	t->thorough = h->thorough;
	return true;
}

static int send_tried(int fd, const struct tried *r)
{
	return wire_put(fd, r, sizeof(*r)) | wire_put_str(fd, r->f.token) |
		wire_put_str(fd, r->f.headline) | wire_put_str(fd, r->f.report_text) |
		wire_put_str(fd, r->f.trace_text);
}

static bool receive_tried(int fd, struct tried *r)
{
	return wire_get(fd, r, sizeof(*r)) && wire_get_str(fd, &r->f.token) &&
		wire_get_str(fd, &r->f.headline) && wire_get_str(fd, &r->f.report_text) &&
		wire_get_str(fd, &r->f.trace_text);
}

/* In a process of its own, to its end. */
static void child(int fd, const struct try *t, const struct cmdline *cl)
{
	unsigned int s = cl->verb == CMD_MINIMISE ? THOROUGH_SECONDS : CPU_SECONDS;
	struct itimerval tick = { { 0, 500000 }, { 0, 500000 } };
	struct rlimit cpu = { s, s };
	struct tried r = { 0 };

	/* What is left may loop without a point: nobody would notice. */
	setrlimit(RLIMIT_CPU, &cpu);
	setitimer(ITIMER_VIRTUAL, &tick, NULL);	/* the watchdog's; a fork stops it */
	attempt(t, cl, &r);
	_exit(send_tried(fd, &r) ? 1 : 0);
}

static void serve_one(int fd, const struct head *h, const struct try *t,
		      const struct cmdline *cl)
{
	static int booted;	/* 1: yes, -1: it failed */
	struct tried r = { 0 }, none = { .died = true };
	char *why = NULL;
	int fds[2], status;
	pid_t pid;

	if (!booted) {
		struct scenario *scn = scn_parse(t->text, strlen(t->text), t->file, NULL);

		/* Its bus may have parameters; they are the same in all that follow. */
		kshim_hot.points_mem = h->points_mem;
		machine_scn = scn;
		booted = scn && world_boot(cl, &why) ? 1 : -1;
	}
	if (booted < 0 || pipe(fds)) {
		send_tried(fd, &none);
		return;
	}
	pid = fork();
	if (!pid) {
		close(fds[0]);
		child(fds[1], t, cl);
	}
	close(fds[1]);
	if (pid < 0 || !receive_tried(fds[0], &r))
		r = none;
	close(fds[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	send_tried(fd, &r);
	free((void *)r.f.token);
	free((void *)r.f.headline);
	free((void *)r.f.report_text);
	free((void *)r.f.trace_text);
}

static void serve(int fd, const struct cmdline *cl)
{
	struct cmdline own = *cl;
	struct head h;

	/* Threads do not survive a fork, and the schedules are the same. */
	own.engine = CMD_ENGINE_FIBERS;
	own.reset = CMD_RESET_SNAPSHOT;
	own.save = NULL;
	for (;;) {
		struct try t = { 0 };

		if (!receive(fd, &h, &t))
			_exit(0);
		serve_one(fd, &h, &t, &own);
		free((void *)t.text);
		free((void *)t.file);
		free((void *)t.oracle);
		free((void *)t.headline);
		free((void *)t.token);
	}
}

void zygote_start(const struct cmdline *cl, int keep_out)
{
	int fds[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds))
		return;
	fflush(NULL);
	pid = fork();
	if (!pid) {
		close(fds[0]);
		close(keep_out);
		signal(SIGINT, SIG_DFL);
		signal(SIGTERM, SIG_DFL);
		serve(fds[1], cl);
	}
	close(fds[1]);
	if (pid < 0)
		close(fds[0]);
	else
		zygote_fd = fds[0];
	signal(SIGPIPE, SIG_IGN);	/* it may be gone */
}

bool zygote_there(void)
{
	return zygote_fd >= 0;
}

bool zygote_try(const struct try *t, struct tried *r)
{
	struct head h = { .bound = t->bound, .budget = t->budget, .thorough = t->thorough,
			  .points_mem = kshim_hot.points_mem };

	memset(r, 0, sizeof(*r));
	if (zygote_fd < 0 || run_interrupted)
		return false;
	if (wire_put(zygote_fd, &h, sizeof(h)) || wire_put_str(zygote_fd, t->text) ||
	    wire_put_str(zygote_fd, t->file) || wire_put_str(zygote_fd, t->oracle) ||
	    wire_put_str(zygote_fd, t->headline) || wire_put_str(zygote_fd, t->token) ||
	    !receive_tried(zygote_fd, r)) {
		memset(r, 0, sizeof(*r));
		close(zygote_fd);
		zygote_fd = -1;
		return false;
	}
	return r->fails;
}
