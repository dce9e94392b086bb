/* SPDX-License-Identifier: GPL-2.0-only */
/* Results read back from the JSON that json_results() wrote. */
#ifndef REPORT_JSON_READ_H
#define REPORT_JSON_READ_H

#include "result.h"

struct json_object;

/**
 * struct json_file - the results of one file
 * @top:	owns every string in @r
 * @r:		results
 * @n:		how many
 */
struct json_file {
	struct json_object *top;
	struct run_result *r;
	unsigned int n;
};

/**
 * json_read() - results of a file
 * @path:	of what json_results() wrote
 * @jf:		filled; json_file_free() when done
 *
 * Return: 0, or -1 when the file is not there or is something else.
 */
int json_read(const char *path, struct json_file *jf);
void json_file_free(struct json_file *jf);

#endif
