// SPDX-License-Identifier: GPL-2.0-only
/* Pages: what is text stays text, every element that is opened is closed. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "html.h"
#include "test_report.h"
#include "trace.h"

#define NASTY "<script>&\"'</script>\001"
#define SAFE  "&lt;script&gt;&amp;&quot;&#39;&lt;/script&gt;&#xfffd;"
#define DEEP  64

static bool is_void(const char *tag)
{
	static const char *const names[] = { "meta", "link", "br", "!doctype" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcasecmp(tag, names[i]))
			return true;
	return false;
}

/* The end of what has no markup inside. */
static const char *past_raw(const char *p, const char *tag)
{
	const char *end;

	if (!strcmp(tag, "style"))
		end = strstr(p, "</style>");
	else if (!strcmp(tag, "script"))
		end = strstr(p, "</script>");
	else
		return p;
	ck_assert_msg(end, "<%s> has no end", tag);
	return end;
}

/* Behind a tag whose name was read; quotes may hold anything but a quote. */
static const char *past_tag(const char *p, bool *closed)
{
	bool quoted = false;

	for (; *p && (quoted || *p != '>'); p++) {
		ck_assert_msg(*p != '<', "'<' inside of a tag: %.60s", p);
		if (*p == '"')
			quoted = !quoted;
	}
	ck_assert_msg(*p == '>', "a tag has no end");
	*closed = p[-1] == '/';
	return p + 1;
}

static void balanced(const char *html)
{
	char open[DEEP][24], name[24];
	const char *p = html;
	int depth = 0;

	while ((p = strchr(p, '<'))) {
		bool end = p[1] == '/', closed;
		size_t n = 0;

		for (p += end ? 2 : 1; (isalnum((unsigned char)*p) || *p == '!') && n < 23; p++)
			name[n++] = *p;
		name[n] = '\0';
		ck_assert_msg(n, "'<' that begins no tag: %.60s", p);
		p = past_tag(p, &closed);
		if (end) {
			ck_assert_msg(depth && !strcmp(open[depth - 1], name),
				      "</%s> closes <%s>: %.60s", name,
				      depth ? open[depth - 1] : "", p);
			depth--;
		} else if (!closed && !is_void(name)) {
			ck_assert_int_lt(depth, DEEP);
			strcpy(open[depth++], name);
			p = past_raw(p, name);
		}
	}
	ck_assert_msg(!depth, "<%s> is never closed", depth ? open[depth - 1] : "");
}

static unsigned int count(const char *text, const char *what)
{
	unsigned int n = 0;

	for (; (text = strstr(text, what)); text += strlen(what))
		n++;
	return n;
}

static const struct sym_frame frames[] = {
	[1] = { "x_open", 8, 64, "drivers/x/x.c", 10, false },
	[2] = { "x_remove", 8, 64, "drivers/x/x.c", 30, false },
};

static const struct sym_frame *lookup(const void *pc, unsigned int *n)
{
	*n = 1;
	return &frames[(long)pc];
}

static const char *source(const char *file, unsigned int line)
{
	(void)file;
	return line == 10 ? "\tif (a < b && c)" : line < 40 ? "\t" NASTY : NULL;
}

static const char *data(const void *addr)
{
	(void)addr;
	return NULL;
}

static const struct trace_resolver resolver = { lookup, source, data, source };
static const char *const names[] = { "a", "idle", "<b>" };

static const struct trace_event events[] = {
	{ .task = 0, .flags = TRACE_STEP_BEGIN, .what = "open " NASTY },
	{ .task = 0, .op = KSHIM_READ, .pc = (void *)1, .flags = TRACE_DECIDES },
	{ .task = 2, .flags = TRACE_SWITCH | TRACE_PREEMPT | TRACE_STEP_BEGIN, .what = "unbind x" },
	{ .task = 2, .op = KSHIM_WRITE, .pc = (void *)2, .flags = TRACE_DECIDES },
	{ .task = 2, .flags = TRACE_STEP_END, .after = 0 },
	{ .task = 0, .flags = TRACE_SWITCH | TRACE_FAIL, .pc = (void *)1, .what = "BUG: " NASTY },
};

