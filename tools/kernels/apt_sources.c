// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where Debian's archive is, by this machine's own apt configuration: in
 * sources.list and sources.list.d, one-line and deb822 format. No address is
 * known here. Entries of others are told apart by release, component and
 * key; should one slip through, its signature does not verify later on.
 */
#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE	/* strsep() */
#include "kernels_internal.h"

#include <ctype.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const releases[] = {
	"buster", "bullseye", "bookworm", "trixie", "forky", "duke", "sid", "oldoldstable",
	"oldstable", "stable", "testing", "unstable", NULL,
};

static const char *const keyrings[] = {
	"/usr/share/keyrings/debian-archive-keyring.gpg",
	"/usr/share/keyrings/debian-archive-keyring.pgp",
	"/etc/apt/trusted.gpg.d/debian-archive-keyring.gpg",
	NULL,
};

/* one source entry; the lists are separated by blanks */
struct entry {
	char *uris, *suites, *components, *signed_by;
};

struct best {
	struct apt_archive *archive;
	int main_score, security_score;
};

static bool has_word(const char *list, const char *word)
{
	size_t len = strlen(word);

	while (list && *list) {
		size_t n = strcspn(list, " \t\n");

		if (n == len && !strncmp(list, word, n))
			return true;
		list += n + (list[n] != '\0');
	}
	return false;
}

/* Length of the release's name at the start of a suite, 0 for one not Debian's */
static size_t release_length(const char *suite)
{
	int i;

	for (i = 0; releases[i]; i++) {
		size_t n = strlen(releases[i]);

		if (!strncmp(suite, releases[i], n) &&
		    (!suite[n] || suite[n] == '-' || suite[n] == '/'))
			return n;
	}
	return 0;
}

/* How sure we are that an entry for a Debian release is Debian's; 0 for not */
static int score(const struct entry *e, const char *uri)
{
	size_t len = strlen(uri);
	const char *last;
	int points = 1;

	if (!has_word(e->components, "main") || !strncmp(uri, "cdrom:", 6) || !strchr(uri, ':'))
		return 0;
	if (e->signed_by && *e->signed_by) {
		if (!strstr(e->signed_by, "debian-archive"))
			return 0;
		points += 4;
	}
	while (len && uri[len - 1] == '/')
		len--;
	for (last = uri + len; last > uri && last[-1] != '/';)
		last--;
	return points + 2 * !strncmp(last, "debian", 6);
}

static void consider_suite(struct best *best, const struct entry *e, const char *suite)
{
	size_t n = release_length(suite);
	bool security = !strcmp(suite + n, "-security") || !strcmp(suite + n, "/updates");
	char *uris = str_dup(e->uris), *rest = uris, *uri;

	while (n && (uri = strsep(&rest, " \t\n"))) {
		int points = *uri ? score(e, uri) : 0;
		int *so_far = security ? &best->security_score : &best->main_score;
		char **slot = security ? &best->archive->security_uri : &best->archive->main_uri;

		if (points && !security && !suite[n]) {
			points++;	/* the release itself says its name as well */
			if (points > *so_far) {
				free(best->archive->release);
				best->archive->release = str_printf("%.*s", (int)n, suite);
			}
		}
		if (points > *so_far) {
			*so_far = points;
			free(*slot);
			*slot = str_dup(uri);
		}
	}
	free(uris);
}

static void consider(struct best *best, const struct entry *e)
{
	char *suites, *rest, *suite;

	if (!e->uris || !e->suites || !e->components)
		return;
	suites = rest = str_dup(e->suites);
	while ((suite = strsep(&rest, " \t\n")))
		if (*suite)
			consider_suite(best, e, suite);
	free(suites);
}

/* deb [signed-by=FILE arch=...] URI SUITE COMPONENT... */
static void read_list(struct best *best, char *text)
{
	char *line;

	while ((line = strsep(&text, "\n"))) {
		struct entry e = { 0 };
		char *p = line + strspn(line, " \t"), *options = NULL;

		p[strcspn(p, "#")] = '\0';
		if (strncmp(p, "deb", 3) || !isblank((unsigned char)p[3]))
			continue;
		p += 3;
		p += strspn(p, " \t");
		if (*p == '[') {
			options = p + 1;
			p = strchr(p, ']');
			if (!p)
				continue;
			*p++ = '\0';
			p += strspn(p, " \t");
		}
		if (options && strstr(options, "signed-by="))
			e.signed_by = strstr(options, "signed-by=") + strlen("signed-by=");
		e.uris = strsep(&p, " \t");
		while (p && isblank((unsigned char)*p))
			p++;
		e.suites = p ? strsep(&p, " \t") : NULL;
		e.components = p;
		consider(best, &e);
	}
}

