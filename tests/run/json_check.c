// SPDX-License-Identifier: GPL-2.0-only
/* json_check FILE: is it one JSON value and nothing else? */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
	struct json_tokener *tok = json_tokener_new();
	static char text[1 << 24];
	enum json_tokener_error err;
	struct json_object *o;
	size_t len;
	FILE *f;

	f = argc == 2 ? fopen(argv[1], "r") : NULL;
	if (!f || !tok) {
		fprintf(stderr, "usage: json_check FILE\n");
		return 2;
	}
	len = fread(text, 1, sizeof(text), f);
	fclose(f);
	json_tokener_set_flags(tok, JSON_TOKENER_STRICT);
	o = json_tokener_parse_ex(tok, text, (int)len);
	err = json_tokener_get_error(tok);
	if (err != json_tokener_success || !o) {
		fprintf(stderr, "%s: %s\n", argv[1], json_tokener_error_desc(err));
		return 1;
	}
	for (len = 0; text[json_tokener_get_parse_end(tok) + len] == '\n'; len++)
		;
	if (text[json_tokener_get_parse_end(tok) + len]) {
		fprintf(stderr, "%s: text behind the value\n", argv[1]);
		return 1;
	}
	json_object_put(o);
	json_tokener_free(tok);
	return 0;
}