static char *fragment(void)
{
	struct trace_opts o = { .preemptions = 1, .need = RUN_NEED_EXACTLY, .resolver = &resolver };
	char *text;

	CAPTURE(text, f,
		ck_assert_int_eq(0, trace_html(f, events, sizeof(events) / sizeof(events[0]), names,
					       3, &o)));
	return text;
}

static const char *const columns[] = { "fd", NASTY };
static const long one[] = { -19, OUTCOME_NONE }, two[] = { 3, 0 };
static const struct run_outcome outcomes[] = {
	{ one, 9, "s@5.10/m/0", false },
	{ two, 1, NULL, false },
};
static const struct run_sometimes sometimes[] = { { "fd < 0 " NASTY, false } };
static const struct run_race race = { "read in " NASTY, "write in y", NULL, "s@5.10/m/1", 3 };

static const struct run_order order = { "put (" NASTY ":1)", "get (x.c:2)" };

static struct run_failure a_failure(const char *trace)
{
	return (struct run_failure){
		.oracle = "oops",
		.headline = "BUG: " NASTY,
		.token = "s@5.10/m/6.1/" NASTY,
		.count = 1,
		.report_text = "RIP: " NASTY "\n",
		.trace_html = trace,
		.schedules_to_first = 5,
		.preemptions = 1,
		.steps_from = 9,
		.steps = 3,
		.small = "task a { " NASTY " }\n",
		.small_token = "s-min@5.10/m/0",
		.saved = "out/a folder-oops",
	};
}

static struct run_result a_result(const struct run_failure *x)
{
	return (struct run_result){
		.scenario = "s" NASTY,
		.kernel = "5.10.262",
		.status = RUN_FAIL,
		.reason = NASTY,
		.schedules = 10,
		.complete_bound = 1,
		.strategy = "dfs+" NASTY,
		.npoints = 80,
		.columns = columns,
		.ncolumns = 2,
		.outcomes = outcomes,
		.noutcomes = 2,
		.sometimes = sometimes,
		.nsometimes = 1,
		.failures = x,
		.nfailures = x ? 1 : 0,
		.order_pairs = 2,
		.orders_seen = 3,
		.unseen = &order,
		.nunseen = 1,
		.races = &race,
		.nraces = 1,
		.stubs = NASTY,
	};
}

START_TEST(escapes)
{
	char *text;

	CAPTURE(text, f, html_text(f, NASTY "\t\n"));
	ck_assert_str_eq(text, SAFE "\t\n");
	free(text);
	CAPTURE(text, f, html_text(f, NULL));
	ck_assert_str_eq(text, "");
	free(text);
	CAPTURE(text, f, html_elem(f, "td class=\"n\"", NASTY));
	ck_assert_str_eq(text, "<td class=\"n\">" SAFE "</td>");
	free(text);
	CAPTURE(text, f, html_format(f, "%s=%d", "<", 3));
	ck_assert_str_eq(text, "&lt;=3");
	free(text);
	CAPTURE(text, f, html_path(f, "../a b/\"x\"#?.html"));
	ck_assert_str_eq(text, "../a%20b/%22x%22%23%3F.html");
	free(text);
}
END_TEST

/* A row for each row of the text, in its lane; the lines that it names, with their numbers. */
START_TEST(trace_part)
{
	char *text = fragment();

	balanced(text);
	ck_assert_uint_eq(count(text, "<li id="), 8);
	ck_assert_uint_eq(count(text, "class=\"row dec"), 2);
	ck_assert_ptr_nonnull(strstr(text, "<b class=\"t1\" style=\"--c:1\">&lt;b&gt;</b></div>"));
	ck_assert_ptr_null(strstr(text, "idle"));
	ck_assert_ptr_nonnull(strstr(text, "if (a &lt; b &amp;&amp; c)"));
	ck_assert_ptr_nonnull(strstr(text, "<a class=\"at\" href=\"#s0-10\">x.c:10</a>"));
	ck_assert_ptr_nonnull(
		strstr(text, "id=\"s0-10\"><i>10</i><b><a class=\"t0 dec\" href=\"#r3\">3</a>"));
	ck_assert_ptr_nonnull(strstr(text, "id=\"s0-30\""));
	ck_assert_ptr_null(strstr(text, "id=\"s0-20\""));
	ck_assert_ptr_nonnull(strstr(text, "reversing 3 and 6 (!) makes it pass"));
	ck_assert_ptr_null(strstr(text, "<script"));
	free(text);
}
END_TEST

