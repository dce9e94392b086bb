// SPDX-License-Identifier: GPL-2.0-only
/*
 * Before a campaign: a planted atomicity violation, deadlock, lost wake-up,
 * use-after-free and data race are found by the same search, engine and
 * oracles that the scenarios get, and a sample of schedules repeats exactly.
 * A tool that has lost control of its schedules sees nothing and says green.
 *
 * For the test of this test, VFIOSIM_SELFCHECK_BREAK=search, oracle or repeat
 * breaks what it names.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "machine.h"
#include "selfcheck.h"

#define BOUND		2		/* preemptions that any of them needs, at most */
#define LIMIT		3000		/* schedules for each of them */
#define SAMPLE		4		/* schedules that must repeat */
#define TEXT		256

static const char text[] =
	"setup {\n"
	"\tmodule selfcheck load\n"
	"\tmodule sim_iommu skip\n"
	"\tfd = open /dev/selfcheck O_RDWR (expect: >= 0)\n"
	"\tseen: ioctl fd 0\n"
	"}\n"
	"task a {\n\tioctl fd 1\n}\n"
	"task b {\n\tioctl fd 2\n}\n";

static const struct program {
	const char *what, *oracle;
	long first;			/* ioctl of task a; task b's is the next */
	bool memory;			/* only where accesses are seen */
} programs[] = {
	{ "race", "warn", 1, false },
	{ "deadlock", "deadlock", 3, false },
	{ "lost wake-up", "deadlock", 5, false },
	{ "use-after-free", "kasan", 7, false },
	{ "data race", "data-race", 9, true },
};

static bool broken(const char *what)
{
	const char *b = getenv("VFIOSIM_SELFCHECK_BREAK");

	return b && !strcmp(b, what);
}

static const char *on_race(const struct kshim_race *r)
{
	(void)r;
	return "data race";
}

static const char *wanted;		/* oracle */
static int (*report)(struct kshim_oracle *o, int fatal, const char *text);

/* Only the oracle in question speaks: others would find some of them earlier. */
static int on_report(struct kshim_oracle *o, int fatal, const char *text)
{
	if (!strcmp(o->name, wanted) && !broken("oracle"))
		return report(o, fatal, text);
	return !fatal;
}

static void listen_to(const char *name)
{
	wanted = name;
	kshim_hot.hooks &= (unsigned char)~KSHIM_HOOK_RACE;
	if (!strcmp(name, "data-race") && !broken("oracle"))
		kshim_hot.hooks |= KSHIM_HOOK_RACE;
}

static void choose(struct scenario *scn, const struct program *p)
{
	unsigned int i;

	for (i = 0; i < scn->ntasks; i++)
		scn->steps[scn->tasks[i].first].arg[1].num = p->first + i;
}

static bool found(const struct program *p)
{
	unsigned int n = 0;
	bool seen = false;
	int b;

	listen_to(p->oracle);
	for (b = 0; b <= (broken("search") ? 0 : BOUND) && !seen; b++) {
		struct search *s = search_dfs(b, NULL);

		while (!seen && n++ < LIMIT && !s->error && s->next(s)) {
			world_execute(s);
			s->done(s, world_points(), world_preemptions());
			seen = run_verdict.oracle && !strcmp(run_verdict.oracle->name, p->oracle);
		}
		search_free(s);
	}
	return seen;
}

static unsigned long hash_of(struct search *s)
{
	unsigned long h;

	record_start(true);
	world_execute(s);
	h = record_hash();
	record_stop();
	return h;
}

/* Random schedules, and each again by its deviations. */
static bool repeats(const struct cmdline *cl)
{
	struct search *s = search_random(cl->seed, 0), *again;
	struct devlog devs = { 0 };
	bool same = true;
	unsigned int i;

	listen_to("warn");
	for (i = 0; i < SAMPLE && same && s->next(s); i++) {
		unsigned long h = hash_of(s);

		devlog_copy(&devs, &search_devs);
		if (broken("repeat"))
			devs.n = 0;
		again = search_replay(&devs);
		same = hash_of(again) == h && !again->error;
		search_free(again);
	}
	free(devs.d);
	search_free(s);
	return same;
}

static void check(const struct cmdline *cl, char *buf)
{
	struct scenario *scn = scn_parse(text, sizeof(text) - 1, "selfcheck", stderr);
	char *why = NULL;
	unsigned int i;

	if (!scn) {
		snprintf(buf, TEXT, "its scenario is wrong");
		return;
	}
	kshim_hot.points_mem = cl->points == CMD_POINTS_MEM;
	machine_scn = scn;
	if (!world_boot(cl, &why) || interp_open(scn) || !world_setup(scn, &why)) {
		snprintf(buf, TEXT, "%s", why ? why : "out of memory");
		return;
	}
	kshim_sink.race = on_race;
	report = kshim_sink.report;
	kshim_sink.report = on_report;
	for (i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
		const struct program *p = &programs[i];

		if (p->memory && run_interp.result[1] != 1)
			continue;	/* a coverage build */
		choose(scn, p);
		if (found(p))
			continue;
		snprintf(buf, TEXT, "the planted %s was not found", p->what);
		return;
	}
	choose(scn, &programs[0]);
	if (!repeats(cl))
		snprintf(buf, TEXT, "a schedule did not repeat");
}

char *selfcheck(const struct cmdline *cl)
{
	struct cmdline own = *cl;
	char buf[TEXT] = "";
	int fds[2], status;
	ssize_t n;
	pid_t pid;

	if (cl->engine == CMD_ENGINE_PARALLEL)
		return NULL;	/* free-running threads: it promises nothing */
	own.steps = own.strict = false;
	own.reset = CMD_RESET_SNAPSHOT;
	own.nr_no_oracle = 0;
	if (pipe(fds))
		return strdup("no pipe");
	fflush(NULL);
	pid = fork();
	if (!pid) {
		close(fds[0]);
		check(&own, buf);
		n = write(fds[1], buf, sizeof(buf));
		_exit(n == sizeof(buf) ? 0 : 1);
	}
	close(fds[1]);
	n = pid > 0 ? read(fds[0], buf, sizeof(buf)) : -1;
	close(fds[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (n != sizeof(buf))
		return strdup("the process that ran it died");
	return *buf ? strdup(buf) : NULL;
}
