// SPDX-License-Identifier: GPL-2.0-only
/*
 * The %p extensions of formatted output. Mirrors Documentation/core-api/
 * printk-formats.rst: px and plain p, pK, pS ps pB pF pf (the address), pa
 * pad, pV, pe, ph, pU, pb and pbl. Others are printed as an address.
 */
#include <linux/bitops.h>
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "lib/vsprintf.h"

static const struct { short nr; const char *name; } errors[] = {
	{ 1, "-EPERM" }, { 2, "-ENOENT" }, { 3, "-ESRCH" }, { 4, "-EINTR" },
	{ 5, "-EIO" }, { 6, "-ENXIO" }, { 7, "-E2BIG" }, { 9, "-EBADF" },
	{ 11, "-EAGAIN" }, { 12, "-ENOMEM" }, { 13, "-EACCES" },
	{ 14, "-EFAULT" }, { 16, "-EBUSY" }, { 17, "-EEXIST" },
	{ 19, "-ENODEV" }, { 22, "-EINVAL" }, { 24, "-EMFILE" },
	{ 25, "-ENOTTY" }, { 27, "-EFBIG" }, { 28, "-ENOSPC" },
	{ 32, "-EPIPE" }, { 34, "-ERANGE" }, { 38, "-ENOSYS" },
	{ 75, "-EOVERFLOW" }, { 90, "-EMSGSIZE" }, { 95, "-EOPNOTSUPP" },
	{ 110, "-ETIMEDOUT" }, { 111, "-ECONNREFUSED" }, { 512, "-ERESTARTSYS" },
	{ 517, "-EPROBE_DEFER" }, { 524, "-ENOTSUPP" },
};

static void put_address(struct kshim_out *o, const void *p, struct kshim_spec sp)
{
	sp.base = 16;
	if (sp.width < 16)
		sp.width = 16;
	sp.flags |= SP_ZERO;
	kshim_putnum(o, (unsigned long)p, sp);
}

static void put_hex(struct kshim_out *o, unsigned int v, int width, bool upper)
{
	struct kshim_spec sp = { .flags = SP_ZERO, .base = 16, .width = width, .prec = -1 };

	if (upper)
		sp.flags |= SP_UPPER;
	kshim_putnum(o, v, sp);
}

static void put_error(struct kshim_out *o, const void *p, struct kshim_spec sp)
{
	unsigned int i;

	for (i = 0; IS_ERR(p) && i < sizeof(errors) / sizeof(*errors); i++) {
		if (errors[i].nr == -PTR_ERR(p)) {
			kshim_puts(o, errors[i].name, sp);
			return;
		}
	}
	if (!IS_ERR(p)) {
		put_address(o, p, sp);
		return;
	}
	sp.flags |= SP_SIGNED;
	kshim_putnum(o, PTR_ERR(p), sp);
}

static void put_dump(struct kshim_out *o, const u8 *p, char sep, int n)
{
	int i;

	if (n <= 0)
		n = 1;
	if (n > 64)
		n = 64;
	for (i = 0; i < n; i++) {
		if (i && sep)
			kshim_putc(o, sep);
		put_hex(o, p[i], 2, false);
	}
}

static void put_uuid(struct kshim_out *o, const u8 *p, char kind)
{
	static const u8 little[16] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
	bool swap = tolower(kind) == 'l';
	int i;

	for (i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			kshim_putc(o, '-');
		put_hex(o, p[swap ? little[i] : i], 2, isupper(kind));
	}
}

static void put_bitmap(struct kshim_out *o, const unsigned long *map, int bits)
{
	int chunk = bits & 31 ? : 32, at = (bits + 31) / 32 * 32 - 32;

	for (; at >= 0; at -= 32, chunk = 32) {
		u32 v = map[at / 64] >> (at % 64);

		if (chunk < 32)
			v &= (1u << chunk) - 1;
		put_hex(o, v, (chunk + 3) / 4, false);
		if (at)
			kshim_putc(o, ',');
	}
}

static void put_bitlist(struct kshim_out *o, const unsigned long *map, int bits)
{
	struct kshim_spec sp = { .base = 10, .prec = -1 };
	unsigned long from, to;
	bool more = false;

	for (from = find_first_bit(map, bits); from < (unsigned long)bits;
	     from = find_next_bit(map, bits, to)) {
		to = find_next_zero_bit(map, bits, from);
		if (more)
			kshim_putc(o, ',');
		more = true;
		kshim_putnum(o, from, sp);
		if (to - 1 > from) {
			kshim_putc(o, '-');
			kshim_putnum(o, to - 1, sp);
		}
	}
}

static void put_va_format(struct kshim_out *o, const struct va_format *vaf)
{
	va_list ap;

	va_copy(ap, *vaf->va);
	kshim_format(o, vaf->fmt, &ap);
	va_end(ap);
}

static const char *skip_alnum(const char *f)
{
	while (isalnum(*f))
		f++;
	return f;
}

const char *kshim_pointer(struct kshim_out *o, const char *f, void *p,
			  struct kshim_spec sp)
{
	const char *rest = skip_alnum(f);

	switch (*f) {
	case 'V':
		put_va_format(o, p);
		return f + 1;
	case 'e':
		put_error(o, p, sp);
		return f + 1;
	case 'h':
		put_dump(o, p, f[1] == 'C' ? ':' : f[1] == 'D' ? '-' :
			 f[1] == 'N' ? 0 : ' ', sp.width);
		return rest;
	case 'U':
		put_uuid(o, p, isalpha(f[1]) ? f[1] : 'b');
		return rest;
	case 'b':
		if (f[1] == 'l')
			put_bitlist(o, p, sp.width);
		else
			put_bitmap(o, p, sp.width);
		return rest;
	case 'a':
		sp.flags |= SP_ALT | SP_ZERO;
		sp.base = 16;
		sp.width = 18;
		kshim_putnum(o, *(const u64 *)p, sp);
		return rest;
	}
	put_address(o, p, sp);
	return rest;
}
