// SPDX-License-Identifier: GPL-2.0-only
/* Child processes: run, pipe, capture, and what happens on Ctrl-C. */
#define _XOPEN_SOURCE 700
#include "sysutil.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PIPELINE_MAX 8

static volatile sig_atomic_t interrupted;

static void on_interrupt(int sig)
{
	interrupted = sig;
}

static void set_handlers(void (*handler)(int))
{
	struct sigaction sa = { .sa_handler = handler };

	/* no SA_RESTART: whoever waits for a lock has to notice */
	sigemptyset(&sa.sa_mask);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGHUP, &sa, NULL);
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

static pid_t start(const char *const argv[], const struct proc_opts *opts, int in, int out,
		   int unwanted)
{
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid)
		return pid;
	proc_release_interrupts();
	if (unwanted >= 0)
		close(unwanted);
	if (in >= 0) {
		dup2(in, STDIN_FILENO);
		close(in);
	}
	if (out >= 0) {
		dup2(out, STDOUT_FILENO);
		close(out);
	} else if (opts && opts->output) {
		redirect(opts->output, STDOUT_FILENO);
	}
	if (opts && opts->errors)
		redirect(opts->errors, STDERR_FILENO);
	if (opts && opts->cwd && chdir(opts->cwd))
		_exit(126);
	execvp(argv[0], (char *const *)argv);
	fprintf(stderr, "vfiosim: cannot run %s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

static int reap(pid_t pid)
{
	bool told = false;
	int st;

	for (;;) {
		/* Ctrl-C reaches the child as well; kill(1) reaches only us */
		if (interrupted && !told) {
			kill(pid, SIGTERM);
			told = true;
		}
		if (waitpid(pid, &st, 0) == pid)
			break;
		if (errno != EINTR)
			return 127;
	}
	return WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st);
}

int proc_run(const char *const argv[], const struct proc_opts *opts)
{
	pid_t pid = start(argv, opts, -1, -1, -1);

	return pid < 0 ? 127 : reap(pid);
}

int proc_pipeline(const char *const *const argvs[], int n, const struct proc_opts *opts,
		  int *status)
{
	pid_t pids[PIPELINE_MAX];
	int in = -1, started = 0, err = 0, i;

	if (n < 1 || n > PIPELINE_MAX)
		return -EINVAL;
	for (i = 0; i < n && !err; i++) {
		int ends[2] = { -1, -1 };

		if (i < n - 1 && pipe(ends))
			err = -errno;
		if (!err) {
			pids[i] = start(argvs[i], opts, in, ends[1], ends[0]);
			if (pids[i] < 0)
				err = -errno;
			else
				started++;
		}
		if (in >= 0)
			close(in);
		if (ends[1] >= 0)
			close(ends[1]);
		in = ends[0];
	}
	if (in >= 0)
		close(in);
	for (i = 0; i < started; i++)
		status[i] = reap(pids[i]);
	return err;
}

char *proc_capture(const char *const argv[], int *status)
{
	struct proc_opts quiet = { .errors = "/dev/null" };
	size_t len = 0, room = 4096;
	char *text = malloc(room);
	int ends[2];
	ssize_t n;
	pid_t pid;

	*status = 127;
	if (!text || pipe(ends))
		return text ? (text[0] = '\0', text) : str_dup("");
	pid = start(argv, &quiet, -1, ends[1], ends[0]);
	close(ends[1]);
	while ((n = read(ends[0], text + len, room - len - 1)) > 0 || (n < 0 && errno == EINTR)) {
		if (n < 0)
			continue;
		len += (size_t)n;
		if (room - len < 2) {
			char *more = realloc(text, room *= 2);

			if (!more)
				break;
			text = more;
		}
	}
	text[len] = '\0';
	close(ends[0]);
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
