// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfiosim run on several kernels: each guest runs the same command line and
 * leaves its results in a file; here they become one table, one KTAP or one
 * JSON.
 */
#define _XOPEN_SOURCE 700
#include "front.h"
#include "../kernels/sysutil.h"
#include "../report/html.h"
#include "../report/json.h"
#include "../report/json_read.h"
#include "../report/junit.h"
#include "../report/ktap.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/**
 * struct column - one kernel
 * @name:	version; what was asked for when there is no such tree
 * @error:	why nothing ran, or NULL
 * @pages:	with --html: folder below that one
 * @r:		a result for every scenario that ran on any kernel, in order
 */
struct column {
	char *name;
	const char *error;
	char *pages;
	struct json_file file;
	struct run_result *r;
};

struct matrix {
	struct column *col;
	int ncol;
	const char **row;
	unsigned int nrow;
	char *dir;
};

int guest_run_json(const struct guest *guest, int argc, char **argv, const char *json,
		   const char *html)
{
	struct proc_opts opts = { .output = "/dev/null" };
	char *option = str_printf("--json=%s", json), *pages = str_printf("--html=%s", html ? html : "");
	const char **args = calloc((size_t)argc + 3, sizeof(*args));
	int n = 0, i, status;

	if (!args)
		abort();
	for (i = 0; i < argc && strcmp(argv[i], "--"); i++)
		args[n++] = argv[i];
	args[n++] = option;
	if (html)
		args[n++] = pages;
	for (; i < argc; i++)
		args[n++] = argv[i];
	args[0] = guest->runner;
	status = proc_run(args, &opts);
	free(args);
	free(option);
	free(pages);
	return status;
}

/* A folder of its own for each column: versions may be equal, of two trees or with a patch */
static void name_pages(const struct matrix *m, struct column *c)
{
	unsigned int same = 1;
	const struct column *o;

	for (o = m->col; o < c; o++)
		same += !strcmp(o->name, c->name);
	c->pages = same > 1 ? str_printf("%s-%u", c->name, same) : str_dup(c->name);
}

/* Return: 0, or the exit status of a mistake that every kernel would meet */
static int fill_column(struct matrix *m, struct column *c, const struct cmdline *cl, int argc,
		       char **argv, const char *spec)
{
	struct cmdline one = *cl;
	struct kernel_tree tree;
	struct guest guest;
	char *json, *html = NULL;
	int status;

	one.kernel = spec;
	c->error = cl->nr_patches ? "there is no such kernel tree, or a patch does not apply to it" :
				    "there is no such kernel tree";
	if (guest_tree(&one, &tree)) {
		c->name = str_dup(spec);
		return proc_interrupted() ? CMD_EXIT_INTERRUPTED : 0;
	}
	c->name = str_dup(tree.version);
	c->error = "does not build: vfiosim doctor --kernel says why";
	json = str_printf("%s/%d.json", m->dir, (int)(c - m->col));
	if (cl->html) {
		name_pages(m, c);
		html = str_printf("%s/%s", cl->html, c->pages);
	}
	status = guest_build(&tree, guest_mode(cl), cl->quiet, &guest);
	if (!status) {
		if (!cl->quiet)
			fprintf(stderr, "linux %s\n", tree.version);
		guest_environment(&tree, &guest);
		guest_results(cl);
		c->error = "the run ended without a result";
		status = guest_run_json(&guest, argc, argv, json, html);
		if (!json_read(json, &c->file)) {
			c->error = NULL;
			status = 0;
		}
		guest_close(&guest);
	} else {
		status = 0;
	}
	free(json);
	free(html);
	kernel_tree_close(&tree);
	return proc_interrupted() ? CMD_EXIT_INTERRUPTED : status == CMD_EXIT_USAGE ? status : 0;
}

static void add_row(struct matrix *m, const char *name)
{
	unsigned int i;

	for (i = 0; i < m->nrow; i++)
		if (!strcmp(m->row[i], name))
			return;
	m->row = realloc(m->row, (m->nrow + 1) * sizeof(*m->row));
	if (!m->row)
		abort();
	m->row[m->nrow++] = name;
}