START_TEST(failure_page)
{
	char *part = fragment(), *text;
	struct run_failure x = a_failure(part);
	struct run_result r = a_result(&x);

	CAPTURE(text, f, html_failure(f, &r, &x, "../index.html"));
	balanced(text);
	ck_assert_uint_eq(count(text, "<script"), 1);
	ck_assert_ptr_nonnull(strstr(text, "<h1>BUG: " SAFE "</h1>"));
	ck_assert_ptr_nonnull(strstr(text, "vfiosim replay s@5.10/m/6.1/" SAFE "</code>"));
	ck_assert_ptr_nonnull(strstr(text, "vfiosim replay s-min@5.10/m/0</code>"));
	ck_assert_ptr_nonnull(strstr(text, "href=\"../index.html\""));
	ck_assert_ptr_nonnull(strstr(text, part));
	ck_assert_ptr_nonnull(strstr(text, "<td>put (" SAFE ":1)</td><td>get (x.c:2)</td>"));
	/* Nothing is fetched. */
	ck_assert_ptr_null(strstr(text, "http:"));
	ck_assert_ptr_null(strstr(text, "https:"));
	ck_assert_ptr_null(strstr(text, "src="));
	ck_assert_ptr_null(strstr(text, "@import"));
	free(text);
	r.trace_html = part;
	CAPTURE(text, f, html_failure(f, &r, NULL, NULL));
	balanced(text);
	ck_assert_ptr_nonnull(strstr(text, part));
	free(text);
	free(part);
}
END_TEST

START_TEST(campaign_page)
{
	struct run_failure x = a_failure(NULL);
	struct run_result r[3] = { a_result(&x),
				   a_result(NULL),
				   { .scenario = "late", .complete_bound = -1 } };
	char *text;

	r[1].status = RUN_PASS;
	r[1].exhaustive = true;
	r[2].status = RUN_SKIP;
	r[2].reason = "needs " NASTY;
	CAPTURE(text, f, html_campaign(f, r, 3, "out/"));
	balanced(text);
	ck_assert_uint_eq(count(text, "<script"), 1);
	ck_assert_uint_eq(count(text, "href=\"a%20folder-oops/failure.html\""), 2);
	ck_assert_ptr_nonnull(strstr(text, "needs " SAFE));
	ck_assert_ptr_nonnull(strstr(text, "1 preemption</td>"));
	ck_assert_ptr_nonnull(strstr(text, "<td>all</td>"));
	free(text);
	CAPTURE(text, f, html_campaign(f, r, 1, "elsewhere"));
	ck_assert_uint_eq(count(text, "href=\"out/a%20folder-oops/failure.html\""), 2);
	free(text);
}
END_TEST

START_TEST(kernels_page)
{
	struct run_failure x = a_failure(NULL);
	struct run_result one = a_result(&x), none = { .scenario = "s", .status = RUN_ERROR };
	const struct html_kernel k[] = { { "5.10", "5.10 x", &one }, { "<6>", NULL, &none } };
	char *text;

	CAPTURE(text, f, html_kernels(f, k, 2, 1, "/nonexistent"));
	balanced(text);
	ck_assert_ptr_nonnull(strstr(text, "<th><a href=\"5.10%20x/index.html\">5.10</a></th>"));
	ck_assert_ptr_nonnull(strstr(text, "title=\"BUG: " SAFE "\""));
	ck_assert_ptr_nonnull(strstr(text, "<th>&lt;6&gt;</th>"));
	free(text);
}
END_TEST

TCase *html_case(void)
{
	TCase *tc = tcase_create("html");

	tcase_add_test(tc, escapes);
	tcase_add_test(tc, trace_part);
	tcase_add_test(tc, failure_page);
	tcase_add_test(tc, campaign_page);
	tcase_add_test(tc, kernels_page);
	return tc;
}
