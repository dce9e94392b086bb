/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Strings, directories and child processes for the host side of the command.
 */
#ifndef VFIOSIM_SYSUTIL_H
#define VFIOSIM_SYSUTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Allocated text; ends the program when memory is exhausted. */
char *str_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *str_dup(const char *s);

/* What to do about a cache that cannot be written, at the end of a message. */
#define CACHE_ADVICE	"make room, or set XDG_CACHE_HOME to a directory that can be written to"

/**
 * cache_path() - a path below the cache directory of the user
 * @sub:	relative path, e.g. "kernels/5.10"
 *
 * $XDG_CACHE_HOME/vfiosim/SUB, or ~/.cache/vfiosim/SUB. Nothing is created.
 *
 * Return: allocated, or NULL when neither variable gives an absolute path.
 */
char *cache_path(const char *sub);

bool path_is_dir(const char *path);
bool path_is_file(const char *path);

/* mkdir -p; returns 0 or -errno. */
int dir_make(const char *path);
/* rm -rf without following links; returns 0 or -errno of the first failure. */
int dir_remove(const char *path);

/* A whole file, NUL-terminated and allocated; NULL with errno when unreadable. */
char *file_read(const char *path);
/* Replace a file's text; returns 0 or -errno, also when the disk is full. */
int file_write(const char *path, const char *text);
/* The same for many files that can be made again: does not wait for the disk. */
int file_write_quick(const char *path, const char *text);

/**
 * lock_take() - an exclusive lock between processes
 * @path:	lock file, created when missing, never removed
 * @waiting:	printed to stderr once when another process holds the lock; or NULL
 *
 * Children inherit the lock: it ends when the last of them is gone, so that
 * nobody meets what an orphan is still writing.
 *
 * Return: a descriptor to close, or -errno (-EINTR on Ctrl-C).
 */
int lock_take(const char *path, const char *waiting);
/* The same without waiting: -EWOULDBLOCK when another process holds it. */
int lock_try(const char *path);

/**
 * struct proc_opts - how to run a child
 * @cwd:	its working directory, or NULL
 * @output:	where stdout goes: NULL leaves it, else a file to write
 * @errors:	likewise for stderr; the same pointer as @output joins them
 * @cpu_seconds: limit of its processor time, 0: none
 */
struct proc_opts {
	const char *cwd;
	const char *output;
	const char *errors;
	unsigned int cpu_seconds;
};

/**
 * proc_run() - run a command and wait for it
 * @argv:	found through $PATH; ends with NULL
 * @opts:	or NULL
 *
 * Return: its exit status, 127 when it cannot be started, 128 + N when signal
 * N killed it. After Ctrl-C proc_interrupted() is true.
 */
int proc_run(const char *const argv[], const struct proc_opts *opts);

/**
 * proc_pipeline() - run commands joined by pipes, as a shell would
 * @argvs:	@n commands, 1 to 8
 * @said:	what all of them wrote to stderr, allocated. Kept in memory: it has
 *		to be true when the disk is full as well
 * @status:	@n exit statuses, as from proc_run()
 *
 * Return: 0, or -errno when it could not be set up.
 */
int proc_pipeline(const char *const *const argvs[], int n, char **said, int *status);

/* stdout of a command, allocated; its exit status in *status. stderr is dropped. */
char *proc_capture(const char *const argv[], int *status);

/* Is there such a command in $PATH? */
bool proc_exists(const char *name);

/* From here on SIGINT and SIGTERM end the children, and us in good order. */
void proc_catch_interrupts(void);
/* The number of the signal that arrived, or 0. */
int proc_interrupted(void);
/* Handlers back to the default; before exec(). */
void proc_release_interrupts(void);

#endif
