/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Conformance tests are kernel code: they see kernel headers and this file.
 * tests/kshim/main.c runs each of them under Check, in a process of its own,
 * on every engine: the explore engine with the default schedule, with a few
 * dozen random ones, on baton-passing threads, and free-running threads.
 */
#ifndef KTEST_H
#define KTEST_H

struct ktest_case {
	const char *name;
	const char *file;
	void (*fn)(void);
	unsigned int flags;
};

#define KTEST_NO_PARALLEL	1u	/* asserts an order that only one engine fixes */
#define KTEST_DEFAULT_ONLY	2u	/* asserts the order of the default schedule */

#define KTEST_FLAGS(ident, fl)						\
	static void ident(void);					\
	static const struct ktest_case ktest_case_##ident = {		\
		#ident, __FILE__, ident, fl };				\
	static const struct ktest_case *const ktest_entry_##ident	\
	__attribute__((used, section("ktest_cases"))) = &ktest_case_##ident; \
	static void ident(void)
#define KTEST(ident)	KTEST_FLAGS(ident, 0)

void ktest_fail(const char *file, int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4), noreturn));

#define KEXPECT(cond)							\
do {									\
	if (!(cond))							\
		ktest_fail(__FILE__, __LINE__, "%s", #cond);		\
} while (0)
#define KEXPECT_EQ(a, b)						\
do {									\
	long __a = (long)(a), __b = (long)(b);				\
	if (__a != __b)							\
		ktest_fail(__FILE__, __LINE__, "%s is %ld, not %s (%ld)", \
			   #a, __a, #b, __b);				\
} while (0)

/**
 * ktest_expect_report() - the next report of an oracle is wanted
 * @oracle:	its name
 * @text:	must occur in the headline
 *
 * The report then returns to its caller unless it is fatal; a fatal one ends
 * the test successfully. A test that ends without the report fails.
 */
void ktest_expect_report(const char *oracle, const char *text);

/* How often a report of this oracle came (expected ones only). */
unsigned int ktest_reports(const char *oracle);

/* Not one report of this oracle, until the test ends. */
void ktest_oracle_off(const char *oracle);

/* Does a kernel log line since the start of the test contain this text? */
int ktest_log_has(const char *text);

/* Make the n-th allocation from now fail in the calling task; 0: off. */
void ktest_fail_nth(unsigned int n);

/* Pairs of places that were found to race in this run. */
unsigned int ktest_races(void);

#endif
