// SPDX-License-Identifier: GPL-2.0-only
/* $NAME in paths and sysfs texts: group numbers and device addresses. */
#include <ctype.h>
#include <string.h>

#include "parser.h"

/* Each execution of an open step comes here: printf() would be felt. */
static int put_number(char *buf, size_t len, long n)
{
	char digits[24];
	int i = sizeof(digits), w;
	unsigned long v = n < 0 ? -(unsigned long)n : (unsigned long)n;

	do {
		digits[--i] = (char)('0' + v % 10);
	} while (v /= 10);
	if (n < 0)
		digits[--i] = '-';
	w = (int)sizeof(digits) - i;
	if ((size_t)w < len)
		memcpy(buf, digits + i, (size_t)w);
	return w;
}

/**
 * scn_path_expand() - put group numbers and device addresses into a path
 * @scn:	scenario
 * @path:	text with $GROUP and $DEVICE in it
 * @buf:	gets the result, NUL-terminated
 * @len:	its size
 * @group_id:	tells the number of the iommu group with this index
 * @ctx:	handed to @group_id
 *
 * Return: 0, or -1 when a name is unknown or @buf is too small.
 */
int scn_path_expand(const struct scenario *scn, const char *path, char *buf, size_t len,
		    long (*group_id)(void *ctx, unsigned int group), void *ctx)
{
	size_t used = 0, n;
	char name[64];
	int index, w;

	while (*path) {
		if (used + 1 >= len)
			return -1;
		if (*path != '$') {
			buf[used++] = *path++;
			continue;
		}
		path++;
		for (n = 0; isalnum((unsigned char)path[n]) || path[n] == '_'; n++)
			;
		if (n >= sizeof(name))
			return -1;
		memcpy(name, path, n);
		name[n] = '\0';
		path += n;
		index = scn_find_group(scn, name);
		if (index >= 0) {
			w = put_number(buf + used, len - used, group_id(ctx, (unsigned int)index));
		} else {
			index = scn_find_device(scn, name);
			if (index < 0)
				return -1;
			w = (int)strlen(scn->devices[index].addr);
			if ((size_t)w < len - used)
				memcpy(buf + used, scn->devices[index].addr, (size_t)w);
		}
		if (w < 0 || (size_t)w >= len - used)
			return -1;
		used += (size_t)w;
	}
	if (used >= len)
		return -1;
	buf[used] = '\0';
	return 0;
}
