// SPDX-License-Identifier: GPL-2.0-only
/*
 * From the package to a tree, in one pass and without a temporary copy: the
 * package holds a tar.xz, of which only some subtrees are wanted.
 */
#define _XOPEN_SOURCE 700
#include "kernels_internal.h"

#include <stdlib.h>
#include <string.h>

static const char *const subtrees[] = {
	"Makefile", "Kconfig", "COPYING", "drivers/vfio", "drivers/iommu", "drivers/base",
	"drivers/pci", "include", "lib", "samples/vfio-mdev", "samples/Kconfig",
	"arch/x86/include", "arch/x86/Kconfig", "kernel/locking", "mm/kasan",
	"Documentation/driver-api", "Documentation/dev-tools", "tools/testing/kunit", "virt/lib",
};

#define NR_SUBTREES (sizeof(subtrees) / sizeof(*subtrees))

/*
 * Not every series has every subtree; tar then ends with 2, as it does for a
 * truncated archive. Its messages tell the two apart (in the C locale).
 */
static bool only_missing(const char *said, char **complaint)
{
	const char *p;
	bool fine = true;

	for (p = said; p && *p; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL) {
		size_t n = strcspn(p, "\n");
		char *line = str_printf("%.*s", (int)n, p);

		if (n && !strstr(line, ": Not found in archive") &&
		    !strstr(line, "Exiting with failure status due to previous errors")) {
			fine = false;
			if (!*complaint)
				*complaint = str_dup(line);
		}
		free(line);
	}
	return fine;
}

int kernel_unpack(const char *deb, const char *series, const char *dest, char **err)
{
	char *inner = str_printf("./usr/src/linux-source-%s.tar.xz", series);
	char *members[NR_SUBTREES], *complaint = NULL, *said;
	const char *package[] = { "dpkg-deb", "--fsys-tarfile", deb, NULL };
	const char *pick[] = { "tar", "-xOf", "-", inner, NULL };
	const char *expand[] = { "xz", "-dc", NULL };
	const char *tree[NR_SUBTREES + 8] = { "tar", "-xf", "-", "-C", dest,
					      "--no-same-owner", "--strip-components=1" };
	const char *const *const stages[] = { package, pick, expand, tree };
	int status[4] = { -1, -1, -1, -1 }, setup;
	size_t i;

	for (i = 0; i < NR_SUBTREES; i++)
		tree[7 + i] = members[i] = str_printf("linux-source-%s/%s", series, subtrees[i]);
	tree[7 + i] = NULL;
	setenv("LC_ALL", "C", 1);
	setup = proc_pipeline(stages, 4, &said, status);
	if (setup)
		*err = str_printf("cannot unpack %s: %s", deb, strerror(-setup));
	else if (!only_missing(said, &complaint))
		*err = str_printf("cannot unpack linux-source-%s: %s; %s", series, complaint,
				  kernel_advice(said));
	else if (status[0] || status[1] || status[2] || (status[3] && (status[3] != 2 || !*said)))
		*err = str_printf("cannot unpack linux-source-%s: exit status %d | %d | %d | %d",
				  series, status[0], status[1], status[2], status[3]);
	else
		*err = NULL;
	for (i = 0; i < NR_SUBTREES; i++)
		free(members[i]);
	free(complaint);
	free(said);
	free(inner);
	return *err ? -1 : 0;
}
