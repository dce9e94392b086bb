// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names of error numbers and of operations.
 *
 * Spelt out rather than taken from the C library: the kernel's internal
 * numbers are not there, and strerrorname_np() is not everywhere.
 */
#include <errno.h>
#include <stdio.h>

#include "names.h"
#include "../../kshim/engine/engine.h"

static const struct {
	int err;
	const char *name;
} errnos[] = {
#define E(x)	{ x, #x }
	E(EPERM), E(ENOENT), E(ESRCH), E(EINTR), E(EIO), E(ENXIO), E(E2BIG),
	E(ENOEXEC), E(EBADF), E(ECHILD), E(EAGAIN), E(ENOMEM), E(EACCES),
	E(EFAULT), E(EBUSY), E(EEXIST), E(EXDEV), E(ENODEV), E(ENOTDIR),
	E(EISDIR), E(EINVAL), E(ENFILE), E(EMFILE), E(ENOTTY), E(ETXTBSY),
	E(EFBIG), E(ENOSPC), E(ESPIPE), E(EROFS), E(EMLINK), E(EPIPE),
	E(EDOM), E(ERANGE), E(EDEADLK), E(ENAMETOOLONG), E(ENOSYS), E(ELOOP),
	E(ENODATA), E(ETIME), E(EOVERFLOW), E(EILSEQ), E(EUSERS),
	E(EOPNOTSUPP), E(EADDRINUSE), E(ENETDOWN), E(ENOBUFS), E(ETIMEDOUT),
	E(ECONNREFUSED), E(EALREADY), E(EINPROGRESS), E(ESTALE), E(EREMOTEIO),
	E(ENOMEDIUM), E(ECANCELED), E(EOWNERDEAD),
#undef E
	{ 512, "ERESTARTSYS" }, { 513, "ERESTARTNOINTR" },
	{ 514, "ERESTARTNOHAND" }, { 515, "ENOIOCTLCMD" },
	{ 516, "ERESTART_RESTARTBLOCK" }, { 517, "EPROBE_DEFER" },
	{ 524, "ENOTSUPP" },
};

const char *errno_name(long err)
{
	size_t i;

	for (i = 0; i < sizeof(errnos) / sizeof(errnos[0]); i++)
		if (errnos[i].err == err)
			return errnos[i].name;
	return NULL;
}

const char *value_name(long v, char *buf, size_t len)
{
	const char *name = v < 0 && v >= -4095 ? errno_name(-v) : NULL;

	if (name)
		snprintf(buf, len, "-%s", name);
	else
		snprintf(buf, len, "%ld", v);
	return buf;
}

const char *op_name(unsigned int op)
{
	static const char *const names[KSHIM_NR_OPS] = {
		[KSHIM_READ] = "read",
		[KSHIM_WRITE] = "write",
		[KSHIM_MARKED_READ] = "read once",
		[KSHIM_MARKED_WRITE] = "write once",
		[KSHIM_ATOMIC] = "atomic",
		[KSHIM_LOCK] = "lock",
		[KSHIM_LOCK_SHARED] = "lock shared",
		[KSHIM_TRYLOCK] = "trylock",
		[KSHIM_UNLOCK] = "unlock",
		[KSHIM_WAIT] = "wait",
		[KSHIM_WAKE] = "wake",
		[KSHIM_ALLOC] = "alloc",
		[KSHIM_FREE] = "free",
		[KSHIM_SPAWN] = "spawn",
		[KSHIM_EXIT] = "exit",
		[KSHIM_YIELD] = "yield",
		[KSHIM_SYSCALL] = "syscall",
		[KSHIM_HELD] = "held",
		[KSHIM_GET] = "get",
		[KSHIM_PUT] = "put",
		[KSHIM_TAKE] = "take",
		[KSHIM_INSIDE] = "inside",
		[KSHIM_SIGNAL] = "signal",
		[KSHIM_CALL] = "call",
	};

	return op < KSHIM_NR_OPS && names[op] ? names[op] : "?";
}
