// SPDX-License-Identifier: GPL-2.0-only
/*
 * The words of the language. A new step is a line in scn_verbs[], a value in
 * enum scn_verb, and a case in the interpreter.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>

#include "parser.h"

/*
 * One letter per argument; what follows '?' may be left out:
 * a argument of the ioctl   A api verb     d device   D duration  f open flags
 * k KEY=VALUE...            l step         m module   n number    p path
 * M memory, by the variable of its mmap_anon          o "readonly"
 * q ioctl request           r driver       s signal   S string    t task
 * v variable that holds a file descriptor
 */
const struct scn_verb_info scn_verbs[SCN_NR_VERBS] = {
	[SCN_OPEN]		= { "open", "p?f", "open PATH [FLAGS]" },
	[SCN_CLOSE]		= { "close", "v", "close FD" },
	[SCN_DUP]		= { "dup", "v", "dup FD" },
	[SCN_IOCTL]		= { "ioctl", "vq?ak", "ioctl FD REQUEST [ARG] [KEY=VALUE...]" },
	[SCN_READ]		= { "read", "vn", "read FD LENGTH" },
	[SCN_WRITE]		= { "write", "vn", "write FD LENGTH" },
	[SCN_PREAD]		= { "pread", "vnn", "pread FD LENGTH OFFSET" },
	[SCN_PWRITE]		= { "pwrite", "vnn", "pwrite FD LENGTH OFFSET" },
	[SCN_LSEEK]		= { "lseek", "vn", "lseek FD OFFSET" },
	[SCN_MMAP]		= { "mmap", "vn", "mmap FD LENGTH" },
	[SCN_MMAP_ANON]		= { "mmap_anon", "n?o", "mmap_anon LENGTH [readonly]" },
	[SCN_MUNMAP]		= { "munmap", "M?n", "munmap MEMORY [LENGTH]" },
	[SCN_MEMLOCK]		= { "memlock", "n", "memlock BYTES" },
	[SCN_FORK]		= { "fork", "t", "fork TASK" },
	[SCN_EXIT]		= { "exit", "", "exit" },
	[SCN_BIND]		= { "bind", "d?r", "bind DEVICE [DRIVER]" },
	[SCN_UNBIND]		= { "unbind", "d", "unbind DEVICE" },
	[SCN_DRIVER_OVERRIDE]	= { "driver_override", "dr",
				    "driver_override DEVICE DRIVER|none" },
	[SCN_REMOVE]		= { "remove", "d", "remove DEVICE" },
	[SCN_ADD]		= { "add", "d", "add DEVICE" },
	[SCN_PROBE]		= { "probe", "d", "probe DEVICE" },
	[SCN_API]		= { "api", "Ad", "api VERB DEVICE" },
	[SCN_INSMOD]		= { "insmod", "m?k", "insmod MODULE [KEY=VALUE...]" },
	[SCN_RMMOD]		= { "rmmod", "m", "rmmod MODULE" },
	[SCN_SIGNAL]		= { "signal", "ts", "signal TASK SIGNAL" },
	[SCN_KILL]		= { "kill", "t", "kill TASK" },
	[SCN_SLEEP]		= { "sleep", "D", "sleep DURATION" },
	[SCN_WAIT]		= { "wait", "l", "wait TASK.STEP" },
	[SCN_YIELD]		= { "yield", "", "yield" },
	[SCN_HOLD]		= { "hold", "?v", "hold [FD]" },
	[SCN_SYSFS]		= { "sysfs", "pS", "sysfs PATH \"TEXT\"" },
	[SCN_SYSFS_READ]	= { "sysfs_read", "p", "sysfs_read PATH" },
	[SCN_STATE]		= { "state", "t", "state TASK" },
	[SCN_CHECK]		= { "check", "l", "check TASK.STEP" },
	[SCN_MODREFS]		= { "modrefs", "m", "modrefs MODULE" },
	[SCN_REQUESTS]		= { "requests", "d", "requests DEVICE" },
	[SCN_DRIVER]		= { "driver", "d", "driver DEVICE" },
	[SCN_STAT]		= { "stat", "p", "stat PATH" },
	[SCN_CHMOD]		= { "chmod", "pn", "chmod PATH MODE" },
};

static const char *const no_params[] = { NULL };
static const char *const core_params[] = { "enable_unsafe_noiommu_mode", NULL };
static const char *const bus_params[] = { "iommu", NULL };
static const char *const type1_params[] = {
	"allow_unsafe_interrupts", "disable_hugepages", "dma_entry_limit", NULL
};

/* Guest drivers and modules; params are those that "module" and insmod take. */
const struct scn_module_info scn_modules[] = {
	{ "sample", true, no_params },
	{ "legacy", true, no_params },
	{ "early", true, no_params },
	{ "failprobe", true, no_params },
	{ "matcher", true, no_params },
	{ "session", true, no_params },
	{ "manual", true, no_params },
	{ "hostdrv", true, no_params },
	{ "stub", true, no_params },
	{ "pinner", true, no_params },
	{ "sim_iommu", false, no_params },
	{ "vfio_iommu_type1", false, type1_params },
	{ "vfio", false, core_params },
	{ "simbus", false, bus_params },
	{ "selfcheck", false, no_params },	/* for tools/run/selfcheck.c */
	{ "planted", false, no_params },	/* in test guests only */
	{ NULL, false, NULL }
};

