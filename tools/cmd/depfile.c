// SPDX-License-Identifier: GPL-2.0-only
/* What cmake and the compiler wrote about objects in a build directory. */
#define _XOPEN_SOURCE 700
#include "depfile.h"
#include "../kernels/sysutil.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

bool depfile_each(const char *list, bool (*fn)(const char *file, void *arg), void *arg)
{
	const char *p = strchr(list, ':');
	bool ok = p, any = false;
	size_t n;

	for (p = p ? p + 1 : ""; ok && *(p += strspn(p, " \\\n")); p += n) {
		char *file;

		n = strcspn(p, " \n");
		file = str_printf("%.*s", (int)n, p);
		ok = fn(file, arg);
		any = true;
		free(file);
	}
	return ok && any;
}

struct json_object *compile_commands(const char *dir)
{
	char *path = str_printf("%s/compile_commands.json", dir);
	struct json_object *list = json_object_from_file(path), *all = json_object_new_object(), *c;
	size_t i, n = list && json_object_is_type(list, json_type_array) ?
		      json_object_array_length(list) : 0;

	for (i = 0; i < n; i++) {
		const char *text, *object;

		if (!json_object_object_get_ex(json_object_array_get_idx(list, i), "command", &c))
			continue;
		text = json_object_get_string(c);
		object = strstr(text, " -o ");
		if (!object)
			continue;
		object += strlen(" -o ");
		json_object_object_add(all, text, json_object_new_string_len(object,
				       (int)strcspn(object, " ")));
	}
	json_object_put(list);
	free(path);
	return all;
}
