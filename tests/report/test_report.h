/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_REPORT_H
#define TEST_REPORT_H

#include <check.h>
#include <stdio.h>

#define SAMPLE_MAX	16

extern const void *sample_pc[SAMPLE_MAX];	/* innermost first */
extern unsigned int sample_n;
extern unsigned int sample_inner_line;		/* of the deepest call */
extern unsigned int sample_outer_line;		/* where it is inlined */
extern int sample_data[16];

/* Records a stack: kshim_sys_ioctl > sample_outer > (sample_inner) > kshim_deep */
void sample_record(void);

/*
 * Replaces what differs between compilers: "+0x1c/0x90" becomes "+X",
 * "sample.c:12" becomes "sample.c:N". In place.
 */
char *sample_normal(char *text);

/* Runs code that prints to f, leaves the text in a new string. */
#define CAPTURE(text, f, code) do {					\
	size_t capture_n;						\
	FILE *f = open_memstream(&(text), &capture_n);			\
									\
	ck_assert_ptr_nonnull(f);					\
	code;								\
	fclose(f);							\
} while (0)

TCase *symbol_case(void);
TCase *trace_case(void);
TCase *kasan_case(void);
TCase *locks_case(void);
TCase *ktap_case(void);
TCase *junit_case(void);
TCase *outcome_case(void);
TCase *html_case(void);

#endif
