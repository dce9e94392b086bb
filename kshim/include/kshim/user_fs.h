/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * System calls on files. Called by user threads (kshim_thread_start()).
 * Every one of them starts with a point and ends with the return to user
 * space, where deferred releases run. Results are >= 0 or -errno.
 *
 * User memory is any host memory outside the arena; it is no shared object.
 * Plain C types only: the flags and requests are the kernel's numbers.
 */
#ifndef KSHIM_USER_FS_H
#define KSHIM_USER_FS_H

/**
 * kshim_fs_init() - caches and the standard nodes
 *
 * Once, before the first run: what it allocates belongs to the snapshot.
 */
void kshim_fs_init(void);

/**
 * kshim_sys_open() - open(2) of a device node
 * @path:	"/dev/..."; anything else is -ENOENT
 * @flags:	O_RDONLY, O_WRONLY, O_RDWR, O_CLOEXEC, O_NONBLOCK
 *
 * Return: lowest free number; -ENOENT, -EACCES, -ENXIO, -EMFILE, -ENFILE or
 * what the driver's open() says.
 */
long kshim_sys_open(const char *path, int flags);

long kshim_sys_close(int fd);
long kshim_sys_dup(int fd);
long kshim_sys_dup2(int oldfd, int newfd);
long kshim_sys_dup3(int oldfd, int newfd, int flags);
long kshim_sys_ioctl(int fd, unsigned int cmd, unsigned long arg);
long kshim_sys_read(int fd, void *buf, unsigned long count);
long kshim_sys_write(int fd, const void *buf, unsigned long count);
long kshim_sys_pread(int fd, void *buf, unsigned long count, long long pos);
long kshim_sys_pwrite(int fd, const void *buf, unsigned long count, long long pos);
long kshim_sys_lseek(int fd, long long offset, int whence);

/**
 * kshim_sys_mmap() - mmap(2) of a file
 * @len:	bytes, rounded up to pages
 * @prot:	PROT_*
 * @flags:	MAP_SHARED or MAP_PRIVATE
 * @fd:		file
 * @offset:	in bytes, a multiple of the page size
 *
 * The address is a name for the area: no memory is behind it.
 *
 * Return: address or -errno.
 */
long kshim_sys_mmap(unsigned long len, int prot, int flags, int fd,
		    unsigned long offset);

/**
 * kshim_sys_mmap_anon() - mmap(2) of private anonymous memory, populated
 * @len:	bytes, rounded up to pages, at most 16 MiB
 * @prot:	PROT_*
 *
 * Its pages have frames that follow each other. There is nothing in them.
 *
 * Return: address or -errno.
 */
long kshim_sys_mmap_anon(unsigned long len, int prot);

/* setrlimit(2) for RLIMIT_MEMLOCK, of the caller's process. */
long kshim_sys_set_memlock(unsigned long bytes);

/* munmap(2) of whole areas; -EINVAL for an address inside of one. */
long kshim_sys_munmap(unsigned long addr, unsigned long len);

/**
 * kshim_sys_touch() - an access of user code to mapped memory
 * @addr:	inside an area
 * @write:	0 or 1
 *
 * Calls the fault handler of the area, every time.
 *
 * Return: 0, -EFAULT for SIGSEGV, -EIO for SIGBUS, -ENOMEM.
 */
long kshim_sys_touch(unsigned long addr, int write);

/**
 * kshim_sys_poll() - poll(2) of one file
 * @fd:		file
 * @events:	POLL*
 * @timeout_ms:	-1: none, 0: do not wait; virtual time
 *
 * Return: the ready events (also POLLERR, POLLHUP, POLLNVAL), 0 after the
 * timeout, -EINTR.
 */
long kshim_sys_poll(int fd, unsigned int events, int timeout_ms);

/* eventfd2(2). */
long kshim_sys_eventfd(unsigned int count, int flags);

/**
 * kshim_sys_drop_caps() - what setuid(2) to an ordinary user does to the caller
 *
 * Device nodes are then opened as "other" users.
 *
 * Return: 0.
 */
long kshim_sys_drop_caps(void);

/**
 * kshim_bad_user_range() - let accesses to some user memory fault
 * @addr:	start; NULL takes back the range
 * @len:	bytes
 *
 * One range at a time.
 */
void kshim_bad_user_range(const void *addr, unsigned long len);

#endif