/* Stanzas of "Field: value", continued on lines that begin with a blank */
static void read_stanza(struct best *best, char *stanza)
{
	char *line, **field = NULL, *types = NULL, *enabled = NULL, *unused = NULL;
	struct entry e = { 0 };
	struct { const char *name; char **value; } fields[] = {
		{ "URIs", &e.uris }, { "Suites", &e.suites }, { "Components", &e.components },
		{ "Signed-By", &e.signed_by }, { "Types", &types }, { "Enabled", &enabled },
	};
	size_t i;

	while ((line = strsep(&stanza, "\n"))) {
		char *colon = strchr(line, ':'), *old;

		if (line[0] == '#')
			continue;
		if (!isblank((unsigned char)line[0])) {
			field = &unused;
			for (i = 0; colon && i < sizeof(fields) / sizeof(*fields); i++)
				if (!strncasecmp(line, fields[i].name, (size_t)(colon - line)) &&
				    strlen(fields[i].name) == (size_t)(colon - line))
					field = fields[i].value;
			line = colon ? colon + 1 : line;
		}
		if (!field)
			continue;
		old = *field;
		*field = str_printf("%s%s%s", old ? old : "", old ? " " : "",
				    line + strspn(line, " \t"));
		free(old);
	}
	if ((!enabled || strcasecmp(enabled, "no")) && has_word(types, "deb"))
		consider(best, &e);
	for (i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		free(*fields[i].value);
	free(unused);
}

static void read_deb822(struct best *best, char *text)
{
	while (text) {
		char *stanza = text, *end = strstr(text, "\n\n");

		text = end ? end + 2 : NULL;
		if (end)
			*end = '\0';
		read_stanza(best, stanza);
	}
}

static void read_files(struct best *best, const char *pattern,
		       void (*reader)(struct best *, char *))
{
	glob_t files = { 0 };
	size_t i;

	if (glob(pattern, 0, NULL, &files))
		files.gl_pathc = 0;
	for (i = 0; i < files.gl_pathc; i++) {
		char *text = file_read(files.gl_pathv[i]);

		if (text)
			reader(best, text);
		free(text);
	}
	globfree(&files);
}

/* apt-config prints NAME='value' */
static char *apt_dir(const char *key, const char *otherwise)
{
	const char *argv[] = { "apt-config", "shell", "X", key, NULL };
	int status;
	char *text = proc_capture(argv, &status), *value = NULL;

	if (!status && !strncmp(text, "X='", 3) && strchr(text + 3, '\''))
		value = str_printf("%.*s", (int)strcspn(text + 3, "'"), text + 3);
	free(text);
	return value ? value : str_dup(otherwise);
}

int apt_archive_find(struct apt_archive *archive, char **err)
{
	char *list = apt_dir("Dir::Etc::sourcelist/f", "/etc/apt/sources.list");
	char *parts = apt_dir("Dir::Etc::sourceparts/d", "/etc/apt/sources.list.d");
	struct best best = { .archive = archive };
	char *pattern;
	int i;

	memset(archive, 0, sizeof(*archive));
	read_files(&best, list, read_list);
	pattern = str_printf("%s/*.list", parts);
	read_files(&best, pattern, read_list);
	free(pattern);
	pattern = str_printf("%s/*.sources", parts);
	read_files(&best, pattern, read_deb822);
	free(pattern);
	free(list);
	free(parts);
	for (i = 0; keyrings[i] && !archive->keyring; i++)
		if (path_is_file(keyrings[i]))
			archive->keyring = str_dup(keyrings[i]);
	if (!archive->main_uri) {
		*err = str_dup("apt is not configured for Debian's archive; " KERNEL_ADVICE);
	} else if (!archive->keyring) {
		*err = str_dup("the package debian-archive-keyring is not installed; " KERNEL_ADVICE);
	} else {
		size_t len = strlen(archive->main_uri);

		while (len && archive->main_uri[len - 1] == '/')
			archive->main_uri[--len] = '\0';
		if (!archive->security_uri)
			archive->security_uri = str_printf("%s-security", archive->main_uri);
		return 0;
	}
	apt_archive_free(archive);
	return -1;
}

void apt_archive_free(struct apt_archive *archive)
{
	free(archive->main_uri);
	free(archive->security_uri);
	free(archive->release);
	free(archive->keyring);
	memset(archive, 0, sizeof(*archive));
}
