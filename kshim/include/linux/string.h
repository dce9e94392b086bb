/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors linux/string.h. Block operations on objects of the code under test
 * are accesses like any other: they go through kshim/lib/string.c, which
 * checks the range and is a point. Strings are libc's.
 */
#ifndef _LINUX_STRING_H
#define _LINUX_STRING_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/stddef.h>
#include <linux/types.h>

void *kshim_memcpy(void *dst, const void *src, size_t n);
void *kshim_memmove(void *dst, const void *src, size_t n);
void *kshim_memset(void *dst, int c, size_t n);
/* Not in every libc, or with other semantics. */
#define strlcpy		kshim_strlcpy
#define strim		kshim_strim

#define memcpy(d, s, n)		kshim_memcpy(d, s, n)
#define memmove(d, s, n)	kshim_memmove(d, s, n)
#define memset(d, c, n)		kshim_memset(d, c, n)

int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int c, size_t n);
void *memchr_inv(const void *s, int c, size_t n);
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t n);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
int strcasecmp(const char *a, const char *b);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *sub);
char *strsep(char **s, const char *ct);
char *strcpy(char *d, const char *s);
char *strncpy(char *d, const char *s, size_t n);
char *strcat(char *d, const char *s);
ssize_t kshim_strscpy(char *d, const char *s, size_t n);
/* The size may be left out for an array, as it may since 6.8. */
#define KSHIM_PICK(unused, v, rest...)	v
#define strscpy(d, s, n...)						\
	kshim_strscpy(d, s, KSHIM_PICK(, ##n, sizeof(d)))
size_t strlcpy(char *d, const char *s, size_t n);
char *strim(char *s);
char *skip_spaces(const char *s);
bool sysfs_streq(const char *a, const char *b);
int match_string(const char * const *array, size_t n, const char *string);
int __sysfs_match_string(const char * const *array, size_t n, const char *s);
#define sysfs_match_string(array, s)					\
	__sysfs_match_string(array, sizeof(array) / sizeof(*(array)), s)

char *kstrdup(const char *s, gfp_t gfp);
const char *kstrdup_const(const char *s, gfp_t gfp);
char *kstrndup(const char *s, size_t len, gfp_t gfp);
void *kmemdup(const void *src, size_t len, gfp_t gfp);
char *kmemdup_nul(const char *s, size_t len, gfp_t gfp);
void kfree_const(const void *p);

/* User copies; see uaccess.h. */
char *strndup_user(const char __user *s, long n);
void *memdup_user(const void __user *s, size_t len);

#endif
