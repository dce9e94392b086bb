// SPDX-License-Identifier: GPL-2.0-only
/*
 * Coverage counters live among the guest's data, where the snapshot would
 * wipe them after every schedule: keep them out of it. Found by name in our
 * own symbol table; without a coverage build there are none. Beside the sum of
 * all there is a folder for each scenario in $VFIOSIM_COUNTERS.
 */
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kshim/devnode.h"
#include "machine.h"

extern void __gcov_reset(void) __attribute__((weak));

bool counters_exist(void)
{
	return __gcov_reset;
}

void counters_begin(void)
{
	if (__gcov_reset)
		__gcov_reset();
}

/* What exits writes its counters: another process writes them once more. */
void counters_copy(const char *scenario)
{
	const char *dir = getenv("VFIOSIM_COUNTERS");
	char path[4200];
	pid_t pid;

	if (!__gcov_reset || !dir || !*dir)
		return;
	snprintf(path, sizeof(path), "%s/%s", dir, scenario);
	pid = fork();
	if (!pid) {
		setenv("GCOV_PREFIX", path, 1);
		exit(0);
	}
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

void world_exclude_counters(void)
{
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	Elf_Scn *sec = NULL;
	GElf_Shdr sh;
	GElf_Sym sym;
	Elf *elf;
	size_t i;

	if (fd < 0 || elf_version(EV_CURRENT) == EV_NONE)
		return;
	elf = elf_begin(fd, ELF_C_READ, NULL);
	while (elf && (sec = elf_nextscn(elf, sec))) {
		Elf_Data *data;

		if (!gelf_getshdr(sec, &sh) || sh.sh_type != SHT_SYMTAB)
			continue;
		data = elf_getdata(sec, NULL);
		for (i = 0; data && i < sh.sh_size / sh.sh_entsize; i++) {
			const char *name;

			if (!gelf_getsym(data, (int)i, &sym) || !sym.st_size)
				continue;
			name = elf_strptr(elf, sh.sh_link, sym.st_name);
			if (name && (!strncmp(name, "__gcov", 6) || !strncmp(name, "__llvm_prf", 10)))
				kshim_snapshot_exclude((void *)sym.st_value,
						       (void *)(sym.st_value + sym.st_size));
		}
	}
	elf_end(elf);
	close(fd);
}

long world_node_exists(const char *path)
{
	unsigned short mode;
	unsigned int devt;

	if (!strncmp(path, "/dev/", 5))
		path += 5;
	return kshim_devnode_lookup(path, &devt, &mode) == 0;
}
