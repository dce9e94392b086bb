// SPDX-License-Identifier: GPL-2.0-only
/*
 * DIR@REV: the needed files of a revision, read with git archive. Nothing of
 * the repository is written: neither work tree nor index nor HEAD.
 */
#define _XOPEN_SOURCE 700
#include "kernels_internal.h"
#include "needed.h"

#include <stdlib.h>
#include <string.h>

/* "a@b@{1}": a directory, and whatever follows it; @ may be in either */
static char *split_spec(const char *spec, const char **rev)
{
	const char *at;
	char *dir;

	for (at = strchr(spec, '@'); at; at = strchr(at + 1, '@')) {
		dir = str_printf("%.*s", (int)(at - spec), spec);
		if (at > spec && path_is_dir(dir)) {
			*rev = at + 1;
			return dir;
		}
		free(dir);
	}
	return NULL;
}

static char *git_line(const char *dir, const char *a, const char *b, const char *c)
{
	const char *argv[] = { "git", "-C", dir, a, b, c, NULL };
	int status;
	char *text = proc_capture(argv, &status);

	text[strcspn(text, "\n")] = '\0';
	if (!status && *text)
		return text;
	free(text);
	return NULL;
}

static char *commit_of(const char *dir, const char *rev, char **err)
{
	char *wanted = str_printf("%s^{commit}", rev), *commit = NULL, *repository;

	if (!proc_exists("git")) {
		*err = str_dup("there is no git, which reads DIR@REV: install it, or check the revision out");
		goto out;
	}
	/* what a hook or git bisect has set is about another repository */
	unsetenv("GIT_DIR");
	unsetenv("GIT_WORK_TREE");
	unsetenv("GIT_INDEX_FILE");
	setenv("GIT_OPTIONAL_LOCKS", "0", 1);
	repository = git_line(dir, "rev-parse", "--git-dir", NULL);
	if (repository && *rev != '-')
		commit = git_line(dir, "rev-parse", "--verify", wanted);
	if (!repository)
		*err = str_printf("%s: not a git repository, or one that git does not trust", dir);
	else if (!commit)
		*err = str_printf("%s: no revision '%s' in this repository", dir, rev);
	free(repository);
out:
	free(wanted);
	return commit;
}

/* Those of @wanted that the commit has, or -1: git archive insists on all it is asked for */
static int existing(const char *dir, const char *commit, const struct paths *wanted,
		    struct paths *there, char **err)
{
	const char **argv = calloc(wanted->n + 8, sizeof(*argv));
	size_t n = 0, i;
	char *text, *p;
	int status;

	memset(there, 0, sizeof(*there));
	if (!argv)
		abort();
	argv[n++] = "git";
	argv[n++] = "-C";
	argv[n++] = dir;
	argv[n++] = "ls-tree";
	argv[n++] = "--name-only";
	argv[n++] = commit;
	for (i = 0; i < wanted->n; i++)
		argv[n++] = wanted->p[i];
	text = proc_capture(argv, &status);
	free(argv);
	for (p = text; *p; p += strspn(p, "\n")) {
		paths_add(there, str_printf("%.*s", (int)strcspn(p, "\n"), p));
		p += strcspn(p, "\n");
	}
	free(text);
	if (!status && there->n)
		return 0;
	paths_free(there);
	*err = str_printf("%s: nothing of a kernel tree in commit %.12s", dir, commit);
	return -1;
}

static int archive(const char *dir, const char *commit, const struct paths *paths,
		   const char *dest, char **err)
{
	const char **git = calloc(paths->n + 8, sizeof(*git));
	const char *tar[] = { "tar", "-xf", "-", "-C", dest, "--no-same-owner", NULL };
	const char *const *const stages[] = { git, tar };
	int status[2] = { -1, -1 };
	char *said = NULL;
	size_t n = 0, i;

	if (!git)
		abort();
	git[n++] = "git";
	git[n++] = "-C";
	git[n++] = dir;
	git[n++] = "archive";
	git[n++] = "--format=tar";
	git[n++] = commit;
	git[n++] = "--";
	for (i = 0; i < paths->n; i++)
		git[n++] = paths->p[i];
	if (proc_pipeline(stages, 2, &said, status) || status[0] || status[1])
		*err = str_printf("%s: cannot read commit %.12s: %.*s", dir, commit,
				  said ? (int)strcspn(said, "\n") : 0, said ? said : "");
	free(git);
	free(said);
	return *err ? -1 : 0;
}

static int fill(const char *dir, const char *commit, const char *dest, char **err)
{
	struct paths needed, there;
	int status = needed_load(&needed, err);

	if (status)
		return status;
	status = existing(dir, commit, &needed, &there, err);
	paths_free(&needed);
	if (status)
		return status;
	status = archive(dir, commit, &there, dest, err);
	paths_free(&there);
	return status;
}

int kernel_git_headers(const char *repository, const char *commit, const char *dest)
{
	struct paths include = { (char *[]){ "include" }, 1 };
	char *err = NULL;
	int status = archive(repository, commit, &include, dest, &err);

	free(err);
	return status;
}

int kernel_git_open(const char *spec, struct kernel_tree *tree, char **err)
{
	char *dir, *base = NULL, *commit = NULL, *name = NULL, *origin = NULL;
	const char *rev;
	struct scratch s;
	int status = -1;

	dir = split_spec(spec, &rev);
	if (!dir)
		return 0;
	commit = commit_of(dir, rev, err);
	base = realpath(dir, NULL);
	if (!commit || !base)
		goto out;
	name = str_printf("g%.12s", commit);
	origin = str_printf("%s@%s", base, rev);
	status = scratch_begin(&s, name, origin, err);
	if (status < 0)
		goto out;
	if (!status) {
		scratch_note(&s, "base", base);
		scratch_note(&s, "commit", commit);
		status = fill(base, commit, s.dir, err);
	}
	if (status < 0)
		scratch_drop(&s);
	else
		status = scratch_end(&s, tree, err) ? -1 : 1;
out:
	free(dir);
	free(base);
	free(commit);
	free(name);
	free(origin);
	return status;
}
