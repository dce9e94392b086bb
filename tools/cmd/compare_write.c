// SPDX-License-Identifier: GPL-2.0-only
/* The files that vfiosim compare is asked for. */
#define _XOPEN_SOURCE 700
#include "compare.h"
#include "../report/ktap.h"

#include <errno.h>
#include <json-c/json.h>
#include <string.h>

static FILE *open_out(const char *name)
{
	return strcmp(name, "-") ? fopen(name, "w") : stdout;
}

/* Return: 0, or -1 after a message */
static int close_out(FILE *f, const char *name, bool bad)
{
	if (f && f != stdout)
		bad |= fclose(f) != 0;
	if (f && !bad)
		return 0;
	fprintf(stderr, "vfiosim: %s: %s\n", name, strerror(errno));
	return -1;
}

static int write_json(const char *name, struct json_object *json)
{
	FILE *f = open_out(name);
	const char *text = json_object_to_json_string_ext(json, JSON_C_TO_STRING_PRETTY |
							  JSON_C_TO_STRING_NOSLASHESCAPE);
	bool bad = !f || !text || fprintf(f, "%s\n", text) < 0;

	json_object_put(json);
	return close_out(f, name, bad);
}

int compare_write(const struct cmdline *cl, const struct compare_all *all,
		  const char *const *suite, unsigned int n, struct json_object *json)
{
	struct ktap k;
	unsigned int i;
	int err = 0;
	FILE *f;

	if (cl->json)
		err = write_json(cl->json, json);
	if (cl->junit && !err) {
		f = open_out(cl->junit);
		err = close_out(f, cl->junit, !f || compare_junit(f, all, suite, n));
	}
	if (cl->html && !err) {
		f = open_out(cl->html);
		err = close_out(f, cl->html, !f || compare_html(f, all));
	}
	if (cl->ktap && !err) {
		ktap_begin(&k, stdout, n);
		for (i = 0; i < n; i++)
			compare_ktap(&k, suite[i], &all[i]);
	}
	return err;
}
