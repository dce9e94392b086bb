// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfiosim doctor: what of a kernel tree builds, and why the rest does not.
 *
 * The guest is built as far as it goes. What has no object afterwards is
 * compiled once more, alone, and what the compiler says is explained. When all
 * of it links, a short run shows which stubs are reached.
 */
#define _XOPEN_SOURCE 700
#include "doctor.h"
#include "front.h"
#include "../kernels/sysutil.h"
#include "../report/json_read.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GUEST_LINK	"CMakeFiles/" GUEST_RUNNER ".dir/"

/**
 * struct unit - one file of the guest
 * @file:	as the compiler gets it
 * @object:	what it makes
 * @module:	"vfio" for CMakeFiles/mod_vfio.dir/, or NULL
 * @command:	shell command
 * @real:	it is the tree's
 * @built:	the object is there
 */
struct unit {
	const char *file;
	char *object;
	char *module;
	const char *command;
	bool real;
	bool built;
};

struct units {
	struct json_object *json;
	struct unit *u;
	int n, failed, failed_real, real;
};

static const char *member(struct json_object *o, const char *key)
{
	struct json_object *v;

	return json_object_object_get_ex(o, key, &v) ? json_object_get_string(v) : "";
}

/* The word of a command line that begins here, quotes and backslashes undone */
static char *shell_word(const char *p)
{
	char *word = str_dup(p), *out = word;
	bool quotes = false;

	for (; *p && (quotes || *p != ' '); p++) {
		if (*p == '"')
			quotes = !quotes;
		else
			*out++ = *p == '\\' && p[1] ? *++p : *p;
	}
	*out = '\0';
	return word;
}

/* An object of an earlier build stays when its file does not compile any more */
static bool failed_in_log(const char *said, const char *out)
{
	char *line = str_printf("%s] Error", out);
	bool failed = strstr(said, line) != NULL;

	free(line);
	return failed;
}

static void read_unit(const struct doctor *d, struct json_object *o, const char *said,
		      struct unit *u)
{
	static const char dir[] = "CMakeFiles/mod_";
	size_t n = strlen(d->kdir);
	const char *p;
	char *out;

	u->file = member(o, "file");
	u->command = member(o, "command");
	u->real = !strncmp(u->file, d->kdir, n) && u->file[n] == '/';
	p = strstr(u->command, " -o ");
	out = shell_word(p ? p + 4 : "");
	u->object = str_printf("%s/%s", d->build, out);
	if (!strncmp(out, dir, strlen(dir)))
		u->module = str_printf("%.*s", (int)strcspn(out + strlen(dir), "."),
				       out + strlen(dir));
	/* what comes with the last link only is never missed */
	u->built = !strncmp(out, GUEST_LINK, strlen(GUEST_LINK)) ||
		   (path_is_file(u->object) && !failed_in_log(said, out));
	free(out);
}

static int read_units(const struct doctor *d, const char *said, struct units *all)
{
	char *path = str_printf("%s/compile_commands.json", d->build);
	int i;

	memset(all, 0, sizeof(*all));
	all->json = json_object_from_file(path);
	if (!all->json || !json_object_is_type(all->json, json_type_array)) {
		fprintf(stderr, "vfiosim: %s: cannot be read\n", path);
		free(path);
		return CMD_EXIT_USAGE;
	}
	free(path);
	all->n = (int)json_object_array_length(all->json);
	all->u = calloc((size_t)all->n + 1, sizeof(*all->u));
	if (!all->u)
		abort();
	for (i = 0; i < all->n; i++) {
		struct unit *u = &all->u[i];

		read_unit(d, json_object_array_get_idx(all->json, (size_t)i), said, u);
		all->failed += !u->built;
		all->real += u->real;
		all->failed_real += u->real && !u->built;
	}
	return 0;
}

static void units_free(struct units *all)
{
	int i;

	for (i = 0; i < all->n; i++) {
		free(all->u[i].object);
		free(all->u[i].module);
	}
	free(all->u);
	json_object_put(all->json);
}

static void explain_unit(const struct doctor *d, const struct unit *u)
{
	char *log = str_printf("%s/vfiosim-doctor.log", d->build), *said;
	const char *argv[] = { "sh", "-c", u->command, NULL };
	struct proc_opts opts = { .cwd = d->build, .output = log, .errors = log };

	file_write(log, "");
	proc_run(argv, &opts);
	/* leave nothing that a build would take for its own */
	unlink(u->object);
	said = file_read(log);
	if (said && !doctor_explain(d, said, stdout))
		fputs(said, stdout);
	free(said);
	free(log);
}

static const char *short_name(const struct doctor *d, const struct unit *u)
{
	const char *root = u->real ? d->kdir : d->src;
	size_t n = strlen(root);

	return !strncmp(u->file, root, n) && u->file[n] == '/' ? u->file + n + 1 : u->file;
}

static void print_units(const struct doctor *d, const struct units *all)
{
	const char *module = NULL;
	int i;

	printf("\nfiles of this tree\n");
	for (i = 0; i < all->n; i++) {
		const struct unit *u = &all->u[i];

		if (!u->real)
			continue;
		if (u->module && (!module || strcmp(module, u->module)))
			printf("  module %s\n", u->module);
		module = u->module;
		printf("    %-6s %s\n", u->built ? "ok" : "FAILED", short_name(d, u));
		if (!u->built)
			explain_unit(d, u);
	}
	if (all->failed == all->failed_real)
		return;
	printf("\nfiles of the shim and of its drivers that do not compile with this tree\n");
	for (i = 0; i < all->n; i++)
		if (!all->u[i].real && !all->u[i].built) {
			printf("    FAILED %s\n", short_name(d, &all->u[i]));
			explain_unit(d, &all->u[i]);
		}
}

