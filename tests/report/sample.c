// SPDX-License-Identifier: GPL-2.0-only
/*
 * A stack of known shape: functions that only record where they were called.
 */
#include <ctype.h>
#include <string.h>

#include "test_report.h"

#define noinline	__attribute__((noinline))

const void *sample_pc[SAMPLE_MAX];
unsigned int sample_n;
unsigned int sample_inner_line;
unsigned int sample_outer_line;
int sample_data[16];

static const void *seen[SAMPLE_MAX];
static unsigned int nseen;

void kshim_task_entry(void);
void kshim_sys_ioctl(void);
void sample_outer(void);
void kshim_deep(void);

noinline void kshim_deep(void)
{
	seen[nseen++] = __builtin_return_address(0);
	__asm__ volatile("" ::: "memory");
}

static inline __attribute__((always_inline)) void sample_inner(void)
{
	sample_inner_line = __LINE__ + 1;
	kshim_deep();
	__asm__ volatile("" ::: "memory");
}

noinline void sample_outer(void)
{
	seen[nseen++] = __builtin_return_address(0);
	sample_outer_line = __LINE__ + 1;
	sample_inner();
	__asm__ volatile("" ::: "memory");
}

noinline void kshim_sys_ioctl(void)
{
	seen[nseen++] = __builtin_return_address(0);
	sample_outer();
	__asm__ volatile("" ::: "memory");
}

noinline void kshim_task_entry(void)
{
	kshim_sys_ioctl();
	__asm__ volatile("" ::: "memory");
}

void sample_record(void)
{
	unsigned int i;

	nseen = 0;
	kshim_task_entry();
	sample_n = nseen;
	for (i = 0; i < nseen; i++)
		sample_pc[i] = seen[nseen - 1 - i];
}

static char *skip_hex(char *p)
{
	if (p[0] != '0' || p[1] != 'x')
		return NULL;
	for (p += 2; isxdigit((unsigned char)*p); p++)
		;
	return p;
}

char *sample_normal(char *text)
{
	char *in = text, *out = text, *p;

	while (*in) {
		if (*in == '+' && (p = skip_hex(in + 1)) && *p == '/' && (p = skip_hex(p + 1))) {
			*out++ = '+';
			*out++ = 'X';
			in = p;
		} else if (!strncmp(in, "sample.c:", 9)) {
			memmove(out, in, 9);
			out += 9;
			in += 9;
			while (isdigit((unsigned char)*in))
				in++;
			*out++ = 'N';
		} else {
			*out++ = *in++;
		}
	}
	*out = '\0';
	return text;
}
