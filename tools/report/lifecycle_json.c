// SPDX-License-Identifier: GPL-2.0-only
/* The lifecycle table as JSON, and back. */
#include <json-c/json.h>
#include <string.h>

#include "lifecycle.h"

static struct json_object *row(const struct lifetable *t, enum life_event e, bool whole)
{
	struct json_object *o = json_object_new_object();
	int s;

	for (s = 0; s < LIFE_NR_STATES; s++) {
		const char *name = life_state_name((enum life_state)s);
		unsigned long n = t->n[e][s];

		if (n || (whole && !life_impossible(e, (enum life_state)s)))
			json_object_object_add(o, name, json_object_new_int64((long)n));
		else if (whole)
			json_object_object_add(o, name, NULL);
	}
	return o;
}

static struct json_object *table(const struct lifetable *t, bool whole)
{
	struct json_object *o = json_object_new_object();
	int e;

	for (e = 0; e < LIFE_NR_EVENTS; e++) {
		struct json_object *r = row(t, (enum life_event)e, whole);

		if (json_object_object_length(r))
			json_object_object_add(o, life_event_name((enum life_event)e), r);
		else
			json_object_put(r);
	}
	return o;
}

struct json_object *life_json(const struct lifetable *t)
{
	return table(t, false);
}

struct json_object *life_json_whole(const struct lifetable *t)
{
	return table(t, true);
}

bool life_read(struct json_object *o, struct lifetable *t)
{
	struct json_object *r, *v;
	int e, s;

	memset(t, 0, sizeof(*t));
	if (!json_object_is_type(o, json_type_object))
		return false;
	for (e = 0; e < LIFE_NR_EVENTS; e++) {
		if (!json_object_object_get_ex(o, life_event_name((enum life_event)e), &r) ||
		    !json_object_is_type(r, json_type_object))
			continue;
		for (s = 0; s < LIFE_NR_STATES; s++)
			if (json_object_object_get_ex(r, life_state_name((enum life_state)s), &v))
				t->n[e][s] = (unsigned long)json_object_get_int64(v);
	}
	return true;
}