static const struct run_result *result_of(const struct column *c, const char *name)
{
	unsigned int i;

	for (i = 0; i < c->file.n; i++)
		if (!strcmp(c->file.r[i].scenario, name))
			return &c->file.r[i];
	return NULL;
}

/* Every kernel gets a result in every row */
static void line_up(struct matrix *m)
{
	unsigned int i;
	int k;

	for (k = 0; k < m->ncol; k++)
		for (i = 0; i < m->col[k].file.n; i++)
			add_row(m, m->col[k].file.r[i].scenario);
	for (k = 0; k < m->ncol; k++) {
		struct column *c = &m->col[k];

		c->r = calloc(m->nrow + 1, sizeof(*c->r));
		if (!c->r)
			abort();
		for (i = 0; i < m->nrow; i++) {
			const struct run_result *r = result_of(c, m->row[i]);

			if (r) {
				c->r[i] = *r;
				continue;
			}
			c->r[i].scenario = m->row[i];
			c->r[i].kernel = c->name;
			c->r[i].status = RUN_ERROR;
			c->r[i].complete_bound = -1;
			c->r[i].strategy = "none";
			c->r[i].reason = c->error ? c->error : "interrupted before it began";
		}
	}
}

static int column_width(const struct column *c)
{
	return c->name && strlen(c->name) > 10 ? (int)strlen(c->name) : 10;
}

static void print_cell(const struct run_result *r, int width, bool color)
{
	static const char *const word[] = { "pass", "FAIL", "skip", "known", "ERROR" };
	static const char *const paint[] = { "\033[32m", "\033[31m", "", "\033[33m", "\033[31m" };

	printf("  %s%-*s%s", color ? paint[r->status] : "", width, word[r->status],
	       color ? "\033[0m" : "");
}

static void print_table(const struct matrix *m, bool color)
{
	unsigned int count[RUN_ERROR + 1], i;
	int width = 8, k;

	for (i = 0; i < m->nrow; i++)
		if ((int)strlen(m->row[i]) > width)
			width = (int)strlen(m->row[i]);
	printf("%-*s", width, "scenario");
	for (k = 0; k < m->ncol; k++)
		printf("  %-*s", column_width(&m->col[k]), m->col[k].name);
	putchar('\n');
	for (i = 0; i < m->nrow; i++) {
		printf("%-*s", width, m->row[i]);
		for (k = 0; k < m->ncol; k++)
			print_cell(&m->col[k].r[i], column_width(&m->col[k]), color);
		putchar('\n');
	}
	putchar('\n');
	for (k = 0; k < m->ncol; k++) {
		memset(count, 0, sizeof(count));
		for (i = 0; i < m->nrow; i++)
			count[m->col[k].r[i].status]++;
		printf("%s: %u passed, %u known bugs found, %u failed, %u skipped, %u errors\n",
		       m->col[k].name, count[RUN_PASS], count[RUN_KNOWN], count[RUN_FAIL],
		       count[RUN_SKIP], count[RUN_ERROR]);
	}
}

/* What the words of the table are about; with -v of known bugs and skips too */
static void print_details(const struct matrix *m, const struct cmdline *cl)
{
	unsigned int i;
	int k;

	for (i = 0; i < m->nrow; i++)
		for (k = 0; k < m->ncol; k++) {
			const struct run_result *r = &m->col[k].r[i];

			if (r->status == RUN_PASS && !r->stubs)
				continue;
			if (r->status == RUN_FAIL || (r->status == RUN_ERROR && !m->col[k].error)) {
				putchar('\n');
				result_print_human(stdout, r, cl->color);
			} else if (cl->verbose) {
				printf("%s@%s: %s: %s\n", r->scenario, r->kernel,
				       run_status_name(r->status), r->reason ? r->reason :
				       r->stubs ? r->stubs : "");
			}
		}
	for (k = 0; k < m->ncol; k++)
		if (m->col[k].error)
			printf("%s: %s\n", m->col[k].name, m->col[k].error);
}

