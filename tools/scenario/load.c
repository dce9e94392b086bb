// SPDX-License-Identifier: GPL-2.0-only
/* The front door: a file or text in, a checked scenario out. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "parser.h"

#define MAX_FILE (256u << 10)

/* Copy @n bytes with everything that is no text made '?'. */
static void clean(char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			*s = *s == '\t' ? ' ' : '?';
}

/* Title and description: the comment block on top, without the licence. */
static void read_title(struct scn_parser *p)
{
	const char *s = p->buf, *end = p->buf + p->len;
	char *about = scn_alloc(p->scn, p->len + 1);
	size_t used = 0;

	while (s < end) {
		const char *nl = memchr(s, '\n', (size_t)(end - s)), *stop = nl ? nl : end;
		char *line;
		size_t n;

		if (*s != '#' && (s != stop || *p->scn->title))
			break;
		while (s < stop && (*s == '#' || *s == ' ' || *s == '\t'))
			s++;
		while (stop > s && (stop[-1] == ' ' || stop[-1] == '\t' || stop[-1] == '\r'))
			stop--;
		line = scn_strndup(p->scn, s, (size_t)(stop - s));
		n = strlen(line);
		clean(line);
		if (strncmp(line, "SPDX-", 5) && n) {
			if (*p->scn->title) {
				memcpy(about + used, line, n);
				used += n;
				about[used++] = '\n';
			} else {
				p->scn->title = line;
			}
		}
		s = nl ? nl + 1 : end;
	}
	p->scn->about = about;
}

static const char *base_name(struct scenario *scn, const char *file)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
	size_t n = strlen(name);

	if (n > 4 && !strcmp(name + n - 4, ".scn"))
		n -= 4;
	return scn_strndup(scn, name, n);
}

/**
 * scn_parse() - read a scenario from memory
 * @buf:	text; need not end in NUL
 * @len:	bytes
 * @name:	of the file, for messages and for scenario.name
 * @err:	where messages go; NULL for nowhere
 *
 * Return: the scenario, to be freed with scn_free(), or NULL when the text
 * has errors, which were reported.
 */
struct scenario *scn_parse(const char *buf, size_t len, const char *name, FILE *err)
{
	struct scenario *scn = calloc(1, sizeof(*scn));
	struct scn_parser p = { .scn = scn, .buf = buf, .len = len, .err = err };
	struct scn_process *main_process;

	if (!scn) {
		fputs("vfiosim: out of memory while reading a scenario\n", stderr);
		abort();
	}
	scn->file = p.file = scn_strndup(scn, name, strlen(name));
	scn->name = base_name(scn, name);
	scn->title = scn->about = "";
	scn->setup.name = "setup";
	scn->teardown.name = "teardown";
	if (len > MAX_FILE) {
		if (err)
			fprintf(err, "%s:1:1: error: larger than %u bytes: not a scenario\n",
				name, MAX_FILE);
		scn_free(scn);
		return NULL;
	}
	main_process = scn_push(scn, scn->processes, scn->nprocesses);
	main_process->name = "main";
	read_title(&p);
	scn_lex(&p);
	scn_parse_file(&p);
	if (!scn_give_up(&p)) {
		scn_name_steps(&p);
		scn_resolve_setup(&p);
		scn_resolve_steps(&p);
		scn_check(&p);
	}
	if (p.nerrors) {
		scn_free(scn);
		return NULL;
	}
	return scn;
}

/**
 * scn_load() - read a scenario file
 * @path:	file
 * @err:	where messages go; NULL for nowhere
 *
 * Return: as scn_parse(); also NULL when the file cannot be read.
 */
struct scenario *scn_load(const char *path, FILE *err)
{
	struct scenario *scn = NULL;
	FILE *f = fopen(path, "re");
	char *buf;
	size_t n;

	if (!f) {
		if (err)
			fprintf(err, "%s: %s\n", path, strerror(errno));
		return NULL;
	}
	buf = malloc(MAX_FILE + 1);
	if (!buf) {
		fputs("vfiosim: out of memory while reading a scenario\n", stderr);
		abort();
	}
	n = fread(buf, 1, MAX_FILE + 1, f);
	if (ferror(f)) {
		if (err)
			fprintf(err, "%s: %s\n", path, strerror(errno));
	} else {
		scn = scn_parse(buf, n, path, err);
	}
	free(buf);
	fclose(f);
	return scn;
}

/**
 * scn_free() - give a scenario back
 * @scn:	from scn_load() or scn_parse(); may be NULL
 */
void scn_free(struct scenario *scn)
{
	if (!scn)
		return;
	scn_arena_free(scn->arena);
	free(scn);
}
