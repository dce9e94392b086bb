// SPDX-License-Identifier: GPL-2.0-only
/* Child processes: run, pipe, capture, and what happens on Ctrl-C. */
#define _XOPEN_SOURCE 700
#include "sysutil.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PIPELINE_MAX 8

/* What ends us, and the children with us */
static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
#define NR_SIGNALS	(sizeof(signals) / sizeof(signals[0]))

static volatile sig_atomic_t interrupted;
static volatile pid_t children[PIPELINE_MAX];

/* Ctrl-C reaches the children as well; kill(1) reaches only us */
static void on_interrupt(int sig)
{
	int i;

	interrupted = sig;
	for (i = 0; i < PIPELINE_MAX; i++)
		if (children[i] > 0)
			kill(children[i], SIGTERM);
}

static void set_handlers(void (*handler)(int))
{
	struct sigaction sa = { .sa_handler = handler };
	size_t i;

	/* no SA_RESTART: whoever waits for a lock has to notice */
	sigemptyset(&sa.sa_mask);
	for (i = 0; i < NR_SIGNALS; i++)
		sigaction(signals[i], &sa, NULL);
}

static void block_interrupts(sigset_t *before)
{
	sigset_t set;
	size_t i;

	sigemptyset(&set);
	for (i = 0; i < NR_SIGNALS; i++)
		sigaddset(&set, signals[i]);
	sigprocmask(SIG_BLOCK, &set, before);
}

void proc_catch_interrupts(void)
{
	set_handlers(on_interrupt);
}

void proc_release_interrupts(void)
{
	set_handlers(SIG_DFL);
}

int proc_interrupted(void)
{
	return interrupted;
}

static void redirect(const char *path, int fd)
{
	int file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0666);

	if (file < 0 || dup2(file, fd) < 0)
		_exit(126);
	close(file);
}

static void close_end(int fd)
{
	if (fd >= 0)
		close(fd);
}

/* The ends of pipes that a child gets, or -1; it closes the others */
struct ends {
	int in, out, err;
	int unwanted[2];
};

#define NO_ENDS { -1, -1, -1, { -1, -1 } }

static void take_end(int from, int as)
{
	if (from < 0)
		return;
	dup2(from, as);
	close(from);
}

static void child_starts(pid_t pid)
{
	int i;

	for (i = 0; i < PIPELINE_MAX - 1 && children[i] > 0; i++)
		;
	children[i] = pid;
	if (interrupted)
		kill(pid, SIGTERM);
}

static void child_ends(pid_t pid)
{
	int i;

	for (i = 0; i < PIPELINE_MAX; i++)
		if (children[i] == pid)
			children[i] = 0;
}

static pid_t start(const char *const argv[], const struct proc_opts *opts, struct ends e)
{
	sigset_t before;
	pid_t pid;

	fflush(NULL);
	/* A signal now would miss the child, or be forgotten when it executes. */
	block_interrupts(&before);
	pid = fork();
	if (pid) {
		if (pid > 0)
			child_starts(pid);
		sigprocmask(SIG_SETMASK, &before, NULL);
		return pid;
	}
	proc_release_interrupts();
	sigprocmask(SIG_SETMASK, &before, NULL);
	close_end(e.unwanted[0]);
	close_end(e.unwanted[1]);
	take_end(e.in, STDIN_FILENO);
	take_end(e.out, STDOUT_FILENO);
	take_end(e.err, STDERR_FILENO);
	if (opts && opts->output)
		redirect(opts->output, STDOUT_FILENO);
	if (opts && opts->errors)
		redirect(opts->errors, STDERR_FILENO);
	if (opts && opts->cwd && chdir(opts->cwd))
		_exit(126);
	if (opts && opts->cpu_seconds)
		setrlimit(RLIMIT_CPU, &(struct rlimit){ opts->cpu_seconds, opts->cpu_seconds });
	execvp(argv[0], (char *const *)argv);
	fprintf(stderr, "vfiosim: cannot run %s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

static int reap(pid_t pid)
{
	siginfo_t info;
	int st;

	/* As long as it is a zombie, its number is nobody else's. */
	while (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) && errno == EINTR)
		;
	child_ends(pid);
	while (waitpid(pid, &st, 0) != pid)
		if (errno != EINTR)
			return 127;
	return WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st);
}

int proc_run(const char *const argv[], const struct proc_opts *opts)
{
	struct ends none = NO_ENDS;
	pid_t pid = start(argv, opts, none);

	return pid < 0 ? 127 : reap(pid);
}

/* Everything until the last writer is gone, NUL-terminated; closes fd */
static char *read_all(int fd)
{
	size_t len = 0, room = 4096;
	char *text = malloc(room), *more;
	ssize_t n;

	while (text) {
		n = read(fd, text + len, room - len - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		len += (size_t)n;
		if (room - len > 1)
			continue;
		more = realloc(text, room *= 2);
		if (!more)
			free(text);
		text = more;
	}
	if (text)
		text[len] = '\0';
	close(fd);
	return text ? text : str_dup("");
}

int proc_pipeline(const char *const *const argvs[], int n, char **said, int *status)
{
	int in = -1, errors[2], started = 0, err = 0, i;
	pid_t pids[PIPELINE_MAX];

	*said = NULL;
	if (n < 1 || n > PIPELINE_MAX)
		return -EINVAL;
	if (pipe(errors))
		return -errno;
	for (i = 0; i < n && !err; i++) {
		int link[2] = { -1, -1 };

		if (i < n - 1 && pipe(link)) {
			err = -errno;
			break;
		}
		pids[i] = start(argvs[i], NULL, (struct ends){ in, link[1],
				errors[1], { link[0], errors[0] } });
		if (pids[i] < 0)
			err = -errno;
		else
			started++;
		close_end(in);
		close_end(link[1]);
		in = link[0];
	}
	close_end(in);
	close(errors[1]);
	*said = read_all(errors[0]);
	for (i = 0; i < started; i++)
		status[i] = reap(pids[i]);
	return err;
}

char *proc_capture(const char *const argv[], int *status)
{
	struct proc_opts quiet = { .errors = "/dev/null" };
	char *text;
	int link[2];
	pid_t pid;

	*status = 127;
	if (pipe(link))
		return str_dup("");
	pid = start(argv, &quiet, (struct ends){ -1, link[1], -1, { link[0], -1 } });
	close(link[1]);
	text = read_all(link[0]);
	if (pid > 0)
		*status = reap(pid);
	return text;
}

bool proc_exists(const char *name)
{
	const char *path = getenv("PATH");
	bool found = false;

	while (path && *path && !found) {
		size_t n = strcspn(path, ":");
		char *full = str_printf("%.*s/%s", (int)n, path, name);

		found = !access(full, X_OK);
		free(full);
		path += n + (path[n] == ':');
	}
	return found;
}