/* Stubs that a few schedules of the scenarios reach */
static void run_shortly(const struct cmdline *cl, const struct kernel_tree *tree,
			const struct guest *guest)
{
	char *json = str_printf("%s/vfiosim-doctor.json", guest->dir);
	char *option = str_printf("--json=%s", json);
	const char **argv = calloc((size_t)cl->nr_args + 8, sizeof(*argv));
	struct proc_opts opts = { .output = "/dev/null" };
	struct json_file jf;
	unsigned int i, said = 0;
	int n = 0;

	if (!argv)
		abort();
	argv[n++] = guest->runner;
	argv[n++] = "run";
	argv[n++] = "--quiet";
	argv[n++] = "--budget=20";
	argv[n++] = option;
	for (i = 0; i < (unsigned int)cl->nr_args; i++)
		argv[n++] = cl->args[i];
	unlink(json);
	guest_environment(tree, guest);
	proc_run(argv, &opts);
	printf("\nstubs that 20 schedules of each scenario reach\n");
	if (json_read(json, &jf)) {
		printf("  unknown: the run left no result\n");
	} else {
		for (i = 0; i < jf.n; i++)
			if (jf.r[i].stubs) {
				printf("  %-36s %s\n", jf.r[i].scenario, jf.r[i].stubs);
				said++;
			}
		if (!said)
			printf("  none in %u scenarios\n", jf.n);
		json_file_free(&jf);
	}
	free(argv);
	free(option);
	free(json);
}

static void print_fidelity(const struct doctor *d, const struct units *all)
{
	struct names used = { 0 };
	int i;

	for (i = 0; i < all->n; i++)
		if (all->u[i].real && all->u[i].module)
			names_of_file(&used, all->u[i].file);
	printf("\nnames that these files use and the shim does not fully give\n");
	i = doctor_fidelity(d, &used, stdout);
	if (i <= 0)
		printf("  %s\n", i ? "unknown: no kshim/fidelity.tsv" : "none");
	names_free(&used);
}

static int print_verdict(const struct doctor *d, const struct units *all, const char *said,
			 bool built)
{
	int unresolved = 0;

	printf("\nlink: ");
	if (built) {
		printf("ok\n");
	} else if (all->failed) {
		printf("not tried\n");
	} else {
		printf("FAILED\n");
		unresolved = doctor_unresolved(d, said, stdout);
		if (!unresolved)
			fputs(said, stdout);
	}
	if (built) {
		printf("\nThis tree builds: all of its %d files.\n", all->real);
		return CMD_EXIT_PASS;
	}
	printf("\nThis tree does not build: %d of its %d files and %d of ours fail, %d names are unresolved.\n",
	       all->failed_real, all->real, all->failed - all->failed_real, unresolved);
	return CMD_EXIT_USAGE;
}

static int examine(const struct cmdline *cl, const struct kernel_tree *tree,
		   const struct guest *guest, const char *said, bool built)
{
	struct doctor d = { .kdir = guest->kdir, .src = guest->src, .build = guest->dir };
	struct units all;
	int status;

	printf("linux %s%s%s%s\n  %s\n", tree->version, tree->pkg_version ? " (linux-source " : "",
	       tree->pkg_version ? tree->pkg_version : "", tree->pkg_version ? ")" : "", tree->origin ? tree->origin : tree->dir);
	status = read_units(&d, said, &all);
	if (status)
		return status;
	d.headers = kernel_tree_headers(tree);
	d.farm = str_printf("%s/tree-include", guest->dir);
	print_units(&d, &all);
	print_fidelity(&d, &all);
	fflush(stdout);
	if (built)
		run_shortly(cl, tree, guest);
	status = print_verdict(&d, &all, said, built);
	units_free(&all);
	free(d.farm);
	free(d.headers);
	return status;
}

int verb_doctor(const struct cmdline *cl)
{
	char *log = str_printf("%s/vfiosim-doctor-XXXXXX", getenv("TMPDIR") ?: "/tmp"), *said;
	struct kernel_tree tree;
	struct guest guest;
	int status = guest_tree(cl, &tree), fd;

	if (status) {
		free(log);
		return status;
	}
	fd = mkstemp(log);
	if (fd < 0) {
		perror(log);
		status = CMD_EXIT_USAGE;
		goto out;
	}
	close(fd);
	/* messages are matched */
	setenv("LC_ALL", "C", 1);
	if (!cl->quiet)
		fprintf(stderr, "building what can be built for linux %s ...\n", tree.version);
	status = guest_try(&tree, log, &guest);
	if (status <= 0) {
		said = file_read(log);
		status = examine(cl, &tree, &guest, said ? said : "", !status);
		free(said);
		guest_close(&guest);
	}
	unlink(log);
out:
	free(log);
	kernel_tree_close(&tree);
	return proc_interrupted() ? CMD_EXIT_INTERRUPTED : status;
}