static void print_ktap(const struct matrix *m)
{
	struct ktap k;
	int i;

	ktap_begin(&k, stdout, (unsigned int)m->ncol);
	for (i = 0; i < m->ncol; i++) {
		char *suite = str_printf("vfiosim-%s", m->col[i].name);

		ktap_suite(&k, suite, m->col[i].r, m->nrow);
		free(suite);
	}
}

static int write_pages(const struct matrix *m, const char *dir)
{
	struct html_kernel *k = calloc((size_t)m->ncol + 1, sizeof(*k));
	char *path = str_printf("%s/index.html", dir);
	int i, rc = dir_make(dir);
	FILE *f = NULL;

	if (!k)
		abort();
	for (i = 0; i < m->ncol; i++)
		k[i] = (struct html_kernel){ m->col[i].name, m->col[i].error ? NULL : m->col[i].pages,
					     m->col[i].r };
	errno = -rc;
	if (!rc)
		f = fopen(path, "w");
	if (f) {
		html_kernels(f, k, (unsigned int)m->ncol, m->nrow, dir);
		rc = ferror(f);
	}
	if (!f || (fclose(f) | rc)) {
		fprintf(stderr, "vfiosim: --html: %s: %s\n", path, strerror(errno));
		rc = CMD_EXIT_USAGE;
	}
	free(path);
	free(k);
	return rc;
}

static int print_all(const struct matrix *m, const struct cmdline *cl)
{
	struct run_result *all = calloc((size_t)m->ncol * m->nrow + 1, sizeof(*all));
	unsigned int n = 0, i;
	int k, status = 0;

	if (!all)
		abort();
	for (k = 0; k < m->ncol; k++)
		for (i = 0; i < m->nrow; i++)
			all[n++] = m->col[k].r[i];
	if (cl->ktap)
		print_ktap(m);
	if ((cl->json && result_write(cl->json, json_results, all, n)) ||
	    (cl->junit && result_write(cl->junit, junit_results, all, n)))
		status = CMD_EXIT_USAGE;
	if (cl->html && write_pages(m, cl->html))
		status = CMD_EXIT_USAGE;
	if (!cmdline_stdout_formats(cl)) {
		print_table(m, cl->color);
		if (!cl->quiet)
			print_details(m, cl);
		for (k = 0; cl->fail_sweep && k < m->ncol; k++) {
			printf("%s: ", m->col[k].name);
			result_sweep(stdout, m->col[k].r, m->nrow);
		}
		if (cl->lifecycle)
			result_print_lifecycle(stdout, all, n);
	}
	if (!status)
		status = n ? result_exit_code(all, n) : CMD_EXIT_USAGE;
	free(all);
	return status;
}

static void matrix_free(struct matrix *m)
{
	int k;

	for (k = 0; k < m->ncol; k++) {
		json_file_free(&m->col[k].file);
		free(m->col[k].name);
		free(m->col[k].pages);
		free(m->col[k].r);
	}
	free(m->col);
	free(m->row);
	dir_remove(m->dir);
	free(m->dir);
}

int verb_matrix(const struct cmdline *cl, int argc, char **argv, char **specs, int nr_specs)
{
	const char *tmp = getenv("TMPDIR");
	struct matrix m = { .dir = str_printf("%s/vfiosim-XXXXXX", tmp && *tmp ? tmp : "/tmp") };
	int k, status = 0;

	if (!mkdtemp(m.dir)) {
		fprintf(stderr, "vfiosim: %s: %s\n", m.dir, strerror(errno));
		free(m.dir);
		return CMD_EXIT_USAGE;
	}
	m.col = calloc((size_t)nr_specs, sizeof(*m.col));
	if (!m.col)
		abort();
	for (k = 0; k < nr_specs && !status; k++) {
		m.ncol = k + 1;
		status = fill_column(&m, &m.col[k], cl, argc, argv, specs[k]);
	}
	line_up(&m);
	if (m.nrow && status != CMD_EXIT_USAGE) {
		k = print_all(&m, cl);
		status = status ? status : k;
	} else if (!status) {
		status = CMD_EXIT_USAGE;
	}
	matrix_free(&m);
	return status;
}
