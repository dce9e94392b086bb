/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/ctype.h for ASCII; the kernel's table knows Latin-1 too. */
#ifndef _LINUX_CTYPE_H
#define _LINUX_CTYPE_H

static inline int isdigit(int c)  { return c >= '0' && c <= '9'; }
static inline int islower(int c)  { return c >= 'a' && c <= 'z'; }
static inline int isupper(int c)  { return c >= 'A' && c <= 'Z'; }
static inline int isalpha(int c)  { return islower(c) || isupper(c); }
static inline int isalnum(int c)  { return isalpha(c) || isdigit(c); }
static inline int isprint(int c)  { return c >= 0x20 && c < 0x7f; }
static inline int isgraph(int c)  { return c > 0x20 && c < 0x7f; }
static inline int ispunct(int c)  { return isgraph(c) && !isalnum(c); }
static inline int isspace(int c)  { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline int iscntrl(int c)  { return (c >= 0 && c < 0x20) || c == 0x7f; }
static inline int isascii(int c)  { return (c & ~0x7f) == 0; }
static inline int isxdigit(int c)
{
	return isdigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}
static inline unsigned char __tolower(unsigned char c)
{
	return isupper(c) ? c + 0x20 : c;
}
static inline unsigned char __toupper(unsigned char c)
{
	return islower(c) ? c - 0x20 : c;
}
#define tolower(c)	__tolower(c)
#define toupper(c)	__toupper(c)

#endif
