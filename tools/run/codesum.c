// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sums of the running program: of what the processor sees, which decides what
 * any schedule does, and of what reports are written with.
 */
#include <elf.h>
#include <fcntl.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keep.h"

static void add(struct sha256 *s, const void *data, size_t len)
{
	sha256_update(s, &len, sizeof(len));
	sha256_update(s, data, len);
}

static void add_section(struct sha256 *code, struct sha256 *lines, const char *image,
			const Elf64_Shdr *sh, const char *name)
{
	struct sha256 *to = sh->sh_flags & SHF_ALLOC ? code : lines;

	/* the linker's own sum of everything, line numbers included */
	if (!strcmp(name, ".note.gnu.build-id"))
		return;
	add(to, name, strlen(name));
	add(to, &sh->sh_addr, sizeof(sh->sh_addr));
	add(to, &sh->sh_size, sizeof(sh->sh_size));
	if (sh->sh_type != SHT_NOBITS)
		add(to, image + sh->sh_offset, sh->sh_size);
}

static int add_program(struct sha256 *code, struct sha256 *lines)
{
	int fd = open("/proc/self/exe", O_RDONLY), i, n;
	const Elf64_Ehdr *eh;
	const Elf64_Shdr *sh;
	struct stat st;
	char *image;

	if (fd < 0)
		return -1;
	image = fstat(fd, &st) ? MAP_FAILED :
		mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (image == MAP_FAILED)
		return -1;
	eh = (const Elf64_Ehdr *)image;
	sh = (const Elf64_Shdr *)(image + eh->e_shoff);
	n = eh->e_shnum;
	for (i = 1; i < n; i++)
		add_section(code, lines, image, &sh[i],
			    image + sh[eh->e_shstrndx].sh_offset + sh[i].sh_name);
	munmap(image, (size_t)st.st_size);
	return n ? 0 : -1;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Lines of these files stand in traces */
static void add_sources(struct sha256 *sources, const char *root, const char *below)
{
	char path[4200], hex[SHA256_HEX_LEN + 1];
	char *roots[] = { path, NULL };
	const FTSENT *e;
	size_t skip;
	FTS *fts;

	snprintf(path, sizeof(path), "%s/%s", root, below);
	skip = strlen(root);
	fts = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name);
	while (fts && (e = fts_read(fts))) {
		const char *dot = strrchr(e->fts_name, '.');

		if (e->fts_info != FTS_F || !dot || (strcmp(dot, ".c") && strcmp(dot, ".h")))
			continue;
		if (sha256_file(e->fts_path, hex))
			continue;
		add(sources, e->fts_path + skip, strlen(e->fts_path + skip));
		add(sources, hex, SHA256_HEX_LEN);
	}
	if (fts)
		fts_close(fts);
}

int codesum_program(struct codesum *sum)
{
	const char *kdir = getenv("VFIOSIM_KDIR"), *src = getenv("VFIOSIM_SRC");
	struct sha256 code, lines, sources;

	sha256_init(&code);
	sha256_init(&lines);
	sha256_init(&sources);
	if (!kdir || !src || add_program(&code, &lines))
		return -1;
	add_sources(&sources, kdir, "drivers/vfio");
	add_sources(&sources, src, "drivers");
	add_sources(&sources, src, "kshim");
	sha256_final(&code, sum->code);
	sha256_final(&lines, sum->lines);
	sha256_final(&sources, sum->sources);
	return 0;
}
