/* SPDX-License-Identifier: GPL-2.0-only */
/* A place in the code as people name it. */
#ifndef RUN_CODEPLACE_H
#define RUN_CODEPLACE_H

#include <stdbool.h>

struct codeplace {
	char func[64];
	char where[128];		/* file:line */
};

/**
 * codeplace() - name a return address
 * @p:		filled: the innermost frame that is not the shim's own
 * @pc:		behind the access or the call
 *
 * Return: false when every frame is the shim's.
 */
bool codeplace(struct codeplace *p, const void *pc);

#endif
