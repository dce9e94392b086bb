/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/file.h: file descriptors of the running task. */
#ifndef _LINUX_FILE_H
#define _LINUX_FILE_H

#include <linux/compiler.h>
#include <linux/err.h>
#include <linux/types.h>
#if KSHIM_KVER >= 0x060500
#include <linux/cleanup.h>
#endif

struct file;

void fput(struct file *file);
struct file *fget(unsigned int fd);

#define FDPUT_FPUT	1

#if KSHIM_KVER >= 0x060c00
/* One word: the file and, in the low bit, "a reference was taken". */
struct fd {
	unsigned long word;
};
#define fd_file(f)	((struct file *)((f).word & ~3UL))
#define __kshim_fd(file, flags)	((struct fd){ (unsigned long)(file) | (flags) })
#define __kshim_fd_flags(f)	((f).word & 3)

static inline bool fd_empty(struct fd f)
{
	return unlikely(!f.word);
}
#else
struct fd {
	struct file *file;
	unsigned int flags;
};
#define fd_file(f)	((f).file)
#define __kshim_fd(file, flags)	((struct fd){ file, flags })
#define __kshim_fd_flags(f)	((f).flags)
#endif

struct fd fdget(unsigned int fd);

static inline void fdput(struct fd fd)
{
	if (__kshim_fd_flags(fd) & FDPUT_FPUT)
		fput(fd_file(fd));
}

int get_unused_fd_flags(unsigned int flags);
void put_unused_fd(unsigned int fd);
void fd_install(unsigned int fd, struct file *file);
#define KSHIM_HAS_CLOSE_FD	(KSHIM_KVER >= 0x050b00)
#if KSHIM_HAS_CLOSE_FD
int close_fd(unsigned int fd);
#endif

#if KSHIM_KVER >= 0x060500
DEFINE_CLASS(fd, struct fd, fdput(_T), fdget(fd), int fd)
DEFINE_CLASS(get_unused_fd, int, if (_T >= 0) put_unused_fd(_T),
	     get_unused_fd_flags(flags), unsigned int flags)
DEFINE_FREE(fput, struct file *, if (!IS_ERR_OR_NULL(_T)) fput(_T))
#define take_fd(fd)	__get_and_null(fd, -1)
#endif

#if KSHIM_KVER >= 0x061300
/* A number and a file made at the same time; the number, or an error. */
static inline int __kshim_fd_add(int fd, struct file *file)
{
	if (IS_ERR(file)) {
		if (fd >= 0)
			put_unused_fd(fd);
		return PTR_ERR(file);
	}
	fd_install(fd, file);
	return fd;
}
#define FD_ADD(fd_flags, file_expr)					\
({									\
	int __fd = get_unused_fd_flags(fd_flags);			\
	__fd < 0 ? __fd : __kshim_fd_add(__fd, (file_expr));		\
})
#endif

#endif
