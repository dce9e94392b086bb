// SPDX-License-Identifier: GPL-2.0-only
/* ktap_check <FILE: exit status 0 when it is KTAP. */
#include <stdio.h>
#include <stdlib.h>

#include "ktap_check.h"

int main(void)
{
	char *text = NULL, why[200];
	size_t size;
	FILE *f = open_memstream(&text, &size);
	int c;

	if (!f)
		return 2;
	while ((c = getchar()) != EOF)
		putc(c, f);
	fclose(f);
	if (ktap_check(text, why, sizeof(why)))
		return 0;
	fprintf(stderr, "no KTAP: %s\n", why);
	return 1;
}
