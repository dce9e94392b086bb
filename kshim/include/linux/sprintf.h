/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/sprintf.h; the kernel's %p extensions are understood. */
#ifndef _LINUX_SPRINTF_H
#define _LINUX_SPRINTF_H

#include <linux/types.h>
#include <linux/gfp.h>
#include <linux/stdarg.h>

/* libc has the same names with other semantics: keep ours apart. */
#define sprintf kshim_sprintf
#define snprintf kshim_snprintf
#define scnprintf kshim_scnprintf
#define vsnprintf kshim_vsnprintf
#define vscnprintf kshim_vscnprintf
#define sscanf kshim_sscanf

int sprintf(char *buf, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
int snprintf(char *buf, size_t size, const char *fmt, ...);
int scnprintf(char *buf, size_t size, const char *fmt, ...);
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args);
int vscnprintf(char *buf, size_t size, const char *fmt, va_list args);
int sscanf(const char *buf, const char *fmt, ...);
char *kasprintf(gfp_t gfp, const char *fmt, ...);
char *kvasprintf(gfp_t gfp, const char *fmt, va_list args);
const char *kvasprintf_const(gfp_t gfp, const char *fmt, va_list args);

#endif
