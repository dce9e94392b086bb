// SPDX-License-Identifier: GPL-2.0-only
/* Every option, its limits, and what is said about mistakes. */
#include "test_cmd.h"
#include "cmd/front.h"
#include "cmd/cmdline_table.h"

#include <unistd.h>

#define MAX_WORDS 32

static char line[512], *words[MAX_WORDS + 1], complaint[1024];

/* Parse a line of words; what is said on stderr ends up in complaint */
static int parse(struct cmdline *cl, const char *text)
{
	int n = 0, status, saved = dup(STDERR_FILENO);
	FILE *said = tmpfile();
	char *word, *rest = line;

	snprintf(line, sizeof(line), "vfiosim %s", text);
	while ((word = strsep(&rest, " ")) && n < MAX_WORDS)
		if (*word)
			words[n++] = word;
	words[n] = NULL;
	fflush(stderr);
	dup2(fileno(said), STDERR_FILENO);
	status = cmdline_parse(cl, n, words);
	fflush(stderr);
	dup2(saved, STDERR_FILENO);
	close(saved);
	rewind(said);
	complaint[fread(complaint, 1, sizeof(complaint) - 1, said)] = '\0';
	fclose(said);
	return status;
}

static void expect(const char *text, const char *message)
{
	struct cmdline cl;

	ck_assert_int_eq(parse(&cl, text), CMD_EXIT_USAGE);
	ck_assert_msg(strstr(complaint, message) != NULL, "'%s' says: %s", text, complaint);
	ck_assert_msg(strchr(complaint, '\n') == complaint + strlen(complaint) - 1,
		      "not one line: %s", complaint);
	free(cl.args);
}

START_TEST(one_format_on_stdout)
{
	struct cmdline cl;

	ck_assert_int_eq(parse(&cl, "run --junit"), 0);
	ck_assert_str_eq(cl.junit, "-");
	ck_assert_int_eq(cmdline_stdout_formats(&cl), 1);
	free(cl.args);
	ck_assert_int_eq(parse(&cl, "run --junit=a.xml --json=b --ktap"), 0);
	ck_assert(cl.ktap);
	ck_assert_int_eq(cmdline_stdout_formats(&cl), 1);
	free(cl.args);
	ck_assert_int_eq(parse(&cl, "run --junit=a.xml"), 0);
	ck_assert_int_eq(cmdline_stdout_formats(&cl), 0);
	free(cl.args);
	expect("run --junit --ktap", "only one of");
	expect("run --json --junit=-", "only one of");
}
END_TEST

START_TEST(defaults)
{
	struct cmdline cl;

	ck_assert_int_eq(parse(&cl, "run"), 0);
	ck_assert_str_eq(complaint, "");
	ck_assert_int_eq(cl.verb, CMD_RUN);
	ck_assert_ptr_null(cl.kernel);
	ck_assert_int_eq(cl.engine, CMD_ENGINE_FIBERS);
	ck_assert_int_eq(cl.points, CMD_POINTS_MEM);
	ck_assert_int_eq(cl.strategy, CMD_STRATEGY_DEFAULT);
	ck_assert_int_eq(cl.reset, CMD_RESET_SNAPSHOT);
	ck_assert_int_eq(cl.bound, -1);
	ck_assert_int_eq(cl.depth, 0);
	ck_assert_uint_eq(cl.budget, 0);
	ck_assert_uint_eq(cl.seed, 1);
	ck_assert(!cl.seed_given);
	ck_assert_uint_eq(cl.max_failures, 1);
	ck_assert_ptr_null(cl.json);
	ck_assert_int_eq(cl.nr_args, 0);
	free(cl.args);
}
END_TEST

static void expect_specs(const struct cmdline *cl, const char *want)
{
	char said[256] = "";
	int n, i;
	char **specs = kernel_specs(cl, &n);

	for (i = 0; i < n; i++) {
		strcat(strcat(said, specs[i]), " ");
		free(specs[i]);
	}
	free(specs);
	ck_assert_str_eq(said, want);
}

