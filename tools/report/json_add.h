/* SPDX-License-Identifier: GPL-2.0-only */
/* Members of a JSON object; for the files that write JSON, not for headers. */
#ifndef REPORT_JSON_ADD_H
#define REPORT_JSON_ADD_H

#include <json-c/json.h>

/* NULL is null. */
static inline void add_str(struct json_object *o, const char *key, const char *s)
{
	json_object_object_add(o, key, s ? json_object_new_string(s) : NULL);
}

static inline void add_int(struct json_object *o, const char *key, long long v)
{
	json_object_object_add(o, key, json_object_new_int64(v));
}

#endif
