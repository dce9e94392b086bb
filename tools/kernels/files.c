// SPDX-License-Identifier: GPL-2.0-only
/* Strings, paths, whole files and locks. */
#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE
#include "sysutil.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static void *or_die(void *p)
{
	if (!p) {
		fputs("vfiosim: out of memory\n", stderr);
		exit(2);
	}
	return p;
}

char *str_printf(const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	s = or_die(malloc((size_t)n + 1));
	va_start(ap, fmt);
	vsnprintf(s, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return s;
}

char *str_dup(const char *s)
{
	return or_die(strdup(s));
}

char *cache_path(const char *sub)
{
	const char *base = getenv("XDG_CACHE_HOME");

	if (base && base[0] == '/')
		return str_printf("%s/vfiosim/%s", base, sub);
	base = getenv("HOME");
	if (base && base[0] == '/')
		return str_printf("%s/.cache/vfiosim/%s", strcmp(base, "/") ? base : "", sub);
	return NULL;
}

bool path_is_dir(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

bool path_is_file(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode);
}

int dir_make(const char *path)
{
	char *copy = str_dup(path), *p = copy;
	int err = 0;

	while (!err && p) {
		p = strchr(p + 1, '/');
		if (p)
			*p = '\0';
		if (mkdir(copy, 0777) && errno != EEXIST)
			err = -errno;
		if (p)
			*p = '/';
	}
	if (!err && !path_is_dir(path))
		err = -ENOTDIR;
	free(copy);
	return err;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path) ? errno : 0;
}

int dir_remove(const char *path)
{
	int err = nftw(path, remove_one, 32, FTW_DEPTH | FTW_PHYS);

	if (err < 0)
		return errno == ENOENT ? 0 : -errno;
	return -err;
}

char *file_read(const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t len = 0, room = 1 << 14, n;
	char *text;

	if (!f)
		return NULL;
	text = or_die(malloc(room));
	while ((n = fread(text + len, 1, room - len - 1, f)) > 0) {
		len += n;
		if (room - len < 2)
			text = or_die(realloc(text, room *= 2));
	}
	text[len] = '\0';
	if (ferror(f)) {
		free(text);
		text = NULL;
	}
	fclose(f);
	return text;
}

static int write_text(const char *path, const char *text, bool sync)
{
	FILE *f = fopen(path, "wb");
	int err = 0;

	if (!f)
		return -errno;
	errno = 0;
	if (fputs(text, f) == EOF || fflush(f) || (sync && fsync(fileno(f))))
		err = errno ? -errno : -EIO;
	if (fclose(f) && !err)
		err = errno ? -errno : -EIO;
	return err;
}

int file_write(const char *path, const char *text)
{
	return write_text(path, text, true);
}

int file_write_quick(const char *path, const char *text)
{
	return write_text(path, text, false);
}

int lock_try(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT, 0666), err;

	if (fd < 0)
		return -errno;
	if (!flock(fd, LOCK_EX | LOCK_NB))
		return fd;
	err = errno;
	close(fd);
	return -err;
}

int lock_take(const char *path, const char *waiting)
{
	int fd = open(path, O_RDWR | O_CREAT, 0666);

	if (fd < 0)
		return -errno;
	if (!flock(fd, LOCK_EX | LOCK_NB))
		return fd;
	if (waiting && errno == EWOULDBLOCK)
		fprintf(stderr, "vfiosim: %s\n", waiting);
	while (flock(fd, LOCK_EX)) {
		int err = errno;

		if (err == EINTR && !proc_interrupted())
			continue;
		close(fd);
		return -err;
	}
	return fd;
}