START_TEST(everything)
{
	struct cmdline cl;

	ck_assert_int_eq(parse(&cl, "run -k 6.1 a* --engine=baton --points sync --strategy surw"
			       " --bound 0 --depth=5 --budget 20k --seed 0xff"), 0);
	ck_assert_str_eq(cl.kernel, "6.1");
	ck_assert_int_eq(cl.engine, CMD_ENGINE_BATON);
	ck_assert_int_eq(cl.points, CMD_POINTS_SYNC);
	ck_assert_int_eq(cl.strategy, CMD_STRATEGY_SURW);
	ck_assert_int_eq(cl.bound, 0);
	ck_assert_int_eq(cl.depth, 5);
	ck_assert_uint_eq(cl.budget, 20000);
	ck_assert_uint_eq(cl.seed, 255);
	ck_assert(cl.seed_given);
	ck_assert_int_eq(cl.nr_args, 1);
	ck_assert_str_eq(cl.args[0], "a*");
	free(cl.args);

	ck_assert_int_eq(parse(&cl, "run -j2 -qvv --max_failures 3 --no-oracle leak --no-oracle hang"
			       " --reset init-exit --trace --strict --json b"), 0);
	ck_assert_uint_eq(cl.jobs, 2);
	ck_assert(cl.quiet && cl.trace && cl.strict);
	ck_assert_int_eq(cl.verbose, 2);
	ck_assert_uint_eq(cl.max_failures, 3);
	ck_assert_int_eq(cl.nr_no_oracle, 2);
	ck_assert_str_eq(cl.no_oracle[1], "hang");
	ck_assert_int_eq(cl.reset, CMD_RESET_INIT_EXIT);
	ck_assert_str_eq(cl.json, "-");
	ck_assert_str_eq(cl.args[0], "b");
	free(cl.args);

	ck_assert_int_eq(parse(&cl, "run -k 5.10,6.1 --kernel=7.2 -k /a,b"), 0);
	ck_assert_int_eq(cl.nr_kernels, 3);
	ck_assert_str_eq(cl.kernels[0], "5.10,6.1");
	ck_assert_str_eq(cl.kernel, "/a,b");
	expect_specs(&cl, "5.10 6.1 7.2 /a,b ");
	free(cl.args);
	ck_assert_int_eq(parse(&cl, "run -k all"), 0);
	expect_specs(&cl, "5.10 6.1 6.12 7.2 ");
	free(cl.args);
	ck_assert_int_eq(parse(&cl, "run"), 0);
	expect_specs(&cl, "");
	free(cl.args);

	ck_assert_int_eq(parse(&cl, "run --json=out.json --budget 30s -- --ktap"), 0);
	ck_assert_str_eq(cl.json, "out.json");
	ck_assert_uint_eq(cl.budget_seconds, 30);
	ck_assert_uint_eq(cl.budget, 0);
	ck_assert(!cl.ktap);
	ck_assert_str_eq(cl.args[0], "--ktap");
	free(cl.args);
}
END_TEST

START_TEST(mistakes)
{
	expect("rnu", "unknown verb 'rnu', did you mean 'run'?");
	expect("xyzzy", "unknown verb 'xyzzy' (");
	expect("-k 5.10 run", "the verb comes first");
	expect("run --buget 3", "unknown option '--buget', did you mean '--budget'?");
	expect("list --budget 3", "vfiosim list: unknown option '--budget'");
	expect("run -x", "unknown option '-x'");
	expect("run --points memm", "is none of mem, sync; did you mean 'mem'?");
	expect("run --engine", "--engine needs a value");
	expect("run -k", "-k needs a value");
	expect("run --ktap=yes", "--ktap takes no value");
	expect("run --depth 0", "not a number of at least 1");
	expect("run --bound -1", "not a number of at least 0");
	expect("run --bound 4294967296", "not a number");
	expect("run --budget 0", "not a number of schedules");
	expect("run --budget 5m", "not a number of schedules");
	expect("run --budget 18446744073709551615k", "not a number of schedules");
	expect("run --seed 1x", "not a number");
	expect("version now", "unexpected 'now'");
}
END_TEST

static char *settings_of(const char *command)
{
	struct cmdline cl;
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	ck_assert_int_eq(parse(&cl, command), 0);
	cmdline_settings(f, &cl);
	fclose(f);
	free(cl.args);
	return text;
}

/* What a run finds depends on all options but those that show or look up something */
START_TEST(settings)
{
	static const char *const same[] = {
		"run -k 6.1", "run -j 3", "run --json -q", "run --ktap --junit=j", "run --no-cache x", "run --patch x",
	};
	static const char *const other[] = {
		"run --seed 2", "run --budget 10", "run --budget 10s", "run --bound 1", "run --trace",
		"run --no-oracle oops", "run --strategy pct", "run --depth 2", "run --strict",
		"run --points sync", "run --engine baton", "run --reset init-exit",
		"run --max-failures 2",
	};
	char *none = settings_of("run"), *text;
	size_t i;

	for (i = 0; i < sizeof(same) / sizeof(*same); i++) {
		text = settings_of(same[i]);
		ck_assert_msg(!strcmp(text, none), "%s", same[i]);
		free(text);
	}
	for (i = 0; i < sizeof(other) / sizeof(*other); i++) {
		text = settings_of(other[i]);
		ck_assert_msg(strcmp(text, none), "%s", other[i]);
		free(text);
	}
	free(none);
}
END_TEST

/* The table and the help are complete: every verb has a help with --help in it */
START_TEST(help)
{
	int verb;

	for (verb = 0; verb < CMD_NR_VERBS; verb++) {
		char *text = NULL;
		size_t size;
		FILE *f = open_memstream(&text, &size);

		cmdline_help(f, (enum cmd_verb)verb);
		fclose(f);
		ck_assert_ptr_nonnull(strstr(text, "--help"));
		ck_assert_ptr_nonnull(strstr(text, cmdline_verb_name((enum cmd_verb)verb)));
		free(text);
	}
}
END_TEST

TCase *cmdline_tests(void)
{
	TCase *tc = tcase_create("cmdline");

	tcase_add_test(tc, defaults);
	tcase_add_test(tc, one_format_on_stdout);
	tcase_add_test(tc, everything);
	tcase_add_test(tc, mistakes);
	tcase_add_test(tc, settings);
	tcase_add_test(tc, help);
	return tc;
}