#define E(name) { "-" #name, -(name) }
const struct scn_number_name scn_errnos[] = {
	E(EPERM), E(ENOENT), E(ESRCH), E(EINTR), E(EIO), E(ENXIO), E(E2BIG), E(EBADF),
	E(ECHILD), E(EAGAIN), E(ENOMEM), E(EACCES), E(EFAULT), E(EBUSY), E(EEXIST),
	E(EXDEV), E(ENODEV), E(ENOTDIR), E(EISDIR), E(EINVAL), E(ENFILE), E(EMFILE),
	E(ENOTTY), E(ETXTBSY), E(EFBIG), E(ENOSPC), E(ESPIPE), E(EROFS), E(EPIPE),
	E(EDOM), E(ERANGE), E(EDEADLK), E(ENOSYS), E(ENODATA), E(ETIME), E(EPROTO),
	E(EOVERFLOW), E(EOPNOTSUPP), E(ETIMEDOUT), E(EINPROGRESS), E(ECANCELED),
	E(EWOULDBLOCK),			/* another name, so after EAGAIN */
	{ "-ERESTARTSYS", -512 }, { "-ENOIOCTLCMD", -515 }, { "-EPROBE_DEFER", -517 },
	{ "-ENOTSUPP", -524 },
	{ NULL, 0 }
};

#define N(name) { #name, name }
const struct scn_number_name scn_signals[] = {
	N(SIGHUP), N(SIGINT), N(SIGQUIT), N(SIGKILL), N(SIGUSR1), N(SIGUSR2),
	N(SIGPIPE), N(SIGALRM), N(SIGTERM), N(SIGCHLD), N(SIGCONT), N(SIGSTOP),
	{ NULL, 0 }
};

const struct scn_number_name scn_open_flags[] = {
	N(O_RDONLY), N(O_WRONLY), N(O_RDWR), N(O_CLOEXEC), N(O_NONBLOCK), N(O_APPEND),
	{ NULL, 0 }
};

const struct scn_number_name scn_api_verbs[] = {
	{ "init", SCN_API_INIT }, { "register", SCN_API_REGISTER },
	{ "unregister", SCN_API_UNREGISTER }, { "add", SCN_API_ADD },
	{ "del", SCN_API_DEL }, { "get", SCN_API_GET }, { "put", SCN_API_PUT },
	{ "forget", SCN_API_FORGET },
	{ NULL, 0 }
};

const char *const scn_cmp_text[] = {
	[SCN_EQ] = "==", [SCN_NE] = "!=", [SCN_LT] = "<",
	[SCN_LE] = "<=", [SCN_GT] = ">", [SCN_GE] = ">=",
};

/* Argument: 'o' group or device, 'd' device, 'm' module, 'S' text, 'p' path. */
static const struct {
	const char *name;
	char arg;
} funcs[SCN_NR_FUNCS] = {
	[SCN_F_REFS] = { "refs", 'o' },		[SCN_F_MODREFS] = { "modrefs", 'm' },
	[SCN_F_REQUESTS] = { "requests", 'd' },	[SCN_F_OPENS] = { "opens", 'd' },
	[SCN_F_RELEASES] = { "releases", 'd' },	[SCN_F_LOG] = { "log", 'S' },
	[SCN_F_EXISTS] = { "exists", 'p' },	[SCN_F_TIME] = { "time", 0 },
	[SCN_F_BOUND] = { "bound", 'd' },
};

/** scn_find_name() - look a word up in a table; Return: its entry or NULL */
const struct scn_number_name *scn_find_name(const struct scn_number_name *table,
					    const char *name)
{
	for (; table->name; table++)
		if (!strcmp(table->name, name))
			return table;
	return NULL;
}

/** scn_guess_table() - consider every word of a table */
void scn_guess_table(struct scn_guess *g, const struct scn_number_name *table)
{
	for (; table->name; table++)
		scn_guess_add(g, table->name);
}

/** scn_find_module() - look a module up; Return: its entry or NULL */
const struct scn_module_info *scn_find_module(const char *name)
{
	for (const struct scn_module_info *m = scn_modules; m->name; m++)
		if (!strcmp(m->name, name))
			return m;
	return NULL;
}

/** scn_verb_name() - the word of a step */
const char *scn_verb_name(enum scn_verb verb)
{
	return verb < SCN_NR_VERBS ? scn_verbs[verb].name : "?";
}

/** scn_func_name() - the word of a function in a clause */
const char *scn_func_name(enum scn_func func)
{
	return func < SCN_NR_FUNCS ? funcs[func].name : "?";
}

/** scn_func_arg() - the letter of a function's argument, 0 for none */
char scn_func_arg(enum scn_func func)
{
	return funcs[func].arg;
}

/** scn_find_func() - look a function up; Return: whether it exists */
bool scn_find_func(const char *name, enum scn_func *func)
{
	for (unsigned int i = 0; i < SCN_NR_FUNCS; i++) {
		if (!strcmp(funcs[i].name, name)) {
			*func = i;
			return true;
		}
	}
	return false;
}

/** scn_api_name() - the word of a direct driver-API call */
const char *scn_api_name(enum scn_api api)
{
	return api <= SCN_API_FORGET ? scn_api_verbs[api].name : "?";
}

/**
 * scn_errno_name() - a negative result as people write it
 * @value:	a step's result
 *
 * Return: "-ENODEV", or NULL when @value is no error number that has a name.
 */
const char *scn_errno_name(long value)
{
	for (const struct scn_number_name *e = scn_errnos; value < 0 && e->name; e++)
		if (e->num == value)
			return e->name;
	return NULL;
}

/** scn_reserved() - may a step, device, ... not have this name */
bool scn_reserved(const char *name)
{
	static const char *const words[] = {
		"and", "or", "not", "waited", "blocked", "done", "started", "report",
		"none", "setup", "teardown",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i], name))
			return true;
	return false;
}
